// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.eval;

import org.apache.commons.math3.distribution.TDistribution;

/**
 * One figure pooled over multiply imputed data sets by Rubin's rules. Matches R's {@code
 * mice::pool.scalar}. Pool on a scale where the figure is near normal: the logit of an AUC, the log
 * of a ratio.
 *
 * <p>Reference: Rubin (1987), Multiple Imputation for Nonresponse in Surveys; Barnard, Rubin
 * (1999), doi:10.1093/biomet/86.4.948.
 *
 * @param imputations how many data sets
 * @param estimate the mean of the estimates
 * @param within the mean of the squared standard errors
 * @param between the variance of the estimates
 * @param degreesOfFreedom Barnard and Rubin's, for small samples
 * @param largeSampleDegreesOfFreedom Rubin's, infinite when the estimates are equal
 * @since 0.1.0
 */
public record RubinPooling(
        int imputations,
        double estimate,
        double within,
        double between,
        double degreesOfFreedom,
        double largeSampleDegreesOfFreedom) {
    /** The smallest share of variance due to missingness that mice lets into the formula. */
    private static final double LEAST_LAMBDA = 1e-4;

    /**
     * Pools estimates.
     *
     * @param estimates one per data set, at least two
     * @param standardErrors one per data set
     * @param completeDegreesOfFreedom rows less parameters, had nothing been missing; may be
     *     infinite
     * @return the pooled figure
     * @throws IllegalArgumentException when lengths differ or there are fewer than two data sets
     */
    public static RubinPooling of(
            double[] estimates, double[] standardErrors, double completeDegreesOfFreedom) {
        int m = estimates.length;
        Rows.requireSameLength("estimates", m, "standardErrors", standardErrors.length);
        if (m < 2) {
            throw new IllegalArgumentException("estimates has " + m + " rows, needs 2");
        }
        double mean = 0;
        double within = 0;
        for (int i = 0; i < m; i++) {
            mean += estimates[i] / m;
            within += standardErrors[i] * standardErrors[i] / m;
        }
        double between = 0;
        for (double estimate : estimates) {
            between += (estimate - mean) * (estimate - mean) / (m - 1);
        }
        double lambda = (1 + 1.0 / m) * between / (within + (1 + 1.0 / m) * between);
        double floored = Math.max(lambda, LEAST_LAMBDA);
        double old = (m - 1) / (floored * floored);
        double complete = completeDegreesOfFreedom;
        double observed =
                Double.isInfinite(complete)
                        ? Double.POSITIVE_INFINITY
                        : (complete + 1) / (complete + 3) * complete * (1 - floored);
        return new RubinPooling(
                m,
                mean,
                within,
                between,
                Double.isInfinite(observed) ? old : old * observed / (old + observed),
                (m - 1) / (lambda * lambda));
    }

    /**
     * The variance of the pooled figure.
     *
     * @return {@code within + (1 + 1 / imputations) between}
     */
    public double totalVariance() {
        return within + (1 + 1.0 / imputations) * between;
    }

    /**
     * The relative rise of the variance due to missingness.
     *
     * @return at least 0
     */
    public double relativeIncrease() {
        return (1 + 1.0 / imputations) * between / within;
    }

    /**
     * The share of the variance due to missingness.
     *
     * @return in [0, 1]
     */
    public double lambda() {
        return (1 + 1.0 / imputations) * between / totalVariance();
    }

    /**
     * The fraction of missing information.
     *
     * @return in [0, 1]
     */
    public double fractionMissing() {
        double riv = relativeIncrease();
        return (riv + 2 / (degreesOfFreedom + 3)) / (riv + 1);
    }

    /**
     * The pooled figure with limits of the t distribution.
     *
     * @param level the confidence level in (0, 1)
     * @return the interval
     */
    public Interval interval(double level) {
        Normal.requireLevel(level);
        double t =
                new TDistribution(null, degreesOfFreedom)
                        .inverseCumulativeProbability((1 + level) / 2);
        double half = t * Math.sqrt(totalVariance());
        return new Interval(
                estimate,
                estimate - half,
                estimate + half,
                "Rubin, " + imputations + " imputations");
    }
}
