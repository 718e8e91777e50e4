// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.eval;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * The empirical ROC curve of a score, its area with DeLong's variance, and thresholds on it. Higher
 * scores mean positive; the direction is never turned by itself, so an AUC below one half stays
 * below one half. Ties between a positive and a negative row count one half. Rows whose score is
 * {@code NaN} are left out and counted; infinite scores are ranked. Matches R's pROC with {@code
 * direction = "<"}.
 *
 * <p>Cost: O(n log n) time, O(n) memory.
 *
 * <p>Reference: DeLong, DeLong, Clarke-Pearson (1988), Comparing the areas under two or more
 * correlated receiver operating characteristic curves, doi:10.2307/2531595; Hanley, McNeil (1982),
 * doi:10.1148/radiology.143.1.7063747; McClish (1989), doi:10.1177/0272989X8900900307.
 *
 * @since 0.1.0
 */
public final class RocCurve {
    private final int positives;
    private final int negatives;
    private final int omitted;

    /** Distinct scores, ascending, with the rows of each class at them. */
    private final double[] values;

    private final int[] positivesAt;
    private final int[] negativesAt;

    private RocCurve(double[] positive, double[] negative, int omitted) {
        this.positives = positive.length;
        this.negatives = negative.length;
        this.omitted = omitted;
        double[] distinct = new double[positives + negatives];
        int[] a = new int[distinct.length];
        int[] b = new int[distinct.length];
        int groups = 0;
        for (int i = 0, j = 0; i < positives || j < negatives; groups++) {
            double value =
                    j == negatives || (i < positives && positive[i] < negative[j])
                            ? positive[i]
                            : negative[j];
            distinct[groups] = value;
            while (i < positives && positive[i] == value) {
                a[groups]++;
                i++;
            }
            while (j < negatives && negative[j] == value) {
                b[groups]++;
                j++;
            }
        }
        this.values = Arrays.copyOf(distinct, groups);
        this.positivesAt = Arrays.copyOf(a, groups);
        this.negativesAt = Arrays.copyOf(b, groups);
    }

    /**
     * The curve of a score.
     *
     * @param positive the truth of each row
     * @param score the score of each row, higher for positive; {@code NaN} is left out
     * @return the curve
     * @throws IllegalArgumentException when lengths differ
     */
    public static RocCurve of(boolean[] positive, double[] score) {
        Rows.requireSameLength("positive", positive.length, "score", score.length);
        double[] a = new double[score.length];
        double[] b = new double[score.length];
        int m = 0;
        int n = 0;
        for (int i = 0; i < score.length; i++) {
            if (Double.isNaN(score[i])) {
                continue;
            }
            if (positive[i]) {
                a[m++] = score[i];
            } else {
                b[n++] = score[i];
            }
        }
        Arrays.parallelSort(a, 0, m);
        Arrays.parallelSort(b, 0, n);
        return new RocCurve(Arrays.copyOf(a, m), Arrays.copyOf(b, n), score.length - m - n);
    }

    /**
     * The positive rows with a score.
     *
     * @return their number
     */
    public int positives() {
        return positives;
    }

    /**
     * The negative rows with a score.
     *
     * @return their number
     */
    public int negatives() {
        return negatives;
    }

    /**
     * The rows without a score, which were left out.
     *
     * @return their number
     */
    public int omitted() {
        return omitted;
    }

    /**
     * The area under the curve: the chance that a positive row scores above a negative one, ties
     * counting one half.
     *
     * @return in [0, 1], {@code NaN} when a class is absent
     */
    public double auc() {
        return mannWhitneyU() / ((double) positives * negatives);
    }

    /**
     * The Mann-Whitney statistic: pairs of a positive and a negative row ranked rightly, ties
     * counting one half.
     *
     * @return in [0, positives x negatives]
     */
    public double mannWhitneyU() {
        double u = 0;
        long below = 0;
        for (int k = 0; k < values.length; k++) {
            u += positivesAt[k] * (below + negativesAt[k] / 2.0);
            below += negativesAt[k];
        }
        return u;
    }

