// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.imaging.dicom;

/** How the samples of a frame are laid out (PS3.3 C.7.6.3, for floats C.7.6.24 and C.7.6.25). */
record PixelFormat(
        int rows,
        int columns,
        int frames,
        int bitsAllocated,
        int bitsStored,
        int highBit,
        boolean signed,
        boolean floating) {
    /** One frame above this many pixels is no slice of a patient. */
    private static final long MOST_PIXELS = 1L << 26;

    static PixelFormat of(String file, DataSet data) throws DicomException {
        int samples = data.unsigned16(Tag.SAMPLES_PER_PIXEL).orElse(1);
        if (samples != 1) {
            throw new DicomException(
                    file
                            + ": Samples per Pixel (0028,0002) is "
                            + samples
                            + ", allowed is 1 (colour images are not volumes)");
        }
        int rows = required(file, data, Tag.ROWS, "Rows");
        int columns = required(file, data, Tag.COLUMNS, "Columns");
        int frames = (int) Math.max(1, data.number(Tag.NUMBER_OF_FRAMES).orElse(1));
        if (rows < 1 || columns < 1 || (long) rows * columns > MOST_PIXELS) {
            throw new DicomException(
                    file
                            + ": image of "
                            + columns
                            + " x "
                            + rows
                            + " pixels, allowed is 1 to 2^26");
        }
        Element pixels = data.pixels();
        if (pixels != null && pixels.tag() != Tag.PIXEL_DATA) {
            int bits = pixels.tag() == Tag.FLOAT_PIXELS ? 32 : 64;
            return new PixelFormat(rows, columns, frames, bits, bits, bits - 1, true, true);
        }
        int allocated = required(file, data, Tag.BITS_ALLOCATED, "Bits Allocated");
        int stored = data.unsigned16(Tag.BITS_STORED).orElse(allocated);
        int high = data.unsigned16(Tag.HIGH_BIT).orElse(stored - 1);
        boolean signed = data.unsigned16(Tag.PIXEL_REPRESENTATION).orElse(0) == 1;
        if (allocated != 1 && allocated != 8 && allocated != 16 && allocated != 32) {
            throw new DicomException(
                    file
                            + ": Bits Allocated (0028,0100) is "
                            + allocated
                            + ", allowed are 1, 8, 16 and 32");
        }
        if (stored < 1 || stored > allocated || high >= allocated || high < stored - 1) {
            throw new DicomException(
                    String.format(
                            "%s: Bits Stored (0028,0101) %d and High Bit (0028,0102) %d do not fit"
                                    + " into %d bits",
                            file, stored, high, allocated));
        }
        return new PixelFormat(rows, columns, frames, allocated, stored, high, signed, false);
    }

    private static int required(String file, DataSet data, int tag, String name)
            throws DicomException {
        return data.unsigned16(tag)
                .orElseThrow(
                        () ->
                                new DicomException(
                                        file + ": " + name + " " + Tag.name(tag) + " is missing"));
    }

    int pixels() {
        return rows * columns;
    }

    int bytesPerSample() {
        return (bitsAllocated + 7) / 8;
    }

    long frameBytes() {
        return (long) pixels() * bytesPerSample();
    }

    /** Bytes of all frames, those of single bits packed without padding. */
    long allBytes() {
        return bitsAllocated == 1 ? ((long) frames * pixels() + 7) / 8 : frames * frameBytes();
    }

    /** What a value and its inverse within the stored bits add up to. */
    long highestPlusLowest() {
        return signed ? -1 : (1L << bitsStored) - 1;
    }

    /** Whether stored values can exceed an {@code int}, in which they look negative. */
    boolean isUnsigned32() {
        return bitsStored == 32 && !signed;
    }

    /** A sample of {@code bitsAllocated} bits to the stored value, sign extended where signed. */
    int stored(int sample) {
        int left = 31 - highBit;
        int shifted = sample << left;
        int right = 32 - bitsStored;
        return signed ? shifted >> right : shifted >>> right;
    }
}
