// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.imaging.dicom;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Builds one DICOM object and gives its bytes as a file: preamble, meta header, then the data set
 * in explicit or implicit little endian. Not safe for several threads.
 *
 * <p>Reference: DICOM PS3.5 section 7 and PS3.10 section 7.
 *
 * @since 0.1.0
 */
public final class DicomDataset {
    private static final Set<String> TRANSLATED = Set.of("LO", "SH", "PN", "LT", "ST", "UC", "UT");

    private final DataSet data = new DataSet();
    private final Charset charset;

    /**
     * An empty object.
     *
     * @param charset of names and free texts; Specific Character Set (0008,0005) has to say so
     */
    public DicomDataset(Charset charset) {
        this.charset = charset;
    }

    /**
     * Sets a text element; several values are joined by backslashes.
     *
     * @param tag group and element, such as 0x00100020
     * @param vr value representation of text, such as LO
     * @param values one or more values
     * @return this
     */
    public DicomDataset text(int tag, String vr, String... values) {
        Charset used = TRANSLATED.contains(vr) ? charset : StandardCharsets.US_ASCII;
        return bytes(tag, vr, String.join("\\", values).getBytes(used));
    }

    /**
     * Sets decimal strings, each within the 16 characters that DICOM allows.
     *
     * @param tag group and element
     * @param values finite numbers
     * @return this
     */
    public DicomDataset decimal(int tag, double... values) {
        return text(
                tag,
                "DS",
                Arrays.stream(values).mapToObj(DicomDataset::decimalString).toArray(String[]::new));
    }

    static String decimalString(double value) {
        if (value == Math.rint(value) && Math.abs(value) < 1e9) {
            return Long.toString((long) value);
        }
        String text = String.format(Locale.ROOT, "%.9f", value);
        String shorter = text.replaceAll("0+$", "");
        return shorter.length() <= 16 ? shorter : shorter.substring(0, 16);
    }

    /**
     * Sets an unsigned short.
     *
     * @param tag group and element
     * @param value 0 to 65535
     * @return this
     */
    public DicomDataset unsignedShort(int tag, int value) {
        return bytes(tag, "US", DataSetWriter.little(value, 2));
    }

    /**
     * Sets 16-bit pixel data.
     *
     * @param pixels row by row
     * @return this
     */
    public DicomDataset pixels(short[] pixels) {
        byte[] bytes = new byte[2 * pixels.length];
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asShortBuffer().put(pixels);
        return bytes(Tag.PIXEL_DATA, "OW", bytes);
    }

    /**
     * Sets any element by its bytes, which are padded to even length.
     *
     * @param tag group and element
     * @param vr value representation, two letters
     * @param value little endian
     * @return this
     */
    public DicomDataset bytes(int tag, String vr, byte[] value) {
        data.put(DataSetWriter.element(tag, vr, DataSetWriter.padded(value, vr)));
        return this;
    }

    /**
     * Sets a sequence.
     *
     * @param tag group and element
     * @param items its items, taken as they are now
     * @return this
     */
    public DicomDataset sequence(int tag, DicomDataset... items) {
        List<DataSet> sets = new ArrayList<>();
        for (DicomDataset item : items) {
            sets.add(item.data);
        }
        data.put(new Element(tag, "SQ", false, new byte[0], 0, 0, List.copyOf(sets)));
        return this;
    }

    /**
     * The file with its meta header.
     *
     * @param implicitVr whether value representations are left out
     * @return its bytes
     * @throws IllegalStateException when SOP Class UID or SOP Instance UID is not set
     */
    public byte[] file(boolean implicitVr) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        TransferSyntax syntax =
                implicitVr ? TransferSyntax.IMPLICIT_LITTLE : TransferSyntax.EXPLICIT_LITTLE;
        try {
            DataSetWriter.header(out, data, syntax.uid());
            new DataSetWriter(out, !implicitVr).write(data);
        } catch (IOException never) {
            throw new UncheckedIOException(never);
        }
        return out.toByteArray();
    }
}
