// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.imaging.dicom;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Bits of an entropy-coded segment, most significant first. A byte of ones is followed by a byte
 * that holds fewer bits: none in JPEG (T.81 B.1.1.5), seven in JPEG-LS (T.87 A.1); anything else is
 * a marker, and reading into it is an error.
 */
final class JpegBits {
    private static final VarHandle FOUR =
            MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);

    private final JpegStream in;
    private final byte[] data;
    private final int afterOnes;
    private int at;
    private long bits;
    private int count;
    private int padding;

    JpegBits(JpegStream in, int from, int afterOnes) {
        this.in = in;
        this.data = in.data();
        this.at = from;
        this.afterOnes = afterOnes;
    }

    /** Fetches at least 32 bits: four bytes at once where none of them is of ones. */
    private void fill() {
        if (count <= 32 && at <= data.length - Integer.BYTES) {
            int four = (int) FOUR.get(data, at);
            if (((~four - 0x01010101) & four & 0x80808080) == 0) {
                bits = (bits << 32) | (four & 0xFFFFFFFFL);
                count += 32;
                at += 4;
                return;
            }
        }
        while (count <= 48) {
            int next = at < data.length ? data[at] & 0xFF : 0xFF;
            if (next != 0xFF) {
                bits = (bits << 8) | next;
                count += 8;
                at++;
                continue;
            }
            int after = at + 1 < data.length ? data[at + 1] & 0xFF : 0xFF;
            if (after >= 1 << afterOnes) {
                bits <<= 8;
                count += 8;
                padding += 8;
            } else {
                bits = (bits << (8 + afterOnes)) | (0xFFL << afterOnes) | after;
                count += 8 + afterOnes;
                at += 2;
            }
        }
    }

    /** The next bits without taking them, at most 32. */
    int peek(int n) {
        if (count < n) {
            fill();
        }
        return (int) ((bits >>> (count - n)) & ((1L << n) - 1));
    }

    void skip(int n) throws DicomException {
        count -= n;
        if (count < padding) {
            throw in.damaged("its samples end at byte " + at);
        }
    }

    int take(int n) throws DicomException {
        int value = peek(n);
        skip(n);
        return value;
    }

    /**
     * A Golomb code of limited length (T.87 A.5.3): zeros, a one and k bits; or, after the most
     * zeros that a code may have, the value less 1 in so many bits.
     */
    int golomb(int k, int most, int escaped) throws DicomException {
        if (count < 32) {
            fill();
        }
        int zeros = Long.numberOfLeadingZeros(bits << (64 - count));
        if (zeros < most && zeros + 1 + k <= count) {
            skip(zeros + 1 + k);
            return (zeros << k) | ((int) (bits >>> count) & ((1 << k) - 1));
        }
        return longGolomb(k, most, escaped);
    }

    private int longGolomb(int k, int most, int escaped) throws DicomException {
        int zeros = 0;
        while (take(1) == 0) {
            if (++zeros > most) {
                throw in.damaged("a code has more than " + most + " zeros");
            }
        }
        return zeros < most ? (zeros << k) | take(k) : take(escaped) + 1;
    }

    /** A value of a category: the lower half of its codes is negative (T.81 F.2.2.1). */
    int signed(int category) throws DicomException {
        if (category == 0) {
            return 0;
        }
        int value = take(category);
        return value < 1 << (category - 1) ? value - (1 << category) + 1 : value;
    }

    /** Drops what is left of an interval and the restart marker behind it. */
    void restart() throws DicomException {
        bits = 0;
        count = 0;
        padding = 0;
        while (at + 1 < data.length && (data[at] & 0xFF) == 0xFF && (data[at + 1] & 0xFF) == 0xFF) {
            at++;
        }
        boolean found =
                at + 1 < data.length && (data[at] & 0xFF) == 0xFF && (data[at + 1] & 0xF8) == 0xD0;
        if (!found) {
            throw in.damaged("no restart marker where one is due");
        }
        at += 2;
    }

    /** Where the marker behind the segment begins. */
    int markerPosition() {
        int p = at;
        while (p + 1 < data.length
                && !((data[p] & 0xFF) == 0xFF && (data[p + 1] & 0xFF) >= 1 << afterOnes)) {
            p++;
        }
        return p;
    }
}
