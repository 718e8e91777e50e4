// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.survival.deep;

import io.github.livermm.eval.SurvivalOutcomes;
import io.github.livermm.eval.cox.PartialLikelihood;
import io.github.livermm.eval.cox.Ties;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.ILossFunction;

/**
 * The negative log partial likelihood of Cox per event, over the risk sets of the batch. Use it as
 * the loss of an output layer of one unit with the identity activation; build the network with
 * {@code miniBatch(false)}, since the loss is a mean already. Without memory it sees the batch
 * only: a batch without events has loss 0 and gradient 0, and so has a batch of one patient.
 *
 * <p>Axes: B batch. Labels (B, 2): time, finite and at least 0; event, 1 or 0. Mask (B, 1) or (B):
 * rows of mask 0 are outside the cohort and belong to no risk set. Loss = -(1/events) times the sum
 * over events i of eta_i less the log of the sum of exp(eta_j) over patients j at risk, with the
 * rule for ties of {@link Ties}. Computed in double precision and exact for any eta, in O(B log B).
 * A score that is not finite gives NaN, so that a training loop can see that it diverged.
 *
 * <p>With a memory of M patients the risk sets hold the last M patients of earlier steps too, with
 * the predictors they had then, as constants: batches of one to four volumes learn. Loss and
 * gradient are those of batch and memory together, times (members and batch)/batch, so that the
 * expected step is that of the whole cohort. Choose M well below the number of training patients,
 * or a patient meets an old copy of itself. The memory belongs to one network and one training;
 * score a cohort with a loss that has none.
 *
 * <p>Reference: Katzman JL et al. (2018), DeepSurv, doi:10.1186/s12874-018-0482-1.
 *
 * @since 0.1.0
 */
public final class CoxLoss implements ILossFunction {
    private static final long serialVersionUID = 1L;

    // not final: the configuration reader sets it
    private Ties ties;

    // not final: the configuration reader sets it
    private int memory;

