// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.survival.deep;

import io.github.livermm.core.TrainingException;
import io.github.livermm.core.fusion.ColumnScale;
import io.github.livermm.eval.SurvivalOutcomes;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * Trains a perceptron on standardised columns of a table, in single precision, with the loss of a
 * {@link Target}. Everything random comes from one seed, so that parallel trainings give the same
 * networks as one after the other.
 */
final class MlpTrainer {
    private final MlpOptions options;
    private final Target target;
    private final ColumnScale scale;
    private final float[][] z;
    private final SplittableRandom random;
    private final Backpropagation network;

    /** Room for batches, by number of patients. */
    private final Map<Integer, TrainingBatch> batches = new HashMap<>();

    /** The loss of all patients, where they are one batch. */
    private @Nullable Loss whole;

    /** What a network is trained for. */
    interface Target {
        /** Follow-up of all patients. */
        SurvivalOutcomes outcomes();

        /** Number of outputs of the network. */
        int outputs();

        /** The loss of some patients. */
        Loss of(int[] patients);
    }

    /** A loss, the mean over patients or events. */
    interface Loss {
        /**
         * The loss of finite outputs.
         *
         * @param output patients x outputs
         * @param gradient by the outputs, filled in
         */
        double at(double[][] output, double[][] gradient);
    }

    private MlpTrainer(MlpOptions options, Target target, double[][] x, long seed) {
        this.options = options;
        this.target = target;
        random = new SplittableRandom(seed);
        scale = ColumnScale.of(x);
        double[][] standardised = scale.apply(x);
        z = new float[x.length][x[0].length];
        for (int i = 0; i < x.length; i++) {
            for (int j = 0; j < z[i].length; j++) {
                // what rounding leaves of a column without spread is nothing
                double value = standardised[i][j];
                z[i][j] = Math.abs(value) < 1e-9 ? 0 : (float) value;
            }
        }
        network = new Backpropagation(options, z[0].length, this::varies, target.outputs(), random);
    }

    /**
     * A trained network for rows in their own units.
     *
     * @param x finite rows, as {@link #check} asks
     */
    static Perceptron train(MlpOptions options, Target target, double[][] x, long seed) {
        check(x, target.outcomes());
        MlpTrainer trainer = new MlpTrainer(options, target, x, seed);
        try {
            return trainer.train().unscaled(trainer.scale);
        } finally {
            trainer.batches.values().forEach(TrainingBatch::close);
            trainer.network.close();
        }
    }

    private Perceptron train() {
        int[] order = shuffled(z.length);
        int held = 0;
        if (options.stopping().share() > 0) {
            held = holdBack(order);
        }
        int[] validation = Arrays.copyOf(order, held);
        int[] training = Arrays.copyOfRange(order, held, order.length);
        Loss judge = target.of(validation);
        double least = Double.POSITIVE_INFINITY;
        Perceptron best = null;
        for (int epoch = 0, since = 0; epoch < options.optimiser().epochs(); epoch++) {
            epoch(training);
            if (held > 0) {
                Perceptron now = network.perceptron();
                double loss = loss(now, validation, judge);
                since = loss < least ? 0 : since + 1;
                if (loss < least) {
                    least = loss;
                    best = now;
                }
                if (since >= options.stopping().patience()) {
                    break;
                }
            }
        }
        return best == null ? network.perceptron() : best;
    }

    /** Moves the patients held back to the front: a share of the events and of the censored. */
    private int holdBack(int[] order) {
        SurvivalOutcomes outcomes = target.outcomes();
        double share = options.stopping().share();
        int fromEvents = (int) Math.round(share * outcomes.events());
        int fromCensored = (int) Math.round(share * (outcomes.size() - outcomes.events()));
        if (fromEvents == 0 || fromEvents == outcomes.events()) {
            throw new TrainingException(
                    "early stopping on "
                            + share
                            + " of the patients leaves "
                            + fromEvents
                            + " of "
                            + outcomes.events()
                            + " events to one side, at least 1 is needed on both; change the share,"
                            + " or train without early stopping");
        }
        int[] sorted = new int[order.length];
        int front = 0;
        int back = fromEvents + fromCensored;
        for (int i : order) {
            boolean hold = outcomes.event(i) ? fromEvents-- > 0 : fromCensored-- > 0;
            sorted[hold ? front++ : back++] = i;
        }
        System.arraycopy(sorted, 0, order, 0, order.length);
        return front;
    }

