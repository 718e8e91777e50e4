// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.eval;

import org.jspecify.annotations.Nullable;

/**
 * Counts at the distinct times of follow-up, ascending: weights at risk just before, with an event
 * and censored at each time. A row is at risk on (entry, time]; a row censored at an event time is
 * still at risk there.
 */
final class RiskTable {
    final double[] time;
    final double[] atRisk;
    final double[] events;
    final double[] censored;

    /** Rows with an event, not weighted. */
    final int[] eventRows;

    private RiskTable(
            double[] time, double[] atRisk, double[] events, double[] censored, int[] eventRows) {
        this.time = time;
        this.atRisk = atRisk;
        this.events = events;
        this.censored = censored;
        this.eventRows = eventRows;
    }

    /** Everybody enters at the start. */
    static RiskTable of(TimeGroups groups, boolean[] event, double @Nullable [] weights) {
        int m = groups.size();
        double[] events = new double[m];
        double[] censored = new double[m];
        int[] eventRows = new int[m];
        for (int g = 0; g < m; g++) {
            for (int k = groups.start[g]; k < groups.start[g + 1]; k++) {
                int i = groups.order[k];
                double w = weights == null ? 1 : weights[i];
                if (event[i]) {
                    events[g] += w;
                    eventRows[g] += w > 0 ? 1 : 0;
                } else {
                    censored[g] += w;
                }
            }
        }
        return new RiskTable(
                groups.time, reverseSums(events, censored), events, censored, eventRows);
    }

    private static double[] reverseSums(double[] events, double[] censored) {
        double[] atRisk = new double[events.length];
        double left = 0;
        for (int k = atRisk.length - 1; k >= 0; k--) {
            left += events[k] + censored[k];
            atRisk[k] = left;
        }
        return atRisk;
    }

    /** Times must have been merged already. */
    static RiskTable of(
            double[] exit,
            boolean[] event,
            double @Nullable [] entry,
            double @Nullable [] weights) {
        RiskTable table = of(TimeGroups.ofMerged(exit), event, weights);
        if (entry != null) {
            int[] byEntry = SortOrder.descending(entry);
            double waiting = 0;
            int next = 0;
            for (int k = table.size() - 1; k >= 0; k--) {
                for (; next < exit.length && entry[byEntry[next]] >= table.time[k]; next++) {
                    waiting += weights == null ? 1 : weights[byEntry[next]];
                }
                table.atRisk[k] -= waiting;
            }
        }
        return table;
    }

    int size() {
        return time.length;
    }
}
