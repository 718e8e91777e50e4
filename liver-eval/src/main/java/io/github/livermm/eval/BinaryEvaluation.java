// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.eval;

import io.github.livermm.eval.resample.Bootstrap;
import io.github.livermm.eval.resample.BootstrapDistribution;
import io.github.livermm.eval.resample.Limits;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Everything a report says of one binary target: discrimination, the table at one threshold, and
 * calibration, each figure with 95 % limits. It judges predictions and never makes them; a
 * threshold must come from elsewhere than these rows, and says from where.
 *
 * <p>Limits: AUC by DeLong on the logit scale, shares by Wilson, Brier score, calibration in the
 * large and slope by Wald, ICI by a stratified bootstrap with bias correction. What these rows
 * cannot answer is {@code NaN} with the reason in {@link #notes()}.
 *
 * @param n the number of rows
 * @param events the number of positive rows
 * @param auc the area under the ROC curve
 * @param accuracy the share called right at the threshold
 * @param sensitivity the share of positive rows called positive
 * @param specificity the share of negative rows called negative
 * @param ppv the positive predictive value
 * @param npv the negative predictive value
 * @param threshold rows with a probability at or above it are called positive
 * @param thresholdFrom where the threshold came from, for example {@code "training folds, Youden"}
 * @param brier the Brier score
 * @param calibrationIntercept calibration in the large, 0 when right
 * @param calibrationSlope the slope of the joint recalibration, 1 when right
 * @param ici the integrated calibration index, 0 when right
 * @param notes why figures are undefined and what was left out
 * @since 0.1.0
 */
public record BinaryEvaluation(
        int n,
        int events,
        Interval auc,
        Interval accuracy,
        Interval sensitivity,
        Interval specificity,
        Interval ppv,
        Interval npv,
        double threshold,
        String thresholdFrom,
        Interval brier,
        Interval calibrationIntercept,
        Interval calibrationSlope,
        Interval ici,
        List<String> notes) {
    private static final double LEVEL = 0.95;

    /** Enough for bias-corrected limits of a secondary figure; each replicate smooths anew. */
    private static final int REPLICATES = 200;

    /** Exact evaluations of the curve in the estimate: all of them for cohorts of usual size. */
    private static final int MOST_POINTS = 1000;

    /** Exact evaluations of the curve in a replicate; a local quadratic is smooth in between. */
    private static final int MOST_POINTS_IN_REPLICATE = 40;

    /**
     * Copies the notes.
     *
     * @param n the number of rows
     * @param events the number of positive rows
     * @param auc the area under the ROC curve
     * @param accuracy the share called right
     * @param sensitivity the share of positive rows called positive
     * @param specificity the share of negative rows called negative
     * @param ppv the positive predictive value
     * @param npv the negative predictive value
     * @param threshold the threshold
     * @param thresholdFrom where the threshold came from
     * @param brier the Brier score
     * @param calibrationIntercept calibration in the large
     * @param calibrationSlope the slope of the recalibration
     * @param ici the integrated calibration index
     * @param notes the notes
     */
    public BinaryEvaluation {
        notes = List.copyOf(notes);
    }

    /**
     * Evaluates predicted probabilities.
     *
     * @param positive the truth of each row
     * @param probability the predicted probability of each row, in [0, 1]
     * @param threshold rows at or above it are called positive; {@code NaN} for none
     * @param thresholdFrom where the threshold came from, in words
     * @param seed of the bootstrap; the same seed gives the same limits for any number of threads
     * @return the evaluation
     * @throws IllegalArgumentException when lengths differ or a probability is outside [0, 1]
     */
    public static BinaryEvaluation of(
            boolean[] positive,
            double[] probability,
            double threshold,
            String thresholdFrom,
            long seed) {
        Rows.requireSameLength("positive", positive.length, "probability", probability.length);
        Rows.requireProbabilities("probability", probability);
        int events = Rows.count(positive);
        List<String> notes = new ArrayList<>();
        noteClasses(positive.length, events, notes);
        boolean thresholded = !Double.isNaN(threshold);
        ConfusionTable table =
                thresholded
                        ? ConfusionTable.of(positive, probability, threshold)
                        : new ConfusionTable(0, 0, 0, 0);
        if (!thresholded) {
            notes.add("no threshold: accuracy, sensitivity, specificity, ppv, npv are undefined");
        } else if (positive.length > 0) {
            noteCalls(table, notes);
        }
        LogisticCalibration logistic = LogisticCalibration.of(positive, probability, LEVEL);
        noteCalibration(logistic, events, positive.length, notes);
        ProportionInterval wilson = ProportionInterval.WILSON;
        return new BinaryEvaluation(
                positive.length,
                events,
                RocCurve.of(positive, probability).aucLogitInterval(LEVEL),
                table.accuracy(wilson, LEVEL),
                table.sensitivity(wilson, LEVEL),
                table.specificity(wilson, LEVEL),
                table.ppv(wilson, LEVEL),
                table.npv(wilson, LEVEL),
                threshold,
                thresholdFrom,
                BrierScore.of(positive, probability).interval(LEVEL),
                logistic.inTheLarge(),
                logistic.slope(),
                ici(positive, probability, seed),
                notes);
    }

    private static void noteClasses(int n, int events, List<String> notes) {
        if (n == 0) {
            notes.add("no row: every figure is undefined");
        } else if (events == 0 || events == n) {
            notes.add(
                    "no "
                            + (events == 0 ? "positive" : "negative")
                            + " row: auc and calibration are undefined");
        } else if (Math.min(events, n - events) == 1) {
            notes.add("one row only in a class: the limits of auc are undefined");
        }
    }

    private static void noteCalls(ConfusionTable table, List<String> notes) {
        if (Double.isNaN(table.ppv())) {
            notes.add("no row reaches the threshold: ppv is undefined");
        }
        if (Double.isNaN(table.npv())) {
            notes.add("no row lies below the threshold: npv is undefined");
        }
    }

    private static void noteCalibration(
            LogisticCalibration logistic, int events, int n, List<String> notes) {
        if (logistic.omitted() > 0) {
            notes.add(
                    logistic.omitted()
                            + " rows predicted exactly 0 or 1 take no part in calibration"
                            + " intercept and slope");
        }
        boolean bothClasses = events > 0 && events < n;
        if (bothClasses && Double.isNaN(logistic.slope().estimate())) {
            notes.add(
                    "calibration slope is undefined: predictions are constant, separate the"
                            + " classes, or leave one class only inside (0, 1)");
        }
        if (bothClasses && n < CalibrationCurve.FEWEST_ROWS) {
            notes.add("fewer than " + CalibrationCurve.FEWEST_ROWS + " rows: ici is undefined");
        }
    }

    private static Interval ici(boolean[] positive, double[] probability, long seed) {
        String method = "bootstrap, bias-corrected, stratified, " + REPLICATES + " replicates";
        CalibrationCurve curve = CalibrationCurve.of(positive, probability, MOST_POINTS);
        if (!curve.defined()) {
            return Interval.undefined(method);
        }
        BootstrapDistribution distribution =
                Bootstrap.of(REPLICATES, seed)
                        .stratifiedBy(positive)
                        .distribution(
                                positive.length,
                                rows ->
                                        CalibrationCurve.of(
                                                        Rows.pick(positive, rows),
                                                        Rows.pick(probability, rows),
                                                        MOST_POINTS_IN_REPLICATE)
                                                .ici());
        Limits limits = distribution.biasCorrected(LEVEL);
        double ici = curve.ici();
        return new Interval(
                ici, Math.min(ici, limits.lower()), Math.max(ici, limits.upper()), method);
    }

    /**
     * The same evaluation with another area under the curve: that of scores which rank the rows
     * better than their probabilities do, such as the log-odds of each fold about its base rate.
     *
     * @param other the area and its limits
     * @return a copy
     */
    public BinaryEvaluation withAuc(Interval other) {
        return new BinaryEvaluation(
                n,
                events,
                other,
                accuracy,
                sensitivity,
                specificity,
                ppv,
                npv,
                threshold,
                thresholdFrom,
                brier,
                calibrationIntercept,
                calibrationSlope,
                ici,
                notes);
    }

    /**
     * The block of the metrics file.
     *
     * @return an unmodifiable ordered map with the keys {@code n, events, auc, accuracy,
     *     sensitivity, specificity, ppv, npv, threshold, threshold_from, brier, calibration
     *     {intercept, slope, ici}}; undefined values are {@code null}, their reasons in {@link
     *     #notes()}
     */
    public Map<String, @Nullable Object> toMap() {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        map.put("n", n);
        map.put("events", events);
        map.put("auc", auc.toMap());
        map.put("accuracy", accuracy.toMap());
        map.put("sensitivity", sensitivity.toMap());
        map.put("specificity", specificity.toMap());
        map.put("ppv", ppv.toMap());
        map.put("npv", npv.toMap());
        map.put("threshold", Double.isFinite(threshold) ? threshold : null);
        map.put("threshold_from", thresholdFrom);
        map.put("brier", brier.toMap());
        Map<String, @Nullable Object> calibration = new LinkedHashMap<>();
        calibration.put("intercept", calibrationIntercept.toMap());
        calibration.put("slope", calibrationSlope.toMap());
        calibration.put("ici", ici.toMap());
        map.put("calibration", Collections.unmodifiableMap(calibration));
        return Collections.unmodifiableMap(map);
    }
}
