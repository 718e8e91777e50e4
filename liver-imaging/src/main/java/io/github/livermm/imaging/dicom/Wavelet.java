// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.imaging.dicom;

import java.util.stream.IntStream;

/**
 * Inverse wavelet transforms of a tile in place (T.800 annex F): 5/3 in whole numbers, 9/7 in
 * floats. The subbands of a resolution lie beside and below the one before it. Rows are lifted one
 * by one, columns a strip together, so that memory is walked in its order; strips are shared among
 * the cores.
 */
final class Wavelet {
    private static final float ALPHA = -1.5861343f;
    private static final float BETA = -0.052980117f;
    private static final float GAMMA = 0.8829111f;
    private static final float DELTA = 0.44350687f;
    private static final float LOW = 1.2301741f;

    /** 2 / K: the exponents of high subbands are counted without their gain. */
    private static final float HIGH = 1.6257324f;

    /** Rows or columns that one core lifts together. */
    private static final int STRIP = 128;

    private Wavelet() {}

    /** What happens to some rows or columns. */
    private interface Strip {
        void lift(int from, int to);
    }

    private static void strips(int count, Strip strip) {
        IntStream.range(0, (count + STRIP - 1) / STRIP)
                .parallel()
                .forEach(n -> strip.lift(n * STRIP, Math.min(count, (n + 1) * STRIP)));
    }

    /** Lifts the columns of an array and writes them to another one, whose rows are longer. */
    private static void columns(
            Strip lift, Object work, int width, int height, Object out, int stride) {
        strips(
                width,
                (from, to) -> {
                    lift.lift(from, to);
                    for (int y = 0; y < height; y++) {
                        System.arraycopy(work, y * width + from, out, y * stride + from, to - from);
                    }
                });
    }

    /** Rows of numbers that are lifted: row n changes by its neighbours. */
    private interface Lifting {
        void row(int row, int before, int after);
    }

    /** Lifts every second row from the first that is odd or even on the reference grid. */
    private static void lift(int count, int first, Lifting by) {
        for (int n = first; n < count; n += 2) {
            int before = n > 0 ? n - 1 : Math.min(n + 1, count - 1);
            by.row(n, before, n + 1 < count ? n + 1 : before);
        }
    }

    static void reversible(int[] samples, int stride, int[][] sizes) {
        int[] work = new int[samples.length];
        for (int r = 1; r < sizes.length; r++) {
            int[] s = sizes[r];
            int width = s[2] - s[0];
            int height = s[3] - s[1];
            int oddX = s[0] & 1;
            int oddY = s[1] & 1;
            strips(
                    height,
                    (from, to) -> {
                        for (int y = from; y < to; y++) {
                            int row = source(y, height, oddY) * stride;
                            interleave(samples, row, work, y * width, width, oddX);
                            liftRow(work, y * width, width, oddX);
                        }
                    });
            Strip lift = (from, to) -> liftColumns(work, width, height, oddY, from, to);
            columns(lift, work, width, height, samples, stride);
        }
    }

    private static void liftColumns(int[] w, int width, int height, int odd, int from, int to) {
        if (height == 1) {
            for (int x = from; x < to; x++) {
                w[x] >>= odd;
            }
            return;
        }
        lift(height, odd, (n, a, b) -> lowRow(w, width, n, a, b, from, to));
        lift(height, 1 - odd, (n, a, b) -> highRow(w, width, n, a, b, from, to));
    }

    /** Where row n of the result lies among the low rows and the high rows behind them. */
    private static int source(int n, int count, int odd) {
        int low = (count + 1 - odd) / 2;
        return (n & 1) == odd ? n / 2 : low + n / 2;
    }

    private static void interleave(int[] from, int at, int[] to, int out, int width, int odd) {
        int low = (width + 1 - odd) / 2;
        for (int n = 0; n < low; n++) {
            to[out + 2 * n + odd] = from[at + n];
        }
        for (int n = 0; n < width - low; n++) {
            to[out + 2 * n + 1 - odd] = from[at + low + n];
        }
    }

