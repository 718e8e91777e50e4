// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.eval;

import java.util.Arrays;
import java.util.List;

/**
 * Whether predicted survival curves are right as distributions: the predicted survival at the time
 * of the event should be uniform on [0, 1]. A patient censored where the curve stands at s is
 * spread evenly over [0, s]. It sees all times at once and says nothing of ranking; a calibrated
 * model need not discriminate. The chi-squared test treats spread patients as counts and takes the
 * predictions as given: use it on patients the model was not fitted to.
 *
 * <p>Reference: Haider H, Hoehn B, Davis S, Greiner R (2020), Effective ways to build and evaluate
 * individual survival distributions, JMLR 21(85):1-63.
 *
 * @param counts expected number in each bin, the first for survival nearest to 0
 * @param statistic chi-squared against equal counts
 * @param degreesOfFreedom bins less one
 * @param p the p-value
 * @since 0.1.0
 */
public record DCalibration(List<Double> counts, double statistic, int degreesOfFreedom, double p) {
    /**
     * Copies the counts.
     *
     * @param counts expected number in each bin
     * @param statistic chi-squared
     * @param degreesOfFreedom bins less one
     * @param p the p-value
     */
    public DCalibration {
        counts = List.copyOf(counts);
    }

    /**
     * Counts and tests.
     *
     * @param outcomes follow-up, 1 row or more
     * @param survivalAtOwnTime predicted probability of each row to be free of the event at its own
     *     time of event or censoring, in [0, 1]
     * @param bins how many bins of equal width, 2 or more; 10 is usual
     * @return the test
     * @throws IllegalArgumentException if lengths differ, there is no row, a probability is outside
     *     [0, 1] or there are fewer than two bins
     */
    public static DCalibration of(SurvivalOutcomes outcomes, double[] survivalAtOwnTime, int bins) {
        int n = outcomes.size();
        Rows.requireSameLength("outcomes", n, "survivalAtOwnTime", survivalAtOwnTime.length);
        Rows.requireProbabilities("survivalAtOwnTime", survivalAtOwnTime);
        if (n == 0) {
            throw new IllegalArgumentException("outcomes has no row; a test needs one or more");
        }
        if (bins < 2) {
            throw new IllegalArgumentException("bins " + bins + " is below 2");
        }
        double[] counts = new double[bins];
        for (int i = 0; i < n; i++) {
            double s = survivalAtOwnTime[i];
            int bin = Math.min(bins - 1, (int) (s * bins));
            if (outcomes.event(i) || s == 0) {
                counts[bin]++;
                continue;
            }
            for (int b = 0; b < bin; b++) {
                counts[b] += 1 / (s * bins);
            }
            counts[bin] += (s - (double) bin / bins) / s;
        }
        double expected = (double) n / bins;
        double statistic =
                Arrays.stream(counts).map(c -> (c - expected) * (c - expected) / expected).sum();
        return new DCalibration(
                Arrays.stream(counts).boxed().toList(),
                statistic,
                bins - 1,
                ChiSquared.upper(statistic, bins - 1.0));
    }
}