    /**
     * DeLong's variance of the area.
     *
     * @return at least 0; 0 at an area of 0 or 1; {@code NaN} when a class has fewer than two rows
     */
    public double delongVariance() {
        if (positives < 2 || negatives < 2) {
            return Double.NaN;
        }
        double area = auc();
        double ofPositives = 0;
        double ofNegatives = 0;
        long negativesBelow = 0;
        long positivesBelow = 0;
        for (int k = 0; k < values.length; k++) {
            double placement = (negativesBelow + negativesAt[k] / 2.0) / negatives - area;
            ofPositives += positivesAt[k] * placement * placement;
            positivesBelow += positivesAt[k];
            double above = (positives - positivesBelow + positivesAt[k] / 2.0) / positives - area;
            ofNegatives += negativesAt[k] * above * above;
            negativesBelow += negativesAt[k];
        }
        return ofPositives / (positives - 1.0) / positives
                + ofNegatives / (negatives - 1.0) / negatives;
    }

    /**
     * Hanley and McNeil's standard error of the area, from the area and the class sizes alone.
     *
     * @return at least 0, {@code NaN} when a class is absent
     */
    public double hanleyMcNeilStandardError() {
        double a = auc();
        double q1 = a / (2 - a);
        double q2 = 2 * a * a / (1 + a);
        double sum = a * (1 - a) + (positives - 1) * (q1 - a * a) + (negatives - 1) * (q2 - a * a);
        return Math.sqrt(sum / ((double) positives * negatives));
    }

    /**
     * The area with DeLong's limits, clipped to [0, 1].
     *
     * @param level the confidence level in (0, 1)
     * @return the interval
     */
    public Interval aucInterval(double level) {
        double half = Normal.twoSided(level) * Math.sqrt(delongVariance());
        double area = auc();
        return new Interval(area, Math.max(0, area - half), Math.min(1, area + half), "DeLong");
    }

    /**
     * The area with DeLong's limits made on the logit scale, which stay inside (0, 1) and cover
     * better at high areas.
     *
     * @param level the confidence level in (0, 1)
     * @return the interval; at an area of 0 or 1 the variance is 0 and both limits equal it
     */
    public Interval aucLogitInterval(double level) {
        String method = "DeLong, logit scale";
        double variance = delongVariance();
        double area = auc();
        double half = Normal.twoSided(level) * Math.sqrt(variance) / (area * (1 - area));
        if (variance == 0) {
            return new Interval(area, area, area, method);
        }
        double logit = LogisticRegression.logit(area);
        return new Interval(
                area,
                LogisticRegression.inverseLogit(logit - half),
                LogisticRegression.inverseLogit(logit + half),
                method);
    }

    /**
     * All operating points, from the threshold that calls every row positive to the one that calls
     * none. Thresholds lie midway between neighbouring distinct scores; the ends are infinite.
     *
     * @return one more point than there are distinct scores, thresholds ascending
     */
    public List<OperatingPoint> points() {
        List<OperatingPoint> points = new ArrayList<>(values.length + 1);
        long falseNegatives = 0;
        long trueNegatives = 0;
        for (int k = 0; k <= values.length; k++) {
            points.add(point(k, falseNegatives, trueNegatives));
            if (k < values.length) {
                falseNegatives += positivesAt[k];
                trueNegatives += negativesAt[k];
            }
        }
        return List.copyOf(points);
    }

    private OperatingPoint point(int k, long falseNegatives, long trueNegatives) {
        return new OperatingPoint(
                threshold(k),
                new ConfusionTable(
                        positives - falseNegatives,
                        negatives - trueNegatives,
                        falseNegatives,
                        trueNegatives));
    }

    /** The threshold that calls the distinct scores from number k on positive. */
    private double threshold(int k) {
        if (k == 0) {
            return Double.NEGATIVE_INFINITY;
        }
        if (k == values.length) {
            return Double.POSITIVE_INFINITY;
        }
        double middle = values[k - 1] / 2 + values[k] / 2;
        boolean between = middle > values[k - 1] && middle <= values[k];
        return between ? middle : values[k];
    }

    /**
     * The points that maximise sensitivity plus specificity.
     *
     * @return every maximiser, thresholds ascending; empty when a class is absent
     */
    public List<OperatingPoint> youden() {
        // sensitivity + specificity times a constant, exact in integers
        return best(table -> table.truePositives() * negatives + table.trueNegatives() * positives);
    }

