// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Proves that the band lies around the curve and around the truth of a simulation. */
class HorizonCalibrationBandTest {
    private static final int N = 300;
    private static final double HORIZON = 12;

    private final double[] time = new double[N];
    private final boolean[] event = new boolean[N];
    private final double[] risk = new double[N];

    /** The hazard is 0.6 times the predicted one: the true risk is {@code 1 - (1 - risk)^0.6}. */
    HorizonCalibrationBandTest() {
        SplittableRandom random = new SplittableRandom(3);
        for (int i = 0; i < N; i++) {
            risk[i] = 0.1 + 0.8 * random.nextDouble();
            double hazard = -Math.log(1 - risk[i]) / HORIZON * 0.6;
            double happens = -Math.log(random.nextDouble()) / hazard;
            double end = 5 + 30 * random.nextDouble();
            time[i] = Math.min(happens, end);
            event[i] = happens <= end;
        }
    }

    private HorizonCalibrationBand band(int replicates) {
        return HorizonCalibrationBand.of(
                SurvivalOutcomes.of(time, event), risk, HORIZON, 0.95, replicates, 1);
    }

    @Test
    void theCurveIsThatOfTheCalibrationAndTheBandHoldsItAndTheTruth() {
        List<CalibrationCurve.Point> points = band(200).points();

        assertThat(points).hasSize(51);
        double[] fitted =
                HorizonCalibration.of(SurvivalOutcomes.of(time, event), risk, HORIZON)
                        .recalibrated();
        int lowest = 0;
        for (int i = 1; i < N; i++) {
            lowest = risk[i] < risk[lowest] ? i : lowest;
        }
        assertThat(points.get(0).predicted()).isEqualTo(risk[lowest]);
        assertThat(points.get(0).observed()).isCloseTo(fitted[lowest], within(1e-12));
        long right =
                points.stream().filter(p -> p.lower() <= truth(p) && truth(p) <= p.upper()).count();
        assertThat(right).isGreaterThanOrEqualTo(46);
        for (CalibrationCurve.Point point : points) {
            assertThat(point.observed()).isBetween(point.lower() - 0.05, point.upper() + 0.05);
            assertThat(point.upper() - point.lower()).isBetween(0.01, 0.6);
        }
        assertThat(band(200)).isEqualTo(band(200));
    }

    private static double truth(CalibrationCurve.Point point) {
        return 1 - Math.pow(1 - point.predicted(), 0.6);
    }

    @Test
    void withoutACurveThereIsNoBand() {
        SurvivalOutcomes censored = SurvivalOutcomes.of(time, new boolean[N]);
        assertThat(HorizonCalibrationBand.of(censored, risk, HORIZON, 0.95, 5, 1).points())
                .isEmpty();
        double[] same = new double[N];
        Arrays.fill(same, 0.5);
        assertThat(
                        HorizonCalibrationBand.of(
                                        SurvivalOutcomes.of(time, event), same, 12, 0.95, 5, 1)
                                .points())
                .allMatch(p -> !Double.isNaN(p.observed()));
        assertThatThrownBy(() -> band(0)).hasMessageContaining("replicates 0");
    }
}
