// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.core.fusion;

import io.github.livermm.core.Embedding;
import io.github.livermm.core.FittedEncoder;
import io.github.livermm.core.NetworkInput;
import io.github.livermm.core.PatientLabels;
import io.github.livermm.core.PredictionHead;
import io.github.livermm.core.TrainingException;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.weights.WeightInit;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.concurrency.AffinityManager;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;

/**
 * One network over the encoders of some modalities, a joint fusion, and every head: the encoders
 * contribute their layers, the fusion joins their embeddings under the mask of what is present, and
 * each head adds its output. Not thread-safe: one thread trains or predicts at a time.
 *
 * <p>Axes: B batch; inputs as the encoders state them; outputs (B, 1), one linear predictor per
 * head.
 *
 * @since 0.1.0
 */
public final class FusionNetwork {
    private final Fusion.Joint fusion;
    private final List<FittedEncoder<?>> encoders;
    private final List<PredictionHead> heads;
    private final ComputationGraph graph;
    private final Embedding fused;

    private FusionNetwork(
            Fusion.Joint fusion,
            List<FittedEncoder<?>> encoders,
            List<PredictionHead> heads,
            ComputationGraph graph,
            Embedding fused) {
        this.fused = fused;
        this.fusion = fusion;
        this.encoders = encoders;
        this.heads = heads;
        this.graph = graph;
    }

    /**
     * Builds a network with random weights.
     *
     * @param fusion how embeddings are joined; not used with a single encoder
     * @param encoders fitted encoders, at least one
     * @param heads at least one
     * @param options weight decay and the like
     * @param seed seed of the weights
     * @return an untrained network
     */
    public static FusionNetwork build(
            Fusion.Joint fusion,
            List<FittedEncoder<?>> encoders,
            List<PredictionHead> heads,
            NetworkOptions options,
            long seed) {
        if (encoders.isEmpty() || heads.isEmpty()) {
            throw new IllegalArgumentException(
                    "got "
                            + encoders.size()
                            + " encoders and "
                            + heads.size()
                            + " heads, at least one of each is needed");
        }
        GraphBuilder builder =
                new NeuralNetConfiguration.Builder()
                        .seed(seed)
                        .dataType(DataType.FLOAT)
                        .updater(new Adam(options.learningRate()))
                        .weightInit(WeightInit.RELU)
                        // a decay of the whole network reaches each layer twice
                        .weightDecay(options.weightDecay() / 2)
                        .miniBatch(false)
                        .graphBuilder();
        List<Embedding> embeddings = new ArrayList<>();
        List<String> weights = new ArrayList<>();
        for (int e = 0; e < encoders.size(); e++) {
            String prefix = encoders.get(e).modality();
            for (NetworkInput input : encoders.get(e).inputs()) {
                builder.addInputs(prefix + "." + input.name());
            }
            embeddings.add(encoders.get(e).contribute(builder, prefix));
        }
        Embedding fused = embeddings.get(0);
        if (encoders.size() > 1) {
            for (FittedEncoder<?> encoder : encoders) {
                weights.add(encoder.modality() + ".weight");
            }
            builder.addInputs(weights);
            fused = fusion.join(builder, embeddings, weights);
        }
        List<String> outputs = new ArrayList<>();
        for (PredictionHead head : heads) {
            head.contribute(builder, "head." + head.target(), fused);
            outputs.add("head." + head.target());
        }
        ComputationGraphConfiguration configuration =
                builder.setOutputs(outputs.toArray(String[]::new)).build();
        ComputationGraph graph = new ComputationGraph(configuration);
        graph.init();
        return new FusionNetwork(fusion, List.copyOf(encoders), List.copyOf(heads), graph, fused);
    }

    /**
     * One training step on a batch of patients.
     *
     * @param rows encoded patients, [patient][encoder][input][value]; null where absent
     * @param labels their labels
     * @param learningRate step size of this step
     * @param seed seed of augmentation and modality dropout
     * @throws TrainingException when the loss is not finite
     */
    public void step(
            List<float[] @Nullable [][]> rows,
            List<PatientLabels> labels,
            double learningRate,
            long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<float[] @Nullable [][]> augmented = new ArrayList<>();
        for (float[] @Nullable [][] row : rows) {
            augmented.add(augment(row, random.split()));
        }
        INDArray[] targets = new INDArray[heads.size()];
        INDArray[] masks = new INDArray[heads.size()];
        for (int h = 0; h < heads.size(); h++) {
            targets[h] = heads.get(h).labels(labels);
            masks[h] = Nd4j.zeros(DataType.FLOAT, labels.size(), 1);
            for (int i = 0; i < labels.size(); i++) {
                if (heads.get(h).labelled(labels.get(i))) {
                    masks[h].putScalar(i, 0, 1);
                }
            }
        }
        graph.setLearningRate(learningRate);
        graph.fit(new MultiDataSet(inputs(augmented), targets, null, masks));
        if (!Double.isFinite(graph.score())) {
            throw new TrainingException(
                    "the loss of the network over "
                            + encoders.stream().map(FittedEncoder::modality).toList()
                            + " is "
                            + graph.score()
                            + "; lower the learning rate, or look for extreme values in the input");
        }
    }

