// SPDX-License-Identifier: Apache-2.0
/**
 * Absolute risks when one event precludes another, such as death before recurrence. Start at {@link
 * io.github.livermm.survival.competing.CauseSpecificCox}. What may enter: regression models of
 * competing risks; estimates without covariates live in {@code io.github.livermm.eval}.
 */
@org.jspecify.annotations.NullMarked
package io.github.livermm.survival.competing;
