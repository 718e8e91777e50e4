// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.core;

import java.util.List;

/**
 * What a head says about one patient.
 *
 * @since 0.1.0
 */
public sealed interface Prediction {
    /**
     * The linear predictor behind the prediction: higher means more likely, or sooner.
     *
     * @return any finite value
     */
    double linearPredictor();

    /**
     * A probability of a yes-or-no target.
     *
     * @param linearPredictor log-odds relative to the share of positives among the patients whom
     *     the model was fitted on: 0 = the base rate. So predictions of different folds can be
     *     pooled; their base rates differ against the held-out fold and would pull a pooled AUC
     *     below one half
     * @param probability probability of the positive class, in [0, 1]
     */
    record Binary(double linearPredictor, double probability) implements Prediction {}

    /**
     * A survival curve at the horizons of the head.
     *
     * @param linearPredictor log relative hazard; comparable within one model only
     * @param survival probability of no event by each horizon, not increasing
     */
    record Survival(double linearPredictor, List<Double> survival) implements Prediction {
        /** Copies the list. */
        public Survival {
            survival = List.copyOf(survival);
        }
    }
}
