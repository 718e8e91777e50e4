// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.eval.cox;

import io.github.livermm.eval.SortOrder;
import io.github.livermm.eval.SurvivalOutcomes;
import io.github.livermm.eval.TiedTimes;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The rows of positive weight in the order in which a backward sweep meets them: by stratum, then
 * time descending, events before censorings. A <em>position</em> is an index in that order. Sorted
 * once; every likelihood evaluation walks it.
 */
final class RiskSets {
    /** Position to original row. */
    final int[] row;

    final double[] time;
    final double[] weight;
    final boolean[] event;

    /** First position of each stratum, and the end. */
    final int[] stratumStart;

    /** The code of each stratum. */
    final int[] stratumCode;

    /** Distinct event times, in sweep order: rows of group g are [groupFrom, groupTo). */
    final int[] groupFrom;

    final int[] groupTo;

    /** Events of the group: positions [groupFrom, groupFrom + groupEvents). */
    final int[] groupEvents;

    /** First group of each stratum, and the end. */
    final int[] stratumGroup;

    /** Entry times by position, or null when everybody enters at the start. */
    final double @Nullable [] entry;

    /** Positions by stratum, then entry descending; null without entry times. */
    final int @Nullable [] byEntry;

    RiskSets(
            SurvivalOutcomes outcomes,
            double @Nullable [] entries,
            double @Nullable [] weights,
            int @Nullable [] strata) {
        double[] exit = outcomes.times();
        double[] start = entries;
        if (entries == null) {
            exit = TiedTimes.merge(exit)[0];
        } else {
            double[][] merged = TiedTimes.merge(exit, entries);
            exit = merged[0];
            start = merged[1];
        }
        row = sweepOrder(exit, outcomes, weights, strata);
        int kept = row.length;
        time = new double[kept];
        weight = new double[kept];
        event = new boolean[kept];
        int[] code = new int[kept];
        for (int i = 0; i < kept; i++) {
            time[i] = exit[row[i]];
            weight[i] = weights == null ? 1 : weights[row[i]];
            event[i] = outcomes.event(row[i]);
            code[i] = strata == null ? 0 : strata[row[i]];
        }
        int[] starts = new int[kept + 1];
        int[] codes = new int[kept];
        int[] from = new int[kept];
        int[] to = new int[kept];
        int[] deaths = new int[kept];
        int[] firstGroup = new int[kept + 1];
        int s = 0;
        int g = 0;
        for (int i = 0; i < kept; ) {
            if (i == 0 || code[i] != code[i - 1]) {
                starts[s] = i;
                codes[s] = code[i];
                firstGroup[s++] = g;
            }
            int end = i;
            int d = 0;
            while (end < kept && code[end] == code[i] && time[end] == time[i]) {
                if (event[end++]) {
                    d++;
                }
            }
            if (d > 0) {
                from[g] = i;
                to[g] = end;
                deaths[g++] = d;
            }
            i = end;
        }
        starts[s] = kept;
        firstGroup[s] = g;
        stratumStart = Arrays.copyOf(starts, s + 1);
        stratumCode = Arrays.copyOf(codes, s);
        stratumGroup = Arrays.copyOf(firstGroup, s + 1);
        groupFrom = Arrays.copyOf(from, g);
        groupTo = Arrays.copyOf(to, g);
        groupEvents = Arrays.copyOf(deaths, g);
        if (start == null) {
            entry = null;
            byEntry = null;
        } else {
            double[] byPosition = new double[kept];
            for (int i = 0; i < kept; i++) {
                byPosition[i] = start[row[i]];
                if (!(byPosition[i] < time[i])) {
                    throw new IllegalArgumentException(
                            "entry row "
                                    + (row[i] + 1)
                                    + " equals the row's time up to rounding: the row is never at"
                                    + " risk");
                }
            }
            entry = byPosition;
            byEntry = entryOrder(byPosition, stratumStart);
        }
    }

    int size() {
        return row.length;
    }

    int strata() {
        return stratumCode.length;
    }

    int groups() {
        return groupFrom.length;
    }

    /** Values by row to values by position. */
    double[] toPositions(double[] byRow) {
        double[] out = new double[row.length];
        for (int i = 0; i < out.length; i++) {
            out[i] = byRow[row[i]];
        }
        return out;
    }

    private static int[] sweepOrder(
            double[] exit,
            SurvivalOutcomes outcomes,
            double @Nullable [] weights,
            int @Nullable [] strata) {
        int n = exit.length;
        int[] rows = new int[n];
        int kept = 0;
        for (int pass = 0; pass < 2; pass++) {
            boolean eventsNow = pass == 0;
            for (int i = 0; i < n; i++) {
                if (outcomes.event(i) == eventsNow && (weights == null || weights[i] > 0)) {
                    rows[kept++] = i;
                }
            }
        }
        double[] latestFirst = new double[n];
        for (int i = 0; i < n; i++) {
            latestFirst[i] = -exit[i];
        }
        rows = SortOrder.thenBy(latestFirst, Arrays.copyOf(rows, kept));
        return strata == null ? rows : SortOrder.thenBy(strata, rows);
    }

    private static int[] entryOrder(double[] entry, int[] stratumStart) {
        double[] latestFirst = new double[entry.length];
        int[] stratum = new int[entry.length];
        for (int s = 0; s + 1 < stratumStart.length; s++) {
            for (int i = stratumStart[s]; i < stratumStart[s + 1]; i++) {
                latestFirst[i] = -entry[i];
                stratum[i] = s;
            }
        }
        return SortOrder.thenBy(stratum, SortOrder.ascending(latestFirst));
    }
}
