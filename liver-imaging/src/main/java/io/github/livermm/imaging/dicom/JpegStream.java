// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.imaging.dicom;

/**
 * The marker segments of one coded frame, as JPEG (ITU-T T.81 annex B), JPEG-LS (T.87) and JPEG
 * 2000 (T.800 annex A) share them: {@code FF xx}, a length, parameters.
 */
final class JpegStream {
    static final int START = 0xD8;
    static final int END = 0xD9;
    static final int SCAN = 0xDA;
    static final int TILE_DATA = 0x93;
    static final int RESTART_INTERVAL = 0xDD;

    private final String file;
    private final String coding;
    private final byte[] data;
    private int at;
    private int end;

    JpegStream(String file, String coding, byte[] data) {
        this.file = file;
        this.coding = coding;
        this.data = data;
        this.end = data.length;
    }

    byte[] data() {
        return data;
    }

    DicomException damaged(String what) {
        return new DicomException(file + ": the " + coding + " frame is damaged: " + what);
    }

    int u8() throws DicomException {
        if (at >= end) {
            throw damaged("it ends at byte " + at);
        }
        return data[at++] & 0xFF;
    }

    int u16() throws DicomException {
        int high = u8();
        return (high << 8) | u8();
    }

    long u32() throws DicomException {
        long high = u16();
        return (high << 16) | u16();
    }

    int position() {
        return at;
    }

    /** Where the current segment ends. */
    int end() {
        return end;
    }

    /** Goes on at a byte, past the current segment. */
    void position(int to) {
        at = Math.min(to, data.length);
        end = data.length;
    }

    void expect(int marker) throws DicomException {
        if (marker() != marker) {
            throw damaged("no start of image");
        }
    }

    private int marker() throws DicomException {
        position(end == data.length ? at : end);
        int marker = u8();
        if (marker != 0xFF) {
            throw damaged("no marker at byte " + (at - 1));
        }
        while (marker == 0xFF) {
            marker = u8();
        }
        return marker;
    }

    /** The next marker; its parameters are what can be read until the next call. */
    int next() throws DicomException {
        int marker = marker();
        if (marker == END || marker == TILE_DATA) {
            return marker;
        }
        int stop = at + u16();
        if (stop > data.length || stop < at) {
            throw damaged("a segment is longer than the frame");
        }
        end = stop;
        return marker;
    }

    /** Reads a frame header of T.81 or T.87 with one component and gives its precision in bits. */
    int frameHeader(PixelFormat format, int least, int most) throws DicomException {
        int precision = u8();
        int rows = u16();
        int columns = u16();
        int components = u8();
        if (rows != format.rows() || columns != format.columns() || components != 1) {
            throw damaged(
                    String.format(
                            "%d x %d pixels of %d components, the header says %d x %d of 1",
                            columns, rows, components, format.columns(), format.rows()));
        }
        if (precision < least || precision > most) {
            throw damaged(
                    String.format(
                            "precision of %d bits, allowed is %d to %d", precision, least, most));
        }
        return precision;
    }
}
