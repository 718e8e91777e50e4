// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.imaging.volume;

/**
 * Fills the voxels of a volume once, while it is made.
 *
 * @param <E> what filling may throw
 * @since 0.1.0
 */
@FunctionalInterface
public interface VoxelSource<E extends Exception> {
    /**
     * Fills the voxels.
     *
     * @param voxels zeros, in the order of {@link Grid}; not to be kept
     * @throws E when the voxels cannot be had
     */
    void fill(float[] voxels) throws E;
}