    /**
     * The points nearest to the top left corner, where sensitivity and specificity are 1.
     *
     * @return every minimiser of the distance, thresholds ascending; empty when a class is absent
     */
    public List<OperatingPoint> closestToTopLeft() {
        return best(
                table -> {
                    double miss = (double) table.falseNegatives() * negatives;
                    double alarm = (double) table.falsePositives() * positives;
                    return -(miss * miss + alarm * alarm);
                });
    }

    /**
     * The points of least expected cost in a population: they minimise {@code prevalence x cost of
     * a miss x (1 - sensitivity) + (1 - prevalence) x (1 - specificity)}, a false alarm costing 1.
     * As pROC's {@code best.weights}.
     *
     * @param costOfMiss how much worse a false negative is than a false positive, positive
     * @param prevalence the share of positives where the rule will be used, in (0, 1)
     * @return every minimiser, thresholds ascending; empty when a class is absent
     * @throws IllegalArgumentException when an argument is out of range
     */
    public List<OperatingPoint> cheapest(double costOfMiss, double prevalence) {
        if (!(costOfMiss > 0) || Double.isInfinite(costOfMiss)) {
            throw new IllegalArgumentException(
                    "costOfMiss " + costOfMiss + " is not a finite number above 0");
        }
        PrevalenceShift.requirePrevalence("prevalence", prevalence);
        double miss = prevalence * costOfMiss / positives;
        double alarm = (1 - prevalence) / negatives;
        return best(t -> -(miss * t.falseNegatives() + alarm * t.falsePositives()));
    }

    private List<OperatingPoint> best(ToDoubleFunction<ConfusionTable> merit) {
        List<OperatingPoint> best = new ArrayList<>();
        double highest = Double.NEGATIVE_INFINITY;
        for (OperatingPoint point :
                positives > 0 && negatives > 0 ? points() : List.<OperatingPoint>of()) {
            double value = merit.applyAsDouble(point.table());
            if (value > highest) {
                best.clear();
                highest = value;
            }
            if (value == highest) {
                best.add(point);
            }
        }
        return List.copyOf(best);
    }

    /**
     * The highest threshold whose sensitivity is at least a target: the most specific rule that
     * misses no more than allowed.
     *
     * @param sensitivity the target in [0, 1]
     * @return the operating point
     * @throws IllegalStateException when a class is absent
     */
    public OperatingPoint pointAtSensitivity(double sensitivity) {
        requireShare("sensitivity", sensitivity);
        requireBothClasses();
        OperatingPoint best = points().get(0);
        for (OperatingPoint point : points()) {
            if (point.sensitivity() >= sensitivity) {
                best = point;
            }
        }
        return best;
    }

    /**
     * The lowest threshold whose specificity is at least a target: the most sensitive rule that
     * raises no more false alarms than allowed.
     *
     * @param specificity the target in [0, 1]
     * @return the operating point
     * @throws IllegalStateException when a class is absent
     */
    public OperatingPoint pointAtSpecificity(double specificity) {
        requireShare("specificity", specificity);
        requireBothClasses();
        for (OperatingPoint point : points()) {
            if (point.specificity() >= specificity) {
                return point;
            }
        }
        throw new AssertionError("the last point has specificity 1");
    }

    /**
     * The specificity at a sensitivity, interpolated linearly along the curve (pROC's rule); the
     * largest one where the curve is vertical.
     *
     * @param sensitivity in [0, 1]
     * @return in [0, 1], {@code NaN} when a class is absent
     */
    public double specificityAtSensitivity(double sensitivity) {
        requireShare("sensitivity", sensitivity);
        double[] sens = new double[values.length + 1];
        double[] spec = new double[values.length + 1];
        coordinates(sens, spec);
        for (int k = sens.length - 1; k >= 0; k--) {
            if (sens[k] >= sensitivity) {
                return sens[k] == sensitivity || k == sens.length - 1
                        ? spec[k]
                        : between(sens, spec, k, k + 1, sensitivity);
            }
        }
        return Double.NaN;
    }

