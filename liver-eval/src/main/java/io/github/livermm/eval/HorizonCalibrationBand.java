// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.eval;

import io.github.livermm.eval.resample.Bootstrap;
import io.github.livermm.eval.resample.BootstrapDistribution;
import io.github.livermm.eval.resample.Limits;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * Pointwise limits of the smooth calibration curve at a horizon, from a bootstrap that keeps the
 * number of events and refits the curve of {@link HorizonCalibration} in every replicate. Between
 * the risks of a replicate its curve is interpolated, outside of them it is not used.
 *
 * <p>Reference: Austin, Harrell, van Klaveren (2020), Graphical calibration curves and the
 * integrated calibration index for survival models, doi:10.1002/sim.8570.
 *
 * @param points risks ascending; empty when the curve is undefined
 * @since 0.1.0
 */
public record HorizonCalibrationBand(List<CalibrationCurve.Point> points) {
    private static final int GRID = 50;

    /**
     * Copies the points.
     *
     * @param points risks ascending
     */
    public HorizonCalibrationBand {
        points = List.copyOf(points);
    }

    /**
     * Resamples a curve.
     *
     * @param outcomes follow-up
     * @param risk predicted probability of the event by the horizon, in [0, 1]
     * @param horizon the horizon, in the unit of follow-up
     * @param level the confidence level in (0, 1)
     * @param replicates how many times to resample, at least 1
     * @param seed the seed; the same seed gives the same band for any number of threads
     * @return the curve with its band at 51 risks from the lowest to the highest
     * @throws IllegalArgumentException when lengths differ, a risk is outside [0, 1], or level or
     *     replicates are out of range
     */
    public static HorizonCalibrationBand of(
            SurvivalOutcomes outcomes,
            double[] risk,
            double horizon,
            double level,
            int replicates,
            long seed) {
        Normal.requireLevel(level);
        Curve curve = Curve.of(outcomes, risk, horizon);
        if (curve.risk.length == 0) {
            return new HorizonCalibrationBand(List.of());
        }
        double from = curve.risk[0];
        double to = curve.risk[curve.risk.length - 1];
        double[] grid = new double[GRID + 1];
        Arrays.setAll(grid, k -> k == GRID ? to : from + (to - from) * k / GRID);
        List<BootstrapDistribution> found =
                Bootstrap.of(replicates, seed)
                        .stratifiedBy(outcomes.eventInPlace())
                        .distributions(
                                risk.length,
                                rows ->
                                        Curve.of(
                                                        outcomes.select(rows),
                                                        Rows.pick(risk, rows),
                                                        horizon)
                                                .at(grid));
        List<CalibrationCurve.Point> points = new ArrayList<>();
        double[] observed = curve.at(grid);
        for (int k = 0; k <= GRID; k++) {
            Limits limits = found.get(k).percentile(level);
            points.add(
                    new CalibrationCurve.Point(
                            grid[k], observed[k], limits.lower(), limits.upper()));
        }
        return new HorizonCalibrationBand(points);
    }

    /** A fitted curve at the distinct risks of its rows; without points when it is undefined. */
    private static final class Curve {
        final double[] risk;
        final double[] observed;

        private Curve(double[] risk, double[] observed) {
            this.risk = risk;
            this.observed = observed;
        }

        static Curve of(SurvivalOutcomes outcomes, double[] risk, double horizon) {
            double[] fitted = HorizonCalibration.of(outcomes, risk, horizon).recalibrated();
            List<double[]> points = new ArrayList<>();
            for (int i = 0; i < risk.length; i++) {
                if (Double.isFinite(fitted[i])) {
                    points.add(new double[] {risk[i], fitted[i]});
                }
            }
            points.sort(Comparator.comparingDouble(p -> p[0]));
            List<double[]> distinct = new ArrayList<>();
            for (double[] point : points) {
                if (distinct.isEmpty() || point[0] > distinct.get(distinct.size() - 1)[0]) {
                    distinct.add(point);
                }
            }
            return new Curve(
                    distinct.stream().mapToDouble(p -> p[0]).toArray(),
                    distinct.stream().mapToDouble(p -> p[1]).toArray());
        }

        double[] at(double[] grid) {
            double[] values = new double[grid.length];
            Arrays.setAll(values, k -> at(grid[k]));
            return values;
        }

        private double at(double x) {
            int n = risk.length;
            if (n == 0 || x < risk[0] || x > risk[n - 1]) {
                return Double.NaN;
            }
            int found = Arrays.binarySearch(risk, x);
            if (found >= 0) {
                return observed[found];
            }
            int above = -found - 1;
            double share = (x - risk[above - 1]) / (risk[above] - risk[above - 1]);
            return observed[above - 1] + share * (observed[above] - observed[above - 1]);
        }
    }
}
