// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.text.encoder;

import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Sets the steps of padding to zero, so that a convolution sees beyond the last word what it sees
 * before the first.
 *
 * <p>Axes: B batch, E values, T steps. Inputs: values (B, E, T), mask (B, T). Output (B, E, T).
 */
final class MaskedSteps extends SequenceVertex {
    private static final long serialVersionUID = 1;

    MaskedSteps() {
        super(2);
    }

    @Override
    INDArray forward(INDArray[] in) {
        return in[0].mul(steps(in[1]));
    }

    @Override
    INDArray[] backward(INDArray[] in, INDArray epsilon) {
        return new INDArray[] {epsilon.mul(steps(in[1]))};
    }

    /** A mask (B, T) as (B, 1, T). */
    static INDArray steps(INDArray mask) {
        return mask.reshape(mask.size(0), 1, mask.size(1));
    }

    @Override
    public GraphVertex clone() {
        return new MaskedSteps();
    }
}
