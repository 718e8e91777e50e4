// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.imaging.volume;

/**
 * For each voxel of a target axis the source voxels that it is made of and their weights; none
 * where the target leaves the source.
 */
final class AxisTaps {
    final int count;
    final int[] index;
    final float[] weight;
    final boolean[] inside;

    /** Taps of target voxels 0 to n - 1, voxel t lying at source coordinate start + t * step. */
    AxisTaps(int n, double start, double step, int source, Interpolation how) {
        count = how == Interpolation.CUBIC ? 4 : how == Interpolation.LINEAR ? 2 : 1;
        index = new int[n * count];
        weight = new float[n * count];
        inside = new boolean[n];
        int[] at = new int[4];
        double[] w = new double[4];
        for (int t = 0; t < n; t++) {
            double x = snap(start + t * step);
            inside[t] = x >= -0.5 && x <= source - 0.5;
            if (inside[t]) {
                taps(x, source, how, at, w);
            }
            for (int m = 0; m < count; m++) {
                index[t * count + m] = at[m];
                weight[t * count + m] = (float) w[m];
            }
        }
    }

    /** Rounding of composed affines must not move a voxel that lies on the lattice. */
    private static double snap(double x) {
        double whole = Math.rint(x);
        return Math.abs(x - whole) < 1e-9 ? whole : x;
    }

    private static void taps(double x, int n, Interpolation how, int[] at, double[] w) {
        switch (how) {
            case CUBIC -> cubic(x, n, at, w);
            case NEAREST -> {
                at[0] = (int) Math.max(0, Math.min(n - 1, Math.rint(x)));
                w[0] = 1;
            }
            default -> {
                double c = Math.max(0, Math.min(n - 1, x));
                int i = Math.min((int) c, Math.max(0, n - 2));
                at[0] = i;
                at[1] = Math.min(i + 1, n - 1);
                w[0] = 1 - (c - i);
                w[1] = c - i;
            }
        }
    }

    /** The four cubic B-splines that reach a coordinate, their places mirrored at the borders. */
    static void cubic(double x, int n, int[] at, double[] w) {
        double floor = Math.floor(x);
        double t = x - floor;
        int i = (int) floor;
        double u = 1 - t;
        w[0] = u * u * u / 6;
        w[1] = 2.0 / 3 - t * t * (2 - t) / 2;
        w[2] = 2.0 / 3 - u * u * (2 - u) / 2;
        w[3] = t * t * t / 6;
        for (int m = 0; m < 4; m++) {
            at[m] = mirror(i - 1 + m, n);
        }
    }

    private static int mirror(int i, int n) {
        if (n == 1) {
            return 0;
        }
        int period = 2 * n - 2;
        int r = Math.floorMod(i, period);
        return r < n ? r : period - r;
    }
}
