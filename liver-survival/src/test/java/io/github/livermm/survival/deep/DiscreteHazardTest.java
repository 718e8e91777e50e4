// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.survival.deep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.livermm.core.ModelFileException;
import io.github.livermm.core.TrainingException;
import io.github.livermm.eval.SurvivalOutcomes;
import io.github.livermm.survival.reference.StateInMemory;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.activations.impl.ActivationIdentity;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Discrete hazards follow curves that cross, where a Cox network cannot. */
class DiscreteHazardTest {
    @Test
    void crossingCurvesAreFoundWhereProportionalOnesAreNot() {
        int n = 1500;
        SplittableRandom random = new SplittableRandom(1);
        double[][] x = new double[n][1];
        double[] time = new double[n];
        boolean[] event = new boolean[n];
        for (int i = 0; i < n; i++) {
            x[i][0] = i % 2;
            double happens = inverse(i % 2, random.nextDouble());
            double censored = 20 + 40 * random.nextDouble();
            time[i] = Math.min(happens, censored);
            event[i] = happens <= censored;
        }
        SurvivalOutcomes outcomes = SurvivalOutcomes.of(time, event);
        MlpOptions options =
                DeepSurv.defaults()
                        .withHidden(8)
                        .withDropout(0)
                        .withLearningRate(0.02)
                        .withEpochs(60)
                        .options();

        DiscreteHazardModel discrete =
                DiscreteHazard.defaults().withOptions(options).fit(x, outcomes, 1);
        DeepSurvModel cox = DeepSurv.defaults().withOptions(options).fit(x, outcomes, 1);

        double worst = 0;
        double worstCox = 0;
        for (double t : new double[] {2, 5, 10, 20, 30}) {
            for (int group = 0; group < 2; group++) {
                double[] row = {group};
                double truth = survival(group, t);
                worst = Math.max(worst, Math.abs(discrete.survival(row, t) - truth));
                worstCox = Math.max(worstCox, Math.abs(cox.survival(row, t) - truth));
            }
        }
        assertThat(worst).isLessThan(0.07);
        assertThat(worstCox).isGreaterThan(0.1);
        assertThat(discrete.survival(new double[] {1}, 2))
                .isLessThan(discrete.survival(new double[] {0}, 2));
        assertThat(discrete.survival(new double[] {1}, 30))
                .isGreaterThan(discrete.survival(new double[] {0}, 30));
    }

    /** Weibull of scale 20, shape 2 (group 0) or 0.5 (group 1): the curves cross at 20. */
    private static double survival(int group, double t) {
        return Math.exp(-Math.pow(t / 20, group == 0 ? 2 : 0.5));
    }

    private static double inverse(int group, double u) {
        return 20 * Math.pow(-Math.log(1 - u), group == 0 ? 0.5 : 2);
    }

    @Test
    void oneGroupGivesTheFlatHazardOfEachInterval() {
        SurvivalOutcomes outcomes =
                SurvivalOutcomes.of(
                        new double[] {1, 2, 3, 4, 5, 6, 7, 8}, new int[] {1, 1, 0, 1, 1, 0, 1, 1});
        double[][] x = new double[8][1];

        DiscreteHazardModel model =
                DiscreteHazard.defaults()
                        .withIntervals(2)
                        .withHidden()
                        .withWeightDecay(0)
                        .withLearningRate(0.1)
                        .withEpochs(400)
                        .withBatchSize(8)
                        .withoutEarlyStopping()
                        .fit(x, outcomes, 1);

        // 3 events of 8 patients, one of them half-way through (0, 4]: exposure 3 + 0.75 + 4
        assertThat(model.intervals().ends()).containsExactly(4, 8);
        assertThat(model.hazards(new double[1])[0]).isCloseTo(3 / 7.75, within(1e-3));
        assertThat(model.survival(new double[1], 4)).isCloseTo(1 - 3 / 7.75, within(1e-3));
        assertThat(model.survival(new double[1], 2))
                .isCloseTo(Math.sqrt(model.survival(new double[1], 4)), within(1e-12));
        assertThat(model.survival(new double[1], 100)).isEqualTo(model.survival(new double[1], 8));
        assertThat(model.risk(new double[1], 4) + model.survival(new double[1], 4))
                .isCloseTo(1, within(1e-12));
        assertThat(Math.exp(-Math.exp(model.linearPredictor(new double[1]))))
                .isCloseTo(model.survival(new double[1], 8), within(1e-12));
        assertThat(model.survival(new double[1], Double.NaN)).isNaN();
    }

