// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.survival.deep;

import io.github.livermm.core.TrainingException;
import io.github.livermm.core.fusion.ColumnScale;
import io.github.livermm.eval.SurvivalOutcomes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.FeedForwardLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.lossfunctions.ILossFunction;

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
    private final MultiLayerNetwork network;

    /** What a network is trained for. */
    interface Target {
        /** Follow-up of all patients. */
        SurvivalOutcomes outcomes();

        /** Number of outputs of the network. */
        int outputs();

        /** The training loss, a mean over patients or events. */
        ILossFunction loss();

        /** A patient's label. */
        float[] label(int patient);

        /** The loss of outputs of patients held back; NaN when undefined. */
        double loss(double[][] output, int[] patients);
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
        network = network(z[0].length);
    }

    /**
     * A trained network for rows in their own units.
     *
     * @param x finite rows, as {@link #check} asks
     */
    static Perceptron train(MlpOptions options, Target target, double[][] x, long seed) {
        check(x, target.outcomes());
        MlpTrainer trainer = new MlpTrainer(options, target, x, seed);
        Perceptron best = trainer.train();
        trainer.network.close();
        return best.unscaled(trainer.scale);
    }

    private Perceptron train() {
        int[] order = shuffled(z.length);
        int held = 0;
        if (options.stopping().share() > 0) {
            held = holdBack(order);
        }
        int[] validation = Arrays.copyOf(order, held);
        int[] training = Arrays.copyOfRange(order, held, order.length);
        List<INDArray[]> whole = new ArrayList<>();
        double least = Double.POSITIVE_INFINITY;
        Perceptron best = null;
        for (int epoch = 0, since = 0; epoch < options.optimiser().epochs(); epoch++) {
            epoch(training, whole);
            if (held > 0) {
                Perceptron now = perceptron();
                double loss = target.loss(outputs(now, validation), validation);
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
        return best == null ? perceptron() : best;
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

    private void epoch(int[] patients, List<INDArray[]> whole) {
        int n = patients.length;
        int size = options.optimiser().batchSize();
        int batches = (int) Math.max(1, ((long) n + size / 2) / size);
        if (batches == 1) {
            if (whole.isEmpty()) {
                whole.add(batch(patients, 0, n));
            }
            step(whole.get(0));
            return;
        }
        shuffle(patients);
        for (int b = 0; b < batches; b++) {
            int from = (int) ((long) b * n / batches);
            int to = (int) ((b + 1L) * n / batches);
            INDArray[] batch = batch(patients, from, to);
            step(batch);
            batch[0].close();
            batch[1].close();
        }
    }

    private void step(INDArray[] batch) {
        network.fit(batch[0], batch[1]);
        if (!Double.isFinite(network.score())) {
            throw new TrainingException(
                    "the loss of the network is "
                            + network.score()
                            + "; lower the learning rate, now "
                            + options.optimiser().learningRate()
                            + ", or look for extreme values in the columns");
        }
    }

    private INDArray[] batch(int[] patients, int from, int to) {
        int columns = z[0].length;
        int width = target.label(0).length;
        float[] rows = new float[(to - from) * columns];
        float[] labels = new float[(to - from) * width];
        for (int k = 0; k < to - from; k++) {
            System.arraycopy(z[patients[from + k]], 0, rows, k * columns, columns);
            System.arraycopy(target.label(patients[from + k]), 0, labels, k * width, width);
        }
        return new INDArray[] {
            Nd4j.create(rows, new long[] {to - from, columns}, 'c'),
            Nd4j.create(labels, new long[] {to - from, width}, 'c')
        };
    }

    private MultiLayerNetwork network(int columns) {
        NeuralNetConfiguration.ListBuilder list =
                new NeuralNetConfiguration.Builder()
                        .dataType(DataType.FLOAT)
                        // the losses are means already
                        .miniBatch(false)
                        .updater(new Adam(options.optimiser().learningRate()))
                        .weightDecay(options.optimiser().weightDecay())
                        .list();
        double dropout = options.layers().dropout();
        int inputs = columns;
        for (int width : options.layers().widths()) {
            DenseLayer.Builder layer =
                    new DenseLayer.Builder().activation(options.layers().rectifier().activation());
            list.layer(sized(layer, inputs, width, inputs == columns ? 0 : dropout).build());
            inputs = width;
        }
        OutputLayer.Builder output =
                new OutputLayer.Builder(target.loss()).activation(Activation.IDENTITY);
        boolean hidden = !options.layers().widths().isEmpty();
        list.layer(sized(output, inputs, target.outputs(), hidden ? dropout : 0).build());
        MultiLayerNetwork built = new MultiLayerNetwork(list.build());
        built.init();
        startWeights(built);
        return built;
    }

    /** Dropout of a layer acts on what comes in. */
    private <B extends FeedForwardLayer.Builder<B>> B sized(B layer, int in, int out, double drop) {
        B sized = layer.nIn(in).nOut(out);
        return drop == 0 ? sized : sized.dropOut(new SeededDropout(drop, random.nextLong()));
    }

    /** Normal weights; a column without spread has none, so that it never counts. */
    private void startWeights(MultiLayerNetwork built) {
        Random normal = new Random(random.nextLong());
        for (int l = 0; l < built.getnLayers(); l++) {
            INDArray weights = built.getLayer(l).getParam("W");
            int inputs = weights.rows();
            float[][] start = new float[inputs][weights.columns()];
            double deviation = options.layers().rectifier().startDeviation(inputs);
            for (int i = 0; i < inputs; i++) {
                boolean counts = l > 0 || varies(i);
                for (int j = 0; j < start[i].length; j++) {
                    float drawn = (float) (deviation * normal.nextGaussian());
                    start[i][j] = counts ? drawn : 0;
                }
            }
            weights.assign(Nd4j.createFromArray(start));
        }
    }

    private boolean varies(int column) {
        return Arrays.stream(z).anyMatch(row -> row[column] != 0);
    }

    private Perceptron perceptron() {
        List<Perceptron.Layer> layers = new ArrayList<>();
        for (int l = 0; l < network.getnLayers(); l++) {
            INDArray weights = network.getLayer(l).getParam("W");
            layers.add(
                    new Perceptron.Layer(
                            weights.rows(),
                            weights.dup('c').reshape(weights.length()).toDoubleVector(),
                            network.getLayer(l)
                                    .getParam("b")
                                    .reshape(weights.columns())
                                    .toDoubleVector()));
        }
        return new Perceptron(options.layers().rectifier(), layers);
    }

    private double[][] outputs(Perceptron now, int[] patients) {
        double[][] output = new double[patients.length][];
        double[] row = new double[z[0].length];
        for (int k = 0; k < patients.length; k++) {
            for (int j = 0; j < row.length; j++) {
                row[j] = z[patients[k]][j];
            }
            output[k] = now.apply(row);
        }
        return output;
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
