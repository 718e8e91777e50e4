// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.eval;

import org.apache.commons.math3.distribution.TDistribution;

/**
 * DeLong's test of the difference of two areas under the ROC curve, on the same rows (paired) or on
 * two independent samples (unpaired). Matches R's {@code pROC::roc.test(method = "delong")}.
 *
 * <p>Reference: DeLong, DeLong, Clarke-Pearson (1988), doi:10.2307/2531595; Sun, Xu (2014), Fast
 * implementation of DeLong's algorithm, doi:10.1109/LSP.2014.2337313.
 *
 * @param first the area of the first score
 * @param second the area of the second score
 * @param difference first minus second, with limits of the given level
 * @param standardError the standard error of the difference
 * @param statistic the difference in standard errors; {@code NaN} when the standard error is 0
 * @param degreesOfFreedom of the t distribution in the unpaired test, infinite in the paired one
 * @param pValue two-sided; {@code NaN} when the statistic is undefined
 * @since 0.1.0
 */
public record DeLongTest(
        double first,
        double second,
        Interval difference,
        double standardError,
        double statistic,
        double degreesOfFreedom,
        double pValue) {

    /**
     * The p-value by the normal distribution, as software without Welch's degrees of freedom has it
     * for two samples.
     *
     * @return two-sided; {@code NaN} when the statistic is undefined
     */
    public double normalPValue() {
        return Normal.pValue(statistic);
    }

    /**
     * Compares two scores of the same rows.
     *
     * @param positive the truth of each row
     * @param first the first score, finite or infinite but not {@code NaN}
     * @param second the second score, likewise
     * @param level the confidence level of the difference, in (0, 1)
     * @return the test
     * @throws IllegalArgumentException when lengths differ or a score is {@code NaN}
     */
    public static DeLongTest paired(
            boolean[] positive, double[] first, double[] second, double level) {
        return paired(
                RocCurve.of(positive, first).auc(),
                RocCurve.of(positive, second).auc(),
                covariance(positive, first, second),
                level,
                "DeLong, paired");
    }

    static DeLongTest paired(
            double first, double second, double[][] covariance, double level, String method) {
        double variance = covariance[0][0] + covariance[1][1] - 2 * covariance[0][1];
        // a difference of rounding only: both scores rank every pair alike
        boolean differs = variance > 1e-15 * (covariance[0][0] + covariance[1][1]);
        double se = Double.isNaN(variance) ? Double.NaN : differs ? Math.sqrt(variance) : 0;
        double difference = first - second;
        double z = se > 0 ? difference / se : Double.NaN;
        double half = Normal.twoSided(level) * se;
        return new DeLongTest(
                first,
                second,
                new Interval(difference, difference - half, difference + half, method),
                se,
                z,
                Double.POSITIVE_INFINITY,
                Normal.pValue(z));
    }

    /**
     * Compares the areas of two independent samples, with Welch's degrees of freedom.
     *
     * @param first the curve of the first sample
     * @param second the curve of the second sample
     * @param level the confidence level of the difference, in (0, 1)
     * @return the test
     */
    public static DeLongTest unpaired(RocCurve first, RocCurve second, double level) {
        Normal.requireLevel(level);
        double v1 = first.delongVariance();
        double v2 = second.delongVariance();
        double n1 = (double) first.positives() + first.negatives();
        double n2 = (double) second.positives() + second.negatives();
        double difference = first.auc() - second.auc();
        double se = Math.sqrt(v1 + v2);
        double df = (v1 + v2) * (v1 + v2) / (v1 * v1 / (n1 - 1) + v2 * v2 / (n2 - 1));
        double t = se > 0 ? difference / se : Double.NaN;
        double p = Double.NaN;
        double half = Double.isNaN(se) ? Double.NaN : 0;
        if (!Double.isNaN(t)) {
            TDistribution distribution = new TDistribution(null, df);
            p = 2 * distribution.cumulativeProbability(-Math.abs(t));
            half = se * distribution.inverseCumulativeProbability((1 + level) / 2);
        }
        return new DeLongTest(
                first.auc(),
                second.auc(),
                new Interval(difference, difference - half, difference + half, "DeLong, unpaired"),
                se,
                t,
                df,
                p);
    }

    /**
     * DeLong's covariance matrix of the areas of several scores of the same rows.
     *
     * @param positive the truth of each row
     * @param scores one array per score, none {@code NaN}
     * @return a square array in the order of the scores; {@code NaN} when a class has fewer than
     *     two rows
     * @throws IllegalArgumentException when lengths differ or a score is {@code NaN}
     */
    public static double[][] covariance(boolean[] positive, double[]... scores) {
        int positives = Rows.count(positive);
        int negatives = positive.length - positives;
        double[][] placements = new double[scores.length][];
        for (int s = 0; s < scores.length; s++) {
            placements[s] = Placements.of(positive, scores[s], "score " + s);
        }
        double[][] result = new double[scores.length][scores.length];
        for (int a = 0; a < scores.length; a++) {
            for (int b = 0; b <= a; b++) {
                double ofPositives = 0;
                double ofNegatives = 0;
                for (int i = 0; i < positive.length; i++) {
                    double product = placements[a][i] * placements[b][i];
                    if (positive[i]) {
                        ofPositives += product;
                    } else {
                        ofNegatives += product;
                    }
                }
                double value =
                        positives < 2 || negatives < 2
                                ? Double.NaN
                                : ofPositives / (positives - 1.0) / positives
                                        + ofNegatives / (negatives - 1.0) / negatives;
                result[a][b] = value;
                result[b][a] = value;
            }
        }
        return result;
    }
}
