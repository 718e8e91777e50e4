// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.eval;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Rows ranked by score with weights: the area under the ROC curve, part of it, and precision with
 * recall. For rows of equal weight {@link RocCurve} also knows variances. Higher scores mean
 * positive; tied scores form one step. Matches scikit-learn's {@code roc_auc_score}, {@code
 * average_precision_score} and {@code precision_recall_curve}.
 *
 * <p>Reference: Davis, Goadrich (2006), The relationship between precision-recall and ROC curves,
 * doi:10.1145/1143844.1143874.
 *
 * @since 0.1.0
 */
public final class WeightedRoc {
    /** Distinct scores ascending; weights of rows at or above each. */
    private final double[] thresholds;

    private final double[] truePositives;
    private final double[] falsePositives;

    private WeightedRoc(double[] thresholds, double[] truePositives, double[] falsePositives) {
        this.thresholds = thresholds;
        this.truePositives = truePositives;
        this.falsePositives = falsePositives;
    }

    /**
     * Ranks rows.
     *
     * @param positive the truth of each row
     * @param score the score of each row, higher for positive; finite
     * @param weights one weight per row, at least 0, or {@code null} for equal weights
     * @return the ranked rows
     * @throws IllegalArgumentException when lengths differ, a score is not finite or a weight is
     *     negative or not finite
     */
    public static WeightedRoc of(boolean[] positive, double[] score, double @Nullable [] weights) {
        Rows.requireSameLength("positive", positive.length, "score", score.length);
        Rows.requireFinite("score", score);
        Rows.requireWeights(weights, score.length);
        int[] order = SortOrder.ascending(score);
        double[] thresholds = new double[score.length];
        double[] tp = new double[score.length];
        double[] fp = new double[score.length];
        int groups = 0;
        for (int i : order) {
            if (groups == 0 || score[i] != thresholds[groups - 1]) {
                thresholds[groups++] = score[i];
            }
            double weight = weights == null ? 1 : weights[i];
            (positive[i] ? tp : fp)[groups - 1] += weight;
        }
        for (int g = groups - 2; g >= 0; g--) {
            tp[g] += tp[g + 1];
            fp[g] += fp[g + 1];
        }
        return new WeightedRoc(
                Arrays.copyOf(thresholds, groups),
                Arrays.copyOf(tp, groups),
                Arrays.copyOf(fp, groups));
    }

    /**
     * The distinct scores.
     *
     * @return a new array, ascending
     */
    public double[] thresholds() {
        return thresholds.clone();
    }

    /**
     * Precision when rows at or above each distinct score are called positive.
     *
     * @return in the order of {@link #thresholds()}
     */
    public double[] precision() {
        double[] precision = new double[thresholds.length];
        for (int g = 0; g < precision.length; g++) {
            precision[g] = truePositives[g] / (truePositives[g] + falsePositives[g]);
        }
        return precision;
    }

    /**
     * Recall when rows at or above each distinct score are called positive.
     *
     * @return in the order of {@link #thresholds()}; {@code NaN} without positive rows
     */
    public double[] recall() {
        double[] recall = new double[thresholds.length];
        for (int g = 0; g < recall.length; g++) {
            recall[g] = truePositives[g] / truePositives[0];
        }
        return recall;
    }

    /**
     * The weighted share of positive rows.
     *
     * @return in [0, 1], {@code NaN} without rows
     */
    public double prevalence() {
        return thresholds.length == 0
                ? Double.NaN
                : truePositives[0] / (truePositives[0] + falsePositives[0]);
    }

    /**
     * Average precision: the sum over distinct thresholds of the gain in recall times precision,
     * without interpolation.
     *
     * @return in [0, 1], {@code NaN} without positive rows
     */
    public double averagePrecision() {
        double sum = 0;
        double above = 0;
        for (int g = thresholds.length - 1; g >= 0; g--) {
            double gain = truePositives[g] - above;
            sum += gain == 0 ? 0 : gain * truePositives[g] / (truePositives[g] + falsePositives[g]);
            above = truePositives[g];
        }
        return thresholds.length == 0 ? Double.NaN : sum / truePositives[0];
    }

    /**
     * The trapezoid area under precision over recall, from recall 0 with precision 1; another
     * quantity than {@link #averagePrecision()}, optimistic between distant points.
     *
     * @return in [0, 1], {@code NaN} without positive rows
     */
    public double precisionRecallTrapezoid() {
        double[] precision = precision();
        double[] recall = recall();
        double sum = 0;
        double lastRecall = 0;
        double lastPrecision = 1;
        for (int g = thresholds.length - 1; g >= 0; g--) {
            sum += (recall[g] - lastRecall) * (precision[g] + lastPrecision) / 2;
            lastRecall = recall[g];
            lastPrecision = precision[g];
        }
        return thresholds.length == 0 ? Double.NaN : sum;
    }

    /**
     * The area under the weighted ROC curve.
     *
     * @return in [0, 1], {@code NaN} when a class is absent
     */
    public double auc() {
        return partialAuc(1);
    }

    /**
     * The area under the weighted ROC curve over low false positive rates, interpolated linearly at
     * the end; {@link RocCurve#mcClish} standardises it.
     *
     * @param most the highest false positive rate, in (0, 1]
     * @return in [0, most], {@code NaN} when a class is absent
     * @throws IllegalArgumentException when {@code most} is outside (0, 1]
     */
    public double partialAuc(double most) {
        if (!(most > 0 && most <= 1)) {
            throw new IllegalArgumentException("most " + most + " is outside (0, 1]");
        }
        if (thresholds.length == 0 || truePositives[0] == 0 || falsePositives[0] == 0) {
            return Double.NaN;
        }
        double sum = 0;
        double lastX = 0;
        double lastY = 0;
        for (int g = thresholds.length - 1; g >= 0 && lastX < most; g--) {
            double x = falsePositives[g] / falsePositives[0];
            double y = truePositives[g] / truePositives[0];
            if (x > most) {
                y = lastY + (y - lastY) * (most - lastX) / (x - lastX);
                x = most;
            }
            sum += (x - lastX) * (y + lastY) / 2;
            lastX = x;
            lastY = y;
        }
        return sum;
    }
}
