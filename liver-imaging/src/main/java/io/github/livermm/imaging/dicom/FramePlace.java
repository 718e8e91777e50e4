// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.imaging.dicom;

import io.github.livermm.imaging.volume.Grid;

/**
 * Where a frame lies on a grid: the voxel of its first pixel, and the steps to the next column and
 * row.
 *
 * @param exact whether every pixel lies on a voxel, up to rounded positions and orientations
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record FramePlace(long[] origin, long[] across, long[] down, boolean exact) {
    /** A pixel may lie this part of a voxel beside a voxel: positions are rounded. */
    private static final double ROUNDING = 0.1;

    static FramePlace of(Slice frame, Grid image) throws DicomException {
        double[] affine = affine(frame, new double[3]);
        double[] o = image.toIndex(affine[3], affine[7], affine[11]);
        long[][] whole = new long[3][3];
        double worst = 0;
        for (int axis = 0; axis < 3; axis++) {
            double extent = axis == 0 ? frame.file().columns() : frame.file().rows();
            double[] next =
                    axis == 2
                            ? o
                            : image.toIndex(
                                    affine[3] + affine[axis],
                                    affine[7] + affine[4 + axis],
                                    affine[11] + affine[8 + axis]);
            for (int r = 0; r < 3; r++) {
                double step = axis == 2 ? o[r] : next[r] - o[r];
                whole[axis][r] = Math.round(step);
                worst = Math.max(worst, Math.abs(step - whole[axis][r]) * (axis == 2 ? 1 : extent));
            }
        }
        boolean unit = length(whole[0]) == 1 && length(whole[1]) == 1;
        return new FramePlace(whole[2], whole[0], whole[1], unit && worst <= ROUNDING);
    }

    private static long length(long[] v) {
        return v[0] * v[0] + v[1] * v[1] + v[2] * v[2];
    }

    /** Distance of the voxels of a grid across the frame, mm, where the frame lies on voxels. */
    double spacingAcrossMm(Grid image) {
        int axis = 0;
        while (across[axis] != 0 || down[axis] != 0) {
            axis++;
        }
        return image.spacingMm(axis);
    }

    /** The voxel of a pixel, -1 when it lies outside. */
    int index(int x, int y, Grid image) {
        long i = origin[0] + x * across[0] + y * down[0];
        long j = origin[1] + x * across[1] + y * down[1];
        long k = origin[2] + x * across[2] + y * down[2];
        boolean inside = i >= 0 && j >= 0 && k >= 0;
        inside &= i < image.width() && j < image.height() && k < image.depth();
        return inside ? (int) ((k * image.height() + j) * image.width() + i) : -1;
    }

    /** A stack that begins with a frame and goes on by a step, LPS mm. */
    static Grid stack(Slice first, double[] step, int depth) throws DicomException {
        DicomFile file = first.file();
        try {
            return Grid.ofAffine(
                    new int[] {file.columns(), file.rows(), depth}, affine(first, step));
        } catch (IllegalArgumentException degenerate) {
            throw new DicomException(
                    DicomFile.name(file.path()) + ": " + degenerate.getMessage(), degenerate);
        }
    }

    private static double[] affine(Slice frame, double[] step) throws DicomException {
        double[] affine = frame.affine(step);
        if (affine == null) {
            throw nowhere(frame);
        }
        return affine;
    }

    static double[] position(Slice frame) throws DicomException {
        double[] position = frame.position();
        if (position == null) {
            throw nowhere(frame);
        }
        return position;
    }

    private static DicomException nowhere(Slice frame) {
        return new DicomException(
                DicomFile.name(frame.file().path())
                        + ": frame "
                        + (frame.frame() + 1)
                        + " has no place in the patient");
    }
}
