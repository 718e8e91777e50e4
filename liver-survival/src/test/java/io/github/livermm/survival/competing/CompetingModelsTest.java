// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.survival.competing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.livermm.core.ModelFileException;
import io.github.livermm.core.TrainingException;
import io.github.livermm.eval.CompetingOutcomes;
import io.github.livermm.eval.CumulativeIncidence;
import io.github.livermm.eval.Interval;
import io.github.livermm.eval.SurvivalOutcomes;
import io.github.livermm.eval.cox.CoxOptions;
import io.github.livermm.eval.cox.HazardRatio;
import io.github.livermm.survival.competing.CauseSpecificCox.Survival;
import io.github.livermm.survival.cox.CoxModel;
import io.github.livermm.survival.reference.StateInMemory;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Limits of absolute risks cover the truth; models are restored; wrong input is named. */
class CompetingModelsTest {
    private static final List<String> NAMES = List.of("size", "viral");
    private static final double[] PATIENT = {1, 0.5};

    /**
     * Constant hazards: 0.1 exp(0.5 size) of cause 1, 0.06 exp(0.4 viral - 0.3 size) of cause 2.
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared, stays in this class
    private record Cohort(CompetingOutcomes outcomes, double[][] x) {
        static double hazard(int cause, double[] row) {
            return cause == 1
                    ? 0.1 * Math.exp(0.5 * row[0])
                    : 0.06 * Math.exp(0.4 * row[1] - 0.3 * row[0]);
        }

        static Cohort draw(int n, long seed) {
            Random random = new Random(seed);
            double[][] x = new double[n][2];
            double[] time = new double[n];
            int[] cause = new int[n];
            for (int i = 0; i < n; i++) {
                x[i] = new double[] {random.nextGaussian(), random.nextGaussian()};
                double[] at = new double[3];
                at[0] = 4 + 10 * random.nextDouble();
                for (int c = 1; c <= 2; c++) {
                    at[c] = -Math.log(1 - random.nextDouble()) / hazard(c, x[i]);
                }
                cause[i] = at[1] < at[2] ? at[1] < at[0] ? 1 : 0 : at[2] < at[0] ? 2 : 0;
                time[i] = at[cause[i]];
            }
            return new Cohort(CompetingOutcomes.of(time, cause), x);
        }

        static double truth(int cause, double[] row, double time) {
            double all = hazard(1, row) + hazard(2, row);
            return hazard(cause, row) / all * -Math.expm1(-all * time);
        }

        CauseSpecificCox causeSpecific() {
            return CauseSpecificCox.fit(outcomes, NAMES, x, CoxOptions.defaults());
        }
    }

    @Test
    void limitsOfAnAbsoluteRiskCoverTheTruth() {
        int runs = 400;
        int[] covered = new int[3];
        for (int run = 0; run < runs; run++) {
            CauseSpecificCox fit = Cohort.draw(200, run).causeSpecific();
            for (int cause = 1; cause <= 2; cause++) {
                Interval limits = fit.riskInterval(PATIENT, cause, 5, 0.95);
                double truth = Cohort.truth(cause, PATIENT, 5);
                covered[cause] += limits.lower() < truth && truth < limits.upper() ? 1 : 0;
            }
        }
        // four standard errors of the simulation around 0.95
        assertThat(covered[1] / (double) runs).isBetween(0.906, 0.994);
        assertThat(covered[2] / (double) runs).isBetween(0.906, 0.994);
    }

    @Test
    void withoutColumnsTheErrorIsAalens() {
        CompetingOutcomes outcomes = Cohort.draw(800, 5).outcomes();
        CauseSpecificCox fit =
                CauseSpecificCox.fit(outcomes, new double[800][0], CoxOptions.defaults());
        CumulativeIncidence curve = CumulativeIncidence.of(outcomes, 1);
        Interval limits = fit.riskInterval(new double[0], 1, 5, 0.95);
        int k = 0;
        while (k + 1 < curve.times().length && curve.times()[k + 1] <= 5) {
            k++;
        }
        double z = 1.959963984540054;
        double f = limits.estimate();
        double log = Math.log(-Math.log1p(-limits.upper())) - Math.log(-Math.log1p(-f));
        double error = log / z * (1 - f) * -Math.log1p(-f);
        assertThat(fit.risk(new double[0], 1, 5, Survival.PRODUCT_LIMIT))
                .isCloseTo(curve.at(5), within(1e-12));
        assertThat(error / Math.sqrt(curve.aalenVariances()[k])).isCloseTo(1, within(0.01));
    }

    @Test
    void withOneCauseTheErrorIsThatOfCox() {
        Cohort cohort = Cohort.draw(500, 6);
        SurvivalOutcomes any = cohort.outcomes.anyCause();
        CoxModel cox = CoxModel.fit(any, cohort.x, CoxOptions.defaults());
        CauseSpecificCox one =
                CauseSpecificCox.fit(CompetingOutcomes.of(any), cohort.x, CoxOptions.defaults());
        Interval limits = one.riskInterval(PATIENT, 1, 5, 0.95);
        double f = limits.estimate();
        double log = Math.log(-Math.log1p(-limits.upper())) - Math.log(-Math.log1p(-f));
        double error = log / 1.959963984540054 * (1 - f) * -Math.log1p(-f);
        assertThat(error / cox.standardError(PATIENT, 5)).isCloseTo(1, within(0.01));
        assertThat(Math.sqrt(cox.hazardVariance(PATIENT, u -> u <= 5 ? 1 : 0)))
                .isCloseTo(cox.standardError(PATIENT, 5) / cox.survival(PATIENT, 5), within(1e-12));
    }

    @Test
    void modelsAreNamedAndRestored() {
        Cohort cohort = Cohort.draw(300, 7);
        CauseSpecificCox specific = cohort.causeSpecific();
        StateInMemory state = new StateInMemory();
        specific.save(state);
        CauseSpecificCox restored = CauseSpecificCox.restore(state);
        assertThat(restored.causes()).isEqualTo(2);
        assertThat(restored.names()).isEqualTo(NAMES);
        for (int cause = 1; cause <= 2; cause++) {
            assertThat(restored.riskInterval(PATIENT, cause, 5, 0.9))
                    .isEqualTo(specific.riskInterval(PATIENT, cause, 5, 0.9));
        }
        assertThat(specific.riskInterval(PATIENT, 1, 0, 0.95).upper()).isZero();
        assertThat(specific.model(2).hazardRatios().get(1).name()).isEqualTo("viral");

        FineGray fineGray = FineGray.fit(cohort.outcomes, cohort.x, NAMES);
        StateInMemory second = new StateInMemory();
        fineGray.save(second);
        FineGray again = FineGray.restore(second);
        assertThat(again.names()).isEqualTo(NAMES);
        assertThat(again.risk(PATIENT, 5)).isEqualTo(fineGray.risk(PATIENT, 5));
        assertThat(again.hazardRatios()).isEqualTo(fineGray.hazardRatios());
        assertThat(again.covariance()).isDeepEqualTo(fineGray.covariance());
        assertThat(again.logLikelihood()).isEqualTo(fineGray.logLikelihood());
        HazardRatio size = fineGray.hazardRatios().get(0);
        assertThat(size.interval(0.95).lower()).isGreaterThan(1);
        assertThat(size.p()).isLessThan(0.001);

        second.array("covariance", new double[3]);
        assertThatThrownBy(() -> FineGray.restore(second))
                .isInstanceOf(ModelFileException.class)
                .hasMessageContaining("covariance has 3 values where 4 are needed");
        state.json("cause_specific", java.util.Map.of());
        assertThatThrownBy(() -> CauseSpecificCox.restore(state))
                .isInstanceOf(ModelFileException.class)
                .hasMessageContaining("0 causes");
    }

    @Test
    void wrongInputIsNamed() {
        Cohort cohort = Cohort.draw(60, 8);
        CauseSpecificCox specific = cohort.causeSpecific();
        FineGray fineGray = FineGray.fit(cohort.outcomes, cohort.x, NAMES);
        assertThatThrownBy(() -> specific.model(3)).hasMessage("cause 3 is not among 1 to 2");
        assertThatThrownBy(() -> specific.risk(PATIENT, 0, 5, Survival.EXPONENTIAL))
                .hasMessageContaining("cause 0");
        assertThatThrownBy(() -> specific.riskInterval(PATIENT, 1, 5, 1))
                .hasMessageContaining("level 1.0");
        assertThatThrownBy(() -> fineGray.risk(new double[1], 5))
                .hasMessage("row has 1 values, the model 2 columns [size, viral]");
        double[][] hole = cohort.x.clone();
        hole[6] = new double[] {0, Double.NaN};
        assertThatThrownBy(() -> FineGray.fit(cohort.outcomes, hole, NAMES))
                .hasMessageContaining("column viral, row 7");
        assertThatThrownBy(
                        () ->
                                CauseSpecificCox.fit(
                                        cohort.outcomes, NAMES, hole, CoxOptions.defaults()))
                .hasMessageContaining("column viral, row 7");
        double[][] twice = new double[60][2];
        for (int i = 0; i < 60; i++) {
            twice[i] = new double[] {cohort.x[i][0], 2 * cohort.x[i][0]};
        }
        assertThatThrownBy(() -> FineGray.fit(cohort.outcomes, twice, NAMES))
                .isInstanceOf(TrainingException.class)
                .hasMessageContaining("[size, viral]");
        assertThatThrownBy(() -> FineGray.fit(cohort.outcomes, new double[60][0]))
                .hasMessageContaining("at least one column");
        CompetingOutcomes gap =
                CompetingOutcomes.of(new double[] {1, 2, 3, 4}, new int[] {1, 3, 1, 0});
        assertThatThrownBy(() -> CauseSpecificCox.fit(gap, new double[4][0], CoxOptions.defaults()))
                .isInstanceOf(TrainingException.class)
                .hasMessageContaining("cause 2: no event");
    }
}
