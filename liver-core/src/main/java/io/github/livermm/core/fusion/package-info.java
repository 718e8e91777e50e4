// SPDX-License-Identifier: Apache-2.0
/**
 * Fusion of modalities: the strategies, the network over encoders and heads, and the heads of yes
 * or no. Start at {@link io.github.livermm.core.fusion.Fusion}. What may enter: a way to bring
 * embeddings or scores together; nothing that knows what a modality is.
 */
@org.jspecify.annotations.NullMarked
package io.github.livermm.core.fusion;
