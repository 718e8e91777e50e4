// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.eval;

import io.github.livermm.eval.resample.Bootstrap;
import io.github.livermm.eval.resample.BootstrapDistribution;
import io.github.livermm.eval.resample.Limits;
import java.util.ArrayList;
import java.util.List;

/**
 * Pointwise limits of sensitivity over a grid of specificities, from a bootstrap that keeps the
 * class sizes. Pointwise: the whole curve lies inside less often than the level says. As R's {@code
 * pROC::ci.se}.
 *
 * @param points specificities ascending; empty when a class is absent
 * @since 0.1.0
 */
public record RocBand(List<Point> points) {
    private static final int GRID = 100;

    /**
     * Copies the points.
     *
     * @param points specificities ascending
     */
    public RocBand {
        points = List.copyOf(points);
    }

    /**
     * The limits at one specificity.
     *
     * @param specificity in [0, 1]
     * @param lower the lower limit of sensitivity
     * @param upper the upper limit of sensitivity
     */
    public record Point(double specificity, double lower, double upper) {}

    /**
     * Resamples a curve.
     *
     * @param positive the truth of each row
     * @param score the score of each row, higher for positive; {@code NaN} is left out
     * @param level the confidence level in (0, 1)
     * @param replicates how many times to resample, at least 1; 2000 suit a figure in print
     * @param seed the seed; the same seed gives the same band for any number of threads
     * @return the band
     * @throws IllegalArgumentException when lengths differ, or level or replicates are out of range
     */
    public static RocBand of(
            boolean[] positive, double[] score, double level, int replicates, long seed) {
        RocCurve curve = RocCurve.of(positive, score);
        Normal.requireLevel(level);
        if (curve.positives() == 0 || curve.negatives() == 0) {
            return new RocBand(List.of());
        }
        List<BootstrapDistribution> sensitivities =
                Bootstrap.of(replicates, seed)
                        .stratifiedBy(positive)
                        .distributions(
                                positive.length,
                                rows ->
                                        sensitivities(
                                                RocCurve.of(
                                                        Rows.pick(positive, rows),
                                                        Rows.pick(score, rows))));
        List<Point> points = new ArrayList<>();
        for (int k = 0; k <= GRID; k++) {
            Limits limits = sensitivities.get(k).percentile(level);
            points.add(new Point((double) k / GRID, limits.lower(), limits.upper()));
        }
        return new RocBand(points);
    }

    private static double[] sensitivities(RocCurve curve) {
        double[] values = new double[GRID + 1];
        for (int k = 0; k <= GRID; k++) {
            values[k] = curve.sensitivityAtSpecificity((double) k / GRID);
        }
        return values;
    }
}
