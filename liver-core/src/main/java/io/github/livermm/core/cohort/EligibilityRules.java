// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.core.cohort;

import java.util.List;

/**
 * Who enters which cohort.
 *
 * @param diagnostic rules of the diagnostic cohort, in the order in which they are asked
 * @param prognostic rules of the prognostic cohort, beginning with {@link Rule#DIAGNOSTIC}; empty
 *     when the study has no prognostic cohort
 * @param laboratoryShare share of the laboratory columns that {@link Rule#LABORATORY_COMPLETE} asks
 *     for; a laboratory column is a numeric predictor whose unit is not years
 * @since 0.1.0
 */
public record EligibilityRules(
        List<Rule> diagnostic, List<Rule> prognostic, double laboratoryShare) {
    /** Half of the laboratory values: enough that imputation does not make the patient. */
    public static final double LABORATORY_SHARE = 0.5;

    /** Copies the lists. */
    public EligibilityRules {
        diagnostic = List.copyOf(diagnostic);
        prognostic = List.copyOf(prognostic);
    }
}
