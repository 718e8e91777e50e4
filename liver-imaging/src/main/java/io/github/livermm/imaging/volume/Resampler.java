// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.imaging.volume;

import java.util.stream.IntStream;

/**
 * Walks a target grid through a source volume along the composed affine; grids with parallel axes
 * go the faster way of {@link AlignedResampler}. Slices of the target run in parallel and do not
 * depend on each other.
 */
final class Resampler {
    /** More samples than this per axis no longer change the mean of a smooth image. */
    private static final int MOST_SAMPLES = 4;

    private final int nx;
    private final int ny;
    private final int nz;
    private final float[] source;
    private final Grid from;
    private final Grid target;
    private final Interpolation how;
    private final float outside;
    private final double[] start;
    private final double[][] step = new double[3][];

    Resampler(Grid from, float[] source, Grid target, Interpolation how, float outside) {
        this.nx = from.width();
        this.ny = from.height();
        this.nz = from.depth();
        this.source =
                how == Interpolation.CUBIC ? SplineCoefficients.of(source, nx, ny, nz) : source;
        this.from = from;
        this.target = target;
        this.how = how;
        this.outside = outside;
        this.start = index(from, target.origin());
        for (int a = 0; a < 3; a++) {
            double[] next = index(from, target.toPatient(a == 0 ? 1 : 0, a == 1 ? 1 : 0, a / 2));
            step[a] = new double[] {next[0] - start[0], next[1] - start[1], next[2] - start[2]};
        }
    }

    private static double[] index(Grid from, double[] p) {
        return from.toIndex(p[0], p[1], p[2]);
    }

    void fill(float[] out) {
        int[] samples = {1, 1, 1};
        if (how == Interpolation.MEAN) {
            for (int a = 0; a < 3; a++) {
                double longest = 0;
                for (double s : step[a]) {
                    longest = Math.max(longest, Math.abs(s));
                }
                samples[a] = (int) Math.max(1, Math.min(MOST_SAMPLES, Math.ceil(longest - 1e-6)));
            }
        }
        if (how != Interpolation.MEAN && isAligned()) {
            double[] along = {step[0][0], step[1][1], step[2][2]};
            new AlignedResampler(from, source, target, how, outside, start, along).fill(out);
            return;
        }
        IntStream.range(0, target.depth()).parallel().forEach(k -> slice(out, k, samples));
    }

    /** Whether the axes of both grids are parallel, to a millionth of a voxel over the target. */
    private boolean isAligned() {
        int[] size = {target.width(), target.height(), target.depth()};
        for (int a = 0; a < 3; a++) {
            for (int r = 0; r < 3; r++) {
                if (r != a && Math.abs(step[a][r]) * size[a] > 1e-6) {
                    return false;
                }
            }
        }
        return true;
    }

    private void slice(float[] out, int k, int[] samples) {
        boolean single = samples[0] * samples[1] * samples[2] == 1;
        int[] places = new int[12];
        double[] weights = new double[12];
        int at = k * target.width() * target.height();
        for (int j = 0; j < target.height(); j++) {
            for (int i = 0; i < target.width(); i++) {
                out[at++] =
                        single
                                ? value(i, j, k, places, weights)
                                : mean(i, j, k, samples, places, weights);
            }
        }
    }

    private float mean(int i, int j, int k, int[] samples, int[] places, double[] weights) {
        double sum = 0;
        int inside = 0;
        int all = samples[0] * samples[1] * samples[2];
        for (int n = 0; n < all; n++) {
            float v =
                    value(
                            i + offset(n % samples[0], samples[0]),
                            j + offset(n / samples[0] % samples[1], samples[1]),
                            k + offset(n / samples[0] / samples[1], samples[2]),
                            places,
                            weights);
            if (Float.isFinite(v)) {
                sum += v;
                inside++;
            }
        }
        return inside == 0 ? Float.NaN : (float) (sum / inside);
    }

    private static double offset(int n, int samples) {
        return (n + 0.5) / samples - 0.5;
    }

    private float value(double i, double j, double k, int[] places, double[] weights) {
        double x = start[0] + step[0][0] * i + step[1][0] * j + step[2][0] * k;
        double y = start[1] + step[0][1] * i + step[1][1] * j + step[2][1] * k;
        double z = start[2] + step[0][2] * i + step[1][2] * j + step[2][2] * k;
        if (!(x >= -0.5
                && y >= -0.5
                && z >= -0.5
                && x <= nx - 0.5
                && y <= ny - 0.5
                && z <= nz - 0.5)) {
            return outside;
        }
        if (how == Interpolation.NEAREST) {
            return source[(near(z, nz) * ny + near(y, ny)) * nx + near(x, nx)];
        }
        if (how == Interpolation.CUBIC) {
            return cubic(x, y, z, places, weights);
        }
        return linear(clamp(x, nx), clamp(y, ny), clamp(z, nz));
    }

    private static int near(double v, int n) {
        return (int) Math.max(0, Math.min(n - 1, Math.rint(v)));
    }

    private static double clamp(double v, int n) {
        return Math.max(0, Math.min(n - 1, v));
    }

    private float cubic(double x, double y, double z, int[] at, double[] w) {
        int[] place = new int[4];
        double[] weight = new double[4];
        double[] position = {x, y, z};
        int[] size = {nx, ny, nz};
        for (int a = 0; a < 3; a++) {
            AxisTaps.cubic(position[a], size[a], place, weight);
            System.arraycopy(place, 0, at, 4 * a, 4);
            System.arraycopy(weight, 0, w, 4 * a, 4);
        }
        double sum = 0;
        for (int c = 0; c < 4; c++) {
            double plane = 0;
            for (int b = 0; b < 4; b++) {
                int row = (at[8 + c] * ny + at[4 + b]) * nx;
                plane +=
                        w[4 + b]
                                * (w[0] * source[row + at[0]]
                                        + w[1] * source[row + at[1]]
                                        + w[2] * source[row + at[2]]
                                        + w[3] * source[row + at[3]]);
            }
            sum += w[8 + c] * plane;
        }
        return (float) sum;
    }

    private float linear(double x, double y, double z) {
        int i = Math.min((int) x, Math.max(0, nx - 2));
        int j = Math.min((int) y, Math.max(0, ny - 2));
        int k = Math.min((int) z, Math.max(0, nz - 2));
        double fx = x - i;
        double fy = y - j;
        double fz = z - k;
        int at = (k * ny + j) * nx + i;
        int dx = nx > 1 ? 1 : 0;
        int dy = ny > 1 ? nx : 0;
        int dz = nz > 1 ? nx * ny : 0;
        double low = (1 - fy) * row(at, dx, fx) + (fy > 0 ? fy * row(at + dy, dx, fx) : 0);
        if (fz == 0) {
            return (float) low;
        }
        double high =
                (1 - fy) * row(at + dz, dx, fx) + (fy > 0 ? fy * row(at + dz + dy, dx, fx) : 0);
        return (float) ((1 - fz) * low + fz * high);
    }

    private double row(int at, int dx, double fx) {
        // a voxel without weight has no say, even when it is no number
        return fx > 0 ? (1 - fx) * source[at] + fx * source[at + dx] : source[at];
    }
}
