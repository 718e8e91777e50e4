// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.imaging.volume;

/**
 * A three-dimensional image or label map: voxels of 32-bit floats on a {@link Grid}, which states
 * the axis order. CT values are Hounsfield units, MR values arbitrary, labels whole numbers.
 * Immutable.
 *
 * @since 0.1.0
 */
public final class Volume {
    private final Grid grid;
    private final float[] voxels;

    private Volume(Grid grid, float[] voxels) {
        this.grid = grid;
        this.voxels = voxels;
    }

    /**
     * A volume from an array.
     *
     * @param grid where the voxels lie
     * @param voxels values in the order of the grid; copied
     * @return the volume
     */
    public static Volume of(Grid grid, float[] voxels) {
        if (voxels.length != grid.voxels()) {
            throw new IllegalArgumentException(
                    "there are " + voxels.length + " voxels, the grid has " + grid.voxels());
        }
        return new Volume(grid, voxels.clone());
    }

    /**
     * A volume that is filled in place, without a copy.
     *
     * @param grid where the voxels lie
     * @param source fills the voxels
     * @param <E> what filling may throw
     * @return the volume
     * @throws E when the source does
     */
    public static <E extends Exception> Volume filled(Grid grid, VoxelSource<E> source) throws E {
        float[] voxels = new float[grid.voxels()];
        source.fill(voxels);
        return new Volume(grid, voxels);
    }

    /**
     * Where the voxels lie.
     *
     * @return the grid
     */
    public Grid grid() {
        return grid;
    }

    /**
     * One voxel by its place in storage.
     *
     * @param index 0 to voxels - 1
     * @return its value
     */
    public float at(int index) {
        return voxels[index];
    }

    /**
     * One voxel by its indices.
     *
     * @param i index along i
     * @param j index along j
     * @param k index along k
     * @return its value
     */
    public float at(int i, int j, int k) {
        return voxels[(k * grid.height() + j) * grid.width() + i];
    }

    /**
     * All voxels.
     *
     * @return a copy in the order of the grid
     */
    public float[] toArray() {
        return voxels.clone();
    }

    /**
     * Mean of the finite voxels, summed in double precision.
     *
     * @return the mean; NaN when no voxel is finite
     */
    public double mean() {
        double sum = 0;
        int n = 0;
        for (float v : voxels) {
            if (Float.isFinite(v)) {
                sum += v;
                n++;
            }
        }
        return sum / n;
    }

    /**
     * Smallest finite voxel.
     *
     * @return the minimum; positive infinity when no voxel is finite
     */
    public float min() {
        float min = Float.POSITIVE_INFINITY;
        for (float v : voxels) {
            min = Float.isFinite(v) ? Math.min(min, v) : min;
        }
        return min;
    }

    /**
     * Largest finite voxel.
     *
     * @return the maximum; negative infinity when no voxel is finite
     */
    public float max() {
        float max = Float.NEGATIVE_INFINITY;
        for (float v : voxels) {
            max = Float.isFinite(v) ? Math.max(max, v) : max;
        }
        return max;
    }

    /**
     * The same voxels said to lie elsewhere, as after registration.
     *
     * @param other a grid with as many voxels along each axis
     * @return the volume, sharing its voxels with this one
     */
    public Volume on(Grid other) {
        if (other.width() != grid.width()
                || other.height() != grid.height()
                || other.depth() != grid.depth()) {
            throw new IllegalArgumentException(
                    "the other grid is " + other + ", this volume has " + grid);
        }
        return new Volume(other, voxels);
    }

    /**
     * The same image on another grid, aligned by position in the patient.
     *
     * @param target where values are wanted
     * @param how between voxel centres
     * @param outside value where the target leaves this volume (more than half a voxel beyond the
     *     outermost centres)
     * @return the resampled volume
     */
    public Volume resample(Grid target, Interpolation how, float outside) {
        return filled(target, new Resampler(grid, voxels, target, how, outside)::fill);
    }
}
