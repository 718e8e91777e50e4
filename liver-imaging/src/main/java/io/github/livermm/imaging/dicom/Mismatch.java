// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.imaging.dicom;

/**
 * What to do with geometry that does not fit: slices that are no even stack, masks that do not lie
 * on the voxels of their image.
 *
 * @since 0.1.0
 */
public enum Mismatch {
    /** Say what does not fit, in an exception. */
    REFUSE,
    /** Resample, and say so beside the result. */
    RESAMPLE
}
