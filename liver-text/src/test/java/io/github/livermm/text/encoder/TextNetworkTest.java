// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.text.encoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.livermm.core.Diagnosis;
import io.github.livermm.core.Embedding;
import io.github.livermm.core.FittedEncoder;
import io.github.livermm.core.ModelFileException;
import io.github.livermm.core.PatientLabels;
import io.github.livermm.core.fusion.BinaryHead;
import io.github.livermm.core.fusion.Fusion;
import io.github.livermm.core.fusion.FusionNetwork;
import io.github.livermm.core.fusion.NetworkOptions;
import io.github.livermm.text.report.Report;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.NoOp;
import org.nd4j.linalg.lossfunctions.LossFunctions;

/** Proves words, mask, gradient and determinism of the text network. */
class TextNetworkTest {
    private static final TextNetworkOptions SMALL =
            TextNetworkOptions.defaults().withVocabulary(1, 50).withWidths(3, 4);
    private static final Report SHORT = new Report("影像所见：肝右叶结节");
    private static final Report LONG = new Report("FINDINGS: Mass with washout, no capsule. 脾不大");

    private static FittedTextNetwork fitted(TextNetworkOptions options) {
        return FittedTextNetwork.fit(options, List.of(SHORT, LONG));
    }

    private static ComputationGraph graph(FittedEncoder<Report> encoder, DataType type) {
        GraphBuilder builder =
                new NeuralNetConfiguration.Builder()
                        .seed(7)
                        .dataType(type)
                        .updater(new NoOp())
                        .graphBuilder()
                        .addInputs("report.words", "report.mask");
        Embedding embedding = encoder.contribute(builder, "report");
        builder.addLayer(
                        "out",
                        new OutputLayer.Builder(LossFunctions.LossFunction.MSE)
                                .nIn(embedding.width())
                                .nOut(1)
                                .activation(Activation.IDENTITY)
                                .build(),
                        embedding.vertex())
                .setOutputs("out");
        ComputationGraph graph = new ComputationGraph(builder.build());
        graph.init();
        return graph;
    }

    private static INDArray[] inputs(FittedEncoder<Report> encoder, DataType type, Report... of) {
        INDArray[] arrays = new INDArray[2];
        for (int k = 0; k < 2; k++) {
            float[][] rows = new float[of.length][];
            for (int i = 0; i < of.length; i++) {
                rows[i] = encoder.encode(of[i])[k];
            }
            arrays[k] = Nd4j.create(rows).castTo(type);
        }
        return arrays;
    }

    private static double[] embedding(ComputationGraph graph, INDArray... inputs) {
        INDArray out = graph.feedForward(inputs, false).get("report.embedding");
        return out == null ? new double[0] : out.castTo(DataType.DOUBLE).getRow(0).toDoubleVector();
    }

    @Test
    void wordsAreIdeographsAndLatinWordsInOrder() {
        FittedTextNetwork encoder = fitted(SMALL);
        float[][] arrays = encoder.encode(new Report("影像所见：肝 mass 癸3.2cm"));

        assertThat(encoder.inputs().get(0).size()).isEqualTo(8);
        assertThat(arrays[1]).containsExactly(1, 1, 1, 1, 0, 0, 0, 0);
        assertThat(arrays[0][0]).isGreaterThan(1);
        assertThat(arrays[0][1]).isGreaterThan(1).isNotEqualTo(arrays[0][0]);
        assertThat(arrays[0][2]).isEqualTo(1);
        assertThat(arrays[0][3]).isEqualTo(1);
        assertThat(arrays[0][4]).isZero();
    }

    /** The same report padded to another length has the same embedding. */
    @Test
    void paddingHasNoInfluence() {
        FittedTextNetwork encoder = fitted(SMALL);
        FittedTextNetwork longer =
                FittedTextNetwork.fit(
                        SMALL, List.of(SHORT, LONG, new Report("Findings: " + "mass ".repeat(40))));
        ComputationGraph graph = graph(encoder, DataType.DOUBLE);
        float[] ids = new float[40];
        float[] mask = new float[40];
        System.arraycopy(encoder.encode(SHORT)[0], 0, ids, 0, 8);
        System.arraycopy(encoder.encode(SHORT)[1], 0, mask, 0, 8);
        ComputationGraph wide = graph(longer, DataType.DOUBLE);
        int vectors = wide.getLayer("report.vectors").getParam("W").rows();
        assertThat(longer.inputs().get(0).size()).isEqualTo(40);
        assertThat(graph.getLayer("report.vectors").getParam("W").rows()).isEqualTo(vectors);
        wide.setParams(graph.params());

        assertThat(
                        embedding(
                                wide,
                                Nd4j.create(new float[][] {ids}).castTo(DataType.DOUBLE),
                                Nd4j.create(new float[][] {mask}).castTo(DataType.DOUBLE)))
                .containsExactly(
                        embedding(graph, inputs(encoder, DataType.DOUBLE, SHORT)), within(1e-12));
    }

