// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.imaging.dicom;

import java.util.Arrays;

/**
 * How a tile is coded: the parameters of COD, COC, QCD and QCC (T.800 A.6).
 *
 * @param progression order of packets, 0 (LRCP) to 4 (CPRL)
 * @param layers quality layers
 * @param levels decompositions
 * @param blockWidth exponent of the width of a code block
 * @param blockHeight exponent of its height
 * @param passes flags of the coding passes, as the constants here
 * @param reversible 5/3 transform in whole numbers, else 9/7
 * @param precincts exponents of width (low nibble) and height of precincts by resolution
 * @param markers bit 1 for SOP, bit 2 for EPH
 * @param guardBits guard bits
 * @param steps quantisation of subbands: exponent in bits 11 to 15, mantissa below; one for all
 *     when derived
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Jpeg2000Style(
        int progression,
        int layers,
        int levels,
        int blockWidth,
        int blockHeight,
        int passes,
        boolean reversible,
        int[] precincts,
        int markers,
        int guardBits,
        int[] steps,
        boolean derived) {
    static final int BYPASS = 1;
    static final int RESET = 2;
    static final int TERMINATE = 4;
    static final int CAUSAL = 8;
    static final int SYMBOLS = 32;
    static final Jpeg2000Style NONE =
            new Jpeg2000Style(0, 0, 0, 0, 0, 0, true, new int[0], 0, 0, new int[0], false);

    /** With the parameters of COD, or of COC, which leaves the order of packets. */
    Jpeg2000Style coding(JpegStream in, boolean whole) throws DicomException {
        int flags = in.u8();
        int order = whole ? in.u8() : progression;
        int quality = whole ? in.u16() : layers;
        if (whole) {
            in.u8();
        }
        int depth = in.u8();
        int width = (in.u8() & 15) + 2;
        int height = (in.u8() & 15) + 2;
        int style = in.u8();
        int transform = in.u8();
        if (depth > 32 || width > 10 || height > 10 || width + height > 12 || transform > 1) {
            throw in.damaged("its coding style is out of range");
        }
        if (order > 4 || quality == 0) {
            throw in.damaged("its order of packets is out of range");
        }
        int[] sizes = new int[depth + 1];
        Arrays.fill(sizes, 0xFF);
        for (int r = 0; (flags & 1) != 0 && r <= depth; r++) {
            sizes[r] = in.u8();
            if (r > 0 && ((sizes[r] & 15) == 0 || sizes[r] >> 4 == 0)) {
                throw in.damaged("a precinct has no size");
            }
        }
        return new Jpeg2000Style(
                order,
                quality,
                depth,
                width,
                height,
                style,
                transform == 1,
                sizes,
                whole ? flags & 6 : markers,
                guardBits,
                steps,
                derived);
    }

    /** With the parameters of QCD or QCC. */
    Jpeg2000Style quantisation(JpegStream in) throws DicomException {
        int kind = in.u8();
        int[] values = new int[97];
        int count = 0;
        while (in.position() < in.end() && count < values.length) {
            values[count++] = (kind & 31) == 0 ? in.u8() >> 3 << 11 : in.u16();
        }
        return new Jpeg2000Style(
                progression,
                layers,
                levels,
                blockWidth,
                blockHeight,
                passes,
                reversible,
                precincts,
                markers,
                kind >> 5,
                Arrays.copyOf(values, count),
                (kind & 31) == 1);
    }

    void check(JpegStream in) throws DicomException {
        if (layers == 0 || steps.length < (derived ? 1 : 3 * levels + 1)) {
            throw in.damaged("its coding or quantisation is not stated");
        }
    }

    /** Exponent of the step of a subband: 0 for the lowest, then HL, LH, HH of each resolution. */
    int exponent(int band) {
        return derived ? (steps[0] >> 11) - Math.max(0, (band - 1) / 3) : steps[band] >> 11;
    }

    int mantissa(int band) {
        return steps[derived ? 0 : band] & 0x7FF;
    }

    boolean has(int pass) {
        return (passes & pass) != 0;
    }
}
