// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.examples.synthetic;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** The one eligibility rule that a patient was made to fail, if any. */
enum Planted {
    NONE(0, false),
    AGE_18_80(0.012, false),
    IMAGES(0.013, false),
    CONTRAST_CT_OR_MR(0.012, false),
    LABORATORY_COMPLETE(0.013, false),
    REPORT(0.012, false),
    PATHOLOGY(0.012, false),
    RADICAL_HEPATECTOMY(0.060, true),
    OUTCOME_KNOWN(0.015, true),
    POTENTIAL_FOLLOW_UP_24_MONTHS(0.050, true);

    private final double share;
    private final boolean prognostic;

    Planted(double share, boolean prognostic) {
        this.share = share;
        this.prognostic = prognostic;
    }

    /** The rules in the order in which eligibility asks them, of one of the two lists. */
    static List<Planted> rules(boolean prognostic) {
        return Arrays.stream(values())
                .filter(rule -> rule != NONE && rule.prognostic == prognostic)
                .toList();
    }

    /** The rule's id in {@code study.json}. */
    String rule() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether a patient who fails this rule is in the diagnostic cohort nevertheless. */
    boolean prognostic() {
        return prognostic;
    }

    /** How many of n patients are made to fail it. */
    int count(int patients) {
        return (int) Math.round(share * patients);
    }
}
