// SPDX-License-Identifier: Apache-2.0
/**
 * What the packages of this module share: the names of the contrast {@linkplain
 * io.github.livermm.imaging.Phase phases}. Start at {@code dicom} for reading a folder, at {@code
 * encoder} for the image modality of a model.
 */
@org.jspecify.annotations.NullMarked
package io.github.livermm.imaging;
