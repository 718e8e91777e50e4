// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.survival.deep;

import io.github.livermm.survival.deep.MlpOptions.EarlyStopping;
import io.github.livermm.survival.deep.MlpOptions.Layers;
import io.github.livermm.survival.deep.MlpOptions.Optimiser;
import java.util.Arrays;

/**
 * What the recipes of survival networks on a table share: copies with one option changed.
 *
 * @param <R> the recipe
 * @since 0.1.0
 */
public sealed interface MlpRecipe<R> permits DeepSurv, DiscreteHazard {
    /**
     * The network and its training.
     *
     * @return all options
     */
    MlpOptions options();

    /**
     * The same recipe with other options.
     *
     * @param options all options
     * @return a copy
     */
    R withOptions(MlpOptions options);

    /**
     * Other hidden layers.
     *
     * @param widths units per layer; none for a linear model
     * @return a copy
     */
    default R withHidden(int... widths) {
        Layers old = options().layers();
        return with(
                new Layers(Arrays.stream(widths).boxed().toList(), old.rectifier(), old.dropout()));
    }

    /**
     * Another activation.
     *
     * @param rectifier of all hidden units
     * @return a copy
     */
    default R withRectifier(Rectifier rectifier) {
        Layers old = options().layers();
        return with(new Layers(old.widths(), rectifier, old.dropout()));
    }

    /**
     * Another dropout.
     *
     * @param share share of hidden units left out in each step, in [0, 1)
     * @return a copy
     */
    default R withDropout(double share) {
        Layers old = options().layers();
        return with(new Layers(old.widths(), old.rectifier(), share));
    }

    /**
     * Another batch size.
     *
     * @param patients per step, at least 1; {@link Integer#MAX_VALUE} for full-batch training
     * @return a copy
     */
    default R withBatchSize(int patients) {
        Optimiser old = options().optimiser();
        return with(new Optimiser(patients, old.epochs(), old.learningRate(), old.weightDecay()));
    }

    /**
     * Another limit of epochs.
     *
     * @param most passes over the training patients, at least 1
     * @return a copy
     */
    default R withEpochs(int most) {
        Optimiser old = options().optimiser();
        return with(new Optimiser(old.batchSize(), most, old.learningRate(), old.weightDecay()));
    }

    /**
     * Another step size.
     *
     * @param size above 0
     * @return a copy
     */
    default R withLearningRate(double size) {
        Optimiser old = options().optimiser();
        return with(new Optimiser(old.batchSize(), old.epochs(), size, old.weightDecay()));
    }

    /**
     * Another weight decay.
     *
     * @param decay at least 0
     * @return a copy
     */
    default R withWeightDecay(double decay) {
        Optimiser old = options().optimiser();
        return with(new Optimiser(old.batchSize(), old.epochs(), old.learningRate(), decay));
    }

    /**
     * Other early stopping.
     *
     * @param share share of patients held back, in [0, 1)
     * @param patience epochs without gain, at least 1
     * @return a copy
     */
    default R withEarlyStopping(double share, int patience) {
        MlpOptions old = options();
        return withOptions(
                new MlpOptions(old.layers(), old.optimiser(), new EarlyStopping(share, patience)));
    }

    /**
     * Training for all epochs on all patients.
     *
     * @return a copy
     */
    default R withoutEarlyStopping() {
        return withEarlyStopping(0, 1);
    }

    private R with(Layers layers) {
        return withOptions(new MlpOptions(layers, options().optimiser(), options().stopping()));
    }

    private R with(Optimiser optimiser) {
        return withOptions(new MlpOptions(options().layers(), optimiser, options().stopping()));
    }
}
