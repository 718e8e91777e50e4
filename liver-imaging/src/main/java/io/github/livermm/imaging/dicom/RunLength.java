// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.imaging.dicom;

/** RLE lossless (PS3.5 annex G): PackBits, one segment per byte of a sample, high byte first. */
final class RunLength {
    private static final int HEADER = 64;

    private RunLength() {}

    static byte[] decode(String file, byte[] coded, PixelFormat format) throws DicomException {
        int width = format.bytesPerSample();
        int segments = coded.length < HEADER ? -1 : little(coded, 0);
        if (segments != width) {
            throw new DicomException(
                    file
                            + ": the RLE frame has "
                            + segments
                            + " segments, "
                            + format.bitsAllocated()
                            + " bits allocated ask for "
                            + width);
        }
        if (format.frameBytes() > 64L * coded.length) {
            throw new DicomException(
                    file
                            + ": "
                            + coded.length
                            + " RLE bytes cannot hold "
                            + format.pixels()
                            + " pixels");
        }
        byte[] out = new byte[(int) format.frameBytes()];
        for (int s = 0; s < segments; s++) {
            long from = Integer.toUnsignedLong(little(coded, 4 + 4 * s));
            long to =
                    s + 1 < segments
                            ? Integer.toUnsignedLong(little(coded, 8 + 4 * s))
                            : coded.length;
            if (from < HEADER || from > to || to > coded.length) {
                throw new DicomException(file + ": RLE segment " + s + " lies outside the frame");
            }
            int written = unpack(coded, (int) from, (int) to, out, width - 1 - s, width);
            if (written < format.pixels()) {
                throw new DicomException(
                        String.format(
                                "%s: RLE segment %d holds %d of %d pixels",
                                file, s, written, format.pixels()));
            }
        }
        return out;
    }

    private static int unpack(byte[] coded, int from, int to, byte[] out, int first, int stride) {
        int at = from;
        int pixel = 0;
        int pixels = out.length / stride;
        while (at < to && pixel < pixels) {
            int n = coded[at++];
            if (n >= 0) {
                int take = Math.min(Math.min(n + 1, to - at), pixels - pixel);
                for (int c = 0; c < take; c++) {
                    out[first + stride * pixel++] = coded[at++];
                }
            } else if (n != -128 && at < to) {
                byte value = coded[at++];
                int take = Math.min(1 - n, pixels - pixel);
                for (int c = 0; c < take; c++) {
                    out[first + stride * pixel++] = value;
                }
            }
        }
        return pixel;
    }

    private static int little(byte[] b, int at) {
        return (b[at] & 0xFF)
                | ((b[at + 1] & 0xFF) << 8)
                | ((b[at + 2] & 0xFF) << 16)
                | ((b[at + 3] & 0xFF) << 24);
    }
}
