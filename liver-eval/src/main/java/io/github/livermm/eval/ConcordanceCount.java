// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.eval;

import org.jspecify.annotations.Nullable;

/**
 * Counts the pairs of a {@link Concordance} in two walks over time with a tree of sums over the
 * ranks of the risk: backwards each event meets the rows still at risk, forwards each row meets the
 * events that it outlived.
 */
final class ConcordanceCount {
    private final SurvivalOutcomes outcomes;
    private final ConcordanceOptions options;
    private final double[] exit;
    private final double @Nullable [] entry;
    private final double @Nullable [] weights;
    private final double[] timeWeight;
    private final int[] rank;
    private final int ranks;

    /** Rows by stratum, then time, events before censorings. */
    private final int[] order;

    /** Rows by stratum, then entry; null without entry times. */
    private final int @Nullable [] byEntry;

    private final RankSums sums;
    private final double[] lower;
    private final double[] higher;
    private final double[] equal;
    private double concordant;
    private double discordant;
    private double tiedRisk;
    private double tiedTime;
    private double tiedBoth;

    ConcordanceCount(SurvivalOutcomes outcomes, double[] risk, ConcordanceOptions options) {
        this.outcomes = outcomes;
        this.options = options;
        int n = outcomes.size();
        if (options.timeWeight != TimeWeight.HARRELL
                && (options.entry != null || options.strata != null)) {
            throw new IllegalArgumentException(
                    "time weights "
                            + options.timeWeight
                            + " are not defined with entry times or strata; use HARRELL");
        }
        if (options.strata != null && options.strata.length != n) {
            throw new IllegalArgumentException(
                    "strata has " + options.strata.length + " rows, outcomes " + n);
        }
        weights =
                options.weights == null
                        ? null
                        : KaplanMeier.checkedWeights(outcomes, options.weights);
        if (options.entry == null) {
            exit = TiedTimes.merge(outcomes.timeInPlace())[0];
            entry = null;
        } else {
            double[][] merged =
                    TiedTimes.merge(
                            outcomes.timeInPlace(),
                            KaplanMeier.checkedEntry(outcomes, options.entry));
            exit = merged[0];
            entry = merged[1];
        }
        rank = new int[n];
        int[] byRisk = SortOrder.ascending(risk);
        int count = 0;
        for (int k = 0; k < n; k++) {
            if (k > 0 && risk[byRisk[k]] != risk[byRisk[k - 1]]) {
                count++;
            }
            rank[byRisk[k]] = count;
        }
        ranks = count + 1;
        sums = new RankSums(ranks);
        int[] censored = new int[n];
        for (int i = 0; i < n; i++) {
            censored[i] = outcomes.event(i) ? 0 : 1;
        }
        // by rank first: tied events then stand in order of risk
        order = byStratum(SortOrder.thenBy(exit, SortOrder.thenBy(censored, byRisk)));
        byEntry = entry == null ? null : byStratum(SortOrder.ascending(entry));
        timeWeight = timeWeights();
        lower = new double[n];
        higher = new double[n];
        equal = new double[n];
    }

    Concordance count() {
        int n = order.length;
        for (int a = 0; a < n; ) {
            int b = a;
            while (b < n && sameStratum(order[a], order[b])) {
                b++;
            }
            backwards(a, b);
            forwards(a, b);
            a = b;
        }
        double total = concordant + discordant + tiedRisk;
        double c = (concordant + tiedRisk / 2) / total;
        double[] influence = new double[n];
        for (int i = 0; i < n; i++) {
            double pairs = lower[i] + higher[i] + equal[i];
            influence[i] = weight(i) * (lower[i] + equal[i] / 2 - c * pairs) / total;
        }
        return new Concordance(
                concordant, discordant, tiedRisk, tiedTime, tiedBoth, influence, method());
    }

