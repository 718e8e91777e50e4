// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.imaging.dicom;

/**
 * Inverse cosine transform of 8 x 8 blocks by the factorisation of Arai, Agui and Nakajima (1988)
 * in 32-bit floats: five multiplications per line, the scale factors within the quantiser.
 */
final class InverseDct {
    private static final float R2 = 1.4142135f;
    private static final float A = 1.8477591f;
    private static final float B = 1.08239220f;
    private static final float C = 2.613126f;

    private final float[] scale = new float[64];
    private final float[] work = new float[64];
    private final float centre;
    private final int most;

    InverseDct(int[] quantiser, int precision) {
        double[] factor = new double[8];
        for (int n = 0; n < 8; n++) {
            factor[n] = n == 0 ? 1 : Math.cos(n * Math.PI / 16) * Math.sqrt(2);
        }
        for (int n = 0; n < 64; n++) {
            scale[n] = (float) (quantiser[n] * factor[n / 8] * factor[n % 8] / 8);
        }
        centre = (1 << (precision - 1)) + 0.5f;
        most = (1 << precision) - 1;
    }

    /** Transforms the block at an offset and stores what lies within the image. */
    void block(short[] in, int at, int[] out, int x, int y, int columns, int rows) {
        for (int n = 0; n < 8; n++) {
            column(in, at, n);
        }
        int width = Math.min(8, columns - x);
        int height = Math.min(8, rows - y);
        for (int r = 0; r < height; r++) {
            line(r * 8, 1);
            int to = (y + r) * columns + x;
            for (int n = 0; n < width; n++) {
                int v = (int) Math.floor(work[r * 8 + n] + centre);
                out[to + n] = Math.max(0, Math.min(most, v));
            }
        }
    }

    private void column(short[] in, int at, int n) {
        int any = 0;
        for (int r = 1; r < 8; r++) {
            any |= in[at + r * 8 + n];
        }
        if (any == 0) {
            float dc = in[at + n] * scale[n];
            for (int r = 0; r < 8; r++) {
                work[r * 8 + n] = dc;
            }
            return;
        }
        for (int r = 0; r < 8; r++) {
            work[r * 8 + n] = in[at + r * 8 + n] * scale[r * 8 + n];
        }
        line(n, 8);
    }

    private void line(int at, int step) {
        float[] w = work;
        float even = w[at] + w[at + 4 * step];
        float odd = w[at] - w[at + 4 * step];
        float sum = w[at + 2 * step] + w[at + 6 * step];
        float turn = (w[at + 2 * step] - w[at + 6 * step]) * R2 - sum;
        float e0 = even + sum;
        float e3 = even - sum;
        float e1 = odd + turn;
        float e2 = odd - turn;

        float z13 = w[at + 5 * step] + w[at + 3 * step];
        float z10 = w[at + 5 * step] - w[at + 3 * step];
        float z11 = w[at + step] + w[at + 7 * step];
        float z12 = w[at + step] - w[at + 7 * step];
        float o7 = z11 + z13;
        float z5 = (z10 + z12) * A;
        float o6 = z5 - z10 * C - o7;
        float o5 = (z11 - z13) * R2 - o6;
        float o4 = z5 - z12 * B - o5;

        w[at] = e0 + o7;
        w[at + 7 * step] = e0 - o7;
        w[at + step] = e1 + o6;
        w[at + 6 * step] = e1 - o6;
        w[at + 2 * step] = e2 + o5;
        w[at + 5 * step] = e2 - o5;
        w[at + 3 * step] = e3 + o4;
        w[at + 4 * step] = e3 - o4;
    }
}
