// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.eval;

import java.util.Arrays;

/**
 * What all horizons of {@link HorizonScore} share: the risk sets, where each row stands among the
 * distinct times, the probability G of being uncensored, and the incidence of the event of
 * interest.
 */
final class HorizonCohort {
    final CompetingOutcomes outcomes;
    final RiskTable table;

    /** The number of each row's time among the distinct ones. */
    final int[] index;

    /** G from each distinct time on, events leaving before tied censorings. */
    private final double[] uncensored;

    private final double[] incidence;

    HorizonCohort(CompetingOutcomes outcomes) {
        this.outcomes = outcomes;
        int n = outcomes.size();
        boolean[] any = new boolean[n];
        for (int i = 0; i < n; i++) {
            any[i] = outcomes.cause(i) > 0;
        }
        TimeGroups groups = TimeGroups.of(outcomes.timeInPlace());
        index = groups.index();
        table = RiskTable.of(groups, any, null);
        uncensored = ReverseKaplanMeier.eventsFirst(table);
        incidence = new double[table.size()];
        for (int i = 0; i < n; i++) {
            incidence[index[i]] += outcomes.cause(i) == 1 ? 1 : 0;
        }
        double free = 1;
        double sum = 0;
        for (int k = 0; k < incidence.length; k++) {
            sum += free * incidence[k] / table.atRisk[k];
            free *= 1 - table.events[k] / table.atRisk[k];
            incidence[k] = sum;
        }
    }

    int size() {
        return index.length;
    }

    double lastTime() {
        return table.size() == 0 ? Double.NaN : table.time[table.size() - 1];
    }

    /** The number of the first distinct time after a time. */
    int after(double t) {
        int at = Arrays.binarySearch(table.time, t);
        return at >= 0 ? at + 1 : -at - 1;
    }

    /** The incidence of the event of interest before a distinct time. */
    double incidenceBefore(int k) {
        return k == 0 ? 0 : incidence[k - 1];
    }

    /** G just before a distinct time. */
    double uncensoredBefore(int k) {
        return k == 0 ? 1 : uncensored[k - 1];
    }
}
