// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.livermm.eval.resample.Bootstrap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Proves that wrong input is named: the argument, where, and what was found. */
class HostileInputTest {
    private static final double NAN = Double.NaN;
    private static final boolean[] TWO = {true, false};
    private static final double[] HALF = {0.5, 0.5};
    private static final SurvivalOutcomes FOLLOWED = SurvivalOutcomes.of(new double[] {1, 2}, TWO);

    private static double[] d(double... values) {
        return values;
    }

    @TestFactory
    Stream<DynamicTest> wrongInputIsNamed() {
        Map<String, Runnable> lengths =
                Map.ofEntries(
                        Map.entry("score has 1", () -> RocCurve.of(TWO, d(1))),
                        Map.entry(
                                "cluster has 1",
                                () -> ClusteredAuc.covariance(TWO, new int[1], d(1, 2))),
                        Map.entry("score 0 has 3", () -> DeLongTest.covariance(TWO, d(1, 2, 3))),
                        Map.entry(
                                "survivalAtOwnTime has 1",
                                () -> DCalibration.of(FOLLOWED, d(0.5), 10)),
                        Map.entry(
                                "risk has 3", () -> DecisionCurve.of(FOLLOWED, d(0, 0, 0), 1, 0.5)),
                        Map.entry(
                                "horizons has 1",
                                () -> HorizonScore.of(FOLLOWED, new double[2][2], 1)),
                        Map.entry(
                                "strata has 1",
                                () ->
                                        GrayTest.of(
                                                CompetingOutcomes.of(FOLLOWED),
                                                1,
                                                new int[2],
                                                new int[1],
                                                0)));
        Map<String, Runnable> values =
                Map.ofEntries(
                        Map.entry("time row 2: -1.0", () -> SurvivalOutcomes.of(d(1, -1), TWO)),
                        Map.entry("time row 1: NaN", () -> SurvivalOutcomes.of(d(NAN, 1), TWO)),
                        Map.entry(
                                "event row 2: 7",
                                () -> SurvivalOutcomes.of(d(1, 1), new int[] {1, 7})),
                        Map.entry(
                                "cause row 1: -2",
                                () -> CompetingOutcomes.of(d(1, 1), new int[] {-2, 0})),
                        Map.entry(
                                "risk row 2 is NaN",
                                () -> Concordance.harrell(FOLLOWED, d(1, NAN))),
                        Map.entry(
                                "score 1 row 0 is NaN",
                                () -> DeLongTest.covariance(TWO, d(1, 2), d(NAN, 1))),
                        Map.entry(
                                "probability row 1 is 1.5",
                                () -> CalibrationCurve.of(TWO, d(0.5, 1.5))),
                        Map.entry(
                                "probability row 0 is NaN",
                                () -> SplineCalibrationCurve.of(TWO, d(NAN, 0.5), 3)),
                        Map.entry(
                                "truth row 1 is 3",
                                () ->
                                        PolytomousDiscrimination.of(
                                                new int[] {0, 3},
                                                new double[][] {{.5, .5}, {.5, .5}})),
                        Map.entry(
                                "probability row 1 has 1",
                                () ->
                                        PolytomousDiscrimination.of(
                                                new int[] {0, 1}, new double[][] {{.5, .5}, {.5}})),
                        Map.entry(
                                "truth has no rows",
                                () -> PolytomousDiscrimination.of(new int[0], new double[0][])),
                        Map.entry(
                                "survivalAtOwnTime row 0 is -0.1",
                                () -> DCalibration.of(FOLLOWED, d(-0.1, 0.5), 10)),
                        Map.entry("threshold 1.0", () -> DecisionCurve.of(TWO, HALF, 1)),
                        Map.entry("level 1.0", () -> ClusteredAuc.of(TWO, new int[2], HALF, 1)),
                        Map.entry("level NaN", () -> RocCurve.of(TWO, HALF).aucInterval(NAN)),
                        Map.entry("replicates 0", () -> Bootstrap.of(0, 1)),
                        Map.entry("horizon NaN", () -> HorizonScore.of(FOLLOWED, HALF, NAN)),
                        Map.entry(
                                "outcomes has no row",
                                () ->
                                        CumulativeIncidence.of(
                                                CompetingOutcomes.of(d(), new int[0]), 1)));
        return Stream.concat(lengths.entrySet().stream(), values.entrySet().stream())
                .map(
                        entry ->
                                DynamicTest.dynamicTest(
                                        entry.getKey(),
                                        () ->
                                                assertThatThrownBy(entry.getValue()::run)
                                                        .isInstanceOf(
                                                                IllegalArgumentException.class)
                                                        .hasMessageContaining(entry.getKey())));
    }

    @Test
    void undefinedIsNaNAndNeverANumber() {
        boolean[] none = new boolean[3];
        double[] p = d(0.1, 0.5, 0.9);
        SurvivalOutcomes censored = SurvivalOutcomes.of(d(1, 2, 3), none);
        SurvivalOutcomes tied = SurvivalOutcomes.of(d(2, 2), new boolean[] {true, true});

        assertThat(
                        List.of(
                                RocCurve.of(none, p).auc(),
                                RocCurve.of(none, p).delongVariance(),
                                ClusteredAuc.of(none, new int[3], p, 0.95).estimate(),
                                AucBootstrap.of(none, p, Bootstrap.of(5, 1)).estimate(),
                                CalibrationCurve.interpolated(none, p).ici(),
                                SplineCalibrationCurve.of(none, p, 3).ici(),
                                Concordance.harrell(censored, p).estimate(),
                                Concordance.harrell(tied, d(0.2, 0.4)).estimate(),
                                CompetingConcordance.of(CompetingOutcomes.of(censored), p, 3),
                                HorizonScore.of(censored, p, 2).auc(),
                                HorizonScore.of(censored, p, 4).brier(),
                                HorizonScore.of(censored, p, 4).brierStandardError(),
                                KaplanMeier.of(censored).median().estimate(),
                                LogRank.of(censored, new int[] {0, 1, 1}).p(),
                                GrayTest.of(CompetingOutcomes.of(censored), 1, new int[] {0, 1, 1})
                                        .p(),
                                DecisionCurve.of(censored, p, 4, 0.2).points().get(0).netBenefit()))
                .allMatch(value -> value.isNaN());
    }
}