    private void epoch(int[] patients) {
        int n = patients.length;
        int size = options.optimiser().batchSize();
        int count = (int) Math.max(1, ((long) n + size / 2) / size);
        if (count == 1) {
            if (whole == null) {
                whole = target.of(patients);
                batch(n).load(rows(patients));
            }
            step(batch(n), whole);
            return;
        }
        shuffle(patients);
        for (int b = 0; b < count; b++) {
            int from = (int) ((long) b * n / count);
            int to = (int) ((b + 1L) * n / count);
            int[] some = Arrays.copyOfRange(patients, from, to);
            batch(some.length).load(rows(some));
            step(batch(some.length), target.of(some));
        }
    }

    /** Batches of one epoch differ by one patient at most. */
    private TrainingBatch batch(int patients) {
        return batches.computeIfAbsent(patients, n -> new TrainingBatch(network, n));
    }

    private float[][] rows(int[] patients) {
        return Arrays.stream(patients).mapToObj(i -> z[i]).toArray(float[][]::new);
    }

    private void step(TrainingBatch batch, Loss loss) {
        double[][] output = batch.outputs();
        double[][] gradient = new double[output.length][output[0].length];
        double value = finite(output) ? loss.at(output, gradient) : Double.NaN;
        if (!Double.isFinite(value)) {
            throw new TrainingException(
                    "the loss of the network is "
                            + value
                            + "; lower the learning rate, now "
                            + options.optimiser().learningRate()
                            + ", or look for extreme values in the columns");
        }
        batch.step(gradient);
    }

    private static boolean finite(double[][] output) {
        for (double[] row : output) {
            for (double value : row) {
                if (!Double.isFinite(value)) {
                    return false;
                }
            }
        }
        return true;
    }

    private boolean varies(int column) {
        return Arrays.stream(z).anyMatch(row -> row[column] != 0);
    }

    private double loss(Perceptron now, int[] patients, Loss loss) {
        double[][] output = new double[patients.length][];
        double[] row = new double[z[0].length];
        for (int k = 0; k < patients.length; k++) {
            for (int j = 0; j < row.length; j++) {
                row[j] = z[patients[k]][j];
            }
            output[k] = now.apply(row);
        }
        return loss.at(output, new double[output.length][output[0].length]);
    }

    private int[] shuffled(int n) {
        int[] order = new int[n];
        Arrays.setAll(order, i -> i);
        shuffle(order);
        return order;
    }

    private void shuffle(int[] order) {
        for (int i = order.length - 1; i > 0; i--) {
            int j = random.nextInt(i + 1);
            int keep = order[i];
            order[i] = order[j];
            order[j] = keep;
        }
    }

    private static void check(double[][] x, SurvivalOutcomes outcomes) {
        if (x.length != outcomes.size()) {
            throw new IllegalArgumentException(
                    "x has " + x.length + " rows, outcomes has " + outcomes.size());
        }
        if (outcomes.events() == 0) {
            throw new TrainingException(
                    "no event among "
                            + outcomes.size()
                            + " patients: a survival network needs at least one; check the event"
                            + " coding or wait for longer follow-up");
        }
        for (int i = 0; i < x.length; i++) {
            if (x[i].length != x[0].length || x[i].length == 0) {
                throw new IllegalArgumentException(
                        "x row "
                                + (i + 1)
                                + " has "
                                + x[i].length
                                + " columns, row 1 has "
                                + x[0].length
                                + "; give every row the same columns, at least 1");
            }
            for (int j = 0; j < x[i].length; j++) {
                if (!(Math.abs(x[i][j]) < Double.POSITIVE_INFINITY)) {
                    throw new IllegalArgumentException(
                            "x row "
                                    + (i + 1)
                                    + ", column "
                                    + (j + 1)
                                    + ": "
                                    + x[i][j]
                                    + " is not finite; impute it inside the training fold");
                }
            }
        }
    }
}
