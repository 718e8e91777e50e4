// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.survival.deep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.livermm.eval.SurvivalOutcomes;
import io.github.livermm.eval.cox.Ties;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.concurrent.ForkJoinPool;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.FeedForwardLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;

/**
 * The steps are those of Deeplearning4j's dense layers with its Adam, weight decay and the loss.
 */
class BackpropagationTest {
    private static final int COLUMNS = 3;
    private static final List<Integer> WIDTHS = List.of(5, 4);

    @ParameterizedTest
    @CsvSource({
        "RELU, 0, 40",
        "SELU, 0, 40",
        "RELU, 0.3, 40",
        "SELU, 0.3, 40",
        "RELU, 0, 5000",
        "SELU, 0.3, 5000"
    })
    void takesTheStepsOfDeeplearning4j(Rectifier rectifier, double dropout, int patients) {
        MlpOptions options = options(rectifier, dropout);
        Cohort cohort = new Cohort(patients);
        try (Backpropagation lean = network(options)) {
            MultiLayerNetwork usual = usual(options, lean.perceptron());
            double[] start = flat(lean.perceptron());

            try (TrainingBatch batch = new TrainingBatch(lean, patients)) {
                batch.load(cohort.rows);
                for (int step = 0; step < 5; step++) {
                    cohort.step(batch);
                    usual.fit(Nd4j.createFromArray(cohort.rows), cohort.labels());
                }
            }

            double[] now = flat(lean.perceptron());
            // the last bias has no gradient but rounding: Cox's likelihood does not see it
            now[now.length - 1] = 0;
            double[] expected = flat(usual);
            expected[expected.length - 1] = 0;
            assertThat(now).containsExactly(expected, within(2e-5));
            assertThat(Math.abs(now[0] - start[0])).isGreaterThan(2e-3);
        }
    }

    @Test
    void theNumberOfThreadsChangesNothing() {
        assertThat(trainedBy(4)).containsExactly(trainedBy(1));
    }

    private static double[] trainedBy(int threads) {
        ForkJoinPool pool = new ForkJoinPool(threads);
        try {
            return pool.submit(
                            () -> {
                                Cohort cohort = new Cohort(9000);
                                try (Backpropagation network =
                                                network(options(Rectifier.RELU, 0.2));
                                        TrainingBatch batch = new TrainingBatch(network, 9000)) {
                                    batch.load(cohort.rows);
                                    for (int step = 0; step < 5; step++) {
                                        cohort.step(batch);
                                    }
                                    return flat(network.perceptron());
                                }
                            })
                    .join();
        } finally {
            pool.shutdown();
        }
    }

    private static MlpOptions options(Rectifier rectifier, double dropout) {
        return new MlpOptions(
                new MlpOptions.Layers(WIDTHS, rectifier, dropout),
                new MlpOptions.Optimiser(1, 1, 0.01, 0.1),
                new MlpOptions.EarlyStopping(0, 1));
    }

    private static Backpropagation network(MlpOptions options) {
        return new Backpropagation(options, COLUMNS, i -> true, 1, new SplittableRandom(5));
    }

    private static MultiLayerNetwork usual(MlpOptions options, Perceptron start) {
        // the seeds of dropout come first
        SplittableRandom random = new SplittableRandom(5);
        Activation activation =
                options.layers().rectifier() == Rectifier.RELU ? Activation.RELU : Activation.SELU;
        NeuralNetConfiguration.ListBuilder list =
                new NeuralNetConfiguration.Builder()
                        .dataType(DataType.FLOAT)
                        .miniBatch(false)
                        .updater(new Adam(options.optimiser().learningRate()))
                        // a decay of the whole network reaches each layer twice there
                        .weightDecay(options.optimiser().weightDecay() / 2)
                        .list();
        int inputs = COLUMNS;
        for (int width : WIDTHS) {
            double drop = inputs == COLUMNS ? 0 : options.layers().dropout();
            list.layer(
                    sized(
                                    new DenseLayer.Builder().activation(activation),
                                    inputs,
                                    width,
                                    drop,
                                    random)
                            .build());
            inputs = width;
        }
        OutputLayer.Builder output =
                new OutputLayer.Builder(new CoxLoss(Ties.EFRON)).activation(Activation.IDENTITY);
        list.layer(sized(output, inputs, 1, options.layers().dropout(), random).build());
        MultiLayerNetwork network = new MultiLayerNetwork(list.build());
        network.init();
        for (int l = 0; l < network.getnLayers(); l++) {
            Perceptron.Layer layer = start.layers().get(l);
            INDArray weights = network.getLayer(l).getParam("W");
            weights.assign(Nd4j.createFromArray(layer.weights()).reshape('c', weights.shape()));
            network.getLayer(l)
                    .getParam("b")
                    .assign(Nd4j.createFromArray(layer.bias()).reshape(1, -1));
        }
        return network;
    }

    private static <B extends FeedForwardLayer.Builder<B>> B sized(
            B layer, int in, int out, double drop, SplittableRandom random) {
        B sized = layer.nIn(in).nOut(out);
        return drop == 0 ? sized : sized.dropOut(new SeededDropout(drop, random.nextLong()));
    }

    private static double[] flat(Perceptron network) {
        return network.layers().stream()
                .flatMapToDouble(
                        l ->
                                DoubleStream.concat(
                                        Arrays.stream(l.weights()), Arrays.stream(l.bias())))
                .toArray();
    }

    private static double[] flat(MultiLayerNetwork network) {
        return Arrays.stream(network.getLayers())
                .flatMapToDouble(
                        l ->
                                DoubleStream.concat(
                                        Arrays.stream(
                                                l.getParam("W").dup('c').ravel().toDoubleVector()),
                                        Arrays.stream(l.getParam("b").ravel().toDoubleVector())))
                .toArray();
    }

    /** Rows with follow-up of few distinct times, so that ties matter. */
    private static final class Cohort {
        final float[][] rows;
        final SurvivalOutcomes outcomes;

        Cohort(int patients) {
            Random random = new Random(patients);
            rows = new float[patients][COLUMNS];
            double[] time = new double[patients];
            boolean[] event = new boolean[patients];
            for (int i = 0; i < patients; i++) {
                for (int j = 0; j < COLUMNS; j++) {
                    rows[i][j] = (float) random.nextGaussian();
                }
                time[i] = 1 + random.nextInt(20);
                event[i] = random.nextInt(3) > 0;
            }
            outcomes = SurvivalOutcomes.of(time, event);
        }

        void step(TrainingBatch batch) {
            double[][] output = batch.outputs();
            double[][] gradient = new double[output.length][1];
            int[] all = IntStream.range(0, rows.length).toArray();
            new DeepSurv.Target(outcomes).of(all).at(output, gradient);
            batch.step(gradient);
        }

        INDArray labels() {
            float[][] labels = new float[rows.length][];
            for (int i = 0; i < labels.length; i++) {
                labels[i] = new float[] {(float) outcomes.time(i), outcomes.event(i) ? 1 : 0};
            }
            return Nd4j.createFromArray(labels);
        }
    }
}
