// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.eval.resample;

/**
 * A pair of confidence limits.
 *
 * @param lower the lower limit, {@code NaN} when undefined
 * @param upper the upper limit, {@code NaN} when undefined
 * @since 0.1.0
 */
public record Limits(double lower, double upper) {}
