// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.core.fusion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.livermm.core.Diagnosis;
import io.github.livermm.core.FittedEncoder;
import io.github.livermm.core.PatientLabels;
import io.github.livermm.core.PredictionHead;
import io.github.livermm.core.TrainingException;
import io.github.livermm.core.training.ToyModality;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.activations.impl.ActivationIdentity;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Absent modalities have no influence on output and gradient; the loss is what it says. */
class FusionNetworkTest {
    private static final List<PredictionHead> HEADS = List.of(BinaryHead.malignant());
    private static final List<FittedEncoder<?>> ENCODERS =
            List.of(
                    new ToyModality("one", false).fit(List.of(new double[] {0, 0}), 1),
                    new ToyModality("two", false).fit(List.of(new double[] {0, 0}), 1));

    static List<Fusion.Joint> strategies() {
        return List.of(new Fusion.Concat(6, 0), new Fusion.Gated(6, 0), new Fusion.Attention(6, 0));
    }

    private static FusionNetwork network(Fusion.Joint fusion) {
        return FusionNetwork.build(fusion, ENCODERS, HEADS, new NetworkOptions(10, 4, 0.01, 0), 3);
    }

    private static PatientLabels label(Diagnosis diagnosis) {
        return new PatientLabels(diagnosis, Map.of(), false);
    }

    @ParameterizedTest
    @MethodSource("strategies")
    void anAbsentModalityHasNoInfluenceOnTheOutput(Fusion.Joint fusion) {
        FusionNetwork network = network(fusion);
        float[] @Nullable [][] absent = {{{0.3f, -1}}, null};
        double before = network.linearPredictors(List.<float[] @Nullable [][]>of(absent))[0][0];

        double[] weights = network.weights();
        int[] second = layerOfSecond(network, fusion);
        Random random = new Random(1);
        for (int i : second) {
            weights[i] += random.nextGaussian();
        }
        network.weights(weights);

        assertThat(second).isNotEmpty();
        assertThat(network.linearPredictors(List.<float[] @Nullable [][]>of(absent))[0][0])
                .isEqualTo(before);
    }

    /** Against the same step without decay: weights shrink by step size times decay, once. */
    @ParameterizedTest
    @MethodSource("strategies")
    void decayShrinksWeightsAsItSays(Fusion.Joint fusion) {
        double[][] after = new double[2][];
        double[] before = {};
        for (int decays = 0; decays < 2; decays++) {
            NetworkOptions options = new NetworkOptions(10, 4, 0.01, 0.5 * decays);
            FusionNetwork network = FusionNetwork.build(fusion, ENCODERS, HEADS, options, 3);
            before = network.weights();
            List<float[] @Nullable [][]> rows = new ArrayList<>();
            rows.add(new float[][][] {{{0.3f, -1}}, {{1, 0.5f}}});
            rows.add(new float[][][] {{{-2f, 1}}, {{0.2f, -1}}});
            network.step(rows, List.of(label(Diagnosis.HCC), label(Diagnosis.BENIGN)), 0.01, 1);
            after[decays] = network.weights();
        }
        int shrunk = 0;
        for (int i = 0; i < before.length; i++) {
            double less = after[0][i] - after[1][i];
            // biases keep their size
            if (Math.abs(less) > 1e-7) {
                assertThat(less).isCloseTo(0.01 * 0.5 * before[i], within(1e-6));
                shrunk++;
            }
        }
        assertThat(shrunk).isGreaterThan(before.length / 2);
    }

    @ParameterizedTest
    @MethodSource("strategies")
    void anAbsentModalityGetsNoGradient(Fusion.Joint fusion) {
        FusionNetwork network = network(fusion);
        double[] before = network.weights();
        List<float[] @Nullable [][]> rows = new ArrayList<>();
        rows.add(new float[][][] {{{0.3f, -1}}, null});
        rows.add(new float[][][] {{{-2f, 1}}, null});

        network.step(rows, List.of(label(Diagnosis.HCC), label(Diagnosis.BENIGN)), 0.1, 1);

        double[] after = network.weights();
        for (int i : layerOfSecond(network, fusion)) {
            assertThat(after[i]).isEqualTo(before[i]);
        }
        assertThat(after).isNotEqualTo(before);
    }