    /** Each event against the rows still at risk; lower risk there is concordant. */
    private void backwards(int a, int b) {
        sums.clear();
        int entering = b - 1;
        for (int end = b; end > a; ) {
            int start = end - 1;
            double time = exit[order[start]];
            while (start > a && exit[order[start - 1]] == time) {
                start--;
            }
            int firstCensored = end;
            while (firstCensored > start && !outcomes.event(order[firstCensored - 1])) {
                firstCensored--;
                sums.add(rank[order[firstCensored]], weight(order[firstCensored]));
            }
            if (entry != null && byEntry != null) {
                for (; entering >= a && entry[byEntry[entering]] >= time; entering--) {
                    sums.add(rank[byEntry[entering]], -weight(byEntry[entering]));
                }
            }
            if (firstCensored > start && timeWeight[order[start]] > 0) {
                for (int k = start; k < firstCensored; k++) {
                    int i = order[k];
                    double below = sums.below(rank[i]);
                    double same = sums.at(rank[i]);
                    double above = sums.total() - below - same;
                    double tw = timeWeight[i];
                    lower[i] += tw * below;
                    equal[i] += tw * same;
                    higher[i] += tw * above;
                    double pair = tw * weight(i);
                    concordant += pair * below;
                    tiedRisk += pair * same;
                    discordant += pair * above;
                }
                countTies(start, firstCensored);
            }
            for (int k = start; k < firstCensored; k++) {
                sums.add(rank[order[k]], weight(order[k]));
            }
            end = start;
        }
    }

    /** Each row against the events that it outlived; a higher risk there is concordant. */
    private void forwards(int a, int b) {
        sums.clear();
        int entering = a;
        for (int start = a; start < b; ) {
            double time = exit[order[start]];
            if (entry != null && byEntry != null) {
                for (; entering < b && entry[byEntry[entering]] < time; entering++) {
                    meet(byEntry[entering], -1);
                }
            }
            int end = start;
            while (end < b && exit[order[end]] == time && outcomes.event(order[end])) {
                meet(order[end], 1);
                end++;
            }
            for (int k = start; k < end; k++) {
                sums.add(rank[order[k]], weight(order[k]) * timeWeight[order[k]]);
            }
            while (end < b && exit[order[end]] == time) {
                meet(order[end], 1);
                end++;
            }
            start = end;
        }
    }

    private void meet(int j, int sign) {
        double below = sums.below(rank[j]);
        double same = sums.at(rank[j]);
        lower[j] += sign * (sums.total() - below - same);
        equal[j] += sign * same;
        higher[j] += sign * below;
    }

    private void countTies(int start, int end) {
        double seen = 0;
        double seenSame = 0;
        double all = 0;
        double both = 0;
        for (int k = start; k < end; k++) {
            int i = order[k];
            if (k > start && rank[i] != rank[order[k - 1]]) {
                seenSame = 0;
            }
            all += weight(i) * seen;
            both += weight(i) * seenSame;
            seen += weight(i);
            seenSame += weight(i);
        }
        tiedTime += timeWeight[order[start]] * (all - both);
        tiedBoth += timeWeight[order[start]] * both;
    }

    private double[] timeWeights() {
        int n = order.length;
        double[] w = new double[n];
        if (n == 0) {
            return w;
        }
        boolean[] event = outcomes.eventInPlace();
        RiskTable table = RiskTable.of(exit, event, entry, weights);
        double whole = 0;
        for (int i = 0; i < n; i++) {
            whole += weight(i);
        }
        double s = 1;
        double g = 1;
        ReverseKaplanMeier others =
                options.followed == null ? null : ReverseKaplanMeier.eventsFirst(options.followed);
        int row = 0;
        int[] byTime = options.strata == null ? order : SortOrder.ascending(exit);
        for (int k = 0; k < table.size(); k++) {
            double atRisk = table.atRisk[k];
            g = others == null ? g : others.before(table.time[k]);
            double value =
                    switch (options.timeWeight) {
                        case HARRELL -> 1;
                        case PETO -> whole * s / atRisk;
                        case SCHEMPER -> whole * s / (g * atRisk);
                        case UNO -> 1 / (g * g);
                        case EQUAL_EVENTS -> 1 / atRisk;
                    };
            for (; row < n && exit[byTime[row]] == table.time[k]; row++) {
                w[byTime[row]] = table.time[k] <= options.tau ? value : 0;
            }
            double d = table.events[k];
            s *= 1 - d / atRisk;
            g *= table.censored[k] > 0 ? 1 - table.censored[k] / (atRisk - d) : 1;
        }
        return w;
    }

    private int[] byStratum(int[] rows) {
        return options.strata == null ? rows : SortOrder.thenBy(options.strata, rows);
    }

    private boolean sameStratum(int i, int j) {
        return options.strata == null || options.strata[i] == options.strata[j];
    }

    private double weight(int row) {
        return weights == null ? 1 : weights[row];
    }

    private String method() {
        String name =
                switch (options.timeWeight) {
                    case HARRELL -> "Harrell";
                    case UNO -> "Uno";
                    default -> "time weight " + options.timeWeight;
                };
        String upTo = options.tau < Double.POSITIVE_INFINITY ? " up to " + options.tau : "";
        return name + upTo + ", infinitesimal jackknife";
    }
}
