// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.core.clinical;

/**
 * Scores of liver function, fibrosis and inflammation from laboratory values. Each formula is
 * undefined (NaN) where one of its values is NaN, negative, or 0 where it stands under a logarithm
 * or a fraction line. Nothing is rounded; MELD and its kin are reported as whole numbers. They were
 * made for other questions than the one asked here and are inputs to a model, not answers.
 *
 * <p>Symbols: ln is the natural, log10 the decimal logarithm. Cost O(1).
 *
 * <p>Reference: the sources stand at each formula; ALBI, PALBI, FIB-4 and APRI as restated in
 * Scientific Reports 2018;8:4773, table 1.
 *
 * @since 0.1.0
 */
public final class DerivedScores {
    /** Micromoles per litre of bilirubin in 1 mg/dL. */
    private static final double BILIRUBIN_MG_PER_DL = 17.1;

    /** Micromoles per litre of creatinine in 1 mg/dL. */
    private static final double CREATININE_MG_PER_DL = 88.4;

    private static final double G_PER_DL = 10;

    private DerivedScores() {}

    /**
     * ALBI = 0.66 log10(bilirubin) - 0.085 albumin. Higher is worse.
     *
     * <p>Reference: Johnson PJ et al., J Clin Oncol 2015;33:550-558.
     *
     * @param bilirubinUmolPerL total bilirubin
     * @param albuminGPerL albumin
     * @return about -4 to 0
     */
    public static double albi(double bilirubinUmolPerL, double albuminGPerL) {
        return 0.66 * Math.log10(positive(bilirubinUmolPerL)) - 0.085 * positive(albuminGPerL);
    }

    /**
     * Grade of ALBI: 1 up to -2.60, 2 above that up to -1.39, 3 above.
     *
     * <p>Reference: Johnson PJ et al., J Clin Oncol 2015;33:550-558.
     *
     * @param albi ALBI score
     * @return 1, 2 or 3
     * @throws IllegalArgumentException when the score is NaN
     */
    public static int albiGrade(double albi) {
        if (Double.isNaN(albi)) {
            throw new IllegalArgumentException("albi is NaN, allowed are numbers");
        }
        return albi <= -2.60 ? 1 : albi <= -1.39 ? 2 : 3;
    }

    /**
     * EZ-ALBI = bilirubin [mg/dL] - 9 albumin [g/dL]. Higher is worse.
     *
     * <p>Reference: PMC7768152.
     *
     * @param bilirubinUmolPerL total bilirubin
     * @param albuminGPerL albumin
     * @return about -45 to 0
     */
    public static double ezAlbi(double bilirubinUmolPerL, double albuminGPerL) {
        return positive(bilirubinUmolPerL) / BILIRUBIN_MG_PER_DL
                - 9 * positive(albuminGPerL) / G_PER_DL;
    }

    /**
     * PALBI = 2.02 log10(bilirubin) - 0.37 log10(bilirubin)^2 - 0.04 albumin - 3.48
     * log10(platelets) + 1.01 log10(platelets)^2. Higher is worse.
     *
     * @param bilirubinUmolPerL total bilirubin
     * @param albuminGPerL albumin
     * @param platelets10e9PerL platelets
     * @return about -4 to 0
     */
    public static double palbi(
            double bilirubinUmolPerL, double albuminGPerL, double platelets10e9PerL) {
        double b = Math.log10(positive(bilirubinUmolPerL));
        double p = Math.log10(positive(platelets10e9PerL));
        return 2.02 * b - 0.37 * b * b - 0.04 * positive(albuminGPerL) - 3.48 * p + 1.01 * p * p;
    }

    /**
     * FIB-4 = age AST / (platelets sqrt(ALT)). Higher means more fibrosis.
     *
     * @param ageYears age
     * @param astUPerL AST
     * @param altUPerL ALT
     * @param platelets10e9PerL platelets
     * @return at least 0
     */
    public static double fib4(
            double ageYears, double astUPerL, double altUPerL, double platelets10e9PerL) {
        return positive(ageYears)
                * positive(astUPerL)
                / (positive(platelets10e9PerL) * Math.sqrt(positive(altUPerL)));
    }

    /**
     * APRI = 100 (AST / upper limit of normal) / platelets. Higher means more fibrosis.
     *
     * @param astUPerL AST
     * @param astUpperNormalUPerL the laboratory's upper limit of normal
     * @param platelets10e9PerL platelets
     * @return at least 0
     */
    public static double apri(
            double astUPerL, double astUpperNormalUPerL, double platelets10e9PerL) {
        return 100
                * (positive(astUPerL) / positive(astUpperNormalUPerL))
                / positive(platelets10e9PerL);
    }

    /**
     * MELD = 3.78 ln(bilirubin [mg/dL]) + 11.20 ln(INR) + 9.57 ln(creatinine [mg/dL]) + 6.43, each
     * value at least 1, creatinine at most 4. Higher is worse.
     *
     * @param bilirubinUmolPerL total bilirubin
     * @param inr international normalised ratio
     * @param creatinineUmolPerL creatinine
     * @return at least 6.43
     */
    public static double meld(double bilirubinUmolPerL, double inr, double creatinineUmolPerL) {
        return 3.78 * lnBilirubin(bilirubinUmolPerL)
                + 11.20 * lnInr(inr)
                + 9.57 * lnCreatinine(creatinineUmolPerL, 4)
                + 6.43;
    }

