// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.examples.synthetic;

import java.time.LocalDate;

/** A laboratory value as a column of {@code patients.csv}, with the habits of each centre. */
enum Laboratory {
    AFP("afp", "log_afp", "ng/mL", true, 2, 0.02, 0, 1e6),
    PIVKA("pivka_ii", "log_pivka", "mAU/mL", true, 1, 0.08, 0, 1e6),
    CA199("ca19_9", "log_ca199", "U/mL", true, 2, 0.08, 0, 1e6),
    CEA("cea", "log_cea", "ng/mL", true, 2, 0.08, 0, 1e5),
    ALT("alt", "log_alt", "U/L", true, 0, 0.01, 1, 10000),
    AST("ast", "log_ast", "U/L", true, 0, 0.01, 1, 10000),
    GGT("ggt", "log_ggt", "U/L", true, 0, 0.03, 1, 5000),
    ALP("alp", "log_alp", "U/L", true, 0, 0.03, 1, 5000),
    TBIL("tbil", "log_tbil", "umol/L", true, 1, 0.01, 1, 1000),
    ALB("alb", "albumin", "g/L", false, 1, 0.01, 10, 70),
    INR("inr", "inr", "ratio", false, 2, 0.02, 0.5, 15),
    PLT("plt", "log_plt", "10^9/L", true, 0, 0.01, 1, 2000),
    NEUT("neut", "log_neut", "10^9/L", true, 2, 0.01, 0, 100),
    LYM("lym", "log_lym", "10^9/L", true, 2, 0.01, 0, 100),
    CR("cr", "log_cr", "umol/L", true, 0, 0.02, 10, 3000);

    /** One IU/mL of AFP in ng/mL, as laboratories convert. */
    private static final double NG_PER_IU = 1.21;

    private static final double UMOL_PER_MG_BILIRUBIN = 17.1;
    private static final double UMOL_PER_MG_CREATININE = 88.4;
    private static final double G_PER_L_PER_G_PER_DL = 10;
    private static final LocalDate PIVKA_EVERYWHERE = LocalDate.of(2021, 1, 1);

    private final String column;
    private final String latent;
    private final String unit;
    private final boolean log;
    private final int decimals;
    private final double missing;
    private final double low;
    private final double high;

    Laboratory(
            String column,
            String latent,
            String unit,
            boolean log,
            int decimals,
            double missing,
            double low,
            double high) {
        this.column = column;
        this.latent = latent;
        this.unit = unit;
        this.log = log;
        this.decimals = decimals;
        this.missing = missing;
        this.low = low;
        this.high = high;
    }

    String column() {
        return column;
    }

    /** The variable behind the value. */
    String latent() {
        return latent;
    }

    /** The unit of the study; {@link #unitAt} gives exceptions. */
    String unit() {
        return unit;
    }

    /** Whether the variable is analysed on a log scale. */
    boolean log() {
        return log;
    }

    double low() {
        return low;
    }

    double high() {
        return high;
    }

    /** The unit in which a centre reports. */
    String unitAt(Centre centre) {
        if (this == AFP && centre == Centre.B) {
            return "IU/mL";
        }
        if (centre == Centre.D && this == ALB) {
            return "g/dL";
        }
        boolean conventional = centre == Centre.D && (this == TBIL || this == CR);
        return conventional ? "mg/dL" : unit;
    }

    /** Units of the study in one unit of the centre. */
    double perUnitAt(Centre centre) {
        if (unitAt(centre).equals(unit)) {
            return 1;
        }
        return switch (this) {
            case AFP -> NG_PER_IU;
            case TBIL -> UMOL_PER_MG_BILIRUBIN;
            case CR -> UMOL_PER_MG_CREATININE;
            default -> G_PER_L_PER_G_PER_DL;
        };
    }

    /** Probability that the value is not in the table. */
    double missingAt(Centre centre, LocalDate examined) {
        if (this != PIVKA) {
            return missing;
        }
        boolean early = examined.isBefore(PIVKA_EVERYWHERE);
        return switch (centre) {
            case A -> early ? 0.5 : missing;
            case B -> early ? 0.9 : 0.25;
            case C -> early ? 1 : 0.4;
            case D -> early ? 0.8 : 0.5;
        };
    }

    /** Decimals that the centre prints. */
    int decimalsAt(Centre centre) {
        return unitAt(centre).equals(unit) ? decimals : Math.max(2, decimals);
    }
}
