// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.eval.study;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * P-values of several tests, adjusted so that they can be held against one level. As R's {@code
 * p.adjust}: a {@code NaN} is not counted as a test and stays {@code NaN}.
 *
 * @since 0.1.0
 */
public enum PValueAdjustment {
    /**
     * Holm (1979): no true hypothesis of the family is rejected, with the probability of the level,
     * whatever the dependence. For the pre-set comparisons of a protocol.
     */
    HOLM {
        @Override
        double[] sorted(double[] p) {
            double[] out = new double[p.length];
            double most = 0;
            for (int i = 0; i < p.length; i++) {
                most = Math.max(most, (p.length - i) * p[i]);
                out[i] = Math.min(1, most);
            }
            return out;
        }
    },
    /**
     * Benjamini and Hochberg (1995), doi:10.1111/j.2517-6161.1995.tb02031.x: the expected share of
     * false rejections, for independent or positively dependent tests. For exploration.
     */
    BENJAMINI_HOCHBERG {
        @Override
        double[] sorted(double[] p) {
            double[] out = new double[p.length];
            double least = 1;
            for (int i = p.length - 1; i >= 0; i--) {
                least = Math.min(least, (double) p.length / (i + 1) * p[i]);
                out[i] = least;
            }
            return out;
        }
    };

    /**
     * Adjusts p-values. O(n log n).
     *
     * @param p in [0, 1], or {@code NaN}
     * @return adjusted p-values in the same order
     * @throws IllegalArgumentException when a p-value is outside [0, 1]
     */
    public double[] adjust(double... p) {
        for (int i = 0; i < p.length; i++) {
            if (p[i] < 0 || p[i] > 1) {
                throw new IllegalArgumentException(
                        "p-value " + i + " is " + p[i] + ", outside [0, 1]");
            }
        }
        int[] order =
                IntStream.range(0, p.length)
                        .filter(i -> !Double.isNaN(p[i]))
                        .boxed()
                        .sorted(Comparator.comparingDouble(i -> p[i]))
                        .mapToInt(Integer::intValue)
                        .toArray();
        double[] adjusted = new double[p.length];
        Arrays.fill(adjusted, Double.NaN);
        double[] sorted = sorted(Arrays.stream(order).mapToDouble(i -> p[i]).toArray());
        for (int i = 0; i < order.length; i++) {
            adjusted[order[i]] = sorted[i];
        }
        return adjusted;
    }

    /** Adjusts p-values that ascend. */
    abstract double[] sorted(double[] p);
}
