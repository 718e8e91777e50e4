// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.core.cohort;

/**
 * What the rules of eligibility left of a study.
 *
 * @param cohort the diagnostic cohort; its labels say who is of the prognostic cohort
 * @param flow who left, and why
 * @since 0.1.0
 */
public record Selection(Cohort cohort, Flow flow) {}