    /**
     * The sensitivity at a specificity, interpolated linearly along the curve (pROC's rule); the
     * largest one where the curve is vertical.
     *
     * @param specificity in [0, 1]
     * @return in [0, 1], {@code NaN} when a class is absent
     */
    public double sensitivityAtSpecificity(double specificity) {
        requireShare("specificity", specificity);
        double[] sens = new double[values.length + 1];
        double[] spec = new double[values.length + 1];
        coordinates(sens, spec);
        for (int k = 0; k < spec.length; k++) {
            if (spec[k] >= specificity) {
                return spec[k] == specificity || k == 0
                        ? sens[k]
                        : between(spec, sens, k, k - 1, specificity);
            }
        }
        return Double.NaN;
    }

    private static double between(double[] x, double[] y, int from, int to, double at) {
        return y[from] + (y[to] - y[from]) * (at - x[from]) / (x[to] - x[from]);
    }

    /** Sensitivities descending, specificities ascending. */
    private void coordinates(double[] sens, double[] spec) {
        long missed = 0;
        long cleared = 0;
        for (int k = 0; k <= values.length; k++) {
            sens[k] = (double) (positives - missed) / positives;
            spec[k] = (double) cleared / negatives;
            if (k < values.length) {
                missed += positivesAt[k];
                cleared += negativesAt[k];
            }
        }
    }

    /**
     * The area under the curve over a range of specificity.
     *
     * @param from the lower end of the range, in [0, 1]
     * @param to the upper end of the range, above {@code from}
     * @return in [0, to - from], {@code NaN} when a class is absent
     * @throws IllegalArgumentException when the range is empty or outside [0, 1]
     */
    public double partialAucOverSpecificity(double from, double to) {
        double[] sens = new double[values.length + 1];
        double[] spec = new double[values.length + 1];
        coordinates(sens, spec);
        return area(spec, sens, from, to);
    }

    /**
     * The area beside the curve over a range of sensitivity.
     *
     * @param from the lower end of the range, in [0, 1]
     * @param to the upper end of the range, above {@code from}
     * @return in [0, to - from], {@code NaN} when a class is absent
     * @throws IllegalArgumentException when the range is empty or outside [0, 1]
     */
    public double partialAucOverSensitivity(double from, double to) {
        double[] sens = new double[values.length + 1];
        double[] spec = new double[values.length + 1];
        coordinates(sens, spec);
        reverse(sens);
        reverse(spec);
        return area(sens, spec, from, to);
    }

    /**
     * McClish's standardisation of a partial area, {@code (1 + (A - min) / (max - min)) / 2}, with
     * the chance line as {@code min}: one half for a useless score and 1 for a perfect one.
     *
     * @param area a partial area over specificity or sensitivity
     * @param from the lower end of its range
     * @param to the upper end of its range
     * @return at most 1
     */
    public static double mcClish(double area, double from, double to) {
        double max = to - from;
        double min = max * (1 - (from + to) / 2);
        return (1 + (area - min) / (max - min)) / 2;
    }

    /** The area under y, which does not rise, over x in [from, to]. */
    private static double area(double[] x, double[] y, double from, double to) {
        if (!(from >= 0 && from < to && to <= 1)) {
            throw new IllegalArgumentException(
                    "the range from " + from + " to " + to + " is empty or outside [0, 1]");
        }
        if (Double.isNaN(x[0]) || Double.isNaN(y[0])) {
            return Double.NaN;
        }
        double sum = 0;
        for (int k = 1; k < x.length; k++) {
            double left = Math.max(x[k - 1], from);
            double right = Math.min(x[k], to);
            if (right > left) {
                double slope = (y[k] - y[k - 1]) / (x[k] - x[k - 1]);
                double atLeft = y[k - 1] + slope * (left - x[k - 1]);
                double atRight = y[k - 1] + slope * (right - x[k - 1]);
                sum += (right - left) * (atLeft + atRight) / 2;
            }
        }
        return sum;
    }

    private static void reverse(double[] a) {
        for (int i = 0, j = a.length - 1; i < j; i++, j--) {
            double swap = a[i];
            a[i] = a[j];
            a[j] = swap;
        }
    }

    private static void requireShare(String name, double value) {
        if (!(value >= 0 && value <= 1)) {
            throw new IllegalArgumentException(name + " " + value + " is outside [0, 1]");
        }
    }

    private void requireBothClasses() {
        if (positives == 0 || negatives == 0) {
            throw new IllegalStateException(
                    "no "
                            + (positives == 0 ? "positive" : "negative")
                            + " row: a threshold cannot be chosen");
        }
    }
}