    /** Weights that only the second modality uses, found by changing them under full presence. */
    private static int[] layerOfSecond(FusionNetwork network, Fusion.Joint fusion) {
        FusionNetwork probe = network(fusion);
        double[] weights = network.weights();
        float[] @Nullable [][] onlySecond = {null, {{1.5f, -0.7f}}};
        float[] @Nullable [][] onlyFirst = {{{1.5f, -0.7f}}, null};
        List<Integer> found = new ArrayList<>();
        for (int i = 0; i < weights.length; i++) {
            double[] changed = weights.clone();
            changed[i] += 0.5;
            probe.weights(weights);
            double first = probe.linearPredictors(List.<float[] @Nullable [][]>of(onlyFirst))[0][0];
            double second =
                    probe.linearPredictors(List.<float[] @Nullable [][]>of(onlySecond))[0][0];
            probe.weights(changed);
            if (probe.linearPredictors(List.<float[] @Nullable [][]>of(onlyFirst))[0][0] == first
                    && probe.linearPredictors(List.<float[] @Nullable [][]>of(onlySecond))[0][0]
                            != second) {
                found.add(i);
            }
        }
        return found.stream().mapToInt(Integer::intValue).toArray();
    }

    @Test
    void lossGradientEqualsFiniteDifferencesAndSkipsTheUnlabelled() {
        BinaryCrossEntropyLoss loss = new BinaryCrossEntropyLoss();
        INDArray y = Nd4j.createFromArray(new double[][] {{1}, {0}, {1}, {0}});
        INDArray z = Nd4j.createFromArray(new double[][] {{0.4}, {-300}, {2}, {700}});
        INDArray mask = Nd4j.createFromArray(new double[][] {{1}, {1}, {1}, {0}});
        ActivationIdentity identity = new ActivationIdentity();

        INDArray gradient = loss.computeGradient(y, z, identity, mask);

        for (int i = 0; i < 4; i++) {
            double h = 1e-5;
            INDArray up = z.dup();
            up.putScalar(i, 0, z.getDouble(i) + h);
            INDArray down = z.dup();
            down.putScalar(i, 0, z.getDouble(i) - h);
            double numeric =
                    (loss.computeScore(y, up, identity, mask, true)
                                    - loss.computeScore(y, down, identity, mask, true))
                            / (2 * h);
            assertThat(gradient.getDouble(i)).isCloseTo(numeric, within(1e-8));
        }
        double expected = (Math.log1p(Math.exp(-0.4)) + 0 + Math.log1p(Math.exp(-2))) / 3;
        assertThat(loss.computeScore(y, z, identity, mask, true)).isCloseTo(expected, within(1e-9));
        assertThat(loss.computeScore(y, z, identity, mask.mul(0), true)).isZero();
    }

    @Test
    void aBatchWithoutLabelsChangesNothingButTheWeightDecay() {
        FusionNetwork network = network(new Fusion.Gated(6, 0));
        double[] before = network.weights();

        List<float[] @Nullable [][]> rows = new ArrayList<>();
        rows.add(new float[][][] {{{0.3f, -1}}, {{1, 1}}});
        network.step(rows, List.of(new PatientLabels(null, Map.of(), false)), 0.1, 1);

        assertThat(network.weights()).containsExactly(before);
    }

    @Test
    void aDivergedLossIsNamed() {
        FusionNetwork network = network(new Fusion.Gated(6, 0));
        List<float[] @Nullable [][]> rows = new ArrayList<>();
        rows.add(new float[][][] {{{Float.NaN, -1}}, {{1, 1}}});

        assertThatThrownBy(() -> network.step(rows, List.of(label(Diagnosis.HCC)), 0.1, 1))
                .isInstanceOf(TrainingException.class)
                .hasMessageContaining("[one, two]");
    }

    @Test
    void optionsAreChecked() {
        assertThatThrownBy(() -> new Fusion.Gated(0, 0)).hasMessageContaining("width is 0");
        assertThatThrownBy(() -> new Fusion.Concat(4, 1))
                .hasMessageContaining("modalityDropout is 1");
        assertThatThrownBy(() -> new Fusion.Late(-1)).hasMessageContaining("ridge is -1");
        assertThatThrownBy(() -> new NetworkOptions(0, 1, 1, 0)).hasMessageContaining("steps is 0");
        assertThatThrownBy(() -> new NetworkOptions(1, 1, Double.NaN, 0))
                .hasMessageContaining("learningRate is NaN");
        assertThatThrownBy(
                        () ->
                                FusionNetwork.build(
                                        new Fusion.Gated(4, 0),
                                        List.of(),
                                        HEADS,
                                        NetworkOptions.defaults(),
                                        1))
                .hasMessageContaining("0 encoders");
        assertThat(new Fusion.Gated(4, 0).weights(new boolean[] {true, false}))
                .containsExactly(2, 0);
        assertThat(new Fusion.Concat(4, 0).weights(new boolean[] {true, false}))
                .containsExactly(1, 0);
    }

    @Test
    void theScheduleRisesAndFalls() {
        NetworkOptions options = NetworkOptions.defaults().withSteps(100);

        assertThat(options.learningRate(0)).isLessThan(options.learningRate(10));
        assertThat(options.learningRate(20)).isCloseTo(options.learningRate(), within(1e-4));
        assertThat(options.learningRate(99)).isLessThan(1e-5);
    }
}
