// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.eval;

import java.util.Arrays;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.SingularValueDecomposition;

/**
 * The log-rank test and its G-rho relatives for the equality of survival curves. Use it with two or
 * more groups, stratified where baselines differ. It gives no size of effect: report hazard ratios
 * or restricted means beside it.
 *
 * <p>Weights are S(t-)^rho with S the pooled Kaplan-Meier of the stratum: rho = 0 is the log-rank
 * test, rho = 1 the Peto-Peto form of Wilcoxon's. Degrees of freedom count the groups with a
 * positive expected sum, less one. Without events the statistic and p are NaN. Figures equal those
 * of {@code survdiff} of R's survival package.
 *
 * <p>Reference: Harrington DP, Fleming TR (1982), A class of rank test procedures for censored
 * survival data, doi:10.1093/biomet/69.3.553.
 *
 * @since 0.1.0
 */
public final class LogRank {
    private final double[] observed;
    private final double[] expected;
    private final double[][] variance;
    private final double statistic;
    private final int degreesOfFreedom;

    private LogRank(double[] observed, double[] expected, double[][] variance) {
        this.observed = observed;
        this.expected = expected;
        this.variance = variance;
        int groups = 0;
        for (double e : expected) {
            groups += e > 0 ? 1 : 0;
        }
        degreesOfFreedom = Math.max(0, groups - 1);
        statistic = groups < 2 ? Double.NaN : quadraticForm(groups - 1);
    }

    /**
     * The log-rank test.
     *
     * @param outcomes follow-up
     * @param group group of each row, 0 to k - 1
     * @return the test
     * @throws IllegalArgumentException if lengths differ or a group is negative
     */
    public static LogRank of(SurvivalOutcomes outcomes, int[] group) {
        return of(outcomes, group, new int[group.length], 0);
    }

    /**
     * The stratified G-rho test.
     *
     * @param outcomes follow-up
     * @param group group of each row, 0 to k - 1
     * @param strata stratum of each row, any codes
     * @param rho power of the weights, 0 or more
     * @return the test; O(n log n + times * k^2)
     * @throws IllegalArgumentException if lengths differ, a group is negative or rho is
     */
    public static LogRank of(SurvivalOutcomes outcomes, int[] group, int[] strata, double rho) {
        int n = outcomes.size();
        if (group.length != n || strata.length != n) {
            throw new IllegalArgumentException(
                    "outcomes have "
                            + n
                            + " rows, group "
                            + group.length
                            + ", strata "
                            + strata.length);
        }
        if (!(rho >= 0)) {
            throw new IllegalArgumentException("rho " + rho + " is negative");
        }
        int k = 0;
        for (int i = 0; i < n; i++) {
            if (group[i] < 0) {
                throw new IllegalArgumentException(
                        "group row " + (i + 1) + ": " + group[i] + " is negative");
            }
            k = Math.max(k, group[i] + 1);
        }
        double[] observed = new double[k];
        double[] expected = new double[k];
        double[][] variance = new double[k][k];
        double[] time = TiedTimes.merge(outcomes.timeInPlace())[0];
        int[] order = SortOrder.thenBy(strata, SortOrder.ascending(time));
        for (int a = 0; a < n; ) {
            int b = a;
            while (b < n && strata[order[b]] == strata[order[a]]) {
                b++;
            }
            addStratum(
                    outcomes,
                    group,
                    time,
                    Arrays.copyOfRange(order, a, b),
                    rho,
                    observed,
                    expected,
                    variance);
            a = b;
        }
        return new LogRank(observed, expected, variance);
    }

    private static void addStratum(
            SurvivalOutcomes outcomes,
            int[] group,
            double[] time,
            int[] order,
            double rho,
            double[] observed,
            double[] expected,
            double[][] variance) {
        int k = observed.length;
        double[] atRisk = new double[k];
        for (int i : order) {
            atRisk[group[i]]++;
        }
        double survival = 1;
        double[] d = new double[k];
        for (int a = 0; a < order.length; ) {
            double n = order.length - a;
            Arrays.fill(d, 0);
            double deaths = 0;
            int b = a;
            for (; b < order.length && time[order[b]] == time[order[a]]; b++) {
                if (outcomes.event(order[b])) {
                    d[group[order[b]]]++;
                    deaths++;
                }
            }
            if (deaths > 0) {
                double w = Math.pow(survival, rho);
                double spread = n > 1 ? w * w * deaths * (n - deaths) / (n * n * (n - 1)) : 0;
                for (int g = 0; g < k; g++) {
                    observed[g] += w * d[g];
                    expected[g] += w * deaths * atRisk[g] / n;
                    for (int h = 0; h < k; h++) {
                        variance[g][h] += spread * atRisk[g] * ((g == h ? n : 0) - atRisk[h]);
                    }
                }
                survival *= 1 - deaths / n;
            }
            for (; a < b; a++) {
                atRisk[group[order[a]]]--;
            }
        }
    }

    /** (O-E)' V^-1 (O-E) over all but the last group that has an expected sum. */
    private double quadraticForm(int size) {
        double[][] v = new double[size][size];
        double[] difference = new double[size];
        int[] used = new int[size];
        int m = 0;
        for (int g = 0; g < expected.length && m < size; g++) {
            if (expected[g] > 0) {
                used[m++] = g;
            }
        }
        for (int g = 0; g < size; g++) {
            difference[g] = observed[used[g]] - expected[used[g]];
            for (int h = 0; h < size; h++) {
                v[g][h] = variance[used[g]][used[h]];
            }
        }
        return quadraticForm(difference, v);
    }

    /** x' V^- x over the leading rows of V, with the pseudo-inverse where V is singular. */
    static double quadraticForm(double[] x, double[][] variance) {
        double[][] v = new double[x.length][];
        for (int g = 0; g < x.length; g++) {
            v[g] = Arrays.copyOf(variance[g], x.length);
        }
        double[] solved =
                new SingularValueDecomposition(new Array2DRowRealMatrix(v, false))
                        .getSolver()
                        .solve(new Array2DRowRealMatrix(x))
                        .getColumn(0);
        double sum = 0;
        for (int g = 0; g < x.length; g++) {
            sum += x[g] * solved[g];
        }
        return sum;
    }

    /**
     * The weighted observed sums.
     *
     * @return one per group
     */
    public double[] observed() {
        return observed.clone();
    }

    /**
     * The weighted expected sums.
     *
     * @return one per group
     */
    public double[] expected() {
        return expected.clone();
    }

    /**
     * The covariance of observed less expected.
     *
     * @return groups x groups
     */
    public double[][] variance() {
        return Arrays.stream(variance).map(double[]::clone).toArray(double[][]::new);
    }

    /**
     * The statistic.
     *
     * @return chi-squared; NaN without events or with one group
     */
    public double statistic() {
        return statistic;
    }

    /**
     * Groups with a positive expected sum, less one.
     *
     * @return degrees of freedom, 0 when undefined
     */
    public int degreesOfFreedom() {
        return degreesOfFreedom;
    }

    /**
     * The p-value.
     *
     * @return in [0, 1]; NaN when undefined
     */
    public double p() {
        return ChiSquared.upper(statistic, degreesOfFreedom);
    }
}
