// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.eval;

/** Quantiles between order statistics (Hyndman and Fan's type 7, the default of R and NumPy). */
final class Quantile {
    private Quantile() {}

    static double ofSorted(double[] sorted, double probability) {
        if (sorted.length == 0) {
            return Double.NaN;
        }
        double h = (sorted.length - 1) * probability;
        int below = (int) Math.floor(h);
        int above = Math.min(below + 1, sorted.length - 1);
        return sorted[below] + (h - below) * (sorted[above] - sorted[below]);
    }
}
