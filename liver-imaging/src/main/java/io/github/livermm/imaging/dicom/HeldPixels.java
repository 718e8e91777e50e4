// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.imaging.dicom;

import java.util.Optional;

/**
 * What a file really holds of its pixel data, known from the scan, so that nothing is allocated on
 * the word of a header.
 *
 * @param bytes of a plain value; of all fragments, without the offset table, of an encapsulated one
 * @param fragments of an encapsulated value, at most
 * @param whole whether the value, or each of its fragments, ends before the file does
 */
record HeldPixels(long bytes, int fragments, boolean whole) {
    static final HeldPixels NONE = new HeldPixels(0, 0, true);

    /**
     * No coding of a real image gives more pixels per byte: an empty slice of JPEG-LS or JPEG 2000
     * has 1700.
     */
    private static final long MOST_PIXELS_PER_BYTE = 2000;

    /** Headers of an empty image of any size may be this short. */
    private static final long FREE_PIXELS = 1 << 22;

    /** A plain value of which a file holds so many bytes. */
    static HeldPixels plain(long declared, long held) {
        return new HeldPixels(Math.min(declared, held), 0, declared <= held);
    }

    /** Whether so few compressed bytes can be so many pixels. */
    static boolean canHold(long bytes, long pixels) {
        return pixels <= FREE_PIXELS + MOST_PIXELS_PER_BYTE * bytes;
    }

    /** Why a file cannot hold the frames its header declares; empty when it can. */
    Optional<String> lack(String element, PixelFormat format, boolean compressed) {
        if (!compressed && bytes < format.allBytes()) {
            return Optional.of(
                    String.format(
                            "%s holds %d bytes, %s need %d; export the file again",
                            element, bytes, described(format), format.allBytes()));
        }
        if (!whole) {
            return Optional.of("the file ends within its " + element + "; export it again");
        }
        if (compressed && fragments < format.frames()) {
            return Optional.of(
                    String.format(
                            "%s holds %d fragments for %s; export the file again",
                            element, fragments, described(format)));
        }
        if (compressed && !canHold(bytes, (long) format.frames() * format.pixels())) {
            return Optional.of(
                    String.format(
                            "%d compressed bytes of %s cannot be %s",
                            bytes, element, described(format)));
        }
        return Optional.empty();
    }

    private static String described(PixelFormat format) {
        return String.format(
                "%d frames of %d x %d pixels", format.frames(), format.columns(), format.rows());
    }
}
