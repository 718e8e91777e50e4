// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.survival.deep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.livermm.eval.cox.Ties;
import java.util.Random;
import org.deeplearning4j.gradientcheck.GradientCheckUtil;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.activations.impl.ActivationIdentity;
import org.nd4j.linalg.activations.impl.ActivationTanH;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.NoOp;
import org.nd4j.linalg.lossfunctions.ILossFunction;

/**
 * The Cox loss is the negative partial likelihood per event, and its gradient is the derivative.
 */
class CoxLossTest {
    private static final double[][] LABELS = {
        {2, 1}, {2, 1}, {2, 0}, {5, 1}, {7, 0}, {1, 0}, {9, 1}, {9, 1}
    };
    private static final double[] ETA = {0.3, -1.2, 0.8, 2.1, -0.4, 0.9, 0.1, -2.2};

    @ParameterizedTest
    @EnumSource(Ties.class)
    void gradientIsTheFiniteDifference(Ties ties) {
        CoxLoss loss = new CoxLoss(ties);
        INDArray mask = Nd4j.createFromArray(new double[] {1, 1, 1, 1, 0, 1, 1, 1}).reshape(8, 1);

        INDArray gradient = loss.computeGradient(labels(), eta(ETA), identity(), mask);

        for (int i = 0; i < ETA.length; i++) {
            double numeric = (score(loss, i, 1e-6, mask) - score(loss, i, -1e-6, mask)) / 2e-6;
            assertThat(gradient.getDouble(i, 0)).isCloseTo(numeric, within(1e-8));
        }
        assertThat(gradient.getDouble(4, 0)).isZero();
    }

    @Test
    void gradientPassesThroughTheActivation() {
        CoxLoss loss = new CoxLoss();
        ActivationTanH tanh = new ActivationTanH();
        INDArray gradient = loss.computeGradient(labels(), eta(ETA), tanh, null);

        double[] up = ETA.clone();
        double[] down = ETA.clone();
        up[1] += 1e-6;
        down[1] -= 1e-6;
        double numeric =
                (loss.computeScore(labels(), eta(up), tanh, null, true)
                                - loss.computeScore(labels(), eta(down), tanh, null, true))
                        / 2e-6;
        assertThat(gradient.getDouble(1, 0)).isCloseTo(numeric, within(1e-8));
    }

    @Test
    void closedFormForOneEventAmongThree() {
        INDArray labels = Nd4j.createFromArray(new double[][] {{1, 1}, {2, 0}, {3, 0}});
        INDArray eta = eta(new double[] {Math.log(2), 0, Math.log(3)});

        double score = new CoxLoss().computeScore(labels, eta, identity(), null, true);

        assertThat(score).isCloseTo(Math.log(3), within(1e-12));
    }

    @Test
    void batchWithoutEventsHasNoLossAndNoGradient() {
        INDArray labels = Nd4j.createFromArray(new double[][] {{1, 0}, {2, 0}});
        INDArray eta = eta(new double[] {4, -4});

        assertThat(new CoxLoss().computeScore(labels, eta, identity(), null, true)).isZero();
        assertThat(new CoxLoss().computeGradient(labels, eta, identity(), null).toDoubleVector())
                .containsOnly(0, 0);
    }

    @Test
    void wholeBatchMaskedHasNoLoss() {
        assertThat(
                        new CoxLoss()
                                .computeScore(
                                        labels(), eta(ETA), identity(), Nd4j.zeros(8, 1), true))
                .isZero();
    }

    @Test
    void hugePredictorsStayFinite() {
        double[] huge = ETA.clone();
        huge[0] = 800;
        huge[1] = -800;

        var both =
                new CoxLoss().computeGradientAndScore(labels(), eta(huge), identity(), null, true);

        assertThat(both.getFirst()).isFinite();
        assertThat(both.getSecond().toDoubleVector()).doesNotContain(Double.NaN);
    }

    @Test
    void divergedPredictorsGiveNaN() {
        double[] broken = ETA.clone();
        broken[3] = Double.POSITIVE_INFINITY;

        var both =
                new CoxLoss()
                        .computeGradientAndScore(labels(), eta(broken), identity(), null, true);

        assertThat(both.getFirst()).isNaN();
        assertThat(both.getSecond().getDouble(0, 0)).isNaN();
    }

