// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.survival;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.livermm.core.Diagnosis;
import io.github.livermm.core.Embedding;
import io.github.livermm.core.HeadModel;
import io.github.livermm.core.HeadProvider;
import io.github.livermm.core.ModelFileException;
import io.github.livermm.core.PatientLabels;
import io.github.livermm.core.Prediction;
import io.github.livermm.core.PredictionHead;
import io.github.livermm.core.SurvivalTime;
import io.github.livermm.core.TrainingException;
import io.github.livermm.survival.reference.StateInMemory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.SplittableRandom;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;

/** The head honours the contract of the core and its model lets curves cross. */
class DiscreteHazardHeadTest {
    private static final DiscreteHazardHead HEAD =
            DiscreteHazardHead.of("pfs", List.of(5.0, 30.0), 8);

    @Test
    void thePenalisedModelFollowsCurvesThatCross() {
        Cohort cohort = new Cohort(1200);

        HeadModel model = HEAD.fit(cohort.x, cohort.labels, 1e-4);

        for (int group = 0; group < 2; group++) {
            Prediction.Survival p = (Prediction.Survival) model.predict(new double[] {group, 0});
            assertThat(p.survival().get(0)).isCloseTo(Cohort.survival(group, 5), within(0.09));
            assertThat(p.survival().get(1)).isCloseTo(Cohort.survival(group, 30), within(0.09));
            assertThat(p.linearPredictor())
                    .isEqualTo(model.linearPredictor(new double[] {group, 0}));
        }
        Prediction.Survival zero = (Prediction.Survival) model.predict(new double[] {0, 0});
        Prediction.Survival one = (Prediction.Survival) model.predict(new double[] {1, 0});
        assertThat(one.survival().get(0)).isLessThan(zero.survival().get(0) - 0.15);
        assertThat(one.survival().get(1)).isGreaterThan(zero.survival().get(1) + 0.1);
        assertThat(model.coefficients()[1]).isBetween(-0.3, 0.3);
        assertThatThrownBy(() -> model.predict(new double[1])).hasMessageContaining("1 columns");
    }

    @Test
    void ridgeShrinksAndUnitsDoNotMatter() {
        Cohort cohort = new Cohort(200);
        double[][] wide = new double[200][];
        for (int i = 0; i < 200; i++) {
            wide[i] = new double[] {1000 * cohort.x[i][0] + 3, cohort.x[i][1]};
        }

        double[] plain = HEAD.fit(cohort.x, cohort.labels, 0.1).coefficients();

        assertThat(HEAD.fit(wide, cohort.labels, 0.1).coefficients()[0] * 1000)
                .isCloseTo(plain[0], within(1e-8));
        assertThat(Math.abs(plain[0]))
                .isLessThan(Math.abs(HEAD.fit(cohort.x, cohort.labels, 0).coefficients()[0]));
    }

    @Test
    void aNetworkLearnsTheHazardsOfLabelledPatients() {
        Cohort cohort = new Cohort(400);
        List<PatientLabels> all = new ArrayList<>(cohort.labels);
        all.set(0, new PatientLabels(Diagnosis.HCC, Map.of(), true));
        DiscreteHazardHead head = HEAD.fitted(all);
        var builder =
                new NeuralNetConfiguration.Builder()
                        .seed(1)
                        .miniBatch(false)
                        .updater(new Adam(0.05))
                        .graphBuilder()
                        .addInputs("in");
        head.contribute(builder, "pfs", new Embedding("in", 2));
        ComputationGraph graph = new ComputationGraph(builder.setOutputs("pfs").build());
        graph.init();
        INDArray x = Nd4j.createFromArray(cohort.x).castTo(DataType.FLOAT);
        INDArray mask = Nd4j.ones(DataType.FLOAT, 400, 1);
        mask.putScalar(0, 0, 0);
        INDArray labels = head.labels(all);

        for (int step = 0; step < 120; step++) {
            graph.fit(
                    new MultiDataSet(
                            new INDArray[] {x},
                            new INDArray[] {labels},
                            null,
                            new INDArray[] {mask}));
        }

        double[][] z = graph.outputSingle(x).toDoubleMatrix();
        double[] early = new double[2];
        for (int i = 0; i < 400; i++) {
            early[(int) cohort.x[i][0]] = z[i][0];
            assertThat(head.linearPredictor(z[i])).isFinite();
        }
        assertThat(early[1]).isGreaterThan(early[0] + 1);
        assertThat(labels.getRow(0).sumNumber().doubleValue()).isZero();
    }

    @Test
    void contractOfAHead() {
        Cohort cohort = new Cohort(50);

        assertThat(HEAD.target()).isEqualTo("pfs");
        assertThat(HEAD.labelled(cohort.labels.get(0))).isTrue();
        assertThat(HEAD.stratum(cohort.labels.get(0))).isIn("event", "censored");
        assertThat(HEAD.loss(new double[50], cohort.labels)).isPositive();
        assertThatThrownBy(() -> HEAD.labels(cohort.labels)).hasMessageContaining("fitted first");
        assertThatThrownBy(() -> HEAD.fitted(cohort.labels.subList(0, 3)))
                .isInstanceOf(TrainingException.class)
                .hasMessageContaining("endpoint pfs");
        assertThatThrownBy(() -> DiscreteHazardHead.of("pfs", List.of(5.0), 0))
                .hasMessageContaining("intervals is 0");
    }

    @Test
    void restoredModelPredictsTheSame() {
        Cohort cohort = new Cohort(100);
        HeadModel model = HEAD.fit(cohort.x, cohort.labels, 0.1);
        StateInMemory state = new StateInMemory();
        HEAD.save(state);
        model.save(state);
        HeadProvider provider =
                ServiceLoader.load(HeadProvider.class).stream()
                        .map(ServiceLoader.Provider::get)
                        .filter(p -> p.id().equals(HEAD.id()))
                        .findFirst()
                        .orElseThrow();

        PredictionHead head = provider.restore(state);

        assertThat(head.restore(state).predict(cohort.x[0])).isEqualTo(model.predict(cohort.x[0]));
        state.array("intercepts", new double[1]);
        assertThatThrownBy(() -> head.restore(state))
                .isInstanceOf(ModelFileException.class)
                .hasMessageContaining("damaged");
        state.json("head", Map.of("endpoint", "pfs"));
        assertThatThrownBy(() -> provider.restore(state)).isInstanceOf(ModelFileException.class);
    }

    /** Weibull of scale 20, shape 2 (first column 0) or 0.5 (1); the second column is noise. */
    private static final class Cohort {
        final double[][] x;
        final List<PatientLabels> labels = new ArrayList<>();

        Cohort(int n) {
            SplittableRandom random = new SplittableRandom(5);
            x = new double[n][];
            for (int i = 0; i < n; i++) {
                x[i] = new double[] {i % 2, random.nextDouble()};
                double u = -Math.log(1 - random.nextDouble());
                double happens = 20 * Math.pow(u, i % 2 == 0 ? 0.5 : 2);
                double censored = 20 + 40 * random.nextDouble();
                labels.add(
                        new PatientLabels(
                                Diagnosis.HCC,
                                Map.of(
                                        "pfs",
                                        new SurvivalTime(
                                                Math.min(happens, censored), happens <= censored)),
                                true));
            }
        }

        static double survival(int group, double t) {
            return Math.exp(-Math.pow(t / 20, group == 0 ? 2 : 0.5));
        }
    }
}
