// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Small curves by hand, the robust error, and what is refused. */
class KaplanMeierTest {
    private static final SurvivalOutcomes SMALL =
            SurvivalOutcomes.of(new double[] {3, 1, 2, 2, 5}, new int[] {1, 1, 0, 1, 0});

    @Test
    void curveByHand() {
        KaplanMeier curve = KaplanMeier.of(SMALL);

        assertThat(curve.survival())
                .containsExactly(new double[] {0.8, 0.6, 0.3, 0.3}, within(1e-15));
        assertThat(curve.survivalAt(0.5)).isEqualTo(1);
        assertThat(curve.survivalBefore(2)).isCloseTo(0.8, within(1e-15));
        assertThat(curve.survivalBefore(2.5)).isCloseTo(0.6, within(1e-15));
        assertThat(curve.nelsonAalenAt(0)).isZero();
        assertThat(curve.standardErrorAt(0)).isZero();
        assertThat(curve.survivalAt(2, ConfidenceScale.LOG_LOG, 0.9).method()).contains("log-log");
    }

    @Test
    void robustErrorOfUnitWeightsIsGreenwoods() {
        KaplanMeier curve = KaplanMeier.of(SMALL);

        assertThat(curve.robustStandardErrors())
                .containsExactly(curve.standardErrors(), within(1e-12));
    }

    @Test
    void robustErrorIsTheJackknifeByFiniteDifference() {
        double[] weights = {1.5, 0.7, 2, 1, 0.4};
        double[] entry = {0.5, 0, 0.2, 1.5, 0.1};
        double h = 1e-6;
        double sum = 0;
        for (int i = 0; i < weights.length; i++) {
            double[] up = weights.clone();
            double[] down = weights.clone();
            up[i] += h;
            down[i] -= h;
            double slope =
                    (KaplanMeier.weighted(SMALL, up).survivalAt(3)
                                    - KaplanMeier.weighted(SMALL, down).survivalAt(3))
                            / (2 * h);
            sum += weights[i] * weights[i] * slope * slope;
        }

        KaplanMeier weighted = KaplanMeier.weighted(SMALL, weights);

        assertThat(weighted.robustStandardErrors()[2]).isCloseTo(Math.sqrt(sum), within(1e-8));
        assertThat(weighted.atRisk(2)).isCloseTo(4.9, within(1e-12));
        KaplanMeier truncated = KaplanMeier.leftTruncated(SMALL, entry);
        assertThat(truncated.robustStandardErrors()[0])
                .isCloseTo(truncated.standardErrors()[0], within(1e-12));
    }

    @Test
    void refusesWrongInput() {
        assertThatThrownBy(() -> KaplanMeier.of(SurvivalOutcomes.of(new double[0], new int[0])))
                .hasMessageContaining("no row");
        assertThatThrownBy(
                        () ->
                                ReverseKaplanMeier.eventsFirst(
                                        SurvivalOutcomes.of(new double[0], new int[0])))
                .hasMessageContaining("no row");
        assertThatThrownBy(() -> KaplanMeier.weighted(SMALL, new double[] {1}))
                .hasMessageContaining("weights has 1");
        assertThatThrownBy(() -> KaplanMeier.weighted(SMALL, new double[] {1, 1, -1, 1, 1}))
                .hasMessageContaining("weights row 3");
        assertThatThrownBy(() -> KaplanMeier.leftTruncated(SMALL, new double[] {1}))
                .hasMessageContaining("entry has 1");
        assertThatThrownBy(() -> KaplanMeier.leftTruncated(SMALL, new double[] {4, 0, 0, 0, 0}))
                .hasMessageContaining("entry row 1");
        assertThatThrownBy(() -> KaplanMeier.of(SMALL).quantile(1, ConfidenceScale.LOG, 0.95))
                .hasMessageContaining("p 1.0");
        assertThatThrownBy(() -> KaplanMeier.of(SMALL).restrictedMean(0))
                .hasMessageContaining("tau");
        assertThatThrownBy(() -> KaplanMeier.of(SMALL).lower(ConfidenceScale.LOG, 1))
                .hasMessageContaining("level");
    }

