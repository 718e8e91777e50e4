// SPDX-License-Identifier: Apache-2.0
/**
 * Label maps, which lesion is meant, and how well two masks agree: start at {@link
 * io.github.livermm.imaging.mask.LabelMap}.
 */
@org.jspecify.annotations.NullMarked
package io.github.livermm.imaging.mask;
