// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.survival.deep;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.scalar.Step;
import org.nd4j.linalg.api.ops.impl.transforms.strict.SELU;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.ops.transforms.Transforms;

/**
 * The unit between the layers of a survival network.
 *
 * @since 0.1.0
 */
public enum Rectifier {
    /** max(z, 0); weights start with variance 2 / inputs (He K et al. 2015, arXiv:1502.01852). */
    RELU(2) {
        @Override
        double apply(double z) {
            return Math.max(z, 0);
        }

        @Override
        void apply(INDArray z) {
            Transforms.relu(z, false);
        }

        @Override
        void slope(INDArray output) {
            Nd4j.exec(new Step(output, output));
        }
    },
    /**
     * Scaled exponential: linear above 0, saturating below; keeps activations near unit variance.
     * Weights start with variance 1 / inputs (Klambauer G et al. 2017, arXiv:1706.02515).
     */
    SELU(1) {
        @Override
        double apply(double z) {
            return SCALE * (z > 0 ? z : ALPHA * Math.expm1(z));
        }

        @Override
        void apply(INDArray z) {
            Nd4j.exec(new SELU(z, z));
        }

        @Override
        void slope(INDArray output) {
            try (INDArray above = Transforms.step(output, true)) {
                above.muli(SCALE * (1 - ALPHA));
                Transforms.min(output, 0, false).addi(SCALE * ALPHA).addi(above);
            }
        }
    };

    // the fixed point of mean 0 and variance 1, equations 1 and 14 of the paper
    private static final double SCALE = 1.0507009873554805;
    private static final double ALPHA = 1.6732632423543772;

    private final double gain;

    Rectifier(double gain) {
        this.gain = gain;
    }

    abstract double apply(double z);

    /** In place. */
    abstract void apply(INDArray z);

    /** Replaces outputs by the slope there. */
    abstract void slope(INDArray output);

    /** Standard deviation of the weights at the start of training. */
    double startDeviation(int inputs) {
        return Math.sqrt(gain / inputs);
    }
}
