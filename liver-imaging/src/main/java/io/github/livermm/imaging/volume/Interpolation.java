// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.imaging.volume;

/**
 * How values between voxel centres are found.
 *
 * @since 0.1.0
 */
public enum Interpolation {
    /** The value of the nearest voxel: for label maps. */
    NEAREST,
    /** Trilinear between the eight neighbours. */
    LINEAR,
    /**
     * Cubic B-spline through the voxels: prefiltered, mirrored at the borders, as {@code
     * scipy.ndimage} (order 3, mode mirror) and ITK have it. Smooth, and may overshoot at edges.
     *
     * <p>Reference: Unser M, Aldroubi A, Eden M 1993, doi:10.1109/78.193220.
     */
    CUBIC,
    /**
     * Mean of trilinear samples spread over the target voxel: for a target coarser than the source,
     * where {@link #LINEAR} would throw most voxels away and keep their noise. Samples that are not
     * finite are left out; NaN when none is left.
     */
    MEAN
}
