// SPDX-License-Identifier: Apache-2.0
/**
 * Volumes in the files of 3D Slicer, ITK and MITK: start at {@link
 * io.github.livermm.imaging.format.NrrdImage} and {@link
 * io.github.livermm.imaging.format.MetaImage}.
 */
@org.jspecify.annotations.NullMarked
package io.github.livermm.imaging.format;
