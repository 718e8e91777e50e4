// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.core.clinical;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How one numeric column becomes a feature: {@code (g(x) - centre) / scale}, where g is the
 * identity or the natural logarithm of {@code max(x, floor)}. A missing value takes the median of
 * the training patients, and the median is the centre, so that it becomes 0. Values are held within
 * five units, so that one wrong cell cannot rule a network.
 *
 * @param logarithmic whether g is the logarithm
 * @param floor half of the smallest positive training value; 0 when not logarithmic
 * @param median median of the training patients, in the unit of the column
 * @param scale interquartile range over 1.349, which is the standard deviation of a normal
 *     distribution; the standard deviation where that range is 0; 0 for a column without spread,
 *     whose feature is always 0
 */
record NumberScaling(boolean logarithmic, double floor, double median, double scale) {
    private static final double NORMAL_IQR = 1.349;
    private static final double BOUND = 5;

    static NumberScaling fit(List<Double> values, boolean logarithmic) {
        double floor =
                logarithmic
                        ? values.stream()
                                        .mapToDouble(Double::doubleValue)
                                        .filter(v -> v > 0)
                                        .min()
                                        .orElse(1)
                                / 2
                        : 0;
        double[] sorted = values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        if (sorted.length == 0) {
            return new NumberScaling(logarithmic, floor, 0, 0);
        }
        double[] g = Arrays.stream(sorted).map(v -> transform(v, logarithmic, floor)).toArray();
        double scale = (quantile(g, 0.75) - quantile(g, 0.25)) / NORMAL_IQR;
        if (!(scale > 0)) {
            scale = standardDeviation(g);
        }
        return new NumberScaling(logarithmic, floor, quantile(sorted, 0.5), scale);
    }

    private static double transform(double value, boolean logarithmic, double floor) {
        return logarithmic ? Math.log(Math.max(value, floor)) : value;
    }

    double apply(@Nullable Double value) {
        if (value == null || scale == 0) {
            return 0;
        }
        double distance =
                transform(value, logarithmic, floor) - transform(median, logarithmic, floor);
        return Math.max(-BOUND, Math.min(BOUND, distance / scale));
    }

    /** Linear interpolation between order statistics, R's type 7. */
    private static double quantile(double[] sorted, double p) {
        double position = p * (sorted.length - 1);
        int below = (int) position;
        int above = Math.min(below + 1, sorted.length - 1);
        return sorted[below] + (position - below) * (sorted[above] - sorted[below]);
    }

    private static double standardDeviation(double[] g) {
        double mean = Arrays.stream(g).average().orElse(0);
        double squares = Arrays.stream(g).map(x -> (x - mean) * (x - mean)).sum();
        return Math.sqrt(squares / g.length);
    }
}
