// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.eval;

import java.util.Arrays;

/**
 * Merges times that differ only by rounding, so that 0.1 + 0.2 and 0.3 are tied. Every survival
 * statistic here passes its times through this door once, as {@code survfit} and {@code coxph} of R
 * do by default ({@code timefix = TRUE}). It does not round to any calendar unit.
 *
 * @since 0.1.0
 */
public final class TiedTimes {
    /** Square root of the double rounding unit, as {@code aeqSurv} of R's survival package. */
    private static final double TOLERANCE = Math.sqrt(Math.ulp(1.0));

    private TiedTimes() {}

    /**
     * Replaces each time by the smallest time of its run, where neighbours in sorted order belong
     * to one run if they differ by at most 1.5e-8, absolutely or relative to the mean of the
     * distinct times. Infinite values are left alone. O(n log n).
     *
     * @param times arrays whose times share one axis (for example entry and exit)
     * @return copies of the arrays with merged times, in the given order
     */
    public static double[][] merge(double[]... times) {
        int total = 0;
        for (double[] block : times) {
            total += block.length;
        }
        double[] all = new double[total];
        int m = 0;
        for (double[] block : times) {
            for (double t : block) {
                if (Math.abs(t) < Double.POSITIVE_INFINITY) {
                    all[m++] = t;
                }
            }
        }
        Arrays.sort(all, 0, m);
        int distinct = 0;
        double sum = 0;
        for (int i = 0; i < m; i++) {
            if (i == 0 || all[i] != all[i - 1]) {
                all[distinct++] = all[i];
                sum += Math.abs(all[distinct - 1]);
            }
        }
        double[][] merged = new double[times.length][];
        for (int b = 0; b < times.length; b++) {
            merged[b] = times[b].clone();
        }
        double reach = reach(sum, distinct);
        int kept = 0;
        double previous = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < distinct; i++) {
            double t = all[i];
            if (i == 0 || t - previous > reach) {
                all[kept++] = t;
            }
            previous = t;
        }
        if (kept == distinct) {
            return merged;
        }
        for (double[] block : merged) {
            for (int i = 0; i < block.length; i++) {
                if (Math.abs(block[i]) < Double.POSITIVE_INFINITY) {
                    int at = Arrays.binarySearch(all, 0, kept, block[i]);
                    block[i] = all[at >= 0 ? at : -at - 2];
                }
            }
        }
        return merged;
    }

    /** How near two distinct times of a given sum must be to count as one. */
    static double reach(double sum, int distinct) {
        return TOLERANCE * Math.max(1, sum / Math.max(1, distinct));
    }
}
