// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.eval;

import io.github.livermm.eval.resample.Bootstrap;

/**
 * The concordance of a risk with the event of interest while other events compete: of two patients
 * the one with the higher risk should have the event by tau, and sooner. A patient who has it is
 * compared with those who are still free of any event after that time and with those who had a
 * competing event before or then, since they never will. Pairs are weighted by the inverse
 * probability of being uncensored, {@code 1 / (G(Ti-) G(Ti))} and {@code 1 / (G(Ti-) G(Tj-))}, so
 * that the figure does not depend on the censoring. Equal risks count one half.
 *
 * <p>Without competing events it is C by IPCW. Matches {@code cindex} of R's pec with the marginal
 * censoring model. O(n log n).
 *
 * <p>Reference: Wolbers M, Blanche P, Koller MT, Witteman JCM, Gerds TA (2014), Concordance for
 * prognostic models with competing risks, doi:10.1093/biostatistics/kxt059.
 *
 * @since 0.1.0
 */
public final class CompetingConcordance {
    private CompetingConcordance() {}

    /**
     * The concordance up to a time.
     *
     * @param outcomes follow-up with causes
     * @param risk one number per row, not {@code NaN}, higher = the event of interest sooner
     * @param tau only events of interest up to this time count; choose it where follow-up is still
     *     common
     * @return in [0, 1]; {@code NaN} without a comparable pair
     * @throws IllegalArgumentException if lengths differ, a risk is {@code NaN} or tau is not
     *     positive
     */
    public static double of(CompetingOutcomes outcomes, double[] risk, double tau) {
        int n = outcomes.size();
        Rows.requireSameLength("outcomes", n, "risk", risk.length);
        Concordance.requireRisk(risk);
        if (!(tau > 0)) {
            throw new IllegalArgumentException("tau " + tau + " is not positive");
        }
        if (n == 0) {
            return Double.NaN;
        }
        double[] time = TiedTimes.merge(outcomes.timeInPlace())[0];
        ReverseKaplanMeier censoring = ReverseKaplanMeier.eventsFirst(outcomes.anyCause());
        double[] before = new double[n];
        double[] at = new double[n];
        for (int i = 0; i < n; i++) {
            before[i] = 1 / censoring.before(time[i]);
            at[i] = 1 / censoring.at(time[i]);
        }
        int[] rank = Concordance.ranks(risk);
        int[] order = SortOrder.ascending(time);
        // won and all pairs of the two kinds: with those free of events, with competing events
        double[] sums = new double[2];
        RankSums free = new RankSums(n);
        for (int from, to = n; to > 0; to = from) {
            for (from = to; from > 0 && time[order[from - 1]] == time[order[to - 1]]; from--) {
                int j = order[from - 1];
                if (outcomes.cause(j) == 0) {
                    free.add(rank[j], 1);
                }
            }
            for (int k = from; k < to; k++) {
                int i = order[k];
                if (outcomes.cause(i) == 1 && time[i] <= tau) {
                    meet(free, rank[i], before[i] * at[i], sums);
                }
            }
            for (int k = from; k < to; k++) {
                if (outcomes.cause(order[k]) > 0) {
                    free.add(rank[order[k]], 1);
                }
            }
        }
        RankSums competed = new RankSums(n);
        for (int from = 0, to; from < n; from = to) {
            for (to = from; to < n && time[order[to]] == time[order[from]]; to++) {
                if (outcomes.cause(order[to]) > 1) {
                    competed.add(rank[order[to]], before[order[to]]);
                }
            }
            for (int k = from; k < to; k++) {
                int i = order[k];
                if (outcomes.cause(i) == 1 && time[i] <= tau) {
                    meet(competed, rank[i], before[i], sums);
                }
            }
        }
        return sums[0] / sums[1];
    }

    private static void meet(RankSums others, int rank, double weight, double[] sums) {
        sums[0] += weight * (others.below(rank) + others.at(rank) / 2);
        sums[1] += weight * others.total();
    }

    /**
     * The concordance with percentile limits; each replicate estimates the censoring anew.
     *
     * @param outcomes follow-up with causes
     * @param risk one number per row, not {@code NaN}
     * @param tau only events of interest up to this time count
     * @param plan how to resample
     * @param level the confidence level in (0, 1)
     * @return the interval
     * @throws IllegalArgumentException as {@link #of}
     */
    public static Interval interval(
            CompetingOutcomes outcomes, double[] risk, double tau, Bootstrap plan, double level) {
        of(outcomes, risk, tau);
        return Interval.percentile(
                plan.distribution(
                        risk.length, rows -> of(outcomes.select(rows), Rows.pick(risk, rows), tau)),
                level);
    }
}
