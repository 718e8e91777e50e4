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
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;

/** The head honours the contract of the core: labels, network loss, penalised model, restore. */
class SurvivalHeadTest {
    private static final SurvivalHead HEAD = SurvivalHead.of("os", List.of(12.0, 24.0));

    @Test
    void onlyThePrognosticCohortIsLabelled() {
        PatientLabels inside = labels(10, true);
        PatientLabels outside =
                new PatientLabels(Diagnosis.HCC, Map.of("os", new SurvivalTime(10, true)), false);
        PatientLabels unknown = new PatientLabels(Diagnosis.HCC, Map.of(), true);

        assertThat(HEAD.labelled(inside)).isTrue();
        assertThat(HEAD.labelled(outside)).isFalse();
        assertThat(HEAD.labelled(unknown)).isFalse();
        assertThat(HEAD.stratum(inside)).isEqualTo("event");
        assertThat(HEAD.stratum(labels(3, false))).isEqualTo("censored");
        assertThatThrownBy(() -> HEAD.stratum(outside)).hasMessageContaining("no label");
        INDArray batch = HEAD.labels(List.of(inside, outside));
        assertThat(batch.toDoubleMatrix()).isDeepEqualTo(new double[][] {{10, 1}, {0, 0}});
    }

    @Test
    void penalisedModelRanksAndPredictsFallingCurves() {
        Cohort cohort = new Cohort(400);

        HeadModel model = HEAD.fit(cohort.x, cohort.labels, 0.01);

        assertThat(model.coefficients()[0]).isBetween(0.7, 1.3);
        assertThat(model.coefficients()[1]).isBetween(-0.3, 0.3);
        Prediction.Survival high = (Prediction.Survival) model.predict(new double[] {2, 0});
        Prediction.Survival low = (Prediction.Survival) model.predict(new double[] {-2, 0});
        assertThat(high.survival().get(0)).isGreaterThan(high.survival().get(1));
        assertThat(high.survival().get(0)).isLessThan(low.survival().get(0));
        assertThat(high.linearPredictor()).isGreaterThan(low.linearPredictor());
    }

    @Test
    void ridgeIsPerEventOnStandardisedColumns() {
        Cohort cohort = new Cohort(200);
        double[][] wide = new double[200][];
        for (int i = 0; i < 200; i++) {
            wide[i] = new double[] {1000 * cohort.x[i][0], cohort.x[i][1]};
        }

        double[] plain = HEAD.fit(cohort.x, cohort.labels, 0.5).coefficients();
        double[] scaled = HEAD.fit(wide, cohort.labels, 0.5).coefficients();

        assertThat(scaled[0] * 1000).isCloseTo(plain[0], within(1e-9));
        assertThat(plain[0]).isLessThan(HEAD.fit(cohort.x, cohort.labels, 0).coefficients()[0]);
    }

    @Test
    void lossIsLowerForTheTruthThanForNothing() {
        Cohort cohort = new Cohort(200);
        double[] truth = new double[200];
        for (int i = 0; i < 200; i++) {
            truth[i] = cohort.x[i][0];
        }

        assertThat(HEAD.loss(truth, cohort.labels))
                .isLessThan(HEAD.loss(new double[200], cohort.labels));
        assertThat(HEAD.loss(new double[] {1}, List.of(labels(4, false)))).isNaN();
    }

    @Test
    void noEventIsATrainingError() {
        assertThatThrownBy(
                        () ->
                                HEAD.fit(
                                        new double[][] {{1}, {2}},
                                        List.of(labels(4, false), labels(5, false)),
                                        0.1))
                .isInstanceOf(TrainingException.class)
                .hasMessageContaining("endpoint os");
    }

    @Test
    void separationWithoutPenaltyIsATrainingError() {
        double[][] x = new double[20][1];
        List<PatientLabels> labels = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            x[i][0] = i;
            labels.add(labels(20 - i, true));
        }

