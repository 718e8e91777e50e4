// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.eval.cox;

/**
 * The function of time against which a test of proportional hazards looks for a trend in the
 * coefficients; the choices of {@code cox.zph} of R's survival package.
 *
 * @since 0.1.0
 */
public enum TimeTransform {
    /** 1 - S(t-) of the pooled Kaplan-Meier curve, the default of {@code cox.zph}. */
    KAPLAN_MEIER,
    /** Rank among the times of all rows, censored ones too, ties averaged. */
    RANK,
    /** Time itself. */
    IDENTITY,
    /** Logarithm of time. */
    LOG
}
