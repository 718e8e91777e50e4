// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.survival.deep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.livermm.core.ModelFileException;
import io.github.livermm.core.TrainingException;
import io.github.livermm.eval.Concordance;
import io.github.livermm.eval.SurvivalOutcomes;
import io.github.livermm.eval.cox.CoxOptions;
import io.github.livermm.survival.cox.CoxModel;
import io.github.livermm.survival.reference.StateInMemory;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** DeepSurv learns what is there, is Cox regression without hidden layers, and restores. */
class DeepSurvTest {
    private static final DeepSurv SMALL =
            DeepSurv.defaults().withHidden(16).withBatchSize(128).withEpochs(60);

    @Test
    void findsAHazardThatNoLineCanFollow() {
        Simulated train = new Simulated(600, 2, 1, x -> 4 * Math.abs(x[0]));
        Simulated test = new Simulated(600, 2, 2, x -> 4 * Math.abs(x[0]));

        DeepSurvModel model = SMALL.withLearningRate(0.02).fit(train.x, train.outcomes, 3);

        double[] deep = Arrays.stream(test.x).mapToDouble(model::linearPredictor).toArray();
        CoxModel cox = CoxModel.fit(train.outcomes, train.x, CoxOptions.defaults());
        double[] linear = Arrays.stream(test.x).mapToDouble(cox::linearPredictor).toArray();
        assertThat(Concordance.harrell(test.outcomes, deep).estimate()).isGreaterThan(0.72);
        assertThat(Concordance.harrell(test.outcomes, linear).estimate()).isLessThan(0.58);
    }

    @Test
    void withoutHiddenLayersItIsCoxRegression() {
        Simulated cohort = new Simulated(300, 2, 4, x -> x[0] - 0.5 * x[1]);
        CoxModel cox = CoxModel.fit(cohort.outcomes, cohort.x, CoxOptions.defaults());

        DeepSurvModel model =
                SMALL.withHidden()
                        .withWeightDecay(0)
                        .withBatchSize(Integer.MAX_VALUE)
                        .withLearningRate(0.05)
                        .withEpochs(150)
                        .withoutEarlyStopping()
                        .fit(cohort.x, cohort.outcomes, 1);

        for (int i = 0; i < 20; i++) {
            double[] row = cohort.x[i];
            assertThat(model.linearPredictor(row))
                    .isCloseTo(cox.linearPredictor(row), within(2e-3));
            assertThat(model.survival(row, 5)).isCloseTo(cox.survival(row, 5), within(2e-3));
            assertThat(model.risk(row, 5) + model.survival(row, 5)).isCloseTo(1, within(1e-12));
        }
        assertThat(model.baseline().times()).isEqualTo(cox.baseline().times());
    }

    @Test
    void unitsOfAColumnDoNotMatter() {
        Simulated cohort = new Simulated(120, 2, 5, x -> x[0]);
        double[][] other = new double[120][];
        for (int i = 0; i < other.length; i++) {
            other[i] = new double[] {1024 * cohort.x[i][0], cohort.x[i][1]};
        }
        DeepSurv few = SMALL.withEpochs(5);

        DeepSurvModel plain = few.fit(cohort.x, cohort.outcomes, 1);
        DeepSurvModel scaled = few.fit(other, cohort.outcomes, 1);

        assertThat(scaled.linearPredictor(other[7]))
                .isCloseTo(plain.linearPredictor(cohort.x[7]), within(1e-9));
    }

    @Test
    void aColumnWithoutSpreadNeverCounts() {
        Simulated cohort = new Simulated(80, 1, 6, x -> x[0]);
        double[][] x =
                Arrays.stream(cohort.x).map(r -> new double[] {r[0], 7}).toArray(double[][]::new);

        DeepSurvModel model = SMALL.withEpochs(3).fit(x, cohort.outcomes, 1);

        assertThat(model.linearPredictor(new double[] {0.3, 900}))
                .isEqualTo(model.linearPredictor(new double[] {0.3, 7}));
    }

