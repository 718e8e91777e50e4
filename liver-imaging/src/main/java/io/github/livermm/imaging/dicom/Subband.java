// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.imaging.dicom;

/**
 * One subband: its place in its own coordinates, where its samples go in the tile, and its
 * quantisation. Kind 0 is LL, 1 HL, 2 LH, 3 HH.
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Subband(int kind, int[] bounds, int left, int top, int planes, float step) {
    static Subband of(Jpeg2000Style style, int[] tile, int resolution, int kind) {
        int level = resolution == 0 ? style.levels() : style.levels() - resolution + 1;
        long half = level == 0 ? 0 : 1L << (level - 1);
        int[] bounds = new int[4];
        for (int n = 0; n < 4; n++) {
            boolean high = (kind >> (n & 1) & 1) != 0;
            long value = tile[n] - (high ? half : 0);
            bounds[n] = (int) ((value + (1L << level) - 1) >> level);
        }
        int left = 0;
        int top = 0;
        if (resolution > 0) {
            int lower = style.levels() - resolution + 1;
            long up = (1L << lower) - 1;
            left = (int) (((tile[2] + up) >> lower) - ((tile[0] + up) >> lower));
            top = (int) (((tile[3] + up) >> lower) - ((tile[1] + up) >> lower));
        }
        int band = resolution == 0 ? 0 : 3 * (resolution - 1) + kind;
        int exponent = style.exponent(band);
        double step = (1 + style.mantissa(band) / 2048.0) * Math.pow(2, -exponent);
        return new Subband(
                kind,
                bounds,
                (kind & 1) != 0 ? left : 0,
                (kind & 2) != 0 ? top : 0,
                exponent + style.guardBits() - 1,
                (float) step);
    }
}
