// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.eval;

import org.jspecify.annotations.Nullable;

/**
 * What a concordance takes into account besides outcomes and risk. Immutable; start from {@link
 * #defaults()}.
 *
 * @since 0.1.0
 */
public final class ConcordanceOptions {
    private static final ConcordanceOptions DEFAULTS =
            new ConcordanceOptions(
                    TimeWeight.HARRELL, Double.POSITIVE_INFINITY, null, null, null, null);

    final TimeWeight timeWeight;
    final double tau;
    final double @Nullable [] weights;
    final double @Nullable [] entry;
    final int @Nullable [] strata;
    final @Nullable SurvivalOutcomes followed;

    private ConcordanceOptions(
            TimeWeight timeWeight,
            double tau,
            double @Nullable [] weights,
            double @Nullable [] entry,
            int @Nullable [] strata,
            @Nullable SurvivalOutcomes followed) {
        this.timeWeight = timeWeight;
        this.tau = tau;
        this.weights = weights;
        this.entry = entry;
        this.strata = strata;
        this.followed = followed;
    }

    /**
     * Harrell's weights, all events, no case weights, no entry times, one stratum.
     *
     * @return the defaults
     */
    public static ConcordanceOptions defaults() {
        return DEFAULTS;
    }

    /**
     * These options with other weights over time.
     *
     * @param newTimeWeight the rule
     * @return a changed copy
     */
    public ConcordanceOptions withTimeWeight(TimeWeight newTimeWeight) {
        return new ConcordanceOptions(newTimeWeight, tau, weights, entry, strata, followed);
    }

    /**
     * These options with only the events up to a time counting.
     *
     * @param newTau positive
     * @return a changed copy
     * @throws IllegalArgumentException if tau is not positive
     */
    public ConcordanceOptions withTau(double newTau) {
        if (!(newTau > 0)) {
            throw new IllegalArgumentException("tau " + newTau + " is not positive");
        }
        return new ConcordanceOptions(timeWeight, newTau, weights, entry, strata, followed);
    }

    /**
     * These options with case weights; a pair counts the product of its weights.
     *
     * @param newWeights finite, 0 or more, one per row
     * @return a changed copy
     */
    public ConcordanceOptions withWeights(double[] newWeights) {
        return new ConcordanceOptions(timeWeight, tau, newWeights.clone(), entry, strata, followed);
    }

    /**
     * These options with late entry: a row can be compared only with events after its entry.
     *
     * @param newEntry one time per row, below the row's time
     * @return a changed copy
     */
    public ConcordanceOptions withEntry(double[] newEntry) {
        return new ConcordanceOptions(timeWeight, tau, weights, newEntry.clone(), strata, followed);
    }

    /**
     * These options with pairs formed within strata only.
     *
     * @param newStrata a code per row
     * @return a changed copy
     */
    public ConcordanceOptions withStrata(int[] newStrata) {
        return new ConcordanceOptions(timeWeight, tau, weights, entry, newStrata.clone(), followed);
    }

    /**
     * These options with the censoring distribution G of {@link TimeWeight#UNO} and {@link
     * TimeWeight#SCHEMPER} taken from other patients, the training cohort of an external
     * validation, as scikit-survival and survAUC do. Where none of them was followed up to an event
     * that counts, the concordance is NaN; choose an earlier {@link #withTau tau} then.
     *
     * @param newFollowed whose censoring is estimated, 1 row or more
     * @return a changed copy
     */
    public ConcordanceOptions withCensoringOf(SurvivalOutcomes newFollowed) {
        return new ConcordanceOptions(timeWeight, tau, weights, entry, strata, newFollowed);
    }
}