    @Test
    void theSameSeedGivesTheSameModelAlsoInParallel() {
        Simulated cohort = new Simulated(150, 3, 7, x -> x[0]);
        DeepSurv recipe = SMALL.withDropout(0.4).withEpochs(6).withBatchSize(32);
        List<Double> alone =
                LongStream.range(0, 4).mapToObj(s -> first(recipe, cohort, s)).toList();

        List<Double> together =
                LongStream.range(0, 4).parallel().mapToObj(s -> first(recipe, cohort, s)).toList();

        assertThat(together).isEqualTo(alone);
        assertThat(alone).doesNotHaveDuplicates();
    }

    private static double first(DeepSurv recipe, Simulated cohort, long seed) {
        return recipe.fit(cohort.x, cohort.outcomes, seed).linearPredictor(cohort.x[0]);
    }

    @Test
    void earlyStoppingHoldsTheNetworkBack() {
        Simulated train = new Simulated(100, 10, 8, x -> 0);
        DeepSurv eager =
                SMALL.withHidden(64)
                        .withDropout(0)
                        .withWeightDecay(0)
                        .withLearningRate(0.03)
                        .withEpochs(80);

        double free = spread(eager.withoutEarlyStopping().fit(train.x, train.outcomes, 1), train);
        double stopped =
                spread(eager.withEarlyStopping(0.3, 5).fit(train.x, train.outcomes, 1), train);

        assertThat(stopped).isLessThan(free / 2);
    }

    private static double spread(DeepSurvModel model, Simulated cohort) {
        return Math.sqrt(
                Arrays.stream(cohort.x)
                        .mapToDouble(model::linearPredictor)
                        .map(e -> e * e)
                        .average()
                        .orElseThrow());
    }

    @Test
    void aRestoredModelPredictsTheSame() {
        Simulated cohort = new Simulated(80, 2, 9, x -> x[1]);
        DeepSurvModel model =
                SMALL.withEpochs(3)
                        .withMembers(2)
                        .withRectifier(Rectifier.SELU)
                        .fit(cohort.x, cohort.outcomes, 1);
        StateInMemory state = new StateInMemory();
        model.save(state);

        DeepSurvModel restored = DeepSurvModel.restore(state);

        for (double[] row : cohort.x) {
            assertThat(restored.linearPredictor(row)).isEqualTo(model.linearPredictor(row));
            assertThat(restored.survival(row, 4)).isEqualTo(model.survival(row, 4));
        }
        state.json("deep_surv", Map.of("members", 0));
        assertThatThrownBy(() -> DeepSurvModel.restore(state))
                .isInstanceOf(ModelFileException.class)
                .hasMessageContaining("members is 0");
        model.save(state);
        state.array("hazard", new double[] {Double.NaN});
        assertThatThrownBy(() -> DeepSurvModel.restore(state)).hasMessageContaining("damaged");
        StateInMemory member = state.part("member_1");
        damaged(state, () -> member.array("bias_0", new double[2]), "bias_0 has 2 values");
        damaged(state, () -> network(member, "TANH", List.of(2, 16, 1)), "bias_0");
        model.save(state);
        damaged(state, () -> network(member, "TANH", List.of(2, 16, 1)), "rectifier TANH");
        damaged(state, () -> network(member, "RELU", List.of(0, 1)), "width 0");
        damaged(state, () -> network(member, "RELU", "none"), "at least 2");
        damaged(
                state,
                () -> {
                    network(member, "RELU", List.of(1, 1));
                    member.array("weights_0", new double[] {Double.POSITIVE_INFINITY});
                },
                "finite");
        damaged(
                state,
                () -> {
                    network(member, "RELU", List.of(1, 2));
                    member.array("weights_0", new double[2]);
                    member.array("bias_0", new double[2]);
                },
                "2 outputs");
    }

    private static void network(StateInMemory member, String rectifier, Object widths) {
        member.json("network", Map.of("rectifier", rectifier, "widths", widths));
    }

