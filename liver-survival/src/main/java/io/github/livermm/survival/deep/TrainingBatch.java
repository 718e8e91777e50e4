// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.survival.deep;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * Room for a batch of a fixed number of patients on its way through a {@link Backpropagation} and
 * back. A batch can be loaded again and again.
 */
final class TrainingBatch implements AutoCloseable {
    private static final int BLOCK = 2048;

    private final Backpropagation network;
    private final int patients;
    private final List<Block> blocks = new ArrayList<>();
    private List<float[]> masks = List.of();

    TrainingBatch(Backpropagation network, int patients) {
        this.network = network;
        this.patients = patients;
        for (int from = 0; from < patients; from += BLOCK) {
            blocks.add(new Block(from, Math.min(BLOCK, patients - from)));
        }
    }

    /**
     * Takes in rows.
     *
     * @param rows one for each patient of the batch
     */
    void load(float[][] rows) {
        inParallel(block -> block.load(rows));
    }

    /** The outputs of a step, with dropout: patients x outputs. */
    double[][] outputs() {
        masks = network.masks(patients);
        double[][] outputs = new double[patients][network.units(network.layers())];
        inParallel(block -> block.forward(outputs));
        return outputs;
    }

    /** The network's step down the gradient of a loss by the last {@link #outputs}. */
    void step(double[][] byOutput) {
        inParallel(block -> block.back(byOutput));
        INDArray gradient = blocks.get(0).gradient;
        for (Block block : blocks.subList(1, blocks.size())) {
            gradient.addi(block.gradient);
        }
        network.step(gradient);
    }

    private void inParallel(Consumer<Block> work) {
        if (blocks.size() == 1) {
            work.accept(blocks.get(0));
        } else {
            blocks.parallelStream().forEach(work);
        }
    }

    @Override
    public void close() {
        blocks.forEach(Block::close);
    }

    /**
     * Some patients of the batch. Arrays are patients x units, the numbers of a unit side by side;
     * the inputs of a layer have one unit more, always 1, for its biases.
     */
    private final class Block {
        private final int from;
        private final int rows;
        private final int layers = network.layers();

        /** Inputs of each layer, then the outputs; and without the unit for the biases. */
        private final List<INDArray> units = new ArrayList<>();

        private final List<INDArray> proper = new ArrayList<>();

        /** The gradient by those. */
        private final List<INDArray> byUnits = new ArrayList<>();

        private final List<INDArray> byProper = new ArrayList<>();

        private final List<INDArray> weights = network.weights();
        private final INDArray gradient = network.likeParameters();
        private final List<INDArray> byWeights = network.matrices(gradient);

        Block(int from, int rows) {
            this.from = from;
            this.rows = rows;
            for (int l = 0; l <= layers; l++) {
                long[] shape = {rows, network.units(l) + (l < layers ? 1 : 0)};
                units.add(Nd4j.ones(DataType.FLOAT, shape).dup('f'));
                byUnits.add(Nd4j.create(DataType.FLOAT, shape, 'f'));
                proper.add(first(units.get(l), network.units(l)));
                byProper.add(first(byUnits.get(l), network.units(l)));
            }
        }

        private INDArray first(INDArray array, int columns) {
            return array.get(NDArrayIndex.all(), NDArrayIndex.interval(0, columns));
        }

        void load(float[][] table) {
            fill(proper.get(0), (i, j) -> table[from + i][j]);
        }

        void forward(double[][] outputs) {
            for (int l = 0; l < layers; l++) {
                INDArray next = proper.get(l + 1);
                Nd4j.gemm(units.get(l), weights.get(l), next, false, false, 1, 0);
                if (l + 1 < layers) {
                    network.options().rectifier().apply(next);
                    drop(next, l);
                }
            }
            float[] values = units.get(layers).data().asFloat();
            for (int i = 0; i < rows; i++) {
                for (int j = 0; j < outputs[from + i].length; j++) {
                    outputs[from + i][j] = values[j * rows + i];
                }
            }
        }

        void back(double[][] byOutput) {
            fill(byUnits.get(layers), (i, j) -> (float) byOutput[from + i][j]);
            for (int l = layers - 1; l >= 0; l--) {
                INDArray delta = byProper.get(l + 1);
                Nd4j.gemm(units.get(l), delta, byWeights.get(l), true, false, 1, 0);
                if (l > 0) {
                    Nd4j.gemm(delta, weights.get(l), byUnits.get(l), false, true, 1, 0);
                    INDArray byUnit = byProper.get(l);
                    INDArray unit = proper.get(l);
                    if (!masks.isEmpty()) {
                        drop(byUnit, l - 1);
                        unit.muli(1 - network.options().dropout());
                    }
                    network.options().rectifier().slope(unit);
                    byUnit.muli(unit);
                }
            }
        }

        private void drop(INDArray values, int hidden) {
            if (!masks.isEmpty()) {
                float[] mask = masks.get(hidden);
                int width = network.units(hidden + 1);
                try (INDArray factor = filled(width, (i, j) -> mask[(from + i) * width + j])) {
                    values.muli(factor);
                }
            }
        }

        private void fill(INDArray array, Cell cell) {
            try (INDArray filled = filled(array.columns(), cell)) {
                array.assign(filled);
            }
        }

        private INDArray filled(int columns, Cell cell) {
            float[] values = new float[rows * columns];
            for (int j = 0, at = 0; j < columns; j++) {
                for (int i = 0; i < rows; i++) {
                    values[at++] = cell.at(i, j);
                }
            }
            return Nd4j.create(values, new long[] {rows, columns}, 'f');
        }

        void close() {
            units.forEach(INDArray::close);
            byUnits.forEach(INDArray::close);
            gradient.close();
        }
    }

    private interface Cell {
        float at(int row, int column);
    }
}
