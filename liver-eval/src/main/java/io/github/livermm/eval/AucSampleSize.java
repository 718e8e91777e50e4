// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.eval;

/**
 * How many patients a study of an area under the ROC curve needs, and the power of a given number:
 * for one area against a value, for the difference of two areas on the same patients, and for a
 * wanted width of the interval. With V0 and V1 the variance for one positive under the null
 * hypothesis and under the alternative, a two-sided test of a difference d needs {@code
 * (z(1-alpha/2) sqrt V0 + z(power) sqrt V1)^2 / d^2} positives and {@code ratio} negatives for
 * each.
 *
 * <p>Reference: Obuchowski NA, Lieber ML, Wians FH (2004), ROC curves in clinical chemistry,
 * doi:10.1373/clinchem.2004.031823; Obuchowski, McClish (1997), see {@link BinormalAuc}; Hanley,
 * McNeil (1982), doi:10.1148/radiology.143.1.7063747 and (1983),
 * doi:10.1148/radiology.148.3.6878708.
 *
 * @param nullVariance V0, the variance for one positive under the null hypothesis
 * @param variance V1, that under the alternative
 * @param difference d, what is to be shown
 * @param ratio negatives per positive
 * @since 0.1.0
 */
public record AucSampleSize(double nullVariance, double variance, double difference, double ratio) {
    /**
     * Checks the parts.
     *
     * @param nullVariance at least 0
     * @param variance at least 0
     * @param difference not 0
     * @param ratio positive
     * @throws IllegalArgumentException when a part is not allowed
     */
    public AucSampleSize {
        requirePositive("ratio", ratio);
        if (!(nullVariance >= 0) || !(variance >= 0)) {
            throw new IllegalArgumentException(
                    "variances " + nullVariance + " and " + variance + " must be 0 or more");
        }
        if (difference == 0 || !Double.isFinite(difference)) {
            throw new IllegalArgumentException(
                    "difference " + difference + " must be finite and not 0");
        }
    }

    private static void requirePositive(String name, double value) {
        if (!(value > 0) || Double.isInfinite(value)) {
            throw new IllegalArgumentException(name + " " + value + " is not a finite number > 0");
        }
    }

    /**
     * One area against one half, as R's {@code pROC::power.roc.test(auc = )}.
     *
     * @param auc the area expected, in (0, 1), not 0.5
     * @param ratio negatives per positive, positive
     * @return the design
     * @throws IllegalArgumentException when an argument is out of range
     */
    public static AucSampleSize againstChance(double auc, double ratio) {
        BinormalAuc.requireAuc("auc", auc);
        requirePositive("ratio", ratio);
        // Obuchowski's constants; the variance at one half follows from them but is rounded there
        return new AucSampleSize(
                0.0792 * (1 + 1 / ratio), obuchowskiVariance(auc, ratio), auc - 0.5, ratio);
    }

    /**
     * One area against another value, with Hanley and McNeil's variance at both.
     *
     * @param auc the area expected, in (0, 1)
     * @param nullAuc the value to be refuted, in (0, 1)
     * @param ratio negatives per positive, positive
     * @return the design
     * @throws IllegalArgumentException when an argument is out of range or the areas are equal
     */
    public static AucSampleSize against(double auc, double nullAuc, double ratio) {
        BinormalAuc.requireAuc("auc", auc);
        BinormalAuc.requireAuc("nullAuc", nullAuc);
        requirePositive("ratio", ratio);
        return new AucSampleSize(
                hanleyMcNeilVariance(nullAuc, ratio),
                hanleyMcNeilVariance(auc, ratio),
                auc - nullAuc,
                ratio);
    }

    /**
     * Two areas on the same patients in the binormal model, as R's {@code
     * pROC::power.roc.test(list(A1 =, B1 =, ...))}. The null variance is that of two areas like the
     * first.
     *
     * @param first the area of the one score
     * @param second the area of the other score
     * @param inPositives the correlation of the scores among positives, in [-1, 1]
     * @param inNegatives the correlation among negatives, in [-1, 1]
     * @param ratio negatives per positive, positive
     * @return the design
     * @throws IllegalArgumentException when an argument is out of range or the areas are equal
     */
    public static AucSampleSize paired(
            BinormalAuc first,
            BinormalAuc second,
            double inPositives,
            double inNegatives,
            double ratio) {
        requirePositive("ratio", ratio);
        requireCorrelation("inPositives", inPositives);
        requireCorrelation("inNegatives", inNegatives);
        double v1 = first.variance(ratio);
        double shared = first.covariance(second, inPositives, inNegatives, ratio);
        return new AucSampleSize(
                Math.max(0, 2 * v1 - 2 * shared),
                Math.max(0, v1 + second.variance(ratio) - 2 * shared),
                first.auc() - second.auc(),
                ratio);
    }

