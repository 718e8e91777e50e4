// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.eval;

import java.util.Arrays;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The monotone step fit of least squares from score to probability, interpolated linearly between
 * its knots and constant outside them. Needs some hundred rows; below that prefer {@link
 * PlattScaling}. Tied scores share their weighted mean. Matches scikit-learn's {@code
 * IsotonicRegression(out_of_bounds = "clip", y_min = 0, y_max = 1)}.
 *
 * <p>Cost: O(n log n). Reference: Barlow, Bartholomew, Bremner, Brunk (1972), Statistical Inference
 * under Order Restrictions; Zadrozny, Elkan (2002), doi:10.1145/775047.775151.
 *
 * @since 0.1.0
 */
public final class IsotonicCalibration implements Recalibration {
    private final double[] knots;
    private final double[] values;

    private IsotonicCalibration(double[] knots, double[] values) {
        this.knots = knots;
        this.values = values;
    }

    /**
     * Restores a fit from its knots and values.
     *
     * @param knots distinct scores, ascending, at least one
     * @param values the probability at each knot, in [0, 1]
     * @return the fit
     * @throws IllegalArgumentException when lengths differ, there is no knot, knots do not ascend
     *     or a value is outside [0, 1]
     */
    public static IsotonicCalibration of(double[] knots, double[] values) {
        Rows.requireSameLength("knots", knots.length, "values", values.length);
        Rows.requireFinite("knots", knots);
        Rows.requireProbabilities("values", values);
        if (knots.length == 0) {
            throw new IllegalArgumentException("knots has no rows");
        }
        for (int i = 1; i < knots.length; i++) {
            if (!(knots[i] > knots[i - 1])) {
                throw new IllegalArgumentException(
                        "knots row " + i + " is " + knots[i] + ", not above the one before");
            }
        }
        return new IsotonicCalibration(knots.clone(), values.clone());
    }

    /**
     * Fits a rising step function.
     *
     * @param positive the truth of each row
     * @param score the score of each row, finite
     * @param weights one positive weight per row, or {@code null} for equal weights
     * @return the fit
     * @throws IllegalArgumentException when lengths differ, there is no row, a score is not finite
     *     or a weight is negative or not finite
     */
    public static IsotonicCalibration rising(
            boolean[] positive, double[] score, double @Nullable [] weights) {
        return fit(positive, score, weights, 1);
    }

    /**
     * Fits a falling step function, for scores that are higher for negative rows.
     *
     * @param positive the truth of each row
     * @param score the score of each row, finite
     * @param weights one positive weight per row, or {@code null} for equal weights
     * @return the fit
     * @throws IllegalArgumentException when lengths differ, there is no row, a score is not finite
     *     or a weight is negative or not finite
     */
    public static IsotonicCalibration falling(
            boolean[] positive, double[] score, double @Nullable [] weights) {
        return fit(positive, score, weights, -1);
    }

    private static IsotonicCalibration fit(
            boolean[] positive, double[] score, double @Nullable [] weights, int sign) {
        Rows.requireSameLength("positive", positive.length, "score", score.length);
        Rows.requireFinite("score", score);
        Rows.requireWeights(weights, score.length);
        if (score.length == 0) {
            throw new IllegalArgumentException("score has no rows");
        }
        int[] order = SortOrder.ascending(score);
        double[] knots = new double[score.length];
        double[] sum = new double[score.length];
        double[] weight = new double[score.length];
        int count = 0;
        for (int i : order) {
            double w = weights == null ? 1 : weights[i];
            if (w == 0) {
                continue;
            }
            if (count == 0 || score[i] != knots[count - 1]) {
                knots[count++] = score[i];
            }
            sum[count - 1] += positive[i] ? sign * w : 0;
            weight[count - 1] += w;
        }
        double[] values = pool(Arrays.copyOf(sum, count), Arrays.copyOf(weight, count));
        for (int k = 0; k < count; k++) {
            values[k] = Math.min(1, Math.max(0, sign * values[k]));
        }
        return new IsotonicCalibration(Arrays.copyOf(knots, count), values);
    }

    /** Pools adjacent violators: means of the least number of blocks that rise. */
    private static double[] pool(double[] sum, double[] weight) {
        int[] start = new int[sum.length + 1];
        double[] blockSum = new double[sum.length];
        double[] blockWeight = new double[sum.length];
        int blocks = 0;
        for (int i = 0; i < sum.length; i++) {
            start[blocks] = i;
            blockSum[blocks] = sum[i];
            blockWeight[blocks] = weight[i];
            blocks++;
            while (blocks > 1
                    && blockSum[blocks - 2] / blockWeight[blocks - 2]
                            >= blockSum[blocks - 1] / blockWeight[blocks - 1]) {
                blocks--;
                blockSum[blocks - 1] += blockSum[blocks];
                blockWeight[blocks - 1] += blockWeight[blocks];
            }
        }
        start[blocks] = sum.length;
        double[] fitted = new double[sum.length];
        for (int b = 0; b < blocks; b++) {
            Arrays.fill(fitted, start[b], start[b + 1], blockSum[b] / blockWeight[b]);
        }
        return fitted;
    }

    /**
     * The distinct scores of the fit.
     *
     * @return a new array, ascending
     */
    public double[] knots() {
        return knots.clone();
    }

    /**
     * The probability at each knot.
     *
     * @return a new array in the order of {@link #knots()}
     */
    public double[] values() {
        return values.clone();
    }

    /**
     * The calibrated probability.
     *
     * @param score a score, not {@code NaN}
     * @return in [0, 1]
     */
    @Override
    public double probability(double score) {
        if (score <= knots[0]) {
            return values[0];
        }
        int last = knots.length - 1;
        if (score >= knots[last]) {
            return values[last];
        }
        int found = Arrays.binarySearch(knots, score);
        if (found >= 0) {
            return values[found];
        }
        int above = -found - 1;
        double share = (score - knots[above - 1]) / (knots[above] - knots[above - 1]);
        return values[above - 1] + share * (values[above] - values[above - 1]);
    }

    @Override
    public Map<String, Object> toMap() {
        return Map.of(
                "type",
                "isotonic",
                "knots",
                Arrays.stream(knots).boxed().toList(),
                "values",
                Arrays.stream(values).boxed().toList());
    }
}
