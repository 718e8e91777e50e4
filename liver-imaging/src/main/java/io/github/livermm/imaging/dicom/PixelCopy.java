// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.imaging.dicom;

import java.io.IOException;
import java.io.OutputStream;

/**
 * Copies the pixel data of a file: plain pixels in little endian and no byte more than the image
 * needs, compressed ones fragment by fragment.
 */
final class PixelCopy {
    private static final int CHUNK = 1 << 16;
    private static final long MOST_BYTES = 0xFFFFFFFEL;

    private final String name;
    private final DataSet data;
    private final Element pixels;
    private final HeldPixels held;
    private final ByteSource source;

    PixelCopy(String name, DataSet data, Element pixels, HeldPixels held, ByteSource source) {
        this.name = name;
        this.data = data;
        this.pixels = pixels;
        this.held = held;
        this.source = source;
    }

    void write(DataSetWriter writer, OutputStream out) throws IOException {
        source.position(pixels.offset());
        if (pixels.length() < 0) {
            fragments(writer, out);
        } else {
            plain(writer, out);
        }
    }

    private void plain(DataSetWriter writer, OutputStream out) throws IOException {
        int allocated =
                switch (pixels.tag()) {
                    case Tag.FLOAT_PIXELS -> 32;
                    case Tag.DOUBLE_PIXELS -> 64;
                    default -> data.unsigned16(Tag.BITS_ALLOCATED).orElse(16);
                };
        long bits =
                (long) data.unsigned16(Tag.ROWS).orElse(0)
                        * data.unsigned16(Tag.COLUMNS).orElse(0)
                        * data.unsigned16(Tag.SAMPLES_PER_PIXEL).orElse(1)
                        * allocated;
        double frames = Math.max(1, data.number(Tag.NUMBER_OF_FRAMES).orElse(1));
        double wanted = Math.ceil(bits * frames / 8);
        long there = held.bytes();
        if (!(wanted <= there && there <= MOST_BYTES)) {
            throw new DicomException(
                    String.format(
                            "%s: %s holds %d bytes, the image needs %.0f",
                            name, Tag.pixels(pixels.tag()), there, wanted));
        }
        long count = (long) wanted;
        boolean odd = count % 2 == 1;
        boolean swapped = pixels.big() && (allocated > 8 || pixels.vr().equals("OW"));
        int unit = !swapped ? 1 : allocated > 16 ? allocated / 8 : 2;
        String vr =
                switch (pixels.tag()) {
                    case Tag.FLOAT_PIXELS -> "OF";
                    case Tag.DOUBLE_PIXELS -> "OD";
                    default -> allocated > 8 ? "OW" : "OB";
                };
        writer.head(pixels.tag(), vr, (int) (count + (odd ? 1 : 0)));
        for (long left = count; left > 0; ) {
            byte[] chunk = source.bytes(Math.min(left, CHUNK));
            swap(chunk, unit);
            out.write(chunk);
            left -= chunk.length;
        }
        if (odd) {
            out.write(0);
        }
    }

    private static void swap(byte[] bytes, int unit) {
        for (int at = 0; unit > 1 && at + unit <= bytes.length; at += unit) {
            for (int n = 0; n < unit / 2; n++) {
                byte first = bytes[at + n];
                bytes[at + n] = bytes[at + unit - 1 - n];
                bytes[at + unit - 1 - n] = first;
            }
        }
    }

    private void fragments(DataSetWriter writer, OutputStream out) throws IOException {
        writer.head(Tag.PIXEL_DATA, "OB", -1);
        Fragments.forEach(
                name,
                source,
                fragment -> {
                    CodestreamComments.blank(fragment);
                    writer.mark(Tag.ITEM, fragment.length);
                    out.write(fragment);
                });
        writer.mark(Tag.SEQUENCE_END, 0);
    }
}
