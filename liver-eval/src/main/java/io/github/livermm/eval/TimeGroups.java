// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.eval;

import java.util.Arrays;

/**
 * The distinct times of a cohort, rounding merged as by {@link TiedTimes}, and the rows of each:
 * one sort for everything that walks over time. O(n).
 */
final class TimeGroups {
    /** Distinct times, ascending. */
    final double[] time;

    /** All rows, by time. */
    final int[] order;

    /** Where the rows of each distinct time start in {@link #order}, and the end of the last. */
    final int[] start;

    /** The time of each row, merged; the rows' own array where none had to be merged. */
    final double[] merged;

    private TimeGroups(double[] time, int[] order, int[] start, double[] merged) {
        this.time = time;
        this.order = order;
        this.start = start;
        this.merged = merged;
    }

    /** Groups of finite times; the array may be kept, and is not changed. */
    static TimeGroups of(double[] times) {
        return of(times, true);
    }

    /** Groups of times that went through {@link TiedTimes} already: equal ones only. */
    static TimeGroups ofMerged(double[] times) {
        return of(times, false);
    }

    private static TimeGroups of(double[] times, boolean merge) {
        int n = times.length;
        int[] order = SortOrder.ascending(times);
        double[] time = Rows.pick(times, order);
        int[] start = new int[n + 1];
        double sum = 0;
        int distinct = 0;
        for (int k = 0; k < n; k++) {
            if (k == 0 || time[k] != time[k - 1]) {
                sum += Math.abs(time[k]);
                distinct++;
            }
        }
        double reach = merge ? TiedTimes.reach(sum, distinct) : 0;
        int groups = 0;
        double previous = Double.NEGATIVE_INFINITY;
        for (int k = 0; k < n; k++) {
            double t = time[k];
            if (t - previous > reach) {
                start[groups] = k;
                time[groups++] = t;
            }
            previous = t;
        }
        start[groups] = n;
        double[] merged = groups == distinct ? times : times.clone();
        for (int g = 0; groups < distinct && g < groups; g++) {
            for (int k = start[g]; k < start[g + 1]; k++) {
                merged[order[k]] = time[g];
            }
        }
        return new TimeGroups(
                Arrays.copyOf(time, groups), order, Arrays.copyOf(start, groups + 1), merged);
    }

    int size() {
        return time.length;
    }

    /** The number of each row's time among the distinct ones. */
    int[] index() {
        int[] index = new int[order.length];
        for (int g = 0; g < size(); g++) {
            for (int k = start[g]; k < start[g + 1]; k++) {
                index[order[k]] = g;
            }
        }
        return index;
    }
}
