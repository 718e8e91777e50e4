// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.eval;

import java.util.ArrayList;
import java.util.List;

/**
 * The net benefit of treating those whose predicted probability reaches a threshold, over a range
 * of thresholds: {@code NB(t) = TP / n - FP / n * t / (1 - t)}, positive when {@code p >= t}. The
 * threshold is the risk at which a patient would just choose treatment.
 *
 * <p>Reference: Vickers, Elkin (2006), Decision curve analysis, doi:10.1177/0272989X06295361.
 *
 * @param prevalence the share of events
 * @param points one per threshold, in the order given
 * @since 0.1.0
 */
public record DecisionCurve(double prevalence, List<Point> points) {

    /**
     * Copies the points.
     *
     * @param prevalence the share of events
     * @param points one per threshold
     */
    public DecisionCurve {
        points = List.copyOf(points);
    }

    /**
     * The curve at one threshold.
     *
     * @param threshold the threshold
     * @param netBenefit per patient
     * @param treatAll the net benefit of treating everybody
     * @param standardised the net benefit divided by the prevalence, at most 1; {@code NaN} without
     *     events
     * @param interventionsAvoided the net reduction in interventions against treating everybody,
     *     per patient; {@code NaN} at threshold 0
     * @param treated the share that reaches the threshold
     */
    public record Point(
            double threshold,
            double netBenefit,
            double treatAll,
            double standardised,
            double interventionsAvoided,
            double treated) {}

    /**
     * Computes the curve.
     *
     * @param positive the truth of each row
     * @param probability the predicted probability of each row, in [0, 1]
     * @param thresholds each in [0, 1)
     * @return the curve; its figures are {@code NaN} without rows
     * @throws IllegalArgumentException when lengths differ or a probability or threshold is out of
     *     range
     */
    public static DecisionCurve of(boolean[] positive, double[] probability, double... thresholds) {
        Rows.requireSameLength("positive", positive.length, "probability", probability.length);
        Rows.requireProbabilities("probability", probability);
        double prevalence = (double) Rows.count(positive) / positive.length;
        List<Point> points = new ArrayList<>();
        for (double threshold : thresholds) {
            if (!(threshold >= 0 && threshold < 1)) {
                throw new IllegalArgumentException("threshold " + threshold + " is outside [0, 1)");
            }
            points.add(point(positive, probability, prevalence, threshold));
        }
        return new DecisionCurve(prevalence, points);
    }

    private static Point point(
            boolean[] positive, double[] probability, double prevalence, double threshold) {
        ConfusionTable table = ConfusionTable.of(positive, probability, threshold);
        double n = table.total();
        double odds = threshold / (1 - threshold);
        double benefit = table.truePositives() / n - table.falsePositives() / n * odds;
        double all = prevalence - (1 - prevalence) * odds;
        return new Point(
                threshold,
                benefit,
                all,
                prevalence > 0 ? benefit / prevalence : Double.NaN,
                threshold > 0 ? (benefit - all) / odds : Double.NaN,
                (table.truePositives() + table.falsePositives()) / n);
    }
}
