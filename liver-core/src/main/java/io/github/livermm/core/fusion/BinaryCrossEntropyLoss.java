// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.core.fusion;

import org.jspecify.annotations.Nullable;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.ILossFunction;
import org.nd4j.linalg.ops.transforms.Transforms;

/**
 * Mean binary cross-entropy of log-odds over the labelled rows of a batch. Labels, log-odds and
 * mask have shape (B, 1); a row of mask 0 gives no loss and no gradient, a batch without labelled
 * rows gives zero. Computed as {@code max(z, 0) - z y + log1p(exp(-|z|))}, which stays finite for
 * any log-odds. Wants {@code miniBatch(false)}, since it is a mean already.
 */
final class BinaryCrossEntropyLoss implements ILossFunction {
    private static final long serialVersionUID = 1L;

    @Override
    public double computeScore(
            INDArray labels,
            INDArray preOutput,
            IActivation activation,
            @Nullable INDArray mask,
            boolean average) {
        double sum =
                computeScoreArray(labels, preOutput, activation, mask).sumNumber().doubleValue();
        return sum / labelled(labels, mask);
    }

    @Override
    public INDArray computeScoreArray(
            INDArray labels, INDArray preOutput, IActivation activation, @Nullable INDArray mask) {
        INDArray y = labels.castTo(preOutput.dataType());
        INDArray loss = Transforms.relu(preOutput, true);
        loss.subi(preOutput.mul(y));
        loss.addi(Transforms.log(Transforms.exp(Transforms.abs(preOutput, true).negi()).addi(1)));
        return mask == null ? loss : loss.muli(mask.castTo(loss.dataType()));
    }

    @Override
    public INDArray computeGradient(
            INDArray labels, INDArray preOutput, IActivation activation, @Nullable INDArray mask) {
        INDArray gradient =
                Transforms.sigmoid(preOutput, true).subi(labels.castTo(preOutput.dataType()));
        if (mask != null) {
            gradient.muli(mask.castTo(gradient.dataType()));
        }
        return gradient.divi(labelled(labels, mask));
    }

    @Override
    public Pair<Double, INDArray> computeGradientAndScore(
            INDArray labels,
            INDArray preOutput,
            IActivation activation,
            @Nullable INDArray mask,
            boolean average) {
        return Pair.of(
                computeScore(labels, preOutput, activation, mask, average),
                computeGradient(labels, preOutput, activation, mask));
    }

    @Override
    public String name() {
        return "BinaryCrossEntropyLoss";
    }

    private static double labelled(INDArray labels, @Nullable INDArray mask) {
        INDArray counted = mask == null ? Nd4j.ones(labels.size(0)) : mask;
        return Math.max(1, counted.sumNumber().doubleValue());
    }
}
