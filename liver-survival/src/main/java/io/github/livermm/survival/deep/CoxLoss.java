// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.survival.deep;

import io.github.livermm.eval.SurvivalOutcomes;
import io.github.livermm.eval.cox.PartialLikelihood;
import io.github.livermm.eval.cox.Ties;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.ILossFunction;

/**
 * The negative log partial likelihood of Cox per event, over the risk sets of the batch. Use it as
 * the loss of an output layer of one unit with the identity activation; build the network with
 * {@code miniBatch(false)}, since the loss is a mean already. It sees the batch only: a batch
 * without events has loss 0 and gradient 0, and so has a batch of one patient.
 *
 * <p>Axes: B batch. Labels (B, 2): time, finite and at least 0; event, 1 or 0. Mask (B, 1) or (B):
 * rows of mask 0 are outside the cohort and belong to no risk set. Loss = -(1/events) times the sum
 * over events i of eta_i less the log of the sum of exp(eta_j) over patients j at risk, with the
 * rule for ties of {@link Ties}. Computed in double precision and exact for any eta, in O(B log B).
 * A score that is not finite gives NaN, so that a training loop can see that it diverged.
 *
 * <p>Reference: Katzman JL et al. (2018), DeepSurv, doi:10.1186/s12874-018-0482-1.
 *
 * @since 0.1.0
 */
public final class CoxLoss implements ILossFunction {
    private static final long serialVersionUID = 1L;

    // not final: the configuration reader sets it
    private Ties ties;

    /** Creates the loss with Efron's rule, as {@code coxph} of R. */
    public CoxLoss() {
        this(Ties.EFRON);
    }

    /**
     * Creates the loss.
     *
     * @param ties rule for tied events
     */
    public CoxLoss(Ties ties) {
        this.ties = ties;
    }

    /**
     * The rule for tied events; named as the configuration reader of Deeplearning4j expects.
     *
     * @return the rule
     */
    public Ties getTies() {
        return ties;
    }

    /**
     * Sets the rule when a configuration is read.
     *
     * @param ties the rule
     */
    public void setTies(Ties ties) {
        this.ties = ties;
    }

    @Override
    public double computeScore(
            INDArray labels,
            INDArray preOutput,
            IActivation activation,
            @Nullable INDArray mask,
            boolean average) {
        return Batch.of(labels, output(preOutput, activation), mask).evaluate(ties);
    }

    /**
     * The loss as one number per row: each row has the batch's loss over B, because the loss is no
     * sum over patients.
     */
    @Override
    public INDArray computeScoreArray(
            INDArray labels, INDArray preOutput, IActivation activation, @Nullable INDArray mask) {
        double loss = computeScore(labels, preOutput, activation, mask, true);
        return Nd4j.valueArrayOf(
                new long[] {preOutput.size(0), 1}, loss / preOutput.size(0), preOutput.dataType());
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
        Batch batch = Batch.of(labels, output(preOutput, activation), mask);
        double loss = batch.evaluate(ties);
        INDArray byOutput =
                Nd4j.createFromArray(batch.gradient)
                        .reshape(batch.gradient.length, 1)
                        .castTo(preOutput.dataType());
        INDArray byPreOutput = activation.backprop(preOutput.dup(), byOutput).getFirst();
        return Pair.of(loss, byPreOutput);
    }

    @Override
    public String name() {
        return "CoxLoss";
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof CoxLoss loss && loss.ties == ties;
    }

    @Override
    public int hashCode() {
        return ties.name().hashCode();
    }

    @Override
    public String toString() {
        return "CoxLoss(" + ties + ")";
    }

    private static INDArray output(INDArray preOutput, IActivation activation) {
        if (preOutput.rank() != 2 || preOutput.size(1) != 1) {
            throw new IllegalArgumentException(
                    "the output has shape "
                            + Arrays.toString(preOutput.shape())
                            + ", CoxLoss needs (B, 1)");
        }
        return activation.getActivation(preOutput.dup(), true);
    }

    /** The rows of a batch that count, in plain arrays. */
    private static final class Batch {
        private final int[] rows;
        private final SurvivalOutcomes outcomes;
        private final double[] eta;
        private final boolean finite;
        private final double[] gradient;

        private Batch(
                int[] rows, SurvivalOutcomes outcomes, double[] eta, boolean finite, int size) {
            this.rows = rows;
            this.outcomes = outcomes;
            this.eta = eta;
            this.finite = finite;
            gradient = new double[size];
        }

        static Batch of(INDArray labels, INDArray output, @Nullable INDArray mask) {
            int size = (int) output.size(0);
            if (labels.rank() != 2 || labels.size(0) != size || labels.size(1) != 2) {
                throw new IllegalArgumentException(
                        "labels have shape "
                                + Arrays.toString(labels.shape())
                                + ", CoxLoss needs ("
                                + size
                                + ", 2): time, event");
            }
            double[] all = output.toDoubleVector();
            double[][] label = labels.toDoubleMatrix();
            double[] counts = mask == null ? null : mask.reshape(mask.length()).toDoubleVector();
            if (counts != null && counts.length != size) {
                throw new IllegalArgumentException(
                        "the mask has " + counts.length + " values for " + size + " rows");
            }
            int[] rows = new int[size];
            int m = 0;
            for (int i = 0; i < size; i++) {
                if (counts == null || counts[i] != 0) {
                    rows[m++] = i;
                }
            }
            rows = Arrays.copyOf(rows, m);
            double[] time = new double[m];
            boolean[] event = new boolean[m];
            double[] eta = new double[m];
            boolean finite = true;
            for (int k = 0; k < m; k++) {
                time[k] = label[rows[k]][0];
                event[k] = label[rows[k]][1] == 1;
                eta[k] = all[rows[k]];
                finite &= Math.abs(eta[k]) < Double.POSITIVE_INFINITY;
            }
            return new Batch(rows, SurvivalOutcomes.of(time, event), eta, finite, size);
        }

        /** The loss; fills the gradient by output. */
        double evaluate(Ties ties) {
            if (!finite) {
                Arrays.fill(gradient, Double.NaN);
                return Double.NaN;
            }
            if (outcomes.events() == 0) {
                return 0;
            }
            double[] part = new double[rows.length];
            double value = PartialLikelihood.of(outcomes, ties).value(eta, part);
            for (int k = 0; k < rows.length; k++) {
                gradient[rows[k]] = -part[k] / outcomes.events();
            }
            return -value / outcomes.events();
        }
    }
}
