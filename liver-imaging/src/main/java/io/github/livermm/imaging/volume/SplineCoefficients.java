// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.imaging.volume;

import java.util.stream.IntStream;

/**
 * Turns samples into the coefficients of the cubic B-spline that passes through them, by a causal
 * and an anticausal recursive filter along each axis (Unser 1993). Rows that do not depend on each
 * other run side by side, so that the processor can vectorise what the recursion forbids. O(n).
 */
final class SplineCoefficients {
    private static final double POLE = Math.sqrt(3) - 2;

    /** Rows filtered together along x. */
    private static final int LANES = 16;

    /** The pole to this power is below the last digit of a float. */
    private static final int HORIZON = 24;

    private SplineCoefficients() {}

    static float[] of(float[] samples, int nx, int ny, int nz) {
        float[] c = samples.clone();
        if (nx > 1) {
            int rows = ny * nz;
            IntStream.range(0, (rows + LANES - 1) / LANES)
                    .parallel()
                    .forEach(b -> alongX(c, nx, b * LANES, Math.min(LANES, rows - b * LANES)));
        }
        if (ny > 1) {
            IntStream.range(0, nz).parallel().forEach(k -> filter(c, k * nx * ny, nx, ny, nx));
        }
        if (nz > 1) {
            IntStream.range(0, ny).parallel().forEach(j -> filter(c, j * nx, nx * ny, nz, nx));
        }
        return c;
    }

    private static void alongX(float[] c, int nx, int row, int rows) {
        float[] lanes = new float[nx * LANES];
        for (int r = 0; r < rows; r++) {
            int from = (row + r) * nx;
            for (int i = 0; i < nx; i++) {
                lanes[i * LANES + r] = c[from + i];
            }
        }
        filter(lanes, 0, LANES, nx, LANES);
        for (int r = 0; r < rows; r++) {
            int to = (row + r) * nx;
            for (int i = 0; i < nx; i++) {
                c[to + i] = lanes[i * LANES + r];
            }
        }
    }

    /** Filters {@code width} neighbouring columns of n samples, {@code stride} apart. */
    private static void filter(float[] c, int from, int stride, int n, int width) {
        float z = (float) POLE;
        double[] first = first(c, from, stride, n, width);
        for (int x = 0; x < width; x++) {
            c[from + x] = (float) first[x];
        }
        for (int k = 1; k < n; k++) {
            int at = from + k * stride;
            int before = at - stride;
            for (int x = 0; x < width; x++) {
                c[at + x] = 6 * c[at + x] + z * c[before + x];
            }
        }
        float gain = (float) (POLE / (POLE * POLE - 1));
        int last = from + (n - 1) * stride;
        for (int x = 0; x < width; x++) {
            c[last + x] = gain * (c[last + x] + z * c[last - stride + x]);
        }
        for (int k = n - 2; k >= 0; k--) {
            int at = from + k * stride;
            int after = at + stride;
            for (int x = 0; x < width; x++) {
                c[at + x] = z * (c[after + x] - c[at + x]);
            }
        }
    }

    /** Start of the causal filter on the mirrored samples, times the gain of 6. */
    private static double[] first(float[] c, int from, int stride, int n, int width) {
        double[] sum = new double[width];
        int period = 2 * n - 2;
        int terms = n > HORIZON ? HORIZON : period;
        double power = 1;
        for (int k = 0; k < terms; k++) {
            int at = from + Math.min(k, period - k) * stride;
            for (int x = 0; x < width; x++) {
                sum[x] += power * c[at + x];
            }
            power *= POLE;
        }
        double scale = n > HORIZON ? 6 : 6 / (1 - power);
        for (int x = 0; x < width; x++) {
            sum[x] *= scale;
        }
        return sum;
    }
}
