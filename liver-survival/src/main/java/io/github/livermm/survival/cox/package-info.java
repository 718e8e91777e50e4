// SPDX-License-Identifier: Apache-2.0
/**
 * The Cox proportional hazards model as a predictor that can be fitted, applied, saved and loaded.
 * Start at {@link io.github.livermm.survival.cox.CoxModel}. What may enter: models of the linear
 * predictor; the partial likelihood itself is {@code io.github.livermm.eval.cox}.
 */
@org.jspecify.annotations.NullMarked
package io.github.livermm.survival.cox;
