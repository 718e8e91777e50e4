// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.survival.deep;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.nd4j.linalg.learning.GradientUpdater;
import org.nd4j.linalg.learning.config.Adam;

/**
 * A perceptron in training, in single precision: outputs of a batch, then a step of AdamW down the
 * gradient of a loss by those outputs. Steps are those of dense layers of Deeplearning4j, without
 * what its layers spend on a table: patients go through all layers in blocks that stay in the cache
 * of a processor, several at once. Blocks are summed in one order, so the number of threads changes
 * nothing.
 *
 * <p>A layer's weights are (inputs + 1) x outputs, the last row its biases, column after column.
 */
final class Backpropagation implements AutoCloseable {
    private final MlpOptions options;

    /** Numbers of units, from the columns of the table to the outputs. */
    private final int[] units;

    private final INDArray parameters;
    private final INDArray decay;
    private final INDArray moments;
    private final GradientUpdater<?> updater;
    private final List<SplittableRandom> dropout = new ArrayList<>();
    private int steps;

    /**
     * Draws normal weights.
     *
     * @param columns of the table
     * @param counts whether a column has spread; one that has none gets no weight
     * @param outputs of the network
     */
    Backpropagation(
            MlpOptions options,
            int columns,
            IntPredicate counts,
            int outputs,
            SplittableRandom random) {
        this.options = options;
        units =
                IntStream.concat(
                                IntStream.concat(
                                        IntStream.of(columns),
                                        options.layers().widths().stream().mapToInt(w -> w)),
                                IntStream.of(outputs))
                        .toArray();
        for (int l = 1; l < layers() && drops(); l++) {
            dropout.add(new SplittableRandom(random.nextLong()));
        }
        int size = IntStream.range(0, layers()).map(this::size).sum();
        float[] start = new float[size];
        float[] shrink = new float[size];
        double rate = options.optimiser().learningRate() * options.optimiser().weightDecay();
        Random normal = new Random(random.nextLong());
        for (int l = 0, from = 0; l < layers(); from += size(l++)) {
            double deviation = options.layers().rectifier().startDeviation(units[l]);
            for (int i = 0; i < units[l]; i++) {
                for (int j = 0; j < units[l + 1]; j++) {
                    int at = from + j * (units[l] + 1) + i;
                    float drawn = (float) (deviation * normal.nextGaussian());
                    start[at] = l > 0 || counts.test(i) ? drawn : 0;
                    shrink[at] = (float) rate;
                }
            }
        }
        parameters = Nd4j.create(start, new long[] {1, size}, 'c');
        decay = Nd4j.create(shrink, new long[] {1, size}, 'c');
        moments = Nd4j.create(DataType.FLOAT, 1, 2L * size);
        updater = new Adam(options.optimiser().learningRate()).instantiate(moments, true);
    }

    int layers() {
        return units.length - 1;
    }

    /** Units before a layer. */
    int units(int layer) {
        return units[layer];
    }

    MlpOptions.Layers options() {
        return options.layers();
    }

    private boolean drops() {
        return options.layers().dropout() > 0;
    }

    private int size(int layer) {
        return (units[layer] + 1) * units[layer + 1];
    }

    /** An array of the size of all weights and biases. */
    INDArray likeParameters() {
        return Nd4j.create(DataType.FLOAT, parameters.shape());
    }

    List<INDArray> weights() {
        return matrices(parameters);
    }

    /** The layers' parts of an array of the size of all weights. */
    List<INDArray> matrices(INDArray flat) {
        List<INDArray> matrices = new ArrayList<>();
        for (int l = 0, from = 0; l < layers(); from += size(l++)) {
            INDArray part =
                    flat.get(NDArrayIndex.point(0), NDArrayIndex.interval(from, from + size(l)));
            matrices.add(part.reshape('f', units[l] + 1, units[l + 1]));
        }
        return matrices;
    }

    /**
     * What each hidden unit of each patient counts in a step: 0 where it is left out, else one over
     * the share kept (inverted dropout). The draws depend on the seed and on nothing else; those of
     * the backend come from a generator that all networks of a program share.
     *
     * @return for each hidden layer patients x units, row-major; empty without dropout
     */
    List<float[]> masks(int patients) {
        double share = options.layers().dropout();
        float kept = (float) (1 / (1 - share));
        int limit = (int) Math.round((share - 0.5) * 4294967296.0);
        List<float[]> masks = new ArrayList<>();
        for (SplittableRandom random : dropout) {
            float[] mask = new float[patients * units[masks.size() + 1]];
            for (int i = 0; i < mask.length; i++) {
                mask[i] = random.nextInt() < limit ? 0 : kept;
            }
            masks.add(mask);
        }
        return masks;
    }

    /** A step; the gradient is used up. */
    void step(INDArray gradient) {
        updater.applyUpdater(gradient, steps++, 0);
        try (INDArray shrunk = parameters.mul(decay)) {
            parameters.subi(gradient).subi(shrunk);
        }
    }

    /** The network of now. */
    Perceptron perceptron() {
        float[] values = parameters.data().asFloat();
        List<Perceptron.Layer> layers = new ArrayList<>();
        for (int l = 0, from = 0; l < layers(); from += size(l++)) {
            int outputs = units[l + 1];
            double[] weights = new double[units[l] * outputs];
            double[] bias = new double[outputs];
            for (int j = 0; j < outputs; j++) {
                int column = from + j * (units[l] + 1);
                for (int i = 0; i < units[l]; i++) {
                    weights[i * outputs + j] = values[column + i];
                }
                bias[j] = values[column + units[l]];
            }
            layers.add(new Perceptron.Layer(units[l], weights, bias));
        }
        return new Perceptron(options.layers().rectifier(), layers);
    }

    @Override
    public void close() {
        parameters.close();
        decay.close();
        moments.close();
    }
}
