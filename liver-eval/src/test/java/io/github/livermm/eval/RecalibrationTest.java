// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Recalibration saved and restored, calibration where it is undefined, and other prevalences. */
class RecalibrationTest {
    private static final int N = 400;
    private final boolean[] positive = new boolean[N];
    private final double[] probability = new double[N];

    RecalibrationTest() {
        Random random = new Random(1);
        for (int i = 0; i < N; i++) {
            double lp = random.nextGaussian();
            probability[i] = LogisticRegression.inverseLogit(1.5 * lp + 0.8);
            positive[i] = random.nextDouble() < LogisticRegression.inverseLogit(lp);
        }
    }

    @Test
    @SuppressWarnings("unchecked")
    void restoredFromJsonItCalibratesAlike() throws IOException {
        double[] logits = Arrays.stream(probability).map(LogisticRegression::logit).toArray();
        ObjectMapper json = new ObjectMapper();
        for (Recalibration fitted :
                List.of(
                        PlattScaling.fit(positive, logits, null),
                        IsotonicCalibration.rising(positive, probability, null),
                        LogisticRecalibration.interceptOnly(positive, probability),
                        LogisticRecalibration.interceptAndSlope(positive, probability),
                        new TemperatureScaling(1.7))) {
            String text = json.writeValueAsString(fitted.toMap());

            Recalibration restored = Recalibration.fromMap(json.readValue(text, Map.class));

            assertThat(restored.apply(probability)).isEqualTo(fitted.apply(probability));
            assertThat(restored).hasSameClassAs(fitted);
        }
    }

    @Test
    void recalibratedRowsAreCalibrated() {
        double[] shifted =
                LogisticRecalibration.interceptOnly(positive, probability).apply(probability);
        double[] both =
                LogisticRecalibration.interceptAndSlope(positive, probability).apply(probability);

        assertThat(LogisticCalibration.of(positive, shifted, 0.95).inTheLarge().estimate())
                .isCloseTo(0, within(1e-9));
        assertThat(LogisticCalibration.of(positive, both, 0.95).slope().estimate())
                .isCloseTo(1, within(1e-9));
        assertThat(LogisticCalibration.of(positive, both, 0.95).intercept().estimate())
                .isCloseTo(0, within(1e-9));
    }

    @Test
    void temperatureOfTwoClassesIsThatOfTheirLogits() {
        double p = new TemperatureScaling(2).probability(1.4);

        assertThat(p)
                .isCloseTo(new TemperatureScaling(2).probabilities(d(0, 1.4))[1], within(1e-15));
    }

    private static double[] d(double... values) {
        return values;
    }