    @Test
    void gradientIsTheFiniteDifferenceAndTheMaskHides() {
        INDArray labels =
                Nd4j.createFromArray(new double[][] {{1, 0.4, 0, 0}, {1, 1, 0, 1}, {1, 0, 1, 0}});
        double[][] z = {{0.3, -2}, {800, 1}, {-0.5, -800}};
        INDArray mask = Nd4j.createFromArray(new double[] {1, 1, 0}).reshape(3, 1);
        DiscreteHazardLoss loss = new DiscreteHazardLoss();
        ActivationIdentity identity = new ActivationIdentity();

        INDArray gradient = loss.computeGradient(labels, Nd4j.createFromArray(z), identity, mask);

        for (int i = 0; i < 3; i++) {
            for (int k = 0; k < 2; k++) {
                double[][] up = {z[0].clone(), z[1].clone(), z[2].clone()};
                double[][] down = {z[0].clone(), z[1].clone(), z[2].clone()};
                up[i][k] += 1e-4;
                down[i][k] -= 1e-4;
                double numeric =
                        (loss.computeScore(labels, Nd4j.createFromArray(up), identity, mask, true)
                                        - loss.computeScore(
                                                labels,
                                                Nd4j.createFromArray(down),
                                                identity,
                                                mask,
                                                true))
                                / 2e-4;
                assertThat(gradient.getDouble(i, k)).isCloseTo(numeric, within(1e-7));
            }
        }
        assertThat(gradient.getRow(2).sumNumber().doubleValue()).isZero();
        INDArray each = loss.computeScoreArray(labels, Nd4j.createFromArray(z), identity, mask);
        assertThat(each.sumNumber().doubleValue())
                .isEqualTo(
                        loss.computeScore(labels, Nd4j.createFromArray(z), identity, mask, true));
        assertThat(loss.name()).isEqualTo("DiscreteHazardLoss");
        assertThat(loss)
                .isEqualTo(new DiscreteHazardLoss())
                .hasSameHashCodeAs(new DiscreteHazardLoss());
        assertThatThrownBy(() -> loss.computeScore(labels, Nd4j.ones(3, 3), identity, mask, true))
                .hasMessageContaining("(B, 2K)");
        assertThatThrownBy(
                        () ->
                                loss.computeScore(
                                        labels, Nd4j.ones(3, 2), identity, Nd4j.ones(2, 1), true))
                .hasMessageContaining("mask");
    }

    @Test
    void aRestoredModelPredictsTheSame() {
        Simulated cohort = new Simulated(100, 2, 2, x -> x[0]);
        DiscreteHazardModel model =
                DiscreteHazard.defaults()
                        .withIntervals(4)
                        .withEpochs(2)
                        .fit(cohort.x, cohort.outcomes, 1);
        StateInMemory state = new StateInMemory();
        model.save(state);

        assertThat(DiscreteHazardModel.restore(state).survival(cohort.x[0], 3))
                .isEqualTo(model.survival(cohort.x[0], 3));
        state.array("interval_ends", new double[] {1, 2});
        assertThatThrownBy(() -> DiscreteHazardModel.restore(state))
                .isInstanceOf(ModelFileException.class)
                .hasMessageContaining("2 intervals but 4 outputs");
    }

    @Test
    void intervalsHoldEquallyManyEventsAndSurviveTies() {
        Simulated cohort = new Simulated(400, 1, 3, x -> 0);
        TimeIntervals even = TimeIntervals.ofEventQuantiles(cohort.outcomes, 5);
        int[] counts = new int[6];
        for (int i = 0; i < 400; i++) {
            if (cohort.outcomes.event(i)) {
                counts[even.indexOf(cohort.outcomes.time(i))]++;
            }
        }
        for (int k = 0; k < 5; k++) {
            assertThat(counts[k])
                    .isBetween(cohort.outcomes.events() / 5 - 1, cohort.outcomes.events() / 5 + 1);
        }
        assertThat(counts[5]).isZero();
        SurvivalOutcomes tied =
                SurvivalOutcomes.of(
                        new double[] {1, 1, 1, 1, 1, 2, 3}, new int[] {1, 1, 1, 1, 1, 1, 1});
        assertThat(TimeIntervals.ofEventQuantiles(tied, 3).ends()).containsExactly(1, 2, 3);
        assertThatThrownBy(() -> TimeIntervals.ofEventQuantiles(tied, 4))
                .isInstanceOf(TrainingException.class)
                .hasMessageContaining("3 distinct event times");
        assertThatThrownBy(() -> TimeIntervals.ofEventQuantiles(tied, 0))
                .hasMessageContaining("count");
        assertThatThrownBy(() -> TimeIntervals.of(new double[] {2, 1}))
                .hasMessageContaining("ascending");
        assertThatThrownBy(() -> TimeIntervals.of(new double[0]))
                .hasMessageContaining("at least 1");
        assertThatThrownBy(() -> DiscreteHazard.defaults().withIntervals(0))
                .hasMessageContaining("intervals is 0");
    }
}
