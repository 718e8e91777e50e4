// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.imaging.dicom;

/** Bytes of the packets of a tile, and bits of their headers (T.800 B.10.1). */
final class PacketBits {
    private final JpegStream in;
    private final byte[] data;
    private int at;
    private int bits;
    private int count;

    PacketBits(JpegStream in, byte[] data) {
        this.in = in;
        this.data = data;
    }

    byte[] data() {
        return data;
    }

    int bit() throws DicomException {
        if (count == 0) {
            if (at >= data.length) {
                throw in.damaged("it ends before its last packet");
            }
            count = bits == 0xFF ? 7 : 8;
            bits = data[at++] & 0xFF;
        }
        return bits >> --count & 1;
    }

    int bits(int n) throws DicomException {
        int value = 0;
        for (int m = 0; m < n; m++) {
            value = value << 1 | bit();
        }
        return value;
    }

    /** Drops the rest of a byte, and the stuffed byte behind a byte of ones. */
    void align() {
        if (bits == 0xFF) {
            at++;
        }
        bits = 0;
        count = 0;
    }

    /** Goes past a marker and what belongs to it, where the marker is there. */
    void pass(int marker, int size) {
        boolean here =
                at + 1 < data.length
                        && (data[at] & 0xFF) == 0xFF
                        && (data[at + 1] & 0xFF) == marker;
        at += here ? size : 0;
    }

    /** Takes bytes and gives where they begin. */
    int skip(int length) throws DicomException {
        if (length < 0 || length > data.length - at) {
            throw in.damaged("a packet is longer than its tile");
        }
        at += length;
        return at - length;
    }
}
