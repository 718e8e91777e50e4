// SPDX-License-Identifier: Apache-2.0
/**
 * Prognosis: the head that predicts a survival endpoint, and the projection that keeps its curves
 * coherent. Start at {@link io.github.livermm.survival.SurvivalHead}. What may enter: what joins
 * the Cox model and the network loss to the contracts of the core; the models themselves live in
 * the sub-packages.
 */
@org.jspecify.annotations.NullMarked
package io.github.livermm.survival;