    /**
     * MELD-Na of the OPTN policy of 2016: MELD(i) = 10 x (0.957 ln(creatinine) + 0.378
     * ln(bilirubin) + 1.120 ln(INR) + 0.643), the sum rounded to one decimal; above 11, 1.32 (137 -
     * Na) - 0.033 MELD(i) (137 - Na) is added, with sodium held within 125-137. Higher is worse.
     *
     * @param bilirubinUmolPerL total bilirubin
     * @param inr international normalised ratio
     * @param creatinineUmolPerL creatinine
     * @param sodiumMmolPerL sodium
     * @return at least 6
     */
    public static double meldNa(
            double bilirubinUmolPerL,
            double inr,
            double creatinineUmolPerL,
            double sodiumMmolPerL) {
        double sum =
                0.957 * lnCreatinine(creatinineUmolPerL, 4)
                        + 0.378 * lnBilirubin(bilirubinUmolPerL)
                        + 1.120 * lnInr(inr)
                        + 0.643;
        double lack = lackOfSodium(sodiumMmolPerL);
        if (Double.isNaN(sum) || Double.isNaN(lack)) {
            return Double.NaN;
        }
        double initial = Math.round(10 * sum);
        return initial > 11 ? initial + 1.32 * lack - 0.033 * initial * lack : initial;
    }

    /**
     * MELD 3.0 = 1.33 female + 4.56 ln(bilirubin) + 0.82 (137 - Na) - 0.24 (137 - Na) ln(bilirubin)
     * + 9.09 ln(INR) + 11.14 ln(creatinine) + 1.85 (3.5 - albumin) - 1.83 (3.5 - albumin)
     * ln(creatinine) + 6; bilirubin, creatinine [mg/dL] and INR at least 1, creatinine at most 3,
     * sodium within 125-137, albumin [g/dL] within 1.5-3.5. Higher is worse.
     *
     * <p>Reference: Kim WR et al., Gastroenterology 2021;161:1887-1895.
     *
     * @param female whether the patient is a woman
     * @param bilirubinUmolPerL total bilirubin
     * @param inr international normalised ratio
     * @param creatinineUmolPerL creatinine
     * @param sodiumMmolPerL sodium
     * @param albuminGPerL albumin
     * @return at least 6
     */
    public static double meld3(
            boolean female,
            double bilirubinUmolPerL,
            double inr,
            double creatinineUmolPerL,
            double sodiumMmolPerL,
            double albuminGPerL) {
        double bilirubin = lnBilirubin(bilirubinUmolPerL);
        double creatinine = lnCreatinine(creatinineUmolPerL, 3);
        double lack = lackOfSodium(sodiumMmolPerL);
        double albumin = 3.5 - Math.max(1.5, Math.min(3.5, positive(albuminGPerL) / G_PER_DL));
        return (female ? 1.33 : 0)
                + 4.56 * bilirubin
                + 0.82 * lack
                - 0.24 * lack * bilirubin
                + 9.09 * lnInr(inr)
                + 11.14 * creatinine
                + 1.85 * albumin
                - 1.83 * albumin * creatinine
                + 6;
    }

    /**
     * A ratio of two counts or enzymes, such as neutrophils to lymphocytes (NLR), platelets to
     * lymphocytes (PLR), lymphocytes to monocytes (LMR), AST to lymphocytes (ALRI) and AST to ALT
     * (De Ritis).
     *
     * @param above above the fraction line, in the usual unit of the ratio
     * @param below below the fraction line
     * @return at least 0
     */
    public static double ratio(double above, double below) {
        return notNegative(above) / positive(below);
    }

    /**
     * SII = platelets x neutrophils / lymphocytes. Higher is worse.
     *
     * @param platelets10e9PerL platelets
     * @param neutrophils10e9PerL neutrophils
     * @param lymphocytes10e9PerL lymphocytes
     * @return at least 0
     */
    public static double sii(
            double platelets10e9PerL, double neutrophils10e9PerL, double lymphocytes10e9PerL) {
        return notNegative(platelets10e9PerL)
                * notNegative(neutrophils10e9PerL)
                / positive(lymphocytes10e9PerL);
    }

    /**
     * PNI = albumin [g/L] + 5 lymphocytes [10^9/L]. Higher is better.
     *
     * @param albuminGPerL albumin
     * @param lymphocytes10e9PerL lymphocytes
     * @return about 30 to 60
     */
    public static double pni(double albuminGPerL, double lymphocytes10e9PerL) {
        return positive(albuminGPerL) + 5 * notNegative(lymphocytes10e9PerL);
    }

    /**
     * GPR = 100 (GGT / upper limit of normal) / platelets. Higher means more fibrosis.
     *
     * @param ggtUPerL GGT
     * @param ggtUpperNormalUPerL the laboratory's upper limit of normal
     * @param platelets10e9PerL platelets
     * @return at least 0
     */
    public static double gpr(
            double ggtUPerL, double ggtUpperNormalUPerL, double platelets10e9PerL) {
        return apri(ggtUPerL, ggtUpperNormalUPerL, platelets10e9PerL);
    }

    private static double lnBilirubin(double umolPerL) {
        return Math.log(Math.max(1, positive(umolPerL) / BILIRUBIN_MG_PER_DL));
    }

    private static double lnInr(double inr) {
        return Math.log(Math.max(1, positive(inr)));
    }

    private static double lnCreatinine(double umolPerL, double cap) {
        return Math.log(Math.max(1, Math.min(cap, positive(umolPerL) / CREATININE_MG_PER_DL)));
    }

    private static double lackOfSodium(double mmolPerL) {
        return 137 - Math.max(125, Math.min(137, positive(mmolPerL)));
    }

    private static double positive(double value) {
        return value > 0 ? value : Double.NaN;
    }

    private static double notNegative(double value) {
        return value >= 0 ? value : Double.NaN;
    }
}
