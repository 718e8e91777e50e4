// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.imaging.dicom;

import java.io.ByteArrayOutputStream;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * JPEG 2000 part 1, lossless and lossy, one component, with or without the boxes of a JP2 file.
 * Regions of interest, packed headers and changes of the progression are refused by name. Memory is
 * bounded by the pixels that the DICOM header declares, time by those and the coded bytes.
 *
 * <p>Reference: ITU-T T.800 (2002), annexes A to F.
 */
final class Jpeg2000 {
    private static final int SOC = 0x4F;
    private static final int SIZ = 0x51;
    private static final int COD = 0x52;
    private static final int COC = 0x53;
    private static final int QCD = 0x5C;
    private static final int QCC = 0x5D;
    private static final int RGN = 0x5E;
    private static final int POC = 0x5F;
    private static final int PPM = 0x60;
    private static final int PPT = 0x61;
    private static final int SOT = 0x90;
    private static final int MOST_BITS = 24;

    private final JpegStream in;
    private final PixelFormat format;

    /** Left, top, right and bottom on the reference grid. */
    private final long[] image = new long[4];

    /** Left, top, width and height of the first tile. */
    private final long[] tile = new long[4];

    private int precision;
    private boolean signed;
    private Jpeg2000Style style = Jpeg2000Style.NONE;
    private final SortedMap<Integer, Jpeg2000Style> tileStyles = new TreeMap<>();
    private final SortedMap<Integer, ByteArrayOutputStream> parts = new TreeMap<>();

    private Jpeg2000(JpegStream in, PixelFormat format) {
        this.in = in;
        this.format = format;
    }

    /** The samples, signed where the codestream says so. */
    static int[] decode(String file, byte[] data, PixelFormat format) throws DicomException {
        JpegStream in = new JpegStream(file, "JPEG 2000", data);
        in.position(codestream(data));
        return new Jpeg2000(in, format).decode();
    }

    /** Past the boxes of a JP2 file, which the standard of DICOM forbids and some writers add. */
    private static int codestream(byte[] data) {
        if (data.length < 12 || data[4] != 'j' || data[5] != 'P') {
            return 0;
        }
        for (int n = 12; n + 8 < data.length; n++) {
            boolean found = data[n] == 'j' && data[n + 1] == 'p' && data[n + 2] == '2';
            if (found && data[n + 3] == 'c') {
                return n + 4;
            }
        }
        return 0;
    }

    private int[] decode() throws DicomException {
        in.expect(SOC);
        while (true) {
            int marker = in.next();
            if (marker == JpegStream.END) {
                return samples();
            }
            if (marker == SIZ) {
                size();
            } else if (marker == SOT) {
                tilePart();
                if (in.position() >= in.data().length - 1) {
                    return samples();
                }
            } else {
                segment(marker, -1);
            }
        }
    }

    /** A segment of the main header, or of a tile where its index is not negative. */
    private void segment(int marker, int index) throws DicomException {
        switch (marker) {
            case COD, COC, QCD, QCC -> style(marker, index);
            case RGN, POC, PPM, PPT ->
                    throw in.damaged(String.format("marker FF%02X is not read here", marker));
            default -> {
                // comments, lengths of packets and tiles
            }
        }
    }

