// SPDX-License-Identifier: Apache-2.0
/**
 * From the phases of one patient to arrays of fixed size: start at {@link
 * io.github.livermm.imaging.preprocess.LesionCrop}.
 */
@org.jspecify.annotations.NullMarked
package io.github.livermm.imaging.preprocess;
