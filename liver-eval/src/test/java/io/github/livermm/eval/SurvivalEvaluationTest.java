// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** The survival block holds the figures of its parts, and says why a figure is missing. */
class SurvivalEvaluationTest {
    private static final double[] HORIZONS = {12, 24, 36};

    @Test
    void trueModelIsConcordantAndCalibrated() {
        Simulated cohort = new Simulated(2000, 5);

        SurvivalEvaluation evaluation = cohort.evaluate(1);

        assertThat(evaluation.n()).isEqualTo(2000);
        assertThat(evaluation.events()).isEqualTo(cohort.outcomes.events());
        assertThat(evaluation.cIndex().estimate()).isBetween(0.65, 0.75);
        assertThat(evaluation.unoC().estimate())
                .isCloseTo(evaluation.cIndex().estimate(), within(0.05));
        SurvivalEvaluation.Horizon second = evaluation.horizons().get(1);
        assertThat(second.observedToExpected().lower()).isLessThan(1);
        assertThat(second.observedToExpected().upper()).isGreaterThan(1);
        assertThat(second.slope().lower()).isLessThan(1);
        assertThat(second.slope().upper()).isGreaterThan(1);
        assertThat(second.ici().estimate()).isLessThan(0.03);
        assertThat(second.ipa()).isPositive();
        assertThat(evaluation.ibs().lower()).isLessThan(evaluation.ibs().estimate());
        assertThat(evaluation.notes()).isEmpty();
    }

    @Test
    void sameSeedGivesTheSameFigures() {
        Simulated cohort = new Simulated(200, 6);

        assertThat(cohort.evaluate(3)).isEqualTo(cohort.evaluate(3));
    }

    @Test
    void mapHasTheKeysOfTheMetricsFile() {
        SurvivalEvaluation evaluation = new Simulated(100, 7).evaluate(1);

        assertThat(evaluation.toMap())
                .containsOnlyKeys("n", "events", "c_index", "uno_c", "ibs", "horizons");
        assertThat(evaluation.toMap().get("horizons")).asString().startsWith("{12={auc=");
    }

    @Test
    void horizonAfterFollowUpIsUndefinedWithANote() {
        SurvivalOutcomes outcomes =
                SurvivalOutcomes.of(new double[] {1, 2, 3}, new int[] {1, 0, 1});
        double[][] survival = {{0.5}, {0.6}, {0.7}};

        SurvivalEvaluation evaluation =
                SurvivalEvaluation.of(
                        outcomes, new double[] {3, 2, 1}, new double[] {9}, survival, 1);

        SurvivalEvaluation.Horizon horizon = evaluation.horizons().get(0);
        assertThat(horizon.auc().estimate()).isNaN();
        assertThat(horizon.brier().estimate()).isNaN();
        assertThat(horizon.observedToExpected().estimate()).isNaN();
        assertThat(horizon.slope().estimate()).isNaN();
        assertThat(horizon.ici().estimate()).isNaN();
        assertThat(evaluation.ibs().estimate()).isNaN();
        assertThat(evaluation.notes()).anyMatch(n -> n.contains("after the last time"));
    }

    @Test
    void missingSurvivalProbabilitiesAreLeftOutAndCounted() {
        Simulated cohort = new Simulated(100, 8);
        cohort.survival[4][0] = Double.NaN;

        SurvivalEvaluation evaluation = cohort.evaluate(1);

        assertThat(evaluation.horizons().get(0).auc().estimate()).isNotNaN();
        assertThat(evaluation.ibs().estimate()).isNaN();
        assertThat(evaluation.notes()).anyMatch(n -> n.contains("1 of 100 patients"));
    }

    @Test
    void noEventsGivesNoConcordance() {
        SurvivalOutcomes outcomes =
                SurvivalOutcomes.of(new double[] {5, 6, 7}, new int[] {0, 0, 0});
        double[][] survival = {{0.5}, {0.6}, {0.7}};

        SurvivalEvaluation evaluation =
                SurvivalEvaluation.of(
                        outcomes, new double[] {1, 2, 3}, new double[] {4}, survival, 1);

        assertThat(evaluation.cIndex().estimate()).isNaN();
        assertThat(evaluation.horizons().get(0).auc().estimate()).isNaN();
        assertThat(evaluation.horizons().get(0).brier().estimate()).isNotNaN();
        assertThat(evaluation.notes()).hasSizeGreaterThan(2);
    }

    @Test
    void rejectsHorizonsThatDoNotAscend() {
        SurvivalOutcomes outcomes = SurvivalOutcomes.of(new double[] {5}, new int[] {1});

        assertThatThrownBy(
                        () ->
                                SurvivalEvaluation.of(
                                        outcomes,
                                        new double[] {1},
                                        new double[] {4, 4},
                                        new double[1][2],
                                        1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("ascending");
    }

    /** Exponential times whose true survival is known. */
    private static final class Simulated {
        final SurvivalOutcomes outcomes;
        final double[] risk;
        final double[][] survival;

        Simulated(int n, long seed) {
            SplittableRandom random = new SplittableRandom(seed);
            double[] time = new double[n];
            boolean[] event = new boolean[n];
            risk = new double[n];
            survival = new double[n][HORIZONS.length];
            for (int i = 0; i < n; i++) {
                risk[i] = 2 * random.nextDouble() - 1 + random.nextDouble();
                double rate = 0.02 * Math.exp(risk[i]);
                double happens = -Math.log(1 - random.nextDouble()) / rate;
                double censored = 20 + 60 * random.nextDouble();
                event[i] = happens <= censored;
                time[i] = Math.min(happens, censored);
                for (int h = 0; h < HORIZONS.length; h++) {
                    survival[i][h] = Math.exp(-rate * HORIZONS[h]);
                }
            }
            outcomes = SurvivalOutcomes.of(time, event);
        }

        SurvivalEvaluation evaluate(long seed) {
            return SurvivalEvaluation.of(outcomes, risk, HORIZONS, survival, seed);
        }
    }
}
