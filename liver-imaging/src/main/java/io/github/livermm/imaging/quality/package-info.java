// SPDX-License-Identifier: Apache-2.0
/**
 * What is suspicious about an image before anything is learned from it: start at {@link
 * io.github.livermm.imaging.quality.QualityGate}.
 */
@org.jspecify.annotations.NullMarked
package io.github.livermm.imaging.quality;