    @Test
    void aReportWithoutWordsHasAnEmbeddingOfZeros() {
        FittedTextNetwork encoder = fitted(SMALL);

        assertThat(
                        embedding(
                                graph(encoder, DataType.DOUBLE),
                                inputs(encoder, DataType.DOUBLE, new Report("影像所见：3.2"))))
                .containsOnly(0);
    }

    /** Every weight of the branch, against central differences in double precision. */
    @Test
    void gradientEqualsFiniteDifferences() {
        FittedTextNetwork encoder = fitted(SMALL);
        ComputationGraph graph = graph(encoder, DataType.DOUBLE);
        graph.setInputs(inputs(encoder, DataType.DOUBLE, SHORT, LONG));
        graph.setLabels(Nd4j.create(new double[][] {{0.7}, {-1.2}}));
        graph.computeGradientAndScore();
        // DL4J sums the gradient over the batch of two, and takes the mean only in its updater
        double[] gradient = graph.gradient().gradient().div(2).toDoubleVector();

        INDArray weights = graph.params();
        double step = 1e-5;
        double largest = 0;
        for (int i = 0; i < gradient.length; i++) {
            double at = weights.getDouble(i);
            weights.putScalar(i, at + step);
            graph.computeGradientAndScore();
            double above = graph.score();
            weights.putScalar(i, at - step);
            graph.computeGradientAndScore();
            double below = graph.score();
            weights.putScalar(i, at);
            largest = Math.max(largest, Math.abs(gradient[i]));
            assertThat(gradient[i]).isCloseTo((above - below) / (2 * step), within(1e-7));
        }
        assertThat(largest).isGreaterThan(0.01);
    }

    @Test
    void sameSeedSameWeights() {
        assertThat(trained(5)).containsExactly(trained(5));
        assertThat(trained(5)).isNotEqualTo(trained(6));
    }

    private static double[] trained(long seed) {
        FittedTextNetwork encoder = fitted(SMALL);
        List<BinaryHead> heads = List.of(BinaryHead.malignant());
        FusionNetwork network =
                FusionNetwork.build(
                        Fusion.Gated.defaults(),
                        List.of(encoder),
                        new ArrayList<>(heads),
                        NetworkOptions.defaults(),
                        seed);
        List<PatientLabels> labels =
                List.of(
                        new PatientLabels(Diagnosis.HCC, Map.of(), false),
                        new PatientLabels(Diagnosis.BENIGN, Map.of(), false));
        for (int step = 0; step < 3; step++) {
            List<float[][][]> rows =
                    List.of(
                            new float[][][] {encoder.encode(SHORT)},
                            new float[][][] {encoder.encode(LONG)});
            network.step(new ArrayList<>(rows), labels, 0.01, seed + step);
        }
        return network.weights();
    }

    @Test
    void hidesWordsInTrainingButNeverPadding() {
        FittedTextNetwork encoder = fitted(SMALL.withMaxLength(5));
        float[][] encoded = encoder.encode(LONG);
        int hidden = 0;
        for (int seed = 0; seed < 200; seed++) {
            float[][] augmented = encoder.augment(encoded, seed);
            assertThat(augmented[1]).containsExactly(encoded[1]);
            for (int i = 0; i < 5; i++) {
                hidden += augmented[0][i] == encoded[0][i] ? 0 : 1;
            }
        }

        assertThat(encoder.inputs().get(0).size()).isEqualTo(5);
        assertThat(hidden).isBetween(50, 150);
    }

    @Test
    void refusesWhatCannotBe() {
        assertThatThrownBy(() -> TextNetworkOptions.defaults().withMaxLength(0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("allowed is at least 1");
        MemoryState state = new MemoryState();
        fitted(SMALL).save(state);
        state.array("sizes", new double[] {0});

        assertThatThrownBy(() -> new TextNetworkProvider().restore(state))
                .isInstanceOf(ModelFileException.class)
                .hasMessageContaining("damaged");
    }
}