    /**
     * Linear predictors of a batch of patients.
     *
     * @param rows encoded patients, [patient][encoder][input][value]; null where absent
     * @return [head][patient]
     */
    public double[][] linearPredictors(List<float[] @Nullable [][]> rows) {
        INDArray[] outputs = graph.output(false, inputs(rows));
        double[][] eta = new double[heads.size()][];
        for (int h = 0; h < eta.length; h++) {
            PredictionHead head = heads.get(h);
            double[][] values = outputs[h].castTo(DataType.DOUBLE).toDoubleMatrix();
            eta[h] = Arrays.stream(values).mapToDouble(head::linearPredictor).toArray();
        }
        return eta;
    }

    /**
     * The embeddings of a batch of patients: what the heads predict from.
     *
     * @param rows encoded patients, [patient][encoder][input][value]; null where absent
     * @return [patient][value]
     */
    public double[][] embeddings(List<float[] @Nullable [][]> rows) {
        INDArray out =
                Objects.requireNonNull(graph.feedForward(inputs(rows), false).get(fused.vertex()));
        return out.reshape(rows.size(), fused.width()).castTo(DataType.DOUBLE).toDoubleMatrix();
    }

    /**
     * All weights as one vector.
     *
     * @return a copy, in the order of the graph
     */
    public double[] weights() {
        return graph.params().toDoubleVector();
    }

    /**
     * Replaces all weights.
     *
     * @param weights as {@link #weights()} gave them
     */
    public void weights(double[] weights) {
        if (weights.length != graph.numParams()) {
            throw new IllegalArgumentException(
                    "got " + weights.length + " weights, the network has " + graph.numParams());
        }
        graph.setParams(Nd4j.createFromArray(weights).castTo(DataType.FLOAT).reshape(1, -1));
    }

    /** Hides modalities and lets the encoders augment the rest; never hides the last one. */
    private float[] @Nullable [][] augment(float[] @Nullable [][] row, SplittableRandom random) {
        float[] @Nullable [][] out = row.clone();
        int left = 0;
        for (float @Nullable [][] modality : row) {
            left += modality == null ? 0 : 1;
        }
        for (int e = 0; e < out.length; e++) {
            boolean hide = random.nextDouble() < fusion.modalityDropout();
            long seed = random.nextLong();
            float @Nullable [][] arrays = out[e];
            if (arrays == null) {
                continue;
            }
            if (hide && left > 1) {
                out[e] = null;
                left--;
            } else {
                out[e] = encoders.get(e).augment(arrays, seed);
            }
        }
        return out;
    }

    private INDArray[] inputs(List<float[] @Nullable [][]> rows) {
        int batch = rows.size();
        List<INDArray> arrays = new ArrayList<>();
        for (int e = 0; e < encoders.size(); e++) {
            List<NetworkInput> inputs = encoders.get(e).inputs();
            for (int k = 0; k < inputs.size(); k++) {
                float[] @Nullable [] values = new float[batch][];
                for (int i = 0; i < batch; i++) {
                    float @Nullable [][] row = rows.get(i)[e];
                    values[i] = row == null ? null : row[k];
                }
                long[] shape = new long[inputs.get(k).shape().size() + 1];
                shape[0] = batch;
                for (int a = 1; a < shape.length; a++) {
                    shape[a] = inputs.get(k).shape().get(a - 1);
                }
                arrays.add(array(values, shape));
            }
        }
        if (encoders.size() > 1) {
            arrays.addAll(weightInputs(rows));
        }
        return arrays.toArray(INDArray[]::new);
    }

    /**
     * One array of the rows, zero where a row is absent; whole rows are copied, where {@code
     * Nd4j.create} puts value by value and took as long as the convolutions.
     */
    private static INDArray array(float[] @Nullable [] rows, long[] shape) {
        INDArray array = Nd4j.zeros(DataType.FLOAT, shape);
        FloatBuffer buffer = array.data().asNioFloat();
        int size = buffer.capacity() / rows.length;
        for (int i = 0; i < rows.length; i++) {
            float @Nullable [] row = rows[i];
            if (row != null) {
                buffer.position(i * size).put(row, 0, size);
            }
        }
        Nd4j.getAffinityManager().tagLocation(array, AffinityManager.Location.HOST);
        return array;
    }

    private List<INDArray> weightInputs(List<float[] @Nullable [][]> rows) {
        int width = fusion.width();
        float[][] flat = new float[encoders.size()][rows.size() * width];
        for (int i = 0; i < rows.size(); i++) {
            boolean[] present = new boolean[encoders.size()];
            for (int e = 0; e < present.length; e++) {
                present[e] = rows.get(i)[e] != null;
            }
            float[] weight = fusion.weights(present);
            for (int e = 0; e < present.length; e++) {
                Arrays.fill(flat[e], i * width, (i + 1) * width, weight[e]);
            }
        }
        List<INDArray> arrays = new ArrayList<>();
        for (float[] f : flat) {
            arrays.add(Nd4j.create(f, new long[] {rows.size(), width}, 'c'));
        }
        return arrays;
    }
}
