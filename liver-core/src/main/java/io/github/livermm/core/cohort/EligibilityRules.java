// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.core.cohort;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who enters which cohort.
 *
 * @param diagnostic rules of the diagnostic cohort, in the order in which they are asked
 * @param prognostic rules of the prognostic cohort, beginning with {@link Rule#DIAGNOSTIC}; empty
 *     when the study has no prognostic cohort
 * @param laboratoryShare share of the laboratory columns that {@link Rule#LABORATORY_COMPLETE} asks
 *     for; a laboratory column is a numeric predictor whose unit is not years
 * @param laboratoryForm what answers {@link Rule#LABORATORY_COMPLETE} in place of the share; null
 *     when the share does
 * @since 0.1.0
 */
public record EligibilityRules(
        List<Rule> diagnostic,
        List<Rule> prognostic,
        double laboratoryShare,
        @Nullable LaboratoryForm laboratoryForm) {
    /** Half of the laboratory values: enough that imputation does not make the patient. */
    public static final double LABORATORY_SHARE = 0.5;

    /** Copies the lists. */
    public EligibilityRules {
        diagnostic = List.copyOf(diagnostic);
        prognostic = List.copyOf(prognostic);
    }

    /**
     * Rules that count laboratory values.
     *
     * @param diagnostic rules of the diagnostic cohort
     * @param prognostic rules of the prognostic cohort
     * @param laboratoryShare share of the laboratory columns asked for
     */
    public EligibilityRules(List<Rule> diagnostic, List<Rule> prognostic, double laboratoryShare) {
        this(diagnostic, prognostic, laboratoryShare, null);
    }

    /**
     * A column that says whether the laboratory values of a patient were collected. A registry
     * whose forms are filled in unevenly knows that better than a count of values does.
     *
     * @param column column of {@code patients.csv}
     * @param complete its words for "collected"
     * @since 0.1.0
     */
    public record LaboratoryForm(String column, Set<String> complete) {
        /** Copies the words. */
        public LaboratoryForm {
            complete = Set.copyOf(complete);
        }
    }
}
