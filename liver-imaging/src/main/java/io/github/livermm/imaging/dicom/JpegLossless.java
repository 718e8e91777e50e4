// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.imaging.dicom;

import java.util.HashMap;
import java.util.Map;

/**
 * JPEG lossless with Huffman coding (process 14, any selection value, 2 to 16 bit, one component).
 *
 * <p>Reference: ITU-T T.81 (1992), annex H; names Ra, Rb, Rc, Pt as there.
 */
final class JpegLossless {
    private static final int SOF3 = 0xC3;
    private static final int DHT = 0xC4;
    private static final int SOS = 0xDA;
    private static final int DRI = 0xDD;

    private final String file;
    private final byte[] data;
    private final PixelFormat format;
    private final Map<Integer, HuffmanTable> tables = new HashMap<>();
    private int at;
    private int precision;
    private int restartInterval;
    private int bits;
    private int bitCount;

    private JpegLossless(String file, byte[] data, PixelFormat format) {
        this.file = file;
        this.data = data;
        this.format = format;
    }

    /** The samples as unsigned numbers. */
    static int[] decode(String file, byte[] data, PixelFormat format) throws DicomException {
        return new JpegLossless(file, data, format).decode();
    }

    private DicomException damaged(String what) {
        return new DicomException(file + ": the JPEG lossless frame is damaged: " + what);
    }

    private int u8() throws DicomException {
        if (at >= data.length) {
            throw damaged("it ends at byte " + at);
        }
        return data[at++] & 0xFF;
    }

    private int u16() throws DicomException {
        int high = u8();
        return (high << 8) | u8();
    }

    private int[] decode() throws DicomException {
        if (u16() != 0xFFD8) {
            throw damaged("no start of image");
        }
        while (true) {
            int marker = u8();
            if (marker != 0xFF) {
                throw damaged("no marker at byte " + (at - 1));
            }
            while (marker == 0xFF) {
                marker = u8();
            }
            int end = at + u16();
            if (end > data.length || end < at) {
                throw damaged("a segment is longer than the frame");
            }
            switch (marker) {
                case SOF3 -> frameHeader();
                case DHT -> huffmanTables(end);
                case DRI -> restartInterval = u16();
                case SOS -> {
                    return scan(end);
                }
                default -> {
                    boolean otherFrame = marker >= 0xC0 && marker <= 0xCF && marker != 0xCC;
                    if (otherFrame) {
                        throw damaged(String.format("process FF%02X is not lossless", marker));
                    }
                }
            }
            at = end;
        }
    }

    private void frameHeader() throws DicomException {
        precision = u8();
        int rows = u16();
        int columns = u16();
        int components = u8();
        if (rows != format.rows() || columns != format.columns() || components != 1) {
            throw damaged(
                    String.format(
                            "%d x %d pixels of %d components, the header says %d x %d of 1",
                            columns, rows, components, format.columns(), format.rows()));
        }
        if (precision < 2 || precision > 16) {
            throw damaged("precision of " + precision + " bits, allowed is 2 to 16");
        }
    }

    private void huffmanTables(int end) throws DicomException {
        while (at < end) {
            int id = u8() & 3;
            int[] counts = new int[16];
            int total = 0;
            for (int n = 0; n < 16; n++) {
                counts[n] = u8();
                total += counts[n];
            }
            int[] values = new int[total];
            for (int n = 0; n < total; n++) {
                values[n] = u8();
            }
            tables.put(id, HuffmanTable.of(counts, values));
        }
    }

    private int[] scan(int end) throws DicomException {
        int components = u8();
        u8();
        HuffmanTable table = tables.get((u8() >> 4) & 3);
        int selection = u8();
        u8();
        int transform = u8() & 15;
        if (components != 1 || table == null || precision == 0 || transform >= precision) {
            throw damaged("the scan header does not fit");
        }
        if (selection < 1 || selection > 7) {
            throw damaged("selection value " + selection + ", allowed is 1 to 7");
        }
        at = end;
        int width = format.columns();
        int[] out = new int[format.pixels()];
        int start = 1 << (precision - transform - 1);
        int left = restartInterval;
        boolean first = true;
        int firstRow = 0;
        for (int n = 0; n < out.length; n++) {
            if (restartInterval > 0 && left == 0) {
                restart();
                left = restartInterval;
                first = true;
                firstRow = n / width;
            }
            left--;
            int x = n % width;
            int predicted;
            if (first) {
                predicted = start;
                first = false;
            } else if (n / width == firstRow) {
                predicted = out[n - 1];
            } else if (x == 0) {
                predicted = out[n - width];
            } else {
                predicted = predict(selection, out[n - 1], out[n - width], out[n - width - 1]);
            }
            out[n] = (predicted + difference(table)) & 0xFFFF;
        }
        for (int n = 0; n < out.length; n++) {
            out[n] <<= transform;
        }
        return out;
    }

    private static int predict(int selection, int ra, int rb, int rc) {
        return switch (selection) {
            case 1 -> ra;
            case 2 -> rb;
            case 3 -> rc;
            case 4 -> ra + rb - rc;
            case 5 -> ra + ((rb - rc) >> 1);
            case 6 -> rb + ((ra - rc) >> 1);
            default -> (ra + rb) >> 1;
        };
    }

    private int difference(HuffmanTable table) throws DicomException {
        int category = symbol(table);
        if (category == 0) {
            return 0;
        }
        if (category == 16) {
            return 32768;
        }
        if (category > 16) {
            throw damaged("difference of category " + category);
        }
        int value = 0;
        for (int n = 0; n < category; n++) {
            value = (value << 1) | bit();
        }
        return value < 1 << (category - 1) ? value - (1 << category) + 1 : value;
    }

    private int symbol(HuffmanTable table) throws DicomException {
        int code = 0;
        for (int length = 0; length < 16; length++) {
            code = (code << 1) | bit();
            int index = table.index(code, length);
            if (index >= 0) {
                return table.value(index);
            }
        }
        throw damaged("a code that its table does not hold");
    }

    private int bit() throws DicomException {
        if (bitCount == 0) {
            bits = u8();
            bitCount = 8;
            if (bits == 0xFF && u8() != 0) {
                throw damaged("a marker within the samples");
            }
        }
        bitCount--;
        return (bits >> bitCount) & 1;
    }

    private void restart() throws DicomException {
        bitCount = 0;
        int marker = u16();
        if (marker < 0xFFD0 || marker > 0xFFD7) {
            throw damaged("no restart marker where one is due");
        }
    }
}
