// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.core.cohort;

import java.util.List;
import java.util.Locale;

/**
 * A score that a protocol may ask to be computed from its columns. The formulas are those of the
 * clinical package; here stands what each of them needs.
 *
 * @since 0.1.0
 */
public enum DerivedScore {
    /** Albumin-bilirubin score. */
    ALBI,
    /** Platelet-albumin-bilirubin score. */
    PALBI,
    /** The simple form of ALBI. */
    EZ_ALBI,
    /** Fibrosis-4 index. */
    FIB4,
    /** AST to platelet ratio index. */
    APRI,
    /** Model for end-stage liver disease, original form. */
    MELD,
    /** MELD with sodium. */
    MELD_NA,
    /** MELD 3.0. */
    MELD_3,
    /** Neutrophil to lymphocyte ratio. */
    NLR,
    /** Platelet to lymphocyte ratio. */
    PLR,
    /** Lymphocyte to monocyte ratio. */
    LMR,
    /** Systemic immune-inflammation index. */
    SII,
    /** Prognostic nutritional index. */
    PNI,
    /** GGT to platelet ratio. */
    GPR,
    /** AST to lymphocyte ratio index. */
    ALRI,
    /** AST to ALT ratio. */
    DE_RITIS;

    /**
     * The word of the protocol.
     *
     * @return such as {@code albi}
     */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * What the score is computed from.
     *
     * @return ids of {@link Quantity}, and {@code sex}
     */
    public List<String> needs() {
        return switch (this) {
            case ALBI, EZ_ALBI -> List.of("bilirubin", "albumin");
            case PALBI -> List.of("bilirubin", "albumin", "platelets");
            case FIB4 -> List.of("age", "ast", "alt", "platelets");
            case APRI -> List.of("ast", "platelets");
            case MELD -> List.of("bilirubin", "inr", "creatinine");
            case MELD_NA -> List.of("bilirubin", "inr", "creatinine", "sodium");
            case MELD_3 -> List.of("sex", "bilirubin", "inr", "creatinine", "sodium", "albumin");
            case NLR -> List.of("neutrophils", "lymphocytes");
            case PLR -> List.of("platelets", "lymphocytes");
            case LMR -> List.of("lymphocytes", "monocytes");
            case SII -> List.of("platelets", "neutrophils", "lymphocytes");
            case PNI -> List.of("albumin", "lymphocytes");
            case GPR -> List.of("ggt", "platelets");
            case ALRI -> List.of("ast", "lymphocytes");
            case DE_RITIS -> List.of("ast", "alt");
        };
    }

    /**
     * Whether the score compares with a laboratory's upper limit of normal that has no usual value,
     * so that the column must name it.
     *
     * @return true for {@link #GPR}; for {@link #APRI} the usual 40 U/L stands in
     */
    public boolean needsUpperNormal() {
        return this == GPR;
    }
}
