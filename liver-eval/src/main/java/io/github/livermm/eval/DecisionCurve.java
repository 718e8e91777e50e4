// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.eval;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The net benefit of treating those whose predicted probability reaches a threshold, over a range
 * of thresholds: {@code NB(t) = TP / n - FP / n * t / (1 - t)}, positive when {@code p >= t}. The
 * threshold is the risk at which a patient would just choose treatment.
 *
 * <p>With censored follow-up TP and FP are estimated: among the share f that reaches the threshold
 * the event has happened by the horizon with probability R (1 - Kaplan-Meier, or Aalen-Johansen
 * with competing events), so TP / n = R f and FP / n = (1 - R) f. Where the follow-up of those rows
 * ends before the horizon their last value is carried forward.
 *
 * <p>Limits: {@link DecisionBand}. Reference: Vickers, Elkin (2006), Decision curve analysis,
 * doi:10.1177/0272989X06295361; Vickers, Cronin, Elkin, Gonen (2008), Extensions to decision curve
 * analysis, doi:10.1186/1472-6947-8-53.
 *
 * @param prevalence the share of events, by the horizon if there is one
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
        requireThresholds(thresholds);
        double prevalence = (double) Rows.count(positive) / positive.length;
        List<Point> points = new ArrayList<>();
        for (double threshold : thresholds) {
            ConfusionTable table = ConfusionTable.of(positive, probability, threshold);
            double hits = table.truePositives() / (double) table.total();
            double alarms = table.falsePositives() / (double) table.total();
            points.add(point(threshold, prevalence, hits, alarms));
        }
        return new DecisionCurve(prevalence, points);
    }

    /**
     * Computes the curve of an event by a horizon from censored follow-up.
     *
     * @param outcomes follow-up
     * @param risk the predicted probability of the event by the horizon, in [0, 1]
     * @param horizon time, not negative
     * @param thresholds each in [0, 1)
     * @return the curve; its figures are {@code NaN} without rows or when the horizon lies beyond
     *     the last time of follow-up
     * @throws IllegalArgumentException when lengths differ or a value is out of range
     */
    public static DecisionCurve of(
            SurvivalOutcomes outcomes, double[] risk, double horizon, double... thresholds) {
        return of(CompetingOutcomes.of(outcomes), risk, horizon, thresholds);
    }

    /**
     * Computes the curve of the event of interest by a horizon while other events compete.
     *
     * @param outcomes follow-up with causes
     * @param risk the predicted absolute risk of cause 1 by the horizon, in [0, 1]
     * @param horizon time, not negative
     * @param thresholds each in [0, 1)
     * @return the curve; its figures are {@code NaN} without rows or when the horizon lies beyond
     *     the last time of follow-up
     * @throws IllegalArgumentException when lengths differ or a value is out of range
     */
    public static DecisionCurve of(
            CompetingOutcomes outcomes, double[] risk, double horizon, double... thresholds) {
        Rows.requireSameLength("outcomes", outcomes.size(), "risk", risk.length);
        Rows.requireProbabilities("risk", risk);
        requireThresholds(thresholds);
        if (!(horizon >= 0)) {
            throw new IllegalArgumentException("horizon " + horizon + " is negative or NaN");
        }
        boolean defined = outcomes.size() > 0 && horizon <= outcomes.anyCause().lastTime();
        double prevalence = defined ? CumulativeIncidence.of(outcomes, 1).at(horizon) : Double.NaN;
        List<Point> points = new ArrayList<>();
        for (double threshold : thresholds) {
            int[] rows =
                    IntStream.range(0, risk.length).filter(i -> risk[i] >= threshold).toArray();
            double share = (double) rows.length / risk.length;
            double happened =
                    rows.length == 0
                            ? 0
                            : CumulativeIncidence.of(outcomes.select(rows), 1).at(horizon);
            double hits = defined ? happened * share : Double.NaN;
            points.add(point(threshold, prevalence, hits, share - hits));
        }
        return new DecisionCurve(prevalence, points);
    }

    private static void requireThresholds(double[] thresholds) {
        for (double threshold : thresholds) {
            if (!(threshold >= 0 && threshold < 1)) {
                throw new IllegalArgumentException("threshold " + threshold + " is outside [0, 1)");
            }
        }
    }

    private static Point point(double threshold, double prevalence, double hits, double alarms) {
        double odds = threshold / (1 - threshold);
        double benefit = hits - alarms * odds;
        double all = prevalence - (1 - prevalence) * odds;
        return new Point(
                threshold,
                benefit,
                all,
                prevalence > 0 ? benefit / prevalence : Double.NaN,
                threshold > 0 ? (benefit - all) / odds : Double.NaN,
                hits + alarms);
    }
}
