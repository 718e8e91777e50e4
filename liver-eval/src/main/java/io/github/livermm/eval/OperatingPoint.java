// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.eval;

/**
 * One point of a ROC curve: the table that a threshold gives.
 *
 * @param threshold rows with a score at or above it are called positive; may be infinite
 * @param table the counts at this threshold
 * @since 0.1.0
 */
public record OperatingPoint(double threshold, ConfusionTable table) {
    /**
     * Sensitivity at this threshold.
     *
     * @return in [0, 1], {@code NaN} without positive rows
     */
    public double sensitivity() {
        return table.sensitivity();
    }

    /**
     * Specificity at this threshold.
     *
     * @return in [0, 1], {@code NaN} without negative rows
     */
    public double specificity() {
        return table.specificity();
    }
}
