// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.imaging.dicom;

/**
 * JPEG lossless with Huffman coding (process 14, any selection value, 2 to 16 bit, one component).
 *
 * <p>Reference: ITU-T T.81 (1992), annex H; names Ra, Rb, Rc, Pt as there.
 */
final class JpegLossless {
    private static final int SOF3 = 0xC3;
    private static final int DHT = 0xC4;

    private final JpegStream in;
    private final PixelFormat format;
    private final HuffmanTable[] tables = new HuffmanTable[8];
    private int precision;
    private int restartInterval;

    private JpegLossless(JpegStream in, PixelFormat format) {
        this.in = in;
        this.format = format;
    }

    /** The samples as unsigned numbers. */
    static int[] decode(String file, byte[] data, PixelFormat format) throws DicomException {
        return new JpegLossless(new JpegStream(file, "JPEG lossless", data), format).decode();
    }

    private int[] decode() throws DicomException {
        in.expect(JpegStream.START);
        while (true) {
            int marker = in.next();
            switch (marker) {
                case SOF3 -> precision = in.frameHeader(format, 2, 16);
                case DHT -> HuffmanTable.read(in, tables);
                case JpegStream.RESTART_INTERVAL -> restartInterval = in.u16();
                case JpegStream.SCAN -> {
                    return scan();
                }
                case JpegStream.END -> throw in.damaged("it holds no scan");
                default -> {
                    if (marker >= 0xC0 && marker <= 0xCF && marker != 0xCC) {
                        throw in.damaged(String.format("process FF%02X is not lossless", marker));
                    }
                }
            }
        }
    }

    private int[] scan() throws DicomException {
        int components = in.u8();
        in.u8();
        HuffmanTable table = tables[(in.u8() >> 4) & 3];
        int selection = in.u8();
        in.u8();
        int transform = in.u8() & 15;
        if (components != 1 || table == null || precision == 0 || transform >= precision) {
            throw in.damaged("the scan header does not fit");
        }
        if (selection < 1 || selection > 7) {
            throw in.damaged("selection value " + selection + ", allowed is 1 to 7");
        }
        int width = format.columns();
        if (restartInterval % width != 0) {
            throw in.damaged("a restart interval of " + restartInterval + " is no whole line");
        }
        int linesPerInterval = restartInterval == 0 ? format.rows() : restartInterval / width;
        int[] out = new int[format.pixels()];
        JpegBits bits = new JpegBits(in, in.end(), 0);
        int start = 1 << (precision - transform - 1);
        for (int y = 0; y < format.rows(); y++) {
            boolean first = y % linesPerInterval == 0;
            if (first && y > 0) {
                bits.restart();
            }
            int from = y * width;
            int above = first ? start : out[from - width];
            out[from] = (above + difference(table, bits)) & 0xFFFF;
            int use = first ? 1 : selection;
            for (int n = from + 1; n < from + width; n++) {
                int predicted = use == 1 ? out[n - 1] : predict(use, out, n, width);
                out[n] = (predicted + difference(table, bits)) & 0xFFFF;
            }
        }
        for (int n = 0; transform > 0 && n < out.length; n++) {
            out[n] <<= transform;
        }
        return out;
    }

    private static int predict(int selection, int[] out, int n, int width) {
        int ra = out[n - 1];
        int rb = out[n - width];
        int rc = out[n - width - 1];
        return switch (selection) {
            case 2 -> rb;
            case 3 -> rc;
            case 4 -> ra + rb - rc;
            case 5 -> ra + ((rb - rc) >> 1);
            case 6 -> rb + ((ra - rc) >> 1);
            default -> (ra + rb) >> 1;
        };
    }

    private int difference(HuffmanTable table, JpegBits bits) throws DicomException {
        int category = table.decode(in, bits);
        if (category > 16) {
            throw in.damaged("difference of category " + category);
        }
        return category == 16 ? 32768 : bits.signed(category);
    }
}
