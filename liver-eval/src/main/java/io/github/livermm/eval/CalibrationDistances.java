// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.eval;

import java.util.Arrays;

/** The distances between a calibration curve and the predictions, summarised over the rows. */
final class CalibrationDistances {
    private final double[] sorted;

    CalibrationDistances(double[] fitted, double[] probability) {
        sorted = new double[fitted.length];
        for (int i = 0; i < sorted.length; i++) {
            sorted[i] = Math.abs(fitted[i] - probability[i]);
        }
        Arrays.sort(sorted);
    }

    double mean() {
        return Arrays.stream(sorted).average().orElse(Double.NaN);
    }

    double quantile(double share) {
        return Quantile.ofSorted(sorted, share);
    }
}
