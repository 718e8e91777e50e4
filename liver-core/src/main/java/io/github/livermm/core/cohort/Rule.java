// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.core.cohort;

import java.util.Locale;

/**
 * One rule of eligibility. A patient who leaves is counted under the first rule failed, in the
 * order in which the protocol lists them.
 *
 * @since 0.1.0
 */
public enum Rule {
    /** Age from 18 to 80 years; an unknown age fails. */
    AGE_18_80,
    /** At least one readable image. */
    IMAGES,
    /** At least one contrast-enhanced CT or MR phase. */
    CONTRAST_CT_OR_MR,
    /** Enough of the laboratory values, see {@link EligibilityRules#laboratoryShare()}. */
    LABORATORY_COMPLETE,
    /** A radiology report that is not empty. */
    REPORT,
    /** A pathological diagnosis of one of the groups of the protocol. */
    PATHOLOGY,
    /** Membership of the diagnostic cohort; for the prognostic cohort only. */
    DIAGNOSTIC,
    /** A malignant diagnosis. */
    MALIGNANT,
    /** Surgery of a kind that the protocol lists as radical. */
    RADICAL_HEPATECTOMY,
    /** Time and event of at least one endpoint. */
    OUTCOME_KNOWN,
    /** Surgery at least 24 months before the data lock. */
    POTENTIAL_FOLLOW_UP_24_MONTHS;

    /**
     * The word of the protocol.
     *
     * @return such as {@code age_18_80}
     */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
