// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.core;

/**
 * One patient's outcome for one endpoint.
 *
 * @param months time from surgery, in months of 30.4375 days; finite, at least 0
 * @param event true when the event happened at that time, false when the patient was censored then
 * @since 0.1.0
 */
public record SurvivalTime(double months, boolean event) {
    /** Checks the time. */
    public SurvivalTime {
        if (!(months >= 0 && months < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(
                    "months is " + months + ", allowed is a finite value of at least 0");
        }
    }
}
