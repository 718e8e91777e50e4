// SPDX-License-Identifier: Apache-2.0
/**
 * The Cox partial likelihood on plain arrays: fit, ties, weights, strata, delayed entry, offset,
 * ridge and baseline hazard. Start at {@link io.github.livermm.eval.cox.CoxRegression}. What may
 * enter: what follows from the partial likelihood itself; model descriptions and learned
 * representations live elsewhere and build on this.
 */
@org.jspecify.annotations.NullMarked
package io.github.livermm.eval.cox;