    private transient volatile @Nullable Evaluated last;
    private transient @Nullable RiskMemory members;

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
        this(ties, 0);
    }

    /**
     * Creates the loss with a memory.
     *
     * @param ties rule for tied events
     * @param memory patients of earlier steps in the risk sets, at least 0
     * @throws IllegalArgumentException if memory is negative
     */
    public CoxLoss(Ties ties, int memory) {
        if (memory < 0) {
            throw new IllegalArgumentException("memory is " + memory + ", allowed is at least 0");
        }
        this.ties = ties;
        this.memory = memory;
    }

    /**
     * The size of the memory.
     *
     * @return patients, 0 for none
     */
    public int getMemory() {
        return memory;
    }

    /**
     * Sets the size of the memory when a configuration is read.
     *
     * @param memory patients, at least 0
     */
    public void setMemory(int memory) {
        this.memory = memory;
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
        return evaluate(labels, preOutput, activation, mask).loss;
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
        if (memory > 0) {
            members().admit();
        }
        Evaluated batch = evaluate(labels, preOutput, activation, mask);
        if (memory > 0) {
            members()
                    .await(
                            values(labels),
                            values(activation.getActivation(preOutput.dup(), true)),
                            mask == null ? new double[0] : values(mask));
        }
        INDArray byOutput =
                Nd4j.createFromArray(batch.gradient)
                        .reshape(batch.gradient.length, 1)
                        .castTo(preOutput.dataType());
        INDArray byPreOutput = activation.backprop(preOutput.dup(), byOutput).getFirst();
        return Pair.of(batch.loss, byPreOutput);
    }

    @Override
    public String name() {
        return "CoxLoss";
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof CoxLoss loss && loss.ties == ties && loss.memory == memory;
    }

    @Override
    public int hashCode() {
        return 31 * ties.name().hashCode() + memory;
    }

    @Override
    public String toString() {
        return "CoxLoss(" + ties + (memory == 0 ? "" : ", memory " + memory) + ")";
    }

    /** What a training step asks twice, once for the gradient and once for the score. */
    private Evaluated evaluate(
            INDArray labels, INDArray preOutput, IActivation activation, @Nullable INDArray mask) {
        if (preOutput.rank() != 2 || preOutput.size(1) != 1) {
            throw new IllegalArgumentException(
                    "the output has shape "
                            + Arrays.toString(preOutput.shape())
                            + ", CoxLoss needs (B, 1)");
        }
        int size = (int) preOutput.size(0);
        if (labels.rank() != 2 || labels.size(0) != size || labels.size(1) != 2) {
            throw new IllegalArgumentException(
                    "labels have shape "
                            + Arrays.toString(labels.shape())
                            + ", CoxLoss needs ("
                            + size
                            + ", 2): time, event");
        }
        double[] counts = mask == null ? new double[0] : values(mask);
        if (mask != null && counts.length != size) {
            throw new IllegalArgumentException(
                    "the mask has " + counts.length + " values for " + size + " rows");
        }
        double[] eta = values(activation.getActivation(preOutput.dup(), true));
        double[] label = values(labels);
        if (memory > 0 && members().size() > 0) {
            return withMembers(label, eta, counts);
        }
        Evaluated before = last;
        if (before != null
                && Arrays.equals(before.batch.label, label)
                && Arrays.equals(before.batch.counts, counts)) {
            return Arrays.equals(before.eta, eta) ? before : (last = before.batch.evaluate(eta));
        }
        return last = Batch.of(label, counts, ties).evaluate(eta);
    }

    private Evaluated withMembers(double[] label, double[] eta, double[] counts) {
        RiskMemory bank = members();
        double[] all = new double[bank.size() + eta.length];
        Arrays.fill(all, 1);
        double counted = eta.length;
        if (counts.length > 0) {
            System.arraycopy(counts, 0, all, bank.size(), eta.length);
            counted = Arrays.stream(counts).filter(c -> c != 0).count();
        }
        Evaluated joint =
                Batch.of(bank.labelsBefore(label), all, ties).evaluate(bank.etaBefore(eta));
        double[] gradient = new double[eta.length];
        double scale = counted == 0 ? 0 : (bank.size() + counted) / counted;
        for (int i = 0; i < gradient.length; i++) {
            gradient[i] = scale * joint.gradient[bank.size() + i];
        }
        return new Evaluated(joint.batch, eta, scale * joint.loss, gradient);
    }

    private RiskMemory members() {
        RiskMemory bank = members;
        if (bank == null) {
            bank = new RiskMemory(memory);
            members = bank;
        }
        return bank;
    }

    private static double[] values(INDArray array) {
        return array.castTo(DataType.DOUBLE).dup('c').data().asDouble();
    }

    /** Loss and gradient by output at some outputs. */
    @SuppressWarnings("ArrayRecordComponent") // never compared, stays in this class
    private record Evaluated(Batch batch, double[] eta, double loss, double[] gradient) {}

    /** The labels of a batch, and those rows that count sorted once. */
    @SuppressWarnings("ArrayRecordComponent") // never compared, stays in this class
    private record Batch(
            double[] label,
            double[] counts,
            int[] rows,
            SurvivalOutcomes outcomes,
            PartialLikelihood likelihood) {
        static Batch of(double[] label, double[] counts, Ties ties) {
            int[] rows = new int[label.length / 2];
            int m = 0;
            for (int i = 0; i < rows.length; i++) {
                if (counts.length == 0 || counts[i] != 0) {
                    rows[m++] = i;
                }
            }
            rows = Arrays.copyOf(rows, m);
            double[] time = new double[m];
            boolean[] event = new boolean[m];
            for (int k = 0; k < m; k++) {
                time[k] = label[2 * rows[k]];
                event[k] = label[2 * rows[k] + 1] == 1;
            }
            SurvivalOutcomes outcomes = SurvivalOutcomes.of(time, event);
            return new Batch(label, counts, rows, outcomes, PartialLikelihood.of(outcomes, ties));
        }

        Evaluated evaluate(double[] all) {
            double[] gradient = new double[all.length];
            if (outcomes.events() == 0) {
                return new Evaluated(this, all, 0, gradient);
            }
            double[] eta = new double[rows.length];
            for (int k = 0; k < eta.length; k++) {
                eta[k] = all[rows[k]];
                if (!(Math.abs(eta[k]) < Double.POSITIVE_INFINITY)) {
                    Arrays.fill(gradient, Double.NaN);
                    return new Evaluated(this, all, Double.NaN, gradient);
                }
            }
            double[] part = new double[rows.length];
            double value = likelihood.value(eta, part);
            for (int k = 0; k < rows.length; k++) {
                gradient[rows[k]] = -part[k] / outcomes.events();
            }
            return new Evaluated(this, all, -value / outcomes.events(), gradient);
        }
    }
}
