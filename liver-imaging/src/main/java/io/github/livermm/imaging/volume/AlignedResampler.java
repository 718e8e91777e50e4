// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.imaging.volume;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Resamples between grids whose axes are parallel, one axis after the other: rows, then columns,
 * then slices. Each task makes a few slices of the target and holds the source slices they need,
 * already brought to the target's rows and columns, so that memory beyond the result stays at a few
 * slices. The split into tasks is fixed: results do not depend on the number of threads.
 */
final class AlignedResampler {
    /** Target slices per task. */
    private static final int SLICES = 16;

    private final int nx;
    private final int ny;
    private final float[] source;
    private final int w;
    private final int h;
    private final int d;
    private final AxisTaps x;
    private final AxisTaps y;
    private final AxisTaps z;
    private final float outside;

    AlignedResampler(
            Grid from,
            float[] source,
            Grid target,
            Interpolation how,
            float outside,
            double[] start,
            double[] step) {
        this.nx = from.width();
        this.ny = from.height();
        this.source = source;
        this.w = target.width();
        this.h = target.height();
        this.d = target.depth();
        this.x = new AxisTaps(w, start[0], step[0], nx, how);
        this.y = new AxisTaps(h, start[1], step[1], ny, how);
        this.z = new AxisTaps(d, start[2], step[2], from.depth(), how);
        this.outside = outside;
    }

    void fill(float[] out) {
        int tasks = (d + SLICES - 1) / SLICES;
        IntStream.range(0, tasks).parallel().forEach(t -> slices(out, t * SLICES));
    }

    private void slices(float[] out, int from) {
        float[][] held = new float[z.count][w * h];
        int[] holds = new int[z.count];
        Arrays.fill(holds, -1);
        float[] row = new float[nx];
        for (int k = from; k < Math.min(d, from + SLICES); k++) {
            int to = k * w * h;
            if (!z.inside[k]) {
                Arrays.fill(out, to, to + w * h, outside);
                continue;
            }
            for (int m = 0; m < z.count; m++) {
                int slice = z.index[k * z.count + m];
                float weight = z.weight[k * z.count + m];
                float[] plane = plane(held, holds, slice, k, row);
                if (m == 0) {
                    for (int n = 0; n < w * h; n++) {
                        out[to + n] = weight * plane[n];
                    }
                } else if (weight != 0) {
                    for (int n = 0; n < w * h; n++) {
                        out[to + n] += weight * plane[n];
                    }
                }
            }
            edges(out, to);
        }
    }

    /** A source slice on the target's rows and columns, made once while it is needed. */
    private float[] plane(float[][] held, int[] holds, int slice, int k, float[] row) {
        int free = -1;
        for (int s = 0; s < holds.length; s++) {
            if (holds[s] == slice) {
                return held[s];
            }
            boolean needed = false;
            for (int m = 0; m < z.count; m++) {
                needed |= holds[s] == z.index[k * z.count + m];
            }
            if (!needed) {
                free = s;
            }
        }
        holds[free] = slice;
        make(held[free], slice, row);
        return held[free];
    }

    private void make(float[] plane, int slice, float[] row) {
        for (int j = 0; j < h; j++) {
            if (!y.inside[j]) {
                continue;
            }
            for (int m = 0; m < y.count; m++) {
                int from = (slice * ny + y.index[j * y.count + m]) * nx;
                float weight = y.weight[j * y.count + m];
                if (m == 0) {
                    for (int i = 0; i < nx; i++) {
                        row[i] = weight * source[from + i];
                    }
                } else if (weight != 0) {
                    for (int i = 0; i < nx; i++) {
                        row[i] += weight * source[from + i];
                    }
                }
            }
            columns(plane, j * w, row);
        }
    }

    private void columns(float[] plane, int to, float[] row) {
        int[] at = x.index;
        float[] f = x.weight;
        switch (x.count) {
            case 1 -> {
                for (int i = 0; i < w; i++) {
                    plane[to + i] = row[at[i]];
                }
            }
            case 2 -> {
                for (int i = 0; i < w; i++) {
                    int a = at[2 * i];
                    int b = at[2 * i + 1];
                    plane[to + i] = f[2 * i] * row[a] + f[2 * i + 1] * row[b];
                }
            }
            default -> {
                for (int i = 0; i < w; i++) {
                    int n = 4 * i;
                    plane[to + i] =
                            f[n] * row[at[n]]
                                    + f[n + 1] * row[at[n + 1]]
                                    + f[n + 2] * row[at[n + 2]]
                                    + f[n + 3] * row[at[n + 3]];
                }
            }
        }
    }

    private void edges(float[] out, int to) {
        for (int j = 0; j < h; j++) {
            if (!y.inside[j]) {
                Arrays.fill(out, to + j * w, to + (j + 1) * w, outside);
                continue;
            }
            for (int i = 0; i < w; i++) {
                if (!x.inside[i]) {
                    out[to + j * w + i] = outside;
                }
            }
        }
    }
}
