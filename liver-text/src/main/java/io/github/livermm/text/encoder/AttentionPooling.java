// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.text.encoder;

import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.ops.transforms.Transforms;

/**
 * The mean of a sequence's steps, each weighed by its attention:
 *
 * <pre>{@code a_t = m_t exp(s_t) / sum_u m_u exp(s_u),   output = sum_t a_t h_t}</pre>
 *
 * with mask m. A sequence without any step gives zeros.
 *
 * <p>Axes: B batch, F values, T steps. Inputs: h (B, F, T), s (B, 1, T), m (B, T). Output (B, F).
 */
final class AttentionPooling extends SequenceVertex {
    private static final long serialVersionUID = 1;

    /** Puts padding below every score, so that it is never the largest one. */
    private static final double FAR_BELOW = 1e4;

    /** Keeps the weights of an empty sequence at zero. */
    private static final double TINY = 1e-12;

    AttentionPooling() {
        super(3);
    }

    /** The weights (B, 1, T). */
    private static INDArray attention(INDArray[] in) {
        INDArray mask = MaskedSteps.steps(in[2]);
        INDArray scores = in[1].add(mask.sub(1).muli(FAR_BELOW));
        INDArray weights = Transforms.exp(scores.sub(scores.max(true, 2)), false).muli(mask);
        return weights.div(weights.sum(true, 2).addi(TINY));
    }

    @Override
    INDArray forward(INDArray[] in) {
        return in[0].mul(attention(in)).sum(2);
    }

    /** {@code dh_t = a_t g, ds_t = a_t (g h_t - sum_u a_u g h_u)}. */
    @Override
    INDArray[] backward(INDArray[] in, INDArray epsilon) {
        INDArray weights = attention(in);
        INDArray gradient = epsilon.reshape(epsilon.size(0), epsilon.size(1), 1);
        INDArray steps = in[0].mul(gradient).sum(true, 1);
        INDArray mean = weights.mul(steps).sum(true, 2);
        return new INDArray[] {
            weights.mul(gradient), weights.mul(steps.sub(mean)),
        };
    }

    @Override
    public GraphVertex clone() {
        return new AttentionPooling();
    }
}
