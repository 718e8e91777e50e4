// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.imaging.registration;

/**
 * An affine map from parameters that all count in mm at a distance of {@value #REACH_MM} mm from
 * the centre: three shifts, three angles, three logarithms of scales, three shears.
 *
 * @param affine 3 x 4 row-major
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record SpatialMap(double[] affine) {
    /** About the half width of an upper abdomen. */
    private static final double REACH_MM = 100;

    static SpatialMap of(double[] p, double[] centre) {
        double[] r = rotation(p[3] / REACH_MM, p[4] / REACH_MM, p[5] / REACH_MM);
        double[] a = r;
        if (p.length > 6) {
            double[] stretch = {
                Math.exp(p[6] / REACH_MM),
                p[9] / REACH_MM,
                p[10] / REACH_MM,
                0,
                Math.exp(p[7] / REACH_MM),
                p[11] / REACH_MM,
                0,
                0,
                Math.exp(p[8] / REACH_MM)
            };
            a = product(r, stretch);
        }
        double[] out = new double[12];
        for (int row = 0; row < 3; row++) {
            double moved = centre[row] + p[row];
            for (int c = 0; c < 3; c++) {
                out[row * 4 + c] = a[row * 3 + c];
                moved -= a[row * 3 + c] * centre[c];
            }
            out[row * 4 + 3] = moved;
        }
        return new SpatialMap(out);
    }

    private static double[] rotation(double x, double y, double z) {
        double[] rx = {1, 0, 0, 0, Math.cos(x), -Math.sin(x), 0, Math.sin(x), Math.cos(x)};
        double[] ry = {Math.cos(y), 0, Math.sin(y), 0, 1, 0, -Math.sin(y), 0, Math.cos(y)};
        double[] rz = {Math.cos(z), -Math.sin(z), 0, Math.sin(z), Math.cos(z), 0, 0, 0, 1};
        return product(rz, product(ry, rx));
    }

    private static double[] product(double[] a, double[] b) {
        double[] c = new double[9];
        for (int i = 0; i < 9; i++) {
            for (int k = 0; k < 3; k++) {
                c[i] += a[i / 3 * 3 + k] * b[k * 3 + i % 3];
            }
        }
        return c;
    }
}
