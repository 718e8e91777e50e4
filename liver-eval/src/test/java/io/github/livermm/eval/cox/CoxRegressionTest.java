// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.eval.cox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.livermm.eval.SurvivalOutcomes;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What has no finite answer is named, and wrong input is refused with its place. */
class CoxRegressionTest {
    private static final SurvivalOutcomes OUTCOMES =
            SurvivalOutcomes.of(new double[] {5, 3, 8, 1, 4, 6}, new int[] {1, 1, 0, 1, 0, 1});
    private static final double[][] X = {{1, 2}, {0, 1}, {3, 0}, {2, 2}, {1, 1}, {0, 3}};

    @Test
    void noEventsIsRefused() {
        SurvivalOutcomes none = SurvivalOutcomes.of(new double[] {1, 2}, new int[] {0, 0});

        assertThatThrownBy(() -> CoxRegression.fit(CoxData.of(none, new double[2][1])))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no events");
        assertThat(PartialLikelihood.of(none, Ties.EFRON).value(new double[2])).isZero();
    }

    @Test
    void constantColumnIsAliased() {
        double[][] x = {{1, 7}, {0, 7}, {3, 7}, {2, 7}, {1, 7}, {0, 7}};

        CoxFit fit = CoxRegression.fit(CoxData.of(OUTCOMES, x, List.of("a", "b")));

        assertThat(fit.aliased(1)).isTrue();
        assertThat(fit.coefficients()[1]).isNaN();
        assertThat(fit.standardErrors()[1]).isNaN();
        assertThat(fit.degreesOfFreedom()).isCloseTo(1, within(1e-12));
        assertThat(fit.linearPredictor(new double[] {1, 99}))
                .isEqualTo(fit.linearPredictor(new double[] {1, 7}));
        assertThat(
                        CoxDiagnostics.of(CoxData.of(OUTCOMES, x, List.of("a", "b")), fit)
                                .proportionalHazards(TimeTransform.LOG)
                                .columns()
                                .get(1)
                                .p())
                .isNaN();
    }

    @Test
    void modelWithoutColumnsIsTheNelsonAalenHazard() {
        CoxFit fit = CoxRegression.fit(CoxData.of(OUTCOMES, new double[6][0]));

        assertThat(fit.logLikelihood()).isEqualTo(fit.logLikelihoodNull());
        assertThat(fit.baseline().get(0).cumulativeHazard(3))
                .isCloseTo(1 / 6.0 + 1 / 5.0, within(1e-12));
        assertThat(fit.survival(new double[0], 0.5)).isEqualTo(1);
    }

    @Test
    void tooFewStepsAreNotAnEstimate() {
        CoxFit fit =
                CoxRegression.fit(
                        CoxData.of(OUTCOMES, X), CoxOptions.defaults().withMaxIterations(1));

        assertThat(fit.status()).isEqualTo(CoxFit.Status.NOT_CONVERGED);
        assertThat(fit.coefficients()).containsOnly(Double.NaN, Double.NaN);
        assertThat(fit.linearPredictor(X[0])).isNaN();
        assertThat(fit.survival(X[0], 3)).isNaN();
        assertThatThrownBy(() -> CoxDiagnostics.of(CoxData.of(OUTCOMES, X), fit))
                .hasMessageContaining("NOT_CONVERGED");
    }

    @Test
    void informationCriteriaCountEvents() {
        CoxData data = CoxData.of(OUTCOMES, X);
        CoxFit fit = CoxRegression.fit(data);
        CoxDiagnostics diagnostics = CoxDiagnostics.of(data, fit);

        assertThat(diagnostics.bic())
                .isCloseTo(-2 * fit.logLikelihood() + 2 * Math.log(4), within(1e-9));
        assertThat(diagnostics.waldTest().degreesOfFreedom()).isEqualTo(2);
        assertThat(diagnostics.robustCovariance()[0][0]).isPositive();
        assertThat(diagnostics.schoenfeld().rows()).containsExactly(3, 1, 0, 5);
        assertThatThrownBy(() -> diagnostics.robustCovariance(new int[2]))
                .hasMessageContaining("cluster");
        assertThatThrownBy(() -> diagnostics.curve(X[0], 4)).hasMessageContaining("stratum 4");
        assertThatThrownBy(() -> fit.survival(X[0], 2, 4)).hasMessageContaining("stratum 4");
        assertThatThrownBy(() -> fit.linearPredictor(new double[1]))
                .hasMessageContaining("1 values");
        assertThatThrownBy(() -> CoxDiagnostics.of(CoxData.of(OUTCOMES, X, List.of("a", "b")), fit))
                .hasMessageContaining("columns");
        assertThat(fit.options().ties()).isEqualTo(Ties.EFRON);
        assertThat(fit.iterations()).isPositive();
        assertThat(new CoxTest(0, 1).p()).isEqualTo(1);
        assertThat(new CoxTest(Double.NaN, 1).p()).isNaN();
    }

