// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.core.training;

import io.github.livermm.core.cohort.ComparatorModel;
import io.github.livermm.core.fusion.Fusion;
import io.github.livermm.core.fusion.NetworkOptions;
import java.util.List;

/**
 * How models are trained.
 *
 * @param seed seed of every random choice
 * @param linear penalised models of modalities with features
 * @param networkFolds parts of the training patients for the ensemble of a network, at least 2
 * @param network how networks are trained
 * @param late penalty of late fusion
 * @param challengers jointly trained strategies to train beside late fusion
 * @param comparators models of a few features to compare with; they never enter the fusion
 * @since 0.1.0
 */
public record TrainingOptions(
        long seed,
        Linear linear,
        int networkFolds,
        NetworkOptions network,
        Fusion.Late late,
        List<Fusion.Joint> challengers,
        List<ComparatorModel> comparators) {
    /** Checks and copies. */
    public TrainingOptions {
        challengers = List.copyOf(challengers);
        comparators = List.copyOf(comparators);
        if (networkFolds < 2) {
            throw new IllegalArgumentException(
                    "networkFolds is " + networkFolds + ", allowed is at least 2");
        }
    }

    /**
     * Options of the penalised models.
     *
     * @param folds parts of the training patients for the ensemble, at least 2
     * @param ridges penalties to choose from by the loss out of fold, at least one
     */
    public record Linear(int folds, List<Double> ridges) {
        /** Checks and copies. */
        public Linear {
            ridges = List.copyOf(ridges);
            if (folds < 2 || ridges.isEmpty()) {
                throw new IllegalArgumentException(
                        "folds is "
                                + folds
                                + " (allowed at least 2) and there are "
                                + ridges.size()
                                + " ridges (allowed at least one)");
            }
        }

        /**
         * Ten folds; penalties from 0.003 to 1 in steps of about three.
         *
         * @return the defaults
         */
        public static Linear defaults() {
            return new Linear(10, List.of(0.003, 0.01, 0.03, 0.1, 0.3, 1.0));
        }
    }

    /**
     * The defaults: late fusion, with gated fusion as challenger; networks as ensembles of three.
     *
     * @return seed 1
     */
    public static TrainingOptions defaults() {
        return new TrainingOptions(
                1,
                Linear.defaults(),
                3,
                NetworkOptions.defaults(),
                Fusion.Late.defaults(),
                List.of(Fusion.Gated.defaults()),
                List.of());
    }

    /**
     * The same options with another seed.
     *
     * @param value seed of every random choice
     * @return a copy
     */
    public TrainingOptions withSeed(long value) {
        return new TrainingOptions(
                value, linear, networkFolds, network, late, challengers, comparators);
    }

    /**
     * The same options with other network options.
     *
     * @param value how networks are trained
     * @return a copy
     */
    public TrainingOptions withNetwork(NetworkOptions value) {
        return new TrainingOptions(
                seed, linear, networkFolds, value, late, challengers, comparators);
    }

    /**
     * The same options with other challengers.
     *
     * @param value jointly trained strategies, may be empty
     * @return a copy
     */
    public TrainingOptions withChallengers(List<Fusion.Joint> value) {
        return new TrainingOptions(seed, linear, networkFolds, network, late, value, comparators);
    }

    /**
     * The same with other models to compare with.
     *
     * @param value models of a few features
     * @return options
     */
    public TrainingOptions withComparators(List<ComparatorModel> value) {
        return new TrainingOptions(seed, linear, networkFolds, network, late, challengers, value);
    }
}
