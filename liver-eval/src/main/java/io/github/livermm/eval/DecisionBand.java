// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.eval;

import io.github.livermm.eval.resample.Bootstrap;
import io.github.livermm.eval.resample.BootstrapDistribution;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * Pointwise percentile limits of a decision curve from the bootstrap: of net benefit, its
 * standardised form, the gain over the better of treating everybody and nobody, and the
 * interventions avoided. Every curve of {@link DecisionCurve} can be resampled, and so can the
 * difference of two models on the same rows.
 *
 * <p>Reference: Vickers, Cronin, Elkin, Gonen (2008), doi:10.1186/1472-6947-8-53.
 *
 * @param points one per threshold, in the order of the curve
 * @since 0.1.0
 */
public record DecisionBand(List<Point> points) {
    private static final int PARTS = 4;

    /**
     * Copies the points.
     *
     * @param points one per threshold
     */
    public DecisionBand {
        points = List.copyOf(points);
    }

    /**
     * The limits at one threshold.
     *
     * @param threshold the threshold
     * @param netBenefit per patient
     * @param standardised net benefit over prevalence
     * @param gain net benefit less that of the better default, treating everybody or nobody
     * @param interventionsAvoided per patient, against treating everybody
     */
    public record Point(
            double threshold,
            Interval netBenefit,
            Interval standardised,
            Interval gain,
            Interval interventionsAvoided) {}

    /**
     * Resamples a curve of binary outcomes.
     *
     * @param positive the truth of each row
     * @param probability the predicted probability of each row, in [0, 1]
     * @param plan how to resample
     * @param level the confidence level in (0, 1)
     * @param thresholds each in [0, 1)
     * @return the limits
     * @throws IllegalArgumentException when lengths differ or a value is out of range
     */
    public static DecisionBand of(
            boolean[] positive,
            double[] probability,
            Bootstrap plan,
            double level,
            double... thresholds) {
        return of(
                positive.length,
                rows ->
                        DecisionCurve.of(
                                Rows.pick(positive, rows),
                                Rows.pick(probability, rows),
                                thresholds),
                plan,
                level);
    }

    /**
     * Resamples a curve of censored outcomes, with or without competing events.
     *
     * @param outcomes follow-up with causes
     * @param risk the predicted absolute risk of cause 1 by the horizon, in [0, 1]
     * @param horizon time, not negative
     * @param plan how to resample
     * @param level the confidence level in (0, 1)
     * @param thresholds each in [0, 1)
     * @return the limits
     * @throws IllegalArgumentException when lengths differ or a value is out of range
     */
    public static DecisionBand of(
            CompetingOutcomes outcomes,
            double[] risk,
            double horizon,
            Bootstrap plan,
            double level,
            double... thresholds) {
        return of(
                outcomes.size(),
                rows ->
                        DecisionCurve.of(
                                outcomes.select(rows), Rows.pick(risk, rows), horizon, thresholds),
                plan,
                level);
    }

    private static DecisionBand of(
            int rows, Function<int[], DecisionCurve> curve, Bootstrap plan, double level) {
        Normal.requireLevel(level);
        List<BootstrapDistribution> parts =
                plan.distributions(rows, drawn -> flat(curve.apply(drawn)));
        double[] thresholds =
                curve.apply(new int[0]).points().stream().mapToDouble(p -> p.threshold()).toArray();
        List<Point> points = new ArrayList<>();
        for (int k = 0; k < thresholds.length; k++) {
            Interval[] of = new Interval[PARTS];
            for (int part = 0; part < PARTS; part++) {
                of[part] = Interval.percentile(parts.get(PARTS * k + part), level);
            }
            points.add(new Point(thresholds[k], of[0], of[1], of[2], of[3]));
        }
        return new DecisionBand(points);
    }

    private static double[] flat(DecisionCurve curve) {
        double[] flat = new double[PARTS * curve.points().size()];
        int k = 0;
        for (DecisionCurve.Point point : curve.points()) {
            flat[k++] = point.netBenefit();
            flat[k++] = point.standardised();
            flat[k++] = point.netBenefit() - Math.max(0, point.treatAll());
            flat[k++] = point.interventionsAvoided();
        }
        return flat;
    }
}
