// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.survival.deep;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.ILossFunction;

/**
 * Mean negative log-likelihood of discrete hazards over the labelled patients of a batch. Use it as
 * the loss of an output layer of K units, the logits of the hazards, with the identity activation
 * and {@code miniBatch(false)}.
 *
 * <p>Axes: B batch, K intervals. Outputs (B, K); labels (B, 2K) of {@link TimeIntervals}: exposures
 * e, then events d; mask (B, 1) or (B). Loss = (1/labelled) sum of e log(1 + exp(z)) - d z, that is
 * -d log h - (e - d) log(1 - h). Computed in double precision, stable for any z. A batch without
 * labelled patients has loss 0 and gradient 0.
 *
 * <p>Reference: Gensheimer MF, Narasimhan B (2019), doi:10.7717/peerj.6257.
 *
 * @since 0.1.0
 */
public final class DiscreteHazardLoss implements ILossFunction {
    private static final long serialVersionUID = 1L;

    /** Creates the loss. */
    public DiscreteHazardLoss() {}

    @Override
    public double computeScore(
            INDArray labels,
            INDArray preOutput,
            IActivation activation,
            @Nullable INDArray mask,
            boolean average) {
        return Arrays.stream(rows(labels, preOutput, activation, mask, null)).sum();
    }

    /** The loss as one number per row, each over the number of labelled patients. */
    @Override
    public INDArray computeScoreArray(
            INDArray labels, INDArray preOutput, IActivation activation, @Nullable INDArray mask) {
        double[] loss = rows(labels, preOutput, activation, mask, null);
        return Nd4j.createFromArray(loss).reshape(loss.length, 1).castTo(preOutput.dataType());
    }

    @Override
    public INDArray computeGradient(
            INDArray labels, INDArray preOutput, IActivation activation, @Nullable INDArray mask) {
        return computeGradientAndScore(labels, preOutput, activation, mask, true).getSecond();
    }

    @Override
    public Pair<Double, INDArray> computeGradientAndScore(
            INDArray labels,
            INDArray preOutput,
            IActivation activation,
            @Nullable INDArray mask,
            boolean average) {
        double[] gradient = new double[Math.toIntExact(preOutput.length())];
        double[] loss = rows(labels, preOutput, activation, mask, gradient);
        INDArray byOutput =
                Nd4j.createFromArray(gradient)
                        .reshape('c', preOutput.shape())
                        .castTo(preOutput.dataType());
        return Pair.of(
                Arrays.stream(loss).sum(),
                activation.backprop(preOutput.dup(), byOutput).getFirst());
    }

    @Override
    public String name() {
        return "DiscreteHazardLoss";
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof DiscreteHazardLoss;
    }

    @Override
    public int hashCode() {
        return DiscreteHazardLoss.class.hashCode();
    }

    /** The loss of a patient in an interval. */
    static double of(double exposure, double event, double logit) {
        return exposure * TimeIntervals.log1pExp(logit) - event * logit;
    }

    /** Its derivative by the logit. */
    static double slope(double exposure, double event, double logit) {
        return exposure / (1 + Math.exp(-logit)) - event;
    }

    private static double[] rows(
            INDArray labels,
            INDArray preOutput,
            IActivation activation,
            @Nullable INDArray mask,
            double @Nullable [] gradient) {
        if (preOutput.rank() != 2
                || labels.rank() != 2
                || labels.size(0) != preOutput.size(0)
                || labels.size(1) != 2 * preOutput.size(1)) {
            throw new IllegalArgumentException(
                    "labels have shape "
                            + Arrays.toString(labels.shape())
                            + " and outputs "
                            + Arrays.toString(preOutput.shape())
                            + ", DiscreteHazardLoss needs (B, 2K) and (B, K)");
        }
        int size = (int) preOutput.size(0);
        int k = (int) preOutput.size(1);
        double[] counts = mask == null ? null : values(mask);
        if (counts != null && counts.length != size) {
            throw new IllegalArgumentException(
                    "the mask has " + counts.length + " values for " + size + " rows");
        }
        double[] z = values(activation.getActivation(preOutput.dup(), true));
        double[] y = values(labels);
        double labelled = counts == null ? size : Arrays.stream(counts).filter(c -> c != 0).count();
        double[] loss = new double[size];
        for (int i = 0; i < size; i++) {
            if (counts != null && counts[i] == 0) {
                continue;
            }
            for (int j = 0; j < k; j++) {
                double exposure = y[i * 2 * k + j];
                double event = y[i * 2 * k + k + j];
                double logit = z[i * k + j];
                loss[i] += of(exposure, event, logit) / labelled;
                if (gradient != null) {
                    gradient[i * k + j] = slope(exposure, event, logit) / labelled;
                }
            }
        }
        return loss;
    }

    private static double[] values(INDArray array) {
        return array.castTo(DataType.DOUBLE).dup('c').data().asDouble();
    }
}