    private static void damaged(StateInMemory state, Runnable damage, String message) {
        damage.run();
        assertThatThrownBy(() -> DeepSurvModel.restore(state))
                .isInstanceOf(ModelFileException.class)
                .hasMessageContaining(message);
    }

    @Test
    void severalNetworksAreSteadierThanOne() {
        Simulated cohort = new Simulated(150, 5, 11, x -> x[0]);
        DeepSurv one = SMALL.withEpochs(15).withLearningRate(0.01);

        double single = spreadOverSeeds(one, cohort);
        double mean = spreadOverSeeds(one.withMembers(4), cohort);

        assertThat(mean).isLessThan(single);
        assertThatThrownBy(() -> one.withMembers(0)).hasMessageContaining("members is 0");
    }

    private static double spreadOverSeeds(DeepSurv recipe, Simulated cohort) {
        double[] eta = LongStream.range(0, 5).mapToDouble(s -> first(recipe, cohort, s)).toArray();
        double mean = Arrays.stream(eta).average().orElseThrow();
        return Arrays.stream(eta).map(e -> (e - mean) * (e - mean)).sum();
    }

    @Test
    void badInputIsNamed() {
        Simulated cohort = new Simulated(30, 2, 10, x -> 0);
        SurvivalOutcomes none = SurvivalOutcomes.of(new double[30], new boolean[30]);
        assertThatThrownBy(() -> SMALL.fit(cohort.x, none, 1))
                .isInstanceOf(TrainingException.class)
                .hasMessageContaining("no event among 30");
        assertThatThrownBy(() -> SMALL.fit(new double[2][2], cohort.outcomes, 1))
                .hasMessage("x has 2 rows, outcomes has 30");
        double[][] broken = cohort.x.clone();
        broken[3] = new double[] {1, Double.NaN};
        assertThatThrownBy(() -> SMALL.fit(broken, cohort.outcomes, 1))
                .hasMessageContaining("x row 4, column 2: NaN");
        broken[3] = new double[] {1};
        assertThatThrownBy(() -> SMALL.fit(broken, cohort.outcomes, 1))
                .hasMessageContaining("x row 4 has 1 columns");
        assertThatThrownBy(() -> SMALL.withEarlyStopping(0.99, 1).fit(cohort.x, cohort.outcomes, 1))
                .isInstanceOf(TrainingException.class)
                .hasMessageContaining("early stopping on 0.99");
        assertThatThrownBy(
                        () ->
                                SMALL.withLearningRate(1e30)
                                        .withoutEarlyStopping()
                                        .fit(cohort.x, cohort.outcomes, 1))
                .isInstanceOf(TrainingException.class)
                .hasMessageContaining("lower the learning rate");
        DeepSurvModel model = SMALL.withEpochs(1).fit(cohort.x, cohort.outcomes, 1);
        assertThatThrownBy(() -> model.linearPredictor(new double[3]))
                .hasMessage("row has 3 values, the model has 2 columns");
        assertThat(model.survival(cohort.x[0], Double.NaN)).isNaN();
    }

    @Test
    void optionsOutsideTheirRangeAreRefused() {
        assertThatThrownBy(() -> SMALL.withHidden(4, 0)).hasMessageContaining("each at least 1");
        assertThatThrownBy(() -> SMALL.withDropout(1)).hasMessageContaining("[0, 1)");
        assertThatThrownBy(() -> SMALL.withDropout(Double.NaN)).hasMessageContaining("dropout");
        assertThatThrownBy(() -> SMALL.withBatchSize(0)).hasMessageContaining("batchSize is 0");
        assertThatThrownBy(() -> SMALL.withEpochs(0)).hasMessageContaining("epochs is 0");
        assertThatThrownBy(() -> SMALL.withLearningRate(0)).hasMessageContaining("learningRate");
        assertThatThrownBy(() -> SMALL.withWeightDecay(-1)).hasMessageContaining("weightDecay");
        assertThatThrownBy(() -> SMALL.withEarlyStopping(1, 3)).hasMessageContaining("share");
        assertThatThrownBy(() -> SMALL.withEarlyStopping(0, 0)).hasMessageContaining("patience");
    }
}