    /**
     * Two areas on the same patients with Hanley and McNeil's variances and the correlation of the
     * areas, from a pilot study (the covariance over the product of standard errors) or their
     * table.
     *
     * @param first the area of the one score, in (0, 1)
     * @param second the area of the other score, in (0, 1)
     * @param correlation of the two estimated areas, in [-1, 1]
     * @param ratio negatives per positive, positive
     * @return the design; the null variance is that of two areas like the first
     * @throws IllegalArgumentException when an argument is out of range or the areas are equal
     */
    public static AucSampleSize paired(
            double first, double second, double correlation, double ratio) {
        BinormalAuc.requireAuc("first", first);
        BinormalAuc.requireAuc("second", second);
        requireCorrelation("correlation", correlation);
        requirePositive("ratio", ratio);
        double v1 = hanleyMcNeilVariance(first, ratio);
        double v2 = hanleyMcNeilVariance(second, ratio);
        return new AucSampleSize(
                2 * v1 * (1 - correlation),
                v1 + v2 - 2 * correlation * Math.sqrt(v1 * v2),
                first - second,
                ratio);
    }

    private static void requireCorrelation(String name, double r) {
        if (!(r >= -1 && r <= 1)) {
            throw new IllegalArgumentException(name + " " + r + " is outside [-1, 1]");
        }
    }

    /** Obuchowski's variance of one positive for equal spread in both classes. */
    private static double obuchowskiVariance(double auc, double ratio) {
        double a = 1.414 * Normal.quantile(auc);
        return 0.0099 * Math.exp(-a * a / 2) * (5 * a * a + 8 + (a * a + 8) / ratio);
    }

    /** Hanley and McNeil's variance for negative exponential scores, of one positive. */
    private static double hanleyMcNeilVariance(double auc, double ratio) {
        double q1 = auc / (2 - auc) - auc * auc;
        double q2 = 2 * auc * auc / (1 + auc) - auc * auc;
        return q1 / ratio + q2;
    }

    /**
     * The positives that a two-sided test needs.
     *
     * @param alpha the two-sided significance level, in (0, 1)
     * @param power the wanted power, in (0, 1)
     * @return not rounded; round up, and take {@code ratio} negatives for each
     * @throws IllegalArgumentException when an argument is out of range
     */
    public double positives(double alpha, double power) {
        double zb = Normal.quantile(requireShare("power", power));
        double root = zAlpha(alpha) * Math.sqrt(nullVariance) + zb * Math.sqrt(variance);
        return root * root / (difference * difference);
    }

    /**
     * The power of a two-sided test, the far tail left out.
     *
     * @param alpha the two-sided significance level, in (0, 1)
     * @param positives how many positives there are, positive
     * @return in (0, 1)
     * @throws IllegalArgumentException when an argument is out of range
     */
    public double power(double alpha, double positives) {
        requirePositive("positives", positives);
        double reach = Math.sqrt(positives) * Math.abs(difference);
        return Normal.cumulative(
                (reach - zAlpha(alpha) * Math.sqrt(nullVariance)) / Math.sqrt(variance));
    }

    /**
     * The positives for which the interval of one area has a wanted half-width.
     *
     * @param auc the area expected, in (0, 1)
     * @param ratio negatives per positive, positive
     * @param halfWidth of the interval, positive
     * @param level the confidence level in (0, 1)
     * @return not rounded; by Hanley and McNeil's variance
     * @throws IllegalArgumentException when an argument is out of range
     */
    public static double positivesForPrecision(
            double auc, double ratio, double halfWidth, double level) {
        BinormalAuc.requireAuc("auc", auc);
        requirePositive("ratio", ratio);
        requirePositive("halfWidth", halfWidth);
        double z = Normal.twoSided(level);
        double v = hanleyMcNeilVariance(auc, ratio);
        // var = (A(1-A) + (m-1) q1 + (n-1) q2) / (m n) with n = ratio m, a quadratic in m
        double q1 = auc / (2 - auc) - auc * auc;
        double q2 = 2 * auc * auc / (1 + auc) - auc * auc;
        double b = v * ratio;
        double c = auc * (1 - auc) - q1 - q2;
        double a = halfWidth * halfWidth / (z * z) * ratio;
        return (b + Math.sqrt(b * b + 4 * a * c)) / (2 * a);
    }

    private static double zAlpha(double alpha) {
        return Normal.quantile(1 - requireShare("alpha", alpha) / 2);
    }

    private static double requireShare(String name, double value) {
        if (!(value > 0 && value < 1)) {
            throw new IllegalArgumentException(name + " " + value + " is outside (0, 1)");
        }
        return value;
    }
}