    @Test
    void outcomesAreCheckedAtTheDoor() {
        assertThatThrownBy(() -> SurvivalOutcomes.of(new double[] {1}, new boolean[2]))
                .hasMessageContaining("1 rows");
        assertThatThrownBy(() -> SurvivalOutcomes.of(new double[] {-1}, new boolean[1]))
                .hasMessageContaining("time row 1");
        assertThatThrownBy(
                        () ->
                                SurvivalOutcomes.of(
                                        new double[] {Double.POSITIVE_INFINITY}, new boolean[1]))
                .hasMessageContaining("time row 1");
        assertThatThrownBy(() -> SurvivalOutcomes.of(new double[] {1}, new int[] {2}))
                .hasMessageContaining("neither 0");
        assertThat(SMALL).hasToString("SurvivalOutcomes[n=5, events=3]");
        assertThat(SMALL.select(new int[] {1, 1}).times()).containsExactly(1, 1);
        assertThatThrownBy(() -> CompetingOutcomes.of(new double[] {1}, new int[] {-1}))
                .hasMessageContaining("cause row 1");
        CompetingOutcomes competing =
                CompetingOutcomes.of(new double[] {1, 2, 3}, new int[] {0, 2, 1});
        assertThat(competing.causeOnly(2).eventIndicators()).containsExactly(false, true, false);
        CompetingOutcomes part = competing.select(new int[] {2, 2});
        assertThat(part.size()).isEqualTo(2);
        assertThat(part.cause(1)).isEqualTo(1);
        assertThat(part.time(0)).isEqualTo(3);
        CumulativeIncidence incidence = CumulativeIncidence.of(competing, 1);
        assertThat(incidence.times()).containsExactly(1, 2, 3);
        assertThat(incidence.incidence()).containsExactly(new double[] {0, 0, 0.5}, within(1e-15));
        assertThat(incidence.at(0.5)).isZero();
        assertThatThrownBy(
                        () ->
                                CumulativeIncidence.of(
                                        CompetingOutcomes.of(new double[0], new int[0]), 1))
                .hasMessageContaining("no row");
    }

    @Test
    void otherStatisticsRefuseWrongInput() {
        double[] risk = {1, 2, 3, 4, 5};
        assertThatThrownBy(() -> Concordance.harrell(SMALL, new double[] {1}))
                .hasMessageContaining("risk has 1");
        assertThatThrownBy(() -> Concordance.harrell(SMALL, new double[] {1, 2, Double.NaN, 3, 4}))
                .hasMessageContaining("row 3");
        assertThatThrownBy(() -> Concordance.uno(SMALL, risk, 0)).hasMessageContaining("tau");
        assertThatThrownBy(
                        () ->
                                Concordance.of(
                                        SMALL,
                                        risk,
                                        ConcordanceOptions.defaults()
                                                .withTimeWeight(TimeWeight.UNO)
                                                .withStrata(new int[5])))
                .hasMessageContaining("not defined");
        assertThatThrownBy(
                        () ->
                                Concordance.of(
                                        SMALL,
                                        risk,
                                        ConcordanceOptions.defaults().withStrata(new int[2])))
                .hasMessageContaining("strata has 2");
        Concordance c = Concordance.harrell(SMALL, risk);
        assertThatThrownBy(() -> c.standardError(new int[2])).hasMessageContaining("cluster");
        Concordance other =
                Concordance.harrell(SMALL.select(new int[] {0, 1}), new double[] {1, 2});
        assertThatThrownBy(() -> Concordance.difference(c, other)).hasMessageContaining("compare");
        assertThat(Concordance.difference(c, c).interval().estimate()).isZero();
        assertThat(Arrays.stream(c.influence()).sum()).isCloseTo(0, within(1e-15));
        assertThat(c.interval().method()).startsWith("Harrell");
        assertThatThrownBy(() -> LogRank.of(SMALL, new int[2])).hasMessageContaining("group 2");
        assertThatThrownBy(() -> LogRank.of(SMALL, new int[] {0, 0, -1, 0, 0}))
                .hasMessageContaining("group row 3");
        assertThatThrownBy(() -> LogRank.of(SMALL, new int[5], new int[5], -1))
                .hasMessageContaining("rho");
        assertThat(LogRank.of(SMALL, new int[5]).p()).isNaN();
        assertThatThrownBy(() -> HorizonScore.of(SMALL, new double[] {1}, 2))
                .hasMessageContaining("risk has 1");
        assertThatThrownBy(() -> HorizonScore.of(SMALL, risk, 2)).hasMessageContaining("[0, 1]");
        assertThatThrownBy(() -> HorizonScore.of(SMALL, new double[5], -1))
                .hasMessageContaining("horizon");
        assertThatThrownBy(
                        () ->
                                HorizonScore.of(SMALL, new double[5], 2)
                                        .aucDifference(
                                                HorizonScore.of(
                                                        SMALL.select(new int[] {0, 1}),
                                                        new double[2],
                                                        1)))
                .hasMessageContaining("same rows");
        assertThatThrownBy(() -> HorizonCalibration.of(SMALL, new double[5], 0))
                .hasMessageContaining("horizon");
        assertThatThrownBy(() -> HorizonCalibration.of(SMALL, new double[5], 2).groups(0))
                .hasMessageContaining("count");
        assertThatThrownBy(
                        () -> IntegratedBrier.TRAPEZOID.of(new double[] {1}, new double[] {1, 2}))
                .hasMessageContaining("horizons");
        assertThatThrownBy(
                        () ->
                                IntegratedBrier.LEFT_STEP.of(
                                        new double[] {2, 1}, new double[] {1, 2}))
                .hasMessageContaining("does not follow");
        assertThat(IntegratedBrier.TRAPEZOID.of(new double[] {1}, new double[] {1})).isNaN();
        assertThat(IntegratedBrier.LEFT_STEP.of(new double[0], new double[0])).isNaN();
        SurvivalOutcomes complete =
                SurvivalOutcomes.of(new double[] {1, 2}, new boolean[] {true, true});
        assertThat(CensoringModel.cox(complete, new double[2][1]).at(0, 1)).isEqualTo(1);
    }
}
