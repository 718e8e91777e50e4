// SPDX-License-Identifier: Apache-2.0
/**
 * The image modality as a part of a multimodal network: start at {@link
 * io.github.livermm.imaging.encoder.ImageEncoder}.
 */
@org.jspecify.annotations.NullMarked
package io.github.livermm.imaging.encoder;