    private static void liftRow(int[] w, int at, int count, int odd) {
        if (count == 1) {
            w[at] >>= odd;
            return;
        }
        int last = at + count - 1;
        for (int n = at + odd; n <= last; n += 2) {
            int a = w[n > at ? n - 1 : n + 1];
            int b = w[n < last ? n + 1 : n - 1];
            w[n] -= (a + b + 2) >> 2;
        }
        for (int n = at + 1 - odd; n <= last; n += 2) {
            int a = w[n > at ? n - 1 : n + 1];
            int b = w[n < last ? n + 1 : n - 1];
            w[n] += (a + b) >> 1;
        }
    }

    private static void lowRow(int[] w, int width, int n, int a, int b, int from, int to) {
        for (int x = from, i = n * width, j = a * width, k = b * width; x < to; x++) {
            w[i + x] -= (w[j + x] + w[k + x] + 2) >> 2;
        }
    }

    private static void highRow(int[] w, int width, int n, int a, int b, int from, int to) {
        for (int x = from, i = n * width, j = a * width, k = b * width; x < to; x++) {
            w[i + x] += (w[j + x] + w[k + x]) >> 1;
        }
    }

    /** Takes the bits of floats and gives rounded samples. */
    static void irreversible(int[] samples, int stride, int[][] sizes) {
        float[] all = new float[samples.length];
        float[] work = new float[samples.length];
        for (int n = 0; n < all.length; n++) {
            all[n] = Float.intBitsToFloat(samples[n]);
        }
        for (int r = 1; r < sizes.length; r++) {
            int[] s = sizes[r];
            level(all, work, stride, s[2] - s[0], s[3] - s[1], s[0] & 1, s[1] & 1);
        }
        for (int n = 0; n < all.length; n++) {
            samples[n] = (int) Math.rint(all[n]);
        }
    }

    private static void level(
            float[] all, float[] work, int stride, int width, int height, int oddX, int oddY) {
        strips(
                height,
                (from, to) -> {
                    float[] line = new float[width];
                    int low = (width + 1 - oddX) / 2;
                    for (int y = from; y < to; y++) {
                        int row = source(y, height, oddY) * stride;
                        for (int n = 0; n < low; n++) {
                            line[2 * n + oddX] = all[row + n];
                        }
                        for (int n = 0; n < width - low; n++) {
                            line[2 * n + 1 - oddX] = all[row + low + n];
                        }
                        liftLine(line, width, oddX);
                        System.arraycopy(line, 0, work, y * width, width);
                    }
                });
        Strip lift = (from, to) -> liftColumns(work, width, height, oddY, from, to);
        columns(lift, work, width, height, all, stride);
    }

    private static void liftColumns(float[] w, int width, int height, int odd, int from, int to) {
        if (height == 1) {
            return;
        }
        for (int y = 0; y < height; y++) {
            float k = (y & 1) == odd ? LOW : HIGH;
            for (int n = y * width + from; n < y * width + to; n++) {
                w[n] *= k;
            }
        }
        lift(height, odd, (n, a, b) -> add(w, width, n, a, b, -DELTA, from, to));
        lift(height, 1 - odd, (n, a, b) -> add(w, width, n, a, b, -GAMMA, from, to));
        lift(height, odd, (n, a, b) -> add(w, width, n, a, b, -BETA, from, to));
        lift(height, 1 - odd, (n, a, b) -> add(w, width, n, a, b, -ALPHA, from, to));
    }

    private static void liftLine(float[] w, int count, int odd) {
        if (count == 1) {
            return;
        }
        for (int n = 0; n < count; n++) {
            w[n] *= (n & 1) == odd ? LOW : HIGH;
        }
        liftLine(w, count, odd, -DELTA);
        liftLine(w, count, 1 - odd, -GAMMA);
        liftLine(w, count, odd, -BETA);
        liftLine(w, count, 1 - odd, -ALPHA);
    }

    private static void liftLine(float[] w, int count, int first, float by) {
        int last = count - 1;
        for (int n = first; n < count; n += 2) {
            float a = w[n > 0 ? n - 1 : n + 1];
            float b = w[n < last ? n + 1 : n - 1];
            w[n] += (a + b) * by;
        }
    }

    private static void add(float[] w, int width, int n, int a, int b, float by, int from, int to) {
        for (int x = from, i = n * width, j = a * width, k = b * width; x < to; x++) {
            w[i + x] += (w[j + x] + w[k + x]) * by;
        }
    }
}