    @Test
    void scoreArrayAddsUpToTheScore() {
        CoxLoss loss = new CoxLoss();

        INDArray array = loss.computeScoreArray(labels(), eta(ETA), identity(), null);

        assertThat(array.sumNumber().doubleValue())
                .isCloseTo(
                        loss.computeScore(labels(), eta(ETA), identity(), null, true),
                        within(1e-12));
    }

    @Test
    void rejectsWrongShapes() {
        CoxLoss loss = new CoxLoss();

        assertThatThrownBy(
                        () -> loss.computeScore(Nd4j.ones(8, 1), eta(ETA), identity(), null, true))
                .hasMessageContaining("(8, 2)");
        assertThatThrownBy(
                        () -> loss.computeScore(labels(), Nd4j.ones(8, 2), identity(), null, true))
                .hasMessageContaining("(B, 1)");
        assertThatThrownBy(
                        () ->
                                loss.computeScore(
                                        labels(), eta(ETA), identity(), Nd4j.ones(3, 1), true))
                .hasMessageContaining("mask");
    }

    @Test
    void survivesTheConfigurationAsJson() {
        MultiLayerConfiguration conf = network(new CoxLoss(Ties.BRESLOW));

        MultiLayerConfiguration back = MultiLayerConfiguration.fromJson(conf.toJson());

        OutputLayer layer = (OutputLayer) back.getConf(1).getLayer();
        ILossFunction restored = layer.getLossFn();
        assertThat(restored).isEqualTo(new CoxLoss(Ties.BRESLOW));
        assertThat(restored).hasSameHashCodeAs(new CoxLoss(Ties.BRESLOW)).isNotEqualTo("CoxLoss");
        assertThat(restored).hasToString("CoxLoss(BRESLOW)");
        assertThat(restored.name()).isEqualTo("CoxLoss");
    }

    @Test
    void passesDl4jsOwnGradientCheck() {
        MultiLayerNetwork network = new MultiLayerNetwork(network(new CoxLoss()));
        network.init();
        Random random = new Random(4);
        double[][] x = new double[8][3];
        for (double[] row : x) {
            for (int j = 0; j < row.length; j++) {
                row[j] = random.nextGaussian();
            }
        }

        Nd4j.setDefaultDataTypes(DataType.DOUBLE, DataType.DOUBLE);
        boolean passed =
                GradientCheckUtil.checkGradients(
                        new GradientCheckUtil.MLNConfig()
                                .net(network)
                                .input(Nd4j.createFromArray(x))
                                .labels(labels())
                                .epsilon(1e-6)
                                .maxRelError(1e-5)
                                .minAbsoluteError(1e-9));

        Nd4j.setDefaultDataTypes(DataType.FLOAT, DataType.FLOAT);

        assertThat(passed).isTrue();
    }

    private static MultiLayerConfiguration network(CoxLoss loss) {
        return new NeuralNetConfiguration.Builder()
                .seed(1)
                .dataType(DataType.DOUBLE)
                .miniBatch(false)
                .updater(new NoOp())
                .list()
                .layer(new DenseLayer.Builder().nIn(3).nOut(4).activation(Activation.TANH).build())
                .layer(
                        new OutputLayer.Builder(loss)
                                .nIn(4)
                                .nOut(1)
                                .hasBias(false)
                                .activation(Activation.IDENTITY)
                                .build())
                .build();
    }

    private static double score(CoxLoss loss, int row, double shift, @Nullable INDArray mask) {
        double[] moved = ETA.clone();
        moved[row] += shift;
        return loss.computeScore(labels(), eta(moved), identity(), mask, true);
    }

    private static INDArray labels() {
        return Nd4j.createFromArray(LABELS);
    }

    private static INDArray eta(double[] values) {
        return Nd4j.createFromArray(values).reshape(values.length, 1);
    }

    private static ActivationIdentity identity() {
        return new ActivationIdentity();
    }
}
