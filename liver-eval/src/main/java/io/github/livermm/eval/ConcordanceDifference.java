// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.eval;

/**
 * The paired difference of two concordances on the same patients, with their joint infinitesimal
 * jackknife covariance.
 *
 * @param first C of the first risk
 * @param second C of the second risk
 * @param varianceFirst variance of the first
 * @param varianceSecond variance of the second
 * @param covariance covariance of the two
 * @since 0.1.0
 */
public record ConcordanceDifference(
        double first,
        double second,
        double varianceFirst,
        double varianceSecond,
        double covariance) {

    /**
     * First less second.
     *
     * @return the difference
     */
    public double estimate() {
        return first - second;
    }

    /**
     * The standard error of the difference.
     *
     * @return 0 or more
     */
    public double standardError() {
        return Math.sqrt(Math.max(0, varianceFirst + varianceSecond - 2 * covariance));
    }

    /**
     * The difference over its standard error.
     *
     * @return z; NaN when both are 0
     */
    public double z() {
        return estimate() / standardError();
    }

    /**
     * The two-sided p-value.
     *
     * @return in [0, 1]; NaN when undefined
     */
    public double p() {
        return Normal.pValue(z());
    }

    /**
     * The difference with its 95 % limits.
     *
     * @return the interval
     */
    public Interval interval() {
        double half = Normal.twoSided(0.95) * standardError();
        return new Interval(
                estimate(), estimate() - half, estimate() + half, "paired infinitesimal jackknife");
    }
}
