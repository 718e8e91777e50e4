// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.survival.deep;

import org.nd4j.linalg.activations.Activation;

/**
 * The unit between the layers of a survival network.
 *
 * @since 0.1.0
 */
public enum Rectifier {
    /** max(z, 0); weights start with variance 2 / inputs (He K et al. 2015, arXiv:1502.01852). */
    RELU(Activation.RELU, 2) {
        @Override
        double apply(double z) {
            return Math.max(z, 0);
        }
    },
    /**
     * Scaled exponential: linear above 0, saturating below; keeps activations near unit variance.
     * Weights start with variance 1 / inputs (Klambauer G et al. 2017, arXiv:1706.02515).
     */
    SELU(Activation.SELU, 1) {
        @Override
        double apply(double z) {
            return SCALE * (z > 0 ? z : ALPHA * Math.expm1(z));
        }
    };

    // the fixed point of mean 0 and variance 1, equations 1 and 14 of the paper
    private static final double SCALE = 1.0507009873554805;
    private static final double ALPHA = 1.6732632423543772;

    private final Activation activation;
    private final double gain;

    Rectifier(Activation activation, double gain) {
        this.activation = activation;
        this.gain = gain;
    }

    abstract double apply(double z);

    Activation activation() {
        return activation;
    }

    /** Standard deviation of the weights at the start of training. */
    double startDeviation(int inputs) {
        return Math.sqrt(gain / inputs);
    }
}
