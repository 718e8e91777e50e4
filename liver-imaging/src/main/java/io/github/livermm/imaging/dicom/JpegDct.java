// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.imaging.dicom;

import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * JPEG with the discrete cosine transform and Huffman coding: baseline, extended sequential and
 * progressive (processes 1, 2, 4, 6, 8, 10 and 12), 8 and 12 bit, one component.
 *
 * <p>Reference: ITU-T T.81 (1992), annexes F and G; names Ss, Se, Ah, Al, EOBRUN as there.
 */
final class JpegDct {
    private static final int SOF0 = 0xC0;
    private static final int SOF1 = 0xC1;
    private static final int SOF2 = 0xC2;
    private static final int DHT = 0xC4;
    private static final int DQT = 0xDB;

    /** No encoder writes more; a hostile frame repeats scans to cost time. */
    private static final int MOST_SCANS = 100;

    /** Blocks that are transformed together. */
    private static final int GROUP = 512;

    static final int[] ZIGZAG = {
        0, 1, 8, 16, 9, 2, 3, 10, 17, 24, 32, 25, 18, 11, 4, 5, 12, 19, 26, 33, 40, 48, 41, 34, 27,
        20, 13, 6, 7, 14, 21, 28, 35, 42, 49, 56, 57, 50, 43, 36, 29, 22, 15, 23, 30, 37, 44, 51,
        58, 59, 52, 45, 38, 31, 39, 46, 53, 60, 61, 54, 47, 55, 62, 63
    };

    private final JpegStream in;
    private final PixelFormat format;
    private final int across;
    private final int blocks;
    private final HuffmanTable[] tables = new HuffmanTable[8];
    private final int[][] quantisers = new int[4][];
    private int quantiser;
    private int precision;
    private int restartInterval;
    private boolean progressive;
    private short @Nullable [] coefficients;

    private JpegDct(JpegStream in, PixelFormat format) {
        this.in = in;
        this.format = format;
        this.across = (format.columns() + 7) / 8;
        this.blocks = across * ((format.rows() + 7) / 8);
    }

    /** The samples as unsigned numbers. */
    static int[] decode(String file, byte[] data, PixelFormat format) throws DicomException {
        return new JpegDct(new JpegStream(file, "JPEG", data), format).decode();
    }

    private int[] decode() throws DicomException {
        in.expect(JpegStream.START);
        for (int scans = 0; true; ) {
            int marker = in.next();
            switch (marker) {
                case SOF0, SOF1, SOF2 -> frame(marker);
                case DHT -> HuffmanTable.read(in, tables);
                case DQT -> quantisers();
                case JpegStream.RESTART_INTERVAL -> restartInterval = in.u16();
                case JpegStream.SCAN -> {
                    if (++scans > MOST_SCANS) {
                        throw in.damaged("more than " + MOST_SCANS + " scans");
                    }
                    in.position(scan());
                    if (!progressive) {
                        return samples();
                    }
                }
                case JpegStream.END -> {
                    return samples();
                }
                default -> {
                    if (marker >= 0xC3 && marker <= 0xCF && marker != 0xC8) {
                        throw in.damaged(String.format("process FF%02X is not read here", marker));
                    }
                }
            }
        }
    }

    private void frame(int marker) throws DicomException {
        if (precision != 0) {
            throw in.damaged("it has two frame headers");
        }
        precision = in.frameHeader(format, 8, 12);
        if (precision != 8 && precision != 12) {
            throw in.damaged("precision of " + precision + " bits, allowed are 8 and 12");
        }
        progressive = marker == SOF2;
        in.u16();
        quantiser = in.u8() & 3;
        coefficients = new short[Math.multiplyExact(blocks, 64)];
    }

    private void quantisers() throws DicomException {
        while (in.position() < in.end()) {
            int id = in.u8();
            int[] table = new int[64];
            for (int at : ZIGZAG) {
                table[at] = id >> 4 == 0 ? in.u8() : in.u16();
            }
            quantisers[id & 3] = table;
        }
    }

    /** Reads one scan and gives the position of the marker behind it. */
    private int scan() throws DicomException {
        int components = in.u8();
        in.u8();
        int ids = in.u8();
        int ss = in.u8();
        int se = in.u8();
        int approximation = in.u8();
        short[] all = coefficients;
        if (components != 1 || all == null || ss > se || se > 63) {
            throw in.damaged("the scan header does not fit");
        }
        if (!progressive) {
            ss = 0;
            se = 63;
            approximation = 0;
        } else if (ss == 0 && se != 0) {
            throw in.damaged("a progressive scan mixes DC and AC");
        }
        JpegBits bits = new JpegBits(in, in.end(), 0);
        JpegScan scan =
                new JpegScan(
                        in,
                        bits,
                        tables[ids >> 4 & 3],
                        tables[4 | (ids & 3)],
                        new int[] {ss, se, approximation >> 4, approximation & 15},
                        all);
        for (int block = 0; block < blocks; block++) {
            if (restartInterval > 0 && block > 0 && block % restartInterval == 0) {
                bits.restart();
                scan.restart();
            }
            scan.block(block * 64, progressive);
        }
        return bits.markerPosition();
    }

    private int[] samples() throws DicomException {
        int[] table = quantisers[quantiser];
        short[] all = coefficients;
        if (all == null || table == null) {
            throw in.damaged("it has no frame header or no quantisation table");
        }
        int[] out = new int[format.pixels()];
        int groups = (blocks + GROUP - 1) / GROUP;
        IntStream.range(0, groups)
                .parallel()
                .forEach(
                        g -> {
                            InverseDct transform = new InverseDct(table, precision);
                            int end = Math.min(blocks, (g + 1) * GROUP);
                            for (int block = g * GROUP; block < end; block++) {
                                int x = block % across * 8;
                                int y = block / across * 8;
                                transform.block(
                                        all,
                                        block * 64,
                                        out,
                                        x,
                                        y,
                                        format.columns(),
                                        format.rows());
                            }
                        });
        return out;
    }
}
