// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.eval;

import java.util.Arrays;

/**
 * The distinct times of a cohort, rounding merged as by {@link TiedTimes}, and where each row
 * stands among them: one sort for everything that walks over time. O(n).
 */
final class TimeGroups {
    /** Distinct times, ascending. */
    final double[] time;

    /** The number of each row's time among the distinct ones. */
    final int[] index;

    private TimeGroups(double[] time, int[] index) {
        this.time = time;
        this.index = index;
    }

    /** Groups of finite times, in the order of the rows. */
    static TimeGroups of(double[] times) {
        int n = times.length;
        int[] order = SortOrder.ascending(times);
        double sum = 0;
        int distinct = 0;
        double previous = Double.NaN;
        for (int row : order) {
            if (times[row] != previous) {
                previous = times[row];
                sum += Math.abs(previous);
                distinct++;
            }
        }
        double reach = TiedTimes.reach(sum, distinct);
        double[] time = new double[distinct];
        int[] index = new int[n];
        int group = -1;
        previous = Double.NEGATIVE_INFINITY;
        for (int row : order) {
            double t = times[row];
            if (t != previous) {
                if (t - previous > reach) {
                    time[++group] = t;
                }
                previous = t;
            }
            index[row] = group;
        }
        return new TimeGroups(group + 1 == distinct ? time : Arrays.copyOf(time, group + 1), index);
    }

    int size() {
        return time.length;
    }

    /** The merged time of each row. */
    double[] merged() {
        double[] merged = new double[index.length];
        for (int i = 0; i < merged.length; i++) {
            merged[i] = time[index[i]];
        }
        return merged;
    }
}