    private void size() throws DicomException {
        in.u16();
        for (int n : new int[] {2, 3, 0, 1}) {
            image[n] = in.u32();
        }
        long width = in.u32();
        long height = in.u32();
        tile[0] = in.u32();
        tile[1] = in.u32();
        tile[2] = width;
        tile[3] = height;
        int components = in.u16();
        int depth = in.u8();
        precision = (depth & 0x7F) + 1;
        signed = depth >= 0x80;
        boolean plain = in.u16() == 0x0101;
        if (components != 1 || !plain || precision > MOST_BITS) {
            throw in.damaged(
                    String.format(
                            "%d components of %d bits; one of at most %d bits that is not"
                                    + " subsampled is read",
                            components, precision, MOST_BITS));
        }
        if (image[2] >= Integer.MAX_VALUE
                || image[3] >= Integer.MAX_VALUE
                || image[2] - image[0] != format.columns()
                || image[3] - image[1] != format.rows()) {
            throw in.damaged(
                    String.format(
                            "%d x %d pixels, the header says %d x %d",
                            image[2] - image[0],
                            image[3] - image[1],
                            format.columns(),
                            format.rows()));
        }
        boolean tiles = width > 0 && height > 0 && tile[0] <= image[0] && tile[1] <= image[1];
        if (!tiles || tile[0] + width <= image[0] || tile[1] + height <= image[1]) {
            throw in.damaged("its tiles do not cover it");
        }
    }

    private void style(int marker, int open) throws DicomException {
        if (marker == COC || marker == QCC) {
            if (in.u8() != 0) {
                return;
            }
        }
        Jpeg2000Style now = open < 0 ? style : tileStyles.getOrDefault(open, style);
        now =
                switch (marker) {
                    case COD -> now.coding(in, true);
                    case COC -> now.coding(in, false);
                    default -> now.quantisation(in);
                };
        if (open < 0) {
            style = now;
        } else {
            tileStyles.put(open, now);
        }
    }

    /** Reads the header of a tile part and keeps its bytes. */
    private void tilePart() throws DicomException {
        int begin = in.position() - 4;
        int index = in.u16();
        long length = in.u32();
        int marker;
        while ((marker = in.next()) != JpegStream.TILE_DATA) {
            segment(marker, index);
        }
        int from = in.position();
        long to = length == 0 ? in.data().length : begin + length;
        if (to < from || to > in.data().length) {
            throw in.damaged("tile " + index + " ends outside the frame");
        }
        parts.computeIfAbsent(index, t -> new ByteArrayOutputStream())
                .write(in.data(), from, (int) to - from);
        in.position((int) to);
    }

    private int[] samples() throws DicomException {
        if (tile[2] == 0) {
            throw in.damaged("it has no size");
        }
        long across = (image[2] - tile[0] + tile[2] - 1) / tile[2];
        long down = (image[3] - tile[1] + tile[3] - 1) / tile[3];
        if (parts.isEmpty()
                || across * down != parts.size()
                || parts.lastKey() != across * down - 1) {
            throw in.damaged(
                    String.format("%d of its %d tiles are there", parts.size(), across * down));
        }
        int[] out = new int[format.pixels()];
        for (Map.Entry<Integer, ByteArrayOutputStream> part : parts.entrySet()) {
            int index = part.getKey();
            long x = tile[0] + index % across * tile[2];
            long y = tile[1] + index / across * tile[3];
            int[] bounds = {
                (int) Math.max(x, image[0]),
                (int) Math.max(y, image[1]),
                (int) Math.min(x + tile[2], image[2]),
                (int) Math.min(y + tile[3], image[3])
            };
            Jpeg2000Style how = tileStyles.getOrDefault(index, style);
            how.check(in);
            int[] samples =
                    new Jpeg2000Tile(in, how, precision, bounds)
                            .decode(part.getValue().toByteArray());
            store(samples, bounds, out);
        }
        return out;
    }

    private void store(int[] samples, int[] bounds, int[] out) {
        int width = bounds[2] - bounds[0];
        int shift = signed ? 0 : 1 << (precision - 1);
        int least = signed ? -(1 << (precision - 1)) : 0;
        int most = least + (1 << precision) - 1;
        for (int y = bounds[1]; y < bounds[3]; y++) {
            int from = (y - bounds[1]) * width;
            int to = (int) ((y - image[1]) * format.columns() + bounds[0] - image[0]);
            for (int n = 0; n < width; n++) {
                out[to + n] = Math.max(least, Math.min(most, samples[from + n] + shift));
            }
        }
    }
}
