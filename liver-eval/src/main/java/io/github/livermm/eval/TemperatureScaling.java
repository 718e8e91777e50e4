// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.eval;

import java.util.Map;

/**
 * One temperature for the logits of several classes, {@code softmax(logits / temperature)}, fitted
 * by least mean log loss. It changes confidence, never the called class.
 *
 * <p>Reference: Guo, Pleiss, Sun, Weinberger (2017), On calibration of modern neural networks,
 * arXiv:1706.04599.
 *
 * @param temperature above 0; above 1 softens; infinite when logits point away from the truth on
 *     average, 0 when they separate the classes
 * @since 0.1.0
 */
public record TemperatureScaling(double temperature) implements Recalibration {
    private static final int MAX_ITERATIONS = 200;

    /**
     * Fits the temperature.
     *
     * @param truth the true class of each row, from 0
     * @param logits one row per row and one column per class, finite
     * @return the fitted temperature
     * @throws IllegalArgumentException when lengths differ, there is no row, a class is out of
     *     range or a logit is not finite
     */
    public static TemperatureScaling fit(int[] truth, double[][] logits) {
        check(truth, logits);
        if (slope(truth, logits, 0) >= 0) {
            return new TemperatureScaling(Double.POSITIVE_INFINITY);
        }
        if (separated(truth, logits)) {
            return new TemperatureScaling(0);
        }
        double low = 0;
        double high = 1;
        while (slope(truth, logits, high) < 0) {
            low = high;
            high *= 2;
        }
        // the log loss is convex in the inverse temperature: bisection to the last bit
        for (int k = 0; k < MAX_ITERATIONS && high - low > Math.ulp(high); k++) {
            double middle = low + (high - low) / 2;
            if (slope(truth, logits, middle) < 0) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return new TemperatureScaling(1 / (low + (high - low) / 2));
    }

    private static void check(int[] truth, double[][] logits) {
        Rows.requireSameLength("truth", truth.length, "logits", logits.length);
        if (truth.length == 0) {
            throw new IllegalArgumentException("truth has no rows");
        }
        Rows.requireClasses("truth", truth, logits[0].length);
        for (int i = 0; i < logits.length; i++) {
            Rows.requireFinite("logits row " + i + " column", logits[i]);
        }
    }

    /** Whether no class has a higher logit than the true one in any row. */
    private static boolean separated(int[] truth, double[][] logits) {
        for (int i = 0; i < truth.length; i++) {
            for (double logit : logits[i]) {
                if (logit > logits[i][truth[i]]) {
                    return false;
                }
            }
        }
        return true;
    }

    /** The derivative of the log loss by the inverse temperature. */
    private static double slope(int[] truth, double[][] logits, double inverse) {
        double sum = 0;
        for (int i = 0; i < truth.length; i++) {
            double[] p = softmax(logits[i], inverse);
            double mean = 0;
            for (int k = 0; k < p.length; k++) {
                mean += p[k] * logits[i][k];
            }
            sum += mean - logits[i][truth[i]];
        }
        return sum;
    }

    private static double[] softmax(double[] logits, double inverse) {
        double highest = Double.NEGATIVE_INFINITY;
        for (double logit : logits) {
            highest = Math.max(highest, inverse * logit);
        }
        double[] p = new double[logits.length];
        double sum = 0;
        for (int k = 0; k < p.length; k++) {
            p[k] = Math.exp(inverse * logits[k] - highest);
            sum += p[k];
        }
        for (int k = 0; k < p.length; k++) {
            p[k] /= sum;
        }
        return p;
    }

    /**
     * The calibrated probabilities of one row.
     *
     * @param logits one per class
     * @return one probability per class, summing to 1
     */
    public double[] probabilities(double[] logits) {
        return softmax(logits, 1 / temperature);
    }

    /**
     * The calibrated probability of two classes whose logits differ by a number.
     *
     * @param score the log-odds of the positive class
     * @return in [0, 1]
     */
    @Override
    public double probability(double score) {
        return LogisticRegression.inverseLogit(score / temperature);
    }

    @Override
    public Map<String, Object> toMap() {
        if (!(temperature > 0) || Double.isInfinite(temperature)) {
            throw new IllegalStateException(
                    "temperature " + temperature + " is degenerate; fit on rows that overlap");
        }
        return Map.of("type", "temperature", "temperature", temperature);
    }
}