    @Test
    void dataAreCheckedAtTheDoor() {
        CoxData data = CoxData.of(OUTCOMES, X);
        assertThatThrownBy(() -> CoxData.of(OUTCOMES, new double[2][2]))
                .hasMessageContaining("2 rows");
        assertThatThrownBy(() -> CoxData.of(OUTCOMES, new double[6][1], List.of("a", "b")))
                .hasMessageContaining("row 1");
        double[][] broken = {{1, 2}, {0, 1}, {3, Double.NaN}, {2, 2}, {1, 1}, {0, 3}};
        assertThatThrownBy(() -> CoxData.of(OUTCOMES, broken))
                .hasMessageContaining("column x2, row 3");
        assertThatThrownBy(() -> data.withEntry(new double[] {5, 0, 0, 0, 0, 0}))
                .hasMessageContaining("entry row 1");
        assertThatThrownBy(() -> data.withWeights(new double[] {1, 1, -2, 1, 1, 1}))
                .hasMessageContaining("weights row 3");
        assertThatThrownBy(() -> data.withStrata(new int[1])).hasMessageContaining("strata");
        assertThatThrownBy(() -> data.withOffset(new double[] {0, 0, 0, 0, 0, Double.NaN}))
                .hasMessageContaining("offset, row 6");
        assertThatThrownBy(() -> new Ridge(-1, true)).hasMessageContaining("theta");
        assertThatThrownBy(() -> new CoxOptions(Ties.EFRON, Ridge.NONE, 0, 1))
                .hasMessageContaining("maxIterations");
        assertThatThrownBy(() -> new CoxOptions(Ties.EFRON, Ridge.NONE, 5, 0))
                .hasMessageContaining("tolerance");
        PartialLikelihood likelihood = PartialLikelihood.of(OUTCOMES, Ties.BRESLOW);
        assertThatThrownBy(() -> likelihood.value(new double[2])).hasMessageContaining("eta has 2");
        assertThatThrownBy(() -> likelihood.value(new double[6], new double[2]))
                .hasMessageContaining("gradient");
        assertThatThrownBy(() -> likelihood.value(new double[] {0, 0, 0, Double.NaN, 0, 0}))
                .hasMessageContaining("eta row 4");
        CoxInformation information = CoxInformation.of(data, Ties.EFRON);
        assertThatThrownBy(() -> information.evaluate(new double[1]))
                .hasMessageContaining("1 coefficients");
        assertThat(information.evaluate(CoxRegression.fit(data).coefficients()))
                .isCloseTo(CoxRegression.fit(data).logLikelihood(), within(1e-12));
        assertThat(information.score()).containsExactly(new double[] {0, 0}, within(1e-8));
        assertThat(information.information()).hasSize(4);
    }

    @Test
    void hazardIsReadBackAsItWas() {
        BaselineHazard hazard =
                PartialLikelihood.of(OUTCOMES, Ties.EFRON).baseline(new double[6]).get(0);

        BaselineHazard back =
                BaselineHazard.of(hazard.times(), hazard.cumulativeHazards(), hazard.lastTime());

        assertThat(back.survival(4, 0.5)).isEqualTo(hazard.survival(4, 0.5));
        assertThat(back.cumulativeHazard(Double.NaN)).isNaN();
        assertThat(back.lastTime()).isEqualTo(8);
        assertThatThrownBy(() -> BaselineHazard.of(new double[1], new double[2], 3))
                .hasMessageContaining("1 times");
        assertThatThrownBy(() -> BaselineHazard.of(new double[] {1, 1}, new double[] {0.1, 0.2}, 3))
                .hasMessageContaining("step 2");
        assertThatThrownBy(() -> BaselineHazard.of(new double[] {1}, new double[] {0.1}, 0.5))
                .hasMessageContaining("lastTime");
    }
}
