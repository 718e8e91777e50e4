// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.eval;

import java.util.Arrays;
import java.util.List;

/**
 * Gray's test that the cumulative incidence of one cause is the same in all groups while other
 * causes compete: the log-rank test of the subdistribution hazard. Use {@link LogRank} for the
 * cause-specific hazard, which answers another question.
 *
 * <p>With Y, S and F the number at risk, the survival free of any event and the incidence of the
 * cause in each group just before u, a group of size R = Y (1 - F) / S stands at risk of the
 * subdistribution; the score of a group is the sum over event times of (1 - F0)^rho (d - d. R /
 * R.), F0 being the pooled incidence. The variance is Gray's, with his correction of ties. Figures
 * equal those of {@code cuminc} of R's cmprsk.
 *
 * <p>Reference: Gray RJ (1988), A class of K-sample tests for comparing the cumulative incidence of
 * a competing risk, doi:10.1214/aos/1176350951.
 *
 * @param scores observed less expected of each group, by code
 * @param statistic chi-squared; {@code NaN} without an event of the cause or with one group
 * @param degreesOfFreedom groups less one
 * @param p the p-value; {@code NaN} when undefined
 * @since 0.1.0
 */
public record GrayTest(List<Double> scores, double statistic, int degreesOfFreedom, double p) {
    /**
     * Copies the scores.
     *
     * @param scores observed less expected of each group
     * @param statistic chi-squared
     * @param degreesOfFreedom groups less one
     * @param p the p-value
     */
    public GrayTest {
        scores = List.copyOf(scores);
    }

    /**
     * Tests one cause.
     *
     * @param outcomes follow-up with causes
     * @param cause the cause, 1 or more
     * @param group code of each row's group, 0 or more; codes without a row are no group
     * @return the test; O(n log n + k^2 events) for k groups
     * @throws IllegalArgumentException if lengths differ, a code is negative or the cause is below
     *     1
     */
    public static GrayTest of(CompetingOutcomes outcomes, int cause, int[] group) {
        return of(outcomes, cause, group, new int[group.length], 0);
    }

    /**
     * Tests one cause within strata, with weights over time.
     *
     * @param outcomes follow-up with causes
     * @param cause the cause, 1 or more
     * @param group code of each row's group, 0 or more; codes without a row are no group
     * @param strata code of each row's stratum
     * @param rho power of the pooled share free of the cause that weights the event times; 0 for
     *     Gray's usual test
     * @return the test
     * @throws IllegalArgumentException if lengths differ, a code is negative, the cause is below 1
     *     or rho is not finite
     */
    public static GrayTest of(
            CompetingOutcomes outcomes, int cause, int[] group, int[] strata, double rho) {
        int n = outcomes.size();
        Rows.requireSameLength("outcomes", n, "group", group.length);
        Rows.requireSameLength("outcomes", n, "strata", strata.length);
        if (cause < 1) {
            throw new IllegalArgumentException("cause " + cause + " is below 1; 0 is censored");
        }
        if (!Double.isFinite(rho)) {
            throw new IllegalArgumentException("rho " + rho + " is not finite");
        }
        int[] dense = dense(group);
        int groups = Arrays.stream(dense).max().orElse(-1) + 1;
        double[] scores = new double[groups];
        double[][] variance = new double[groups][groups];
        double[] time = TiedTimes.merge(outcomes.timeInPlace())[0];
        int[] order = SortOrder.thenBy(strata, SortOrder.ascending(time));
        boolean any = false;
        for (int a = 0, b; a < n; a = b) {
            for (b = a; b < n && strata[order[b]] == strata[order[a]]; b++) {
                any |= outcomes.cause(order[b]) == cause;
            }
            int[] rows = Arrays.copyOfRange(order, a, b);
            new GrayScore(outcomes, cause, dense, time, rows, rho).addTo(scores, variance);
        }
        double statistic =
                any && groups > 1
                        ? LogRank.quadraticForm(Arrays.copyOf(scores, groups - 1), variance)
                        : Double.NaN;
        int df = Math.max(0, groups - 1);
        List<Double> list = Arrays.stream(scores).boxed().toList();
        return new GrayTest(list, statistic, df, ChiSquared.upper(statistic, df));
    }

    /** The codes without gaps, in the same order. */
    private static int[] dense(int[] group) {
        for (int i = 0; i < group.length; i++) {
            if (group[i] < 0) {
                throw new IllegalArgumentException(
                        "group row " + (i + 1) + ": " + group[i] + " is negative");
            }
        }
        int[] codes = Arrays.stream(group).distinct().sorted().toArray();
        return Arrays.stream(group).map(g -> Arrays.binarySearch(codes, g)).toArray();
    }
}
