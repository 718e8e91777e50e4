// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.survival.deep;

import java.util.List;

/**
 * A multilayer perceptron on a table and how it is trained. Change single values through the {@code
 * withX} of {@link DeepSurv} and {@link DiscreteHazard}.
 *
 * @param layers the network
 * @param optimiser the steps
 * @param stopping when to stop
 * @since 0.1.0
 */
public record MlpOptions(Layers layers, Optimiser optimiser, EarlyStopping stopping) {
    /**
     * Two layers of 32 ReLU units with a tenth dropped; AdamW with steps of 0.003, decay 0.01 and
     * batches of 256, for at most 500 epochs; the state of the best epoch on a fifth of the
     * patients, once 30 epochs brought nothing better. Sizes that suit some hundred to some
     * thousand patients; choose them by cross-validation.
     *
     * @return the defaults
     */
    public static MlpOptions defaults() {
        return new MlpOptions(
                new Layers(List.of(32, 32), Rectifier.RELU, 0.1),
                new Optimiser(256, 500, 0.003, 0.01),
                new EarlyStopping(0.2, 30));
    }

    /**
     * The layers between input and output.
     *
     * @param widths units of each hidden layer, each at least 1; empty for a linear model
     * @param rectifier their activation
     * @param dropout share of hidden units left out in each step, in [0, 1)
     */
    public record Layers(List<Integer> widths, Rectifier rectifier, double dropout) {
        /** Copies and checks. */
        public Layers {
            widths = List.copyOf(widths);
            for (int width : widths) {
                require(width >= 1, "hidden widths", widths, "each at least 1");
            }
            require(dropout >= 0 && dropout < 1, "dropout", dropout, "[0, 1)");
        }
    }

    /**
     * AdamW (Loshchilov I, Hutter F 2019, arXiv:1711.05101) on shuffled batches.
     *
     * @param batchSize patients per step, at least 1; at or above their number the whole training
     *     set is one batch
     * @param epochs most passes over the training patients, at least 1
     * @param learningRate step size, above 0
     * @param weightDecay decoupled decay of weights, at least 0
     */
    public record Optimiser(int batchSize, int epochs, double learningRate, double weightDecay) {
        /** Checks. */
        public Optimiser {
            require(batchSize >= 1, "batchSize", batchSize, "at least 1");
            require(epochs >= 1, "epochs", epochs, "at least 1");
            require(
                    learningRate > 0 && learningRate < Double.POSITIVE_INFINITY,
                    "learningRate",
                    learningRate,
                    "finite and above 0");
            require(
                    weightDecay >= 0 && weightDecay < Double.POSITIVE_INFINITY,
                    "weightDecay",
                    weightDecay,
                    "finite and at least 0");
        }
    }

    /**
     * Early stopping on the likelihood of patients held back from the steps.
     *
     * @param share share of the patients held back, in [0, 1), split within events and within
     *     censored; 0 trains for all epochs on everybody
     * @param patience epochs without a better likelihood before training ends, at least 1
     */
    public record EarlyStopping(double share, int patience) {
        /** Checks. */
        public EarlyStopping {
            require(share >= 0 && share < 1, "early stopping share", share, "[0, 1)");
            require(patience >= 1, "patience", patience, "at least 1");
        }
    }

    private static void require(boolean right, String name, Object value, String allowed) {
        if (!right) {
            throw new IllegalArgumentException(name + " is " + value + ", allowed is " + allowed);
        }
    }
}
