// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.core.cohort;

/**
 * The range in which a number can be true, in the unit of its column.
 *
 * @param lower smallest possible value
 * @param upper largest possible value
 * @since 0.1.0
 */
public record Limits(double lower, double upper) {
    /** Checks the order. */
    public Limits {
        if (!(lower <= upper)) {
            throw new IllegalArgumentException(
                    "limits are [" + lower + ", " + upper + "], allowed is lower <= upper");
        }
    }

    /**
     * Whether a value can be true.
     *
     * @param value in the unit of the column
     * @return false outside the limits and for NaN
     */
    public boolean contains(double value) {
        return value >= lower && value <= upper;
    }
}
