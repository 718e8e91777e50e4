// SPDX-License-Identifier: Apache-2.0
/**
 * NIfTI-1 and NIfTI-2 files, read and written: start at {@link
 * io.github.livermm.imaging.nifti.NiftiImage}.
 */
@org.jspecify.annotations.NullMarked
package io.github.livermm.imaging.nifti;
