// SPDX-License-Identifier: Apache-2.0
/**
 * The trained model and its file. Start at {@link io.github.livermm.core.model.MultimodalModel}.
 * What may enter: what is needed to predict, and to save and load that.
 */
@org.jspecify.annotations.NullMarked
package io.github.livermm.core.model;