    @Test
    void saysWhatCannotBeRestoredOrFitted() {
        assertThatThrownBy(() -> Recalibration.fromMap(Map.of("type", "magic")))
                .hasMessageContaining("type magic is not one of platt");
        assertThatThrownBy(() -> Recalibration.fromMap(Map.of("type", "platt", "a", "x")))
                .hasMessageContaining("a is x, not a number");
        assertThatThrownBy(() -> Recalibration.fromMap(Map.of("type", "isotonic", "knots", 1)))
                .hasMessageContaining("knots is 1, not a list");
        assertThatThrownBy(() -> new TemperatureScaling(0).toMap())
                .isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> new LogisticRecalibration(Double.NaN, 1))
                .hasMessageContaining("must be finite");
        boolean[] one = {true, true};
        assertThatThrownBy(() -> LogisticRecalibration.interceptOnly(one, d(0.1, 0.2)))
                .hasMessageContaining("2 of 2");
        boolean[] two = {true, false};
        assertThatThrownBy(() -> LogisticRecalibration.interceptOnly(two, d(0.1, 1)))
                .hasMessageContaining("row 1 is 1.0");
        assertThatThrownBy(() -> LogisticRecalibration.interceptAndSlope(two, d(0.2, 0.2)))
                .hasMessageContaining("constant");
        assertThatThrownBy(() -> LogisticRecalibration.interceptAndSlope(two, d(0.8, 0.2)))
                .hasMessageContaining("separates");
    }

    @Test
    void splineCurveIsUndefinedWhereItCannotBe() {
        boolean[] none = new boolean[N];
        double[] constant = new double[N];
        Arrays.fill(constant, 0.3);
        boolean[] perfect = new boolean[N];
        for (int i = 0; i < N; i++) {
            perfect[i] = probability[i] > 0.5;
        }
        for (SplineCalibrationCurve curve :
                List.of(
                        SplineCalibrationCurve.of(none, probability, 4),
                        SplineCalibrationCurve.of(positive, constant, 4),
                        SplineCalibrationCurve.of(perfect, probability, 4))) {
            assertThat(curve.defined()).isFalse();
            assertThat(curve.ici()).isNaN();
            assertThat(curve.emax()).isNaN();
            assertThat(curve.nonlinearityPValue()).isNaN();
            assertThat(curve.points(5, 0.95)).isEmpty();
        }
        double[] bounds = probability.clone();
        bounds[0] = 0;
        bounds[1] = 1;
        assertThat(SplineCalibrationCurve.of(positive, bounds, 4).omitted()).isEqualTo(2);
        assertThatThrownBy(() -> SplineCalibrationCurve.of(positive, probability, 2))
                .hasMessageContaining("knots 2");
        assertThatThrownBy(
                        () -> SplineCalibrationCurve.of(positive, probability, 3).points(1, 0.95))
                .hasMessageContaining("count 1");
    }

    @Test
    void bothFlexibleCurvesFindTheTruth() {
        // truth: logit q = (logit p - 0.8) / 1.5
        SplineCalibrationCurve spline = SplineCalibrationCurve.of(positive, probability, 4);
        CalibrationCurve loess = CalibrationCurve.of(positive, probability);
        CalibrationCurve quick = CalibrationCurve.interpolated(positive, probability);
        double truth = 0;
        for (double p : probability) {
            double q = LogisticRegression.inverseLogit((LogisticRegression.logit(p) - 0.8) / 1.5);
            truth += Math.abs(q - p) / N;
        }

        assertThat(spline.ici()).isCloseTo(truth, within(0.04));
        assertThat(loess.ici()).isCloseTo(truth, within(0.04));
        assertThat(quick.ici()).isCloseTo(loess.ici(), within(0.002));
    }

    @Test
    void multinomialCalibrationIsUndefinedWithoutAClass() {
        int[] truth = {0, 1, 0, 1};
        double[][] p = {{.5, .3, .2}, {.2, .5, .3}, {.3, .3, .4}, {.4, .2, .4}};

        MultinomialCalibration fit = MultinomialCalibration.of(truth, p);

        assertThat(fit.intercepts()).containsOnly(Double.NaN);
        assertThat(fit.standardErrors()[0]).containsOnly(Double.NaN);
        assertThat(fit.calibrationPValue()).isNaN();
        assertThat(fit.recalibrated(p[0])).containsOnly(Double.NaN);
        assertThatThrownBy(() -> MultinomialCalibration.of(truth, new double[][] {{1, 0}}))
                .hasMessageContaining("truth has 4 rows");
        p[2][1] = 0;
        assertThatThrownBy(() -> MultinomialCalibration.of(truth, p))
                .hasMessageContaining("row 2 column 1");
    }

    @Test
    void multinomialRecalibrationOfRightPredictionsChangesLittle() {
        Random random = new Random(2);
        int n = 3000;
        int[] truth = new int[n];
        double[][] p = new double[n][];
        for (int i = 0; i < n; i++) {
            double a = Math.exp(random.nextGaussian());
            double b = Math.exp(random.nextGaussian());
            double sum = 1 + a + b;
            p[i] = d(1 / sum, a / sum, b / sum);
            double u = random.nextDouble();
            truth[i] = u < p[i][0] ? 0 : u < p[i][0] + p[i][1] ? 1 : 2;
        }

        MultinomialCalibration fit = MultinomialCalibration.of(truth, p);

        assertThat(fit.calibrationPValue()).isGreaterThan(0.001);
        for (int k = 0; k < 2; k++) {
            double[] se = fit.standardErrors()[k];
            assertThat(fit.intercepts()[k]).isCloseTo(0, within(4 * se[0]));
            assertThat(fit.slopes()[k][k]).isCloseTo(1, within(4 * se[k + 1]));
            assertThat(fit.slopes()[k][1 - k]).isCloseTo(0, within(4 * se[2 - k]));
        }
        double[] q = fit.recalibrated(p[0]);
        assertThat(q[0] + q[1] + q[2]).isCloseTo(1, within(1e-12));
    }

    @Test
    void figuresAtAnotherPrevalenceAreThoseOfThatPopulation() {
        PrevalenceShift shift = PrevalenceShift.from(positive, 0.1);
        double[] weights = shift.weights(positive);
        double total = 0;
        double events = 0;
        double expected = 0;
        for (int i = 0; i < N; i++) {
            total += weights[i];
            events += positive[i] ? weights[i] : 0;
            expected += weights[i] * probability[i];
        }

        assertThat(total).isCloseTo(N, within(1e-9));
        assertThat(events / total).isCloseTo(0.1, within(1e-12));
        assertThat(shift.observedOverExpected(positive, probability))
                .isCloseTo(events / expected, within(1e-12));
        // at the study's own prevalence nothing changes
        PrevalenceShift same = PrevalenceShift.from(positive, shift.study());
        ConfusionTable table = ConfusionTable.of(positive, probability, 0.5);
        assertThat(same.probability(0.37)).isCloseTo(0.37, within(1e-15));
        assertThat(same.ppv(table, 0.95).estimate()).isCloseTo(table.ppv(), within(1e-12));
        assertThat(same.npv(table, 0.95).estimate()).isCloseTo(table.npv(), within(1e-12));
        assertThat(same.netBenefit(table, 0.5))
                .isCloseTo(
                        DecisionCurve.of(positive, probability, 0.5).points().get(0).netBenefit(),
                        within(1e-12));
        assertThat(shift.probability(0)).isZero();
        assertThat(shift.probability(1)).isEqualTo(1);
        assertThat(shift.ppv(new ConfusionTable(0, 3, 5, 9), 0.95).lower()).isNaN();
        assertThatThrownBy(() -> PrevalenceShift.from(positive, 1)).hasMessageContaining("target");
        assertThatThrownBy(() -> PrevalenceShift.from(new boolean[3], 0.2))
                .hasMessageContaining("study 0.0");
        assertThatThrownBy(() -> shift.netBenefit(table, 1)).hasMessageContaining("threshold 1.0");
        assertThatThrownBy(() -> RocCurve.of(positive, probability).cheapest(0, 0.1))
                .hasMessageContaining("costOfMiss 0.0");
        assertThat(RocCurve.of(new boolean[3], new double[3]).cheapest(1, 0.1)).isEmpty();
    }
}
