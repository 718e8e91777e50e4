// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.imaging.preprocess;

import io.github.livermm.imaging.volume.DistanceMap;
import io.github.livermm.imaging.volume.Grid;
import io.github.livermm.imaging.volume.Interpolation;
import io.github.livermm.imaging.volume.Volume;

/**
 * Regions around a structure: its box with a margin, the ring of tissue around it, and boxes of one
 * size for networks. Boxes keep the lattice of the image, so that cutting and padding changes no
 * value; they may reach beyond the image, where the given value is padded.
 *
 * @since 0.1.0
 */
public final class Region {
    private Region() {}

    /**
     * The smallest box around a structure with a margin; the whole grid when the structure is empty
     * (a missing mask means the whole image).
     *
     * @param grid where the voxels lie
     * @param structure one flag per voxel
     * @param marginMm margin on every side, rounded up to whole voxels, at least 0
     * @return the grid of the box, cut at the border of the image
     */
    public static Grid box(Grid grid, boolean[] structure, double marginMm) {
        if (!(marginMm >= 0)) {
            throw new IllegalArgumentException("marginMm is " + marginMm + ", allowed is 0 and up");
        }
        int[] size = {grid.width(), grid.height(), grid.depth()};
        int[] low = {size[0], size[1], size[2]};
        int[] high = {-1, -1, -1};
        for (int v = 0; v < structure.length; v++) {
            if (structure[v]) {
                int[] at = {v % size[0], v / size[0] % size[1], v / size[0] / size[1]};
                for (int a = 0; a < 3; a++) {
                    low[a] = Math.min(low[a], at[a]);
                    high[a] = Math.max(high[a], at[a]);
                }
            }
        }
        if (high[0] < 0) {
            return grid;
        }
        int[] length = new int[3];
        for (int a = 0; a < 3; a++) {
            int margin = (int) Math.ceil(marginMm / grid.spacingMm(a) - 1e-9);
            low[a] = Math.max(0, low[a] - margin);
            length[a] = Math.min(size[a] - 1, high[a] + margin) - low[a] + 1;
        }
        return grid.box(low, length);
    }

    /**
     * A box of a given size with the same middle, to half a voxel: cut where it is larger, padded
     * where it is smaller.
     *
     * @param box a grid
     * @param size voxels wanted along i, j and k
     * @return the grid of the new box
     */
    public static Grid sized(Grid box, int... size) {
        int[] from = {
            Math.floorDiv(box.width() - size[0], 2),
            Math.floorDiv(box.height() - size[1], 2),
            Math.floorDiv(box.depth() - size[2], 2)
        };
        return box.box(from, size);
    }

    /**
     * Cuts a box out of an image, or pads it.
     *
     * @param image the image
     * @param box a box on the lattice of the image
     * @param padding value beyond the image, such as -1024 HU
     * @return the voxels of the box, unchanged
     */
    public static Volume cut(Volume image, Grid box, float padding) {
        return image.resample(box, Interpolation.NEAREST, padding);
    }

    /**
     * The ring around a structure: voxels outside it whose centre lies within a distance of the
     * nearest voxel of the structure, and inside an organ.
     *
     * @param grid where the voxels lie; axes at right angles
     * @param structure one flag per voxel, such as the lesion
     * @param organ one flag per voxel: where the ring may lie, such as the liver
     * @param widthMm width of the ring, above 0; published designs use 5 or 10 mm
     * @return one flag per voxel
     */
    public static boolean[] ring(Grid grid, boolean[] structure, boolean[] organ, double widthMm) {
        if (!(widthMm > 0)) {
            throw new IllegalArgumentException("widthMm is " + widthMm + ", allowed is above 0");
        }
        if (organ.length != structure.length) {
            throw new IllegalArgumentException(
                    "organ has " + organ.length + " voxels, the structure " + structure.length);
        }
        float[] distance = DistanceMap.of(grid, structure);
        boolean[] ring = new boolean[distance.length];
        for (int v = 0; v < ring.length; v++) {
            ring[v] = !structure[v] && organ[v] && distance[v] <= widthMm + 1e-4;
        }
        return ring;
    }
}
