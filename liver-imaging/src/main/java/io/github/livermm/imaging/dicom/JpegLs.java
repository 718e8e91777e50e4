// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.imaging.dicom;

import java.util.Arrays;

/**
 * JPEG-LS, lossless and near-lossless, 2 to 16 bit, one component.
 *
 * <p>Reference: ITU-T T.87 (1998); names A, B, C, N, Nn, J, Ra to Rd, NEAR, RANGE, LIMIT as there.
 */
final class JpegLs {
    private static final int[] J = {
        0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7, 8, 9, 10, 11, 12,
        13, 14, 15
    };
    private static final int SOF55 = 0xF7;
    private static final int LSE = 0xF8;
    private static final int RUN_CONTEXT = 365;

    private final JpegStream in;
    private final PixelFormat format;

    private int maxVal;
    private int near;
    private int t1;
    private int t2;
    private int t3;
    private int reset;
    private int range;
    private int qbpp;
    private int limit;
    private int runIndex;

    /** The regions of the differences from -reach to reach; beyond are the outermost. */
    private byte[] regions = {};

    private int reach;
    private final int[] a = new int[RUN_CONTEXT + 2];
    private final int[] b = new int[RUN_CONTEXT];
    private final int[] c = new int[RUN_CONTEXT];
    private final int[] n = new int[RUN_CONTEXT + 2];
    private final int[] nn = new int[2];

    private JpegLs(JpegStream in, PixelFormat format) {
        this.in = in;
        this.format = format;
    }

    /** The samples as unsigned numbers. */
    static int[] decode(String file, byte[] data, PixelFormat format) throws DicomException {
        return new JpegLs(new JpegStream(file, "JPEG-LS", data), format).decode();
    }

    private int[] decode() throws DicomException {
        in.expect(JpegStream.START);
        while (true) {
            switch (in.next()) {
                case SOF55 -> {
                    int precision = in.frameHeader(format, 2, 16);
                    maxVal = maxVal == 0 ? (1 << precision) - 1 : maxVal;
                }
                case LSE -> presets();
                case JpegStream.RESTART_INTERVAL ->
                        throw in.damaged("restart intervals are not read");
                case JpegStream.SCAN -> {
                    scanHeader();
                    return scan(new JpegBits(in, in.end(), 7));
                }
                case JpegStream.END -> throw in.damaged("it holds no scan");
                default -> {
                    // application data and comments
                }
            }
        }
    }

    private void presets() throws DicomException {
        if (in.u8() != 1) {
            throw in.damaged("mapping tables and oversize images are not read");
        }
        int stated = in.u16();
        maxVal = stated == 0 ? maxVal : stated;
        t1 = in.u16();
        t2 = in.u16();
        t3 = in.u16();
        reset = in.u16();
    }

    private void scanHeader() throws DicomException {
        int components = in.u8();
        in.u16();
        near = in.u8();
        int interleave = in.u8();
        if (components != 1 || interleave != 0 || maxVal < 1 || near > Math.min(255, maxVal / 2)) {
            throw in.damaged("the scan header does not fit");
        }
        defaultThresholds();
        reach = Math.max(Math.max(t1, t2), Math.max(t3, near + 1));
        regions = new byte[2 * reach + 1];
        for (int d = -reach; d <= reach; d++) {
            regions[reach + d] = (byte) quantised(d);
        }
        range = (maxVal + 2 * near) / (2 * near + 1) + 1;
        qbpp = 32 - Integer.numberOfLeadingZeros(range - 1);
        int bpp = Math.max(2, 32 - Integer.numberOfLeadingZeros(maxVal));
        limit = 2 * (bpp + Math.max(8, bpp));
        Arrays.fill(a, Math.max(2, (range + 32) / 64));
        Arrays.fill(n, 1);
    }

    /** Annex C.2.4.1.1. */
    private void defaultThresholds() {
        int d1;
        int d2;
        int d3;
        if (maxVal >= 128) {
            int factor = (Math.min(maxVal, 4095) + 128) / 256;
            d1 = factor + 2 + 3 * near;
            d2 = factor * 4 + 3 + 5 * near;
            d3 = factor * 17 + 4 + 7 * near;
        } else {
            int factor = 256 / (maxVal + 1);
            d1 = Math.max(2, 3 / factor + 3 * near);
            d2 = Math.max(3, 7 / factor + 5 * near);
            d3 = Math.max(4, 21 / factor + 7 * near);
        }
        t1 = t1 == 0 ? clamp(d1, near + 1) : t1;
        t2 = t2 == 0 ? clamp(d2, t1) : t2;
        t3 = t3 == 0 ? clamp(d3, t2) : t3;
        reset = reset == 0 ? 64 : reset;
    }

    private int clamp(int value, int least) {
        return value > maxVal || value < least ? least : value;
    }

    private int[] scan(JpegBits bits) throws DicomException {
        int width = format.columns();
        int[] out = new int[format.pixels()];
        // one sample beyond each end of a line
        int[] above = new int[width + 2];
        int[] line = new int[width + 2];
        for (int y = 0; y < format.rows(); y++) {
            above[width + 1] = above[width];
            line[0] = above[1];
            decodeLine(bits, above, line, width);
            System.arraycopy(line, 1, out, y * width, width);
            int[] swap = above;
            above = line;
            line = swap;
        }
        return out;
    }

