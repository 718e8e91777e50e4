// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.eval;

import org.apache.commons.math3.distribution.TDistribution;

/**
 * Whether a new model is not worse than a comparator by more than a margin fixed in advance, in AUC
 * or C: the null hypothesis is {@code new - comparator <= -margin}. Not inferior when the lower
 * one-sided limit of the difference lies above minus the margin, which is the same as {@code p <
 * alpha}. It does not show that the models are equal, nor that the comparator is any good.
 *
 * <p>Reference: Liu JP, Ma MC, Wu CY, Tai JY (2006), Tests of equivalence and non-inferiority for
 * diagnostic accuracy based on the paired areas under ROC curves, doi:10.1002/sim.2358.
 *
 * @param difference new less comparator
 * @param standardError of the difference
 * @param margin the largest loss that is acceptable, positive
 * @param alpha the one-sided significance level
 * @param lower the lower one-sided limit of the difference at level 1 - alpha
 * @param statistic (difference + margin) / standard error
 * @param pValue one-sided; {@code NaN} when the standard error is undefined
 * @since 0.1.0
 */
public record NonInferiority(
        double difference,
        double standardError,
        double margin,
        double alpha,
        double lower,
        double statistic,
        double pValue) {

    /**
     * Tests two areas under the ROC curve.
     *
     * @param test the new model as first, the comparator as second; paired, clustered or unpaired
     * @param margin the largest acceptable loss of AUC, in (0, 1)
     * @param alpha the one-sided significance level, in (0, 0.5]; 0.025 is usual
     * @return the test
     * @throws IllegalArgumentException when margin or alpha is out of range
     */
    public static NonInferiority of(DeLongTest test, double margin, double alpha) {
        return of(
                test.difference().estimate(),
                test.standardError(),
                test.degreesOfFreedom(),
                margin,
                alpha);
    }

    /**
     * Tests two concordances on the same patients.
     *
     * @param difference the new model as first, the comparator as second
     * @param margin the largest acceptable loss of C, in (0, 1)
     * @param alpha the one-sided significance level, in (0, 0.5]; 0.025 is usual
     * @return the test
     * @throws IllegalArgumentException when margin or alpha is out of range
     */
    public static NonInferiority of(ConcordanceDifference difference, double margin, double alpha) {
        return of(
                difference.estimate(),
                difference.standardError(),
                Double.POSITIVE_INFINITY,
                margin,
                alpha);
    }

    private static NonInferiority of(
            double difference, double se, double df, double margin, double alpha) {
        if (!(margin > 0 && margin < 1)) {
            throw new IllegalArgumentException("margin " + margin + " is outside (0, 1)");
        }
        if (!(alpha > 0 && alpha <= 0.5)) {
            throw new IllegalArgumentException("alpha " + alpha + " is outside (0, 0.5]");
        }
        double statistic = (difference + margin) / se;
        double quantile = Double.NaN;
        double p = Double.NaN;
        if (df > 0 && df < Double.POSITIVE_INFINITY) {
            TDistribution t = new TDistribution(null, df);
            quantile = t.inverseCumulativeProbability(1 - alpha);
            p = Double.isNaN(statistic) ? p : t.cumulativeProbability(-statistic);
        } else if (df == Double.POSITIVE_INFINITY) {
            quantile = Normal.quantile(1 - alpha);
            p = Double.isNaN(statistic) ? p : Normal.cumulative(-statistic);
        }
        return new NonInferiority(
                difference, se, margin, alpha, difference - quantile * se, statistic, p);
    }

    /**
     * Whether non-inferiority is shown.
     *
     * @return true when the p-value is below alpha; false also when it is undefined
     */
    public boolean shown() {
        return pValue < alpha;
    }
}
