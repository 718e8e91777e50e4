// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.imaging.dicom;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a {@link DicomReader} found in one file: how it is coded, its elements, and a way to its
 * pixels. Put together by a {@link Builder}, read through {@link DicomFile}.
 *
 * @since 0.1.0
 */
public final class DicomContent {
    private final String statedUid;
    private final TransferSyntax syntax;
    private final DataSet data;
    private final HeldPixels held;
    private final PixelBytes.@Nullable Source pixels;

    DicomContent(
            String statedUid,
            TransferSyntax syntax,
            DataSet data,
            HeldPixels held,
            PixelBytes.@Nullable Source pixels) {
        this.statedUid = statedUid;
        this.syntax = syntax;
        this.data = data;
        this.held = held;
        this.pixels = pixels;
    }

    /**
     * Starts the content of a file.
     *
     * @param statedUid Transfer Syntax UID (0002,0010); empty when the file states none
     * @param usedUid UID of the coding that the data set was read in
     * @return a builder without elements
     */
    public static Builder of(String statedUid, String usedUid) {
        return new Builder(statedUid, TransferSyntax.of(usedUid), new DataSet());
    }

    String statedUid() {
        return statedUid;
    }

    TransferSyntax syntax() {
        return syntax;
    }

    DataSet data() {
        return data;
    }

    HeldPixels held() {
        return held;
    }

    PixelBytes.@Nullable Source pixels() {
        return pixels;
    }

    /**
     * Takes the elements of a file or of a sequence item, in any order.
     *
     * @since 0.1.0
     */
    public static final class Builder {
        private final String statedUid;
        private final TransferSyntax syntax;
        private final DataSet data;
        private HeldPixels held = HeldPixels.NONE;
        private PixelBytes.@Nullable Source pixels;

        private Builder(String statedUid, TransferSyntax syntax, DataSet data) {
            this.statedUid = statedUid;
            this.syntax = syntax;
            this.data = data;
        }

        /**
         * Adds an element that is no sequence.
         *
         * @param tag group and element, such as 0x00080060
         * @param vr value representation, such as CS; UN when unknown
         * @param bigEndian whether numbers in the value are big endian
         * @param value bytes as in the file; empty for a value longer than 64 kB that is not needed
         *     (only Contour Data (3006,0050) is needed whatever its length)
         * @return this
         */
        public Builder element(int tag, String vr, boolean bigEndian, byte[] value) {
            data.put(new Element(tag, vr, bigEndian, value.clone(), 0, value.length, List.of()));
            return this;
        }

        /**
         * Adds a sequence.
         *
         * @param tag group and element
         * @param items its items, perhaps none
         * @return this
         */
        public Builder sequence(int tag, List<Builder> items) {
            List<DataSet> sets = items.stream().map(b -> b.data).toList();
            data.put(new Element(tag, "SQ", false, new byte[0], 0, -1, sets));
            return this;
        }

        /**
         * An item for {@link #sequence}.
         *
         * @return a builder without elements
         */
        public Builder item() {
            return new Builder(statedUid, syntax, new DataSet());
        }

        /**
         * Tells where the pixels are.
         *
         * @param vr OB or OW for Pixel Data (7FE0,0010), OF for Float Pixel Data (7FE0,0008), OD
         *     for Double Float Pixel Data (7FE0,0009)
         * @param bigEndian whether samples are big endian
         * @param length bytes that the header declares; -1 for an encapsulated value
         * @param left bytes that the file can still give behind the header, at most; no memory is
         *     asked for that these cannot fill
         * @param source opens the file at them
         * @return this
         */
        public Builder pixels(
                String vr, boolean bigEndian, long length, long left, PixelBytes.Source source) {
            int tag =
                    switch (vr) {
                        case "OF" -> Tag.FLOAT_PIXELS;
                        case "OD" -> Tag.DOUBLE_PIXELS;
                        default -> Tag.PIXEL_DATA;
                    };
            data.put(new Element(tag, vr, bigEndian, new byte[0], 0, length, List.of()));
            held =
                    length < 0
                            ? new HeldPixels(left, Integer.MAX_VALUE, true)
                            : HeldPixels.plain(length, left);
            pixels = source;
            return this;
        }

        /**
         * Ends the file.
         *
         * @return its content
         */
        public DicomContent build() {
            return new DicomContent(statedUid, syntax, data, held, pixels);
        }
    }
}
