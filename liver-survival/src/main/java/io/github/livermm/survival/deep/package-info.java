// SPDX-License-Identifier: Apache-2.0
/**
 * Survival in neural networks: the Cox partial likelihood as a loss of Deeplearning4j. Start at
 * {@link io.github.livermm.survival.deep.CoxLoss}. What may enter: losses and what a network needs
 * after training to give survival curves.
 */
@org.jspecify.annotations.NullMarked
package io.github.livermm.survival.deep;
