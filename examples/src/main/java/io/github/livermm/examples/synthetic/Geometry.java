// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.examples.synthetic;

/**
 * Where the voxels of a series lie, in the patient frame of DICOM: millimetres to the left,
 * backwards and upwards. Array order is [slice][row][column].
 *
 * @param columns voxels along a row
 * @param rows rows of a slice
 * @param slices slices
 * @param pixelMm spacing within a slice
 * @param sliceMm spacing between slices
 * @param tilt rotation about the left-right axis, radians
 * @param origin centre of the first voxel
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Geometry(
        int columns,
        int rows,
        int slices,
        double pixelMm,
        double sliceMm,
        double tilt,
        double[] origin) {

    /** A block of slices whose middle lies at the point. */
    static Geometry around(
            double[] middle, int size, int slices, double pixelMm, double sliceMm, double tilt) {
        Geometry atZero = new Geometry(size, size, slices, pixelMm, sliceMm, tilt, new double[3]);
        double[] centre = atZero.point((slices - 1) / 2.0, (size - 1) / 2.0, (size - 1) / 2.0);
        double[] origin = new double[3];
        for (int axis = 0; axis < 3; axis++) {
            // three decimals survive the decimal strings of DICOM unchanged
            origin[axis] = Math.round((middle[axis] - centre[axis]) * 1000) / 1000.0;
        }
        return new Geometry(size, size, slices, pixelMm, sliceMm, tilt, origin);
    }

    /** Direction in which the column index grows. */
    double[] alongRow() {
        return new double[] {1, 0, 0};
    }

    /** Direction in which the row index grows. */
    double[] alongColumn() {
        return new double[] {0, Math.cos(tilt), Math.sin(tilt)};
    }

    /** Direction in which the slice index grows. */
    double[] normal() {
        return new double[] {0, -Math.sin(tilt), Math.cos(tilt)};
    }

    /** Position of a voxel's centre. */
    double[] point(double slice, double row, double column) {
        double inPlane = row * pixelMm;
        double through = slice * sliceMm;
        return new double[] {
            origin[0] + column * pixelMm,
            origin[1] + inPlane * Math.cos(tilt) - through * Math.sin(tilt),
            origin[2] + inPlane * Math.sin(tilt) + through * Math.cos(tilt)
        };
    }
}