        assertThatThrownBy(() -> HEAD.fit(x, labels, 0))
                .isInstanceOf(TrainingException.class)
                .hasMessageContaining("separates");
        assertThat(HEAD.fit(x, labels, 1).coefficients()[0]).isFinite();
    }

    @Test
    void networkLearnsTheEndpoint() {
        Cohort cohort = new Cohort(200);
        var builder =
                new NeuralNetConfiguration.Builder()
                        .seed(1)
                        .miniBatch(false)
                        .updater(new Adam(0.05))
                        .graphBuilder()
                        .addInputs("in");
        HEAD.contribute(builder, "os", new Embedding("in", 2));
        ComputationGraph graph = new ComputationGraph(builder.setOutputs("os").build());
        graph.init();
        INDArray x = Nd4j.createFromArray(cohort.x).castTo(DataType.FLOAT);

        for (int step = 0; step < 150; step++) {
            graph.fit(new INDArray[] {x}, new INDArray[] {HEAD.labels(cohort.labels)});
        }

        double[] eta = graph.outputSingle(x).toDoubleVector();
        double[] fitted = HEAD.fit(cohort.x, cohort.labels, 0).coefficients();
        assertThat(HEAD.loss(eta, cohort.labels))
                .isLessThan(HEAD.loss(new double[200], cohort.labels));
        assertThat(graph.getLayer("os").getParam("W").getDouble(0))
                .isCloseTo(fitted[0], within(0.05));
    }

    @Test
    void restoredModelPredictsTheSame() {
        Cohort cohort = new Cohort(100);
        HeadModel model = HEAD.fit(cohort.x, cohort.labels, 0.1);
        StateInMemory memory = new StateInMemory();
        HEAD.save(memory);
        model.save(memory);
        HeadProvider provider =
                ServiceLoader.load(HeadProvider.class).stream()
                        .map(ServiceLoader.Provider::get)
                        .filter(p -> p.id().equals(HEAD.id()))
                        .findFirst()
                        .orElseThrow();

        PredictionHead head = provider.restore(memory);
        HeadModel restored = head.restore(memory);

        assertThat(head.target()).isEqualTo("os");
        assertThat(((SurvivalHead) head).horizonsMonths()).containsExactly(12.0, 24.0);
        for (double[] row : cohort.x) {
            assertThat(restored.predict(row)).isEqualTo(model.predict(row));
            assertThat(restored.linearPredictor(row)).isEqualTo(model.linearPredictor(row));
        }
    }

    @Test
    void aModelWithoutColumnsIsRestoredToo() {
        List<PatientLabels> labels = List.of(labels(3, true), labels(9, true), labels(20, false));
        HeadModel model = HEAD.fit(new double[3][0], labels, 0.1);
        StateInMemory memory = new StateInMemory();
        model.save(memory);

        assertThat(HEAD.restore(memory).predict(new double[0]))
                .isEqualTo(model.predict(new double[0]));
    }

    @Test
    void damagedStateIsNamed() {
        StateInMemory memory = new StateInMemory();
        memory.json("cox", Map.of("names", List.of("x1"), "strata", List.of(0)));
        StateInMemory stratum = memory.part("stratum.0");
        stratum.array("times", new double[] {2, 1});
        stratum.array("hazard", new double[] {0.1, 0.2});
        stratum.array("last_time", new double[] {3});

        assertThatThrownBy(() -> HEAD.restore(memory))
                .isInstanceOf(ModelFileException.class)
                .hasMessageContaining("damaged");

        memory.array("horizons_months", new double[] {24, 12});
        memory.json("head", Map.of("endpoint", "os"));
        assertThatThrownBy(() -> new SurvivalHead.Provider().restore(memory))
                .isInstanceOf(ModelFileException.class)
                .hasMessageContaining("ascending");
    }

    @Test
    void rejectsHorizonsThatDoNotAscend() {
        assertThatThrownBy(() -> SurvivalHead.of("os", List.of(24.0, 12.0)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("ascending");
    }

    private static PatientLabels labels(double months, boolean event) {
        return new PatientLabels(
                Diagnosis.HCC, Map.of("os", new SurvivalTime(months, event)), true);
    }

    /** Exponential times with log hazard ratio 1 for the first column, 0 for the second. */
    private static final class Cohort {
        final double[][] x;
        final List<PatientLabels> labels = new ArrayList<>();

        Cohort(int n) {
            SplittableRandom random = new SplittableRandom(9);
            x = new double[n][2];
            for (int i = 0; i < n; i++) {
                x[i][0] = 2 * random.nextDouble() - 1;
                x[i][1] = 2 * random.nextDouble() - 1;
                double rate = 0.03 * Math.exp(x[i][0]);
                double happens = -Math.log(1 - random.nextDouble()) / rate;
                double censored = 80 * random.nextDouble();
                labels.add(labels(Math.min(happens, censored), happens <= censored));
            }
        }

        private static PatientLabels labels(double months, boolean event) {
            return SurvivalHeadTest.labels(months, event);
        }
    }
}