    private void decodeLine(JpegBits bits, int[] above, int[] line, int width)
            throws DicomException {
        int x = 1;
        while (x <= width) {
            int ra = line[x - 1];
            int rb = above[x];
            int rc = above[x - 1];
            int context = 81 * region(above[x + 1] - rb) + 9 * region(rb - rc) + region(rc - ra);
            if (context == 0) {
                x = run(bits, above, line, x, width);
            } else {
                line[x++] = regular(bits, context, ra, rb, rc);
            }
        }
    }

    private int region(int d) {
        return regions[reach + Math.max(-reach, Math.min(reach, d))];
    }

    private int quantised(int d) {
        int size = Math.abs(d);
        int q;
        if (size <= near) {
            q = 0;
        } else if (size < t1) {
            q = 1;
        } else if (size < t2) {
            q = 2;
        } else {
            q = size < t3 ? 3 : 4;
        }
        return d < 0 ? -q : q;
    }

    /** Without branches, because what would decide them is noise. */
    private int regular(JpegBits bits, int context, int ra, int rb, int rc) throws DicomException {
        int sign = context >> 31;
        int q = (context ^ sign) - sign;
        int edge = Math.max(Math.min(ra, rb), Math.min(Math.max(ra, rb), ra + rb - rc));
        int px = Math.max(0, Math.min(maxVal, edge + ((c[q] ^ sign) - sign)));
        int k = golombParameter(n[q], a[q]);
        int mapped = bits.golomb(k, limit - qbpp - 1, qbpp);
        int error = (mapped >>> 1) ^ -(mapped & 1);
        if (k == 0 && near == 0 && 2 * b[q] <= -n[q]) {
            error = ~error;
        }
        update(q, error);
        return reconstruct(px, (error ^ sign) - sign);
    }

    /** A.6; the bias b stays above -n and at most 0, what goes beyond moves the correction c. */
    private void update(int q, int error) {
        int bias = b[q] + error * (2 * near + 1);
        int size = a[q] + Math.abs(error);
        int count = n[q];
        if (count == reset) {
            size >>= 1;
            bias >>= 1;
            count >>= 1;
        }
        count++;
        int below = (bias + count - 1) >> 31;
        int above = -bias >> 31;
        bias += (count & below) - (count & above);
        a[q] = size;
        b[q] = Math.max(1 - count, Math.min(0, bias));
        c[q] = Math.max(-128, Math.min(127, c[q] + below - above));
        n[q] = count;
    }

    private int reconstruct(int px, int error) {
        int step = 2 * near + 1;
        int value = px + error * step;
        if (value < -near) {
            value += range * step;
        } else if (value > maxVal + near) {
            value -= range * step;
        }
        return Math.max(0, Math.min(maxVal, value));
    }

    private int run(JpegBits bits, int[] above, int[] line, int from, int width)
            throws DicomException {
        int x = from;
        int ra = line[from - 1];
        while (bits.take(1) == 1) {
            int length = Math.min(1 << J[runIndex], width + 1 - x);
            Arrays.fill(line, x, x + length, ra);
            x += length;
            if (length == 1 << J[runIndex] && runIndex < 31) {
                runIndex++;
            }
            if (x > width) {
                return x;
            }
        }
        int length = J[runIndex] == 0 ? 0 : bits.take(J[runIndex]);
        if (length > width - x) {
            throw in.damaged("a run is longer than its line");
        }
        Arrays.fill(line, x, x + length, ra);
        x += length;
        line[x] = interruption(bits, ra, above[x]);
        if (runIndex > 0) {
            runIndex--;
        }
        return x + 1;
    }

    private int interruption(JpegBits bits, int ra, int rb) throws DicomException {
        int type = Math.abs(ra - rb) <= near ? 1 : 0;
        int q = RUN_CONTEXT + type;
        int k = golombParameter(n[q], type == 1 ? a[q] + (n[q] >> 1) : a[q]);
        int mapped = bits.golomb(k, limit - J[runIndex] - 1 - qbpp - 1, qbpp);
        int shifted = mapped + type;
        boolean odd = (shifted & 1) == 1;
        int size = (shifted + (odd ? 1 : 0)) / 2;
        boolean negativeIsOdd = k != 0 || 2 * nn[type] >= n[q];
        int error = negativeIsOdd == odd ? -size : size;
        if (error < 0) {
            nn[type]++;
        }
        a[q] += (mapped + 1 - type) >> 1;
        if (n[q] == reset) {
            a[q] >>= 1;
            n[q] >>= 1;
            nn[type] >>= 1;
        }
        n[q]++;
        int sign = type == 0 && ra > rb ? -1 : 1;
        return reconstruct(type == 1 ? ra : rb, sign * error);
    }

    /** The least k for which count times 2^k reaches the sum (A.5.1). */
    private static int golombParameter(int count, int sum) {
        int k = Integer.numberOfLeadingZeros(count) - Integer.numberOfLeadingZeros(sum);
        k = Math.max(0, Math.min(23, k));
        return count << k < sum ? k + 1 : k;
    }
}
