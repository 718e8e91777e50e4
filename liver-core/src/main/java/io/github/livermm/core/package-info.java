// SPDX-License-Identifier: Apache-2.0
/**
 * The contracts that modalities, heads and fusion meet in, and the errors of the library. Start at
 * {@link io.github.livermm.core.ModalityEncoder} and {@link io.github.livermm.core.PredictionHead}.
 * What may enter: a type that two modules must agree on; nothing here knows a concrete modality,
 * and nothing here imports a sub-package.
 */
@org.jspecify.annotations.NullMarked
package io.github.livermm.core;
