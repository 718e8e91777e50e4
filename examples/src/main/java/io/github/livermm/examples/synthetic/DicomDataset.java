// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.examples.synthetic;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The elements of one DICOM object and its bytes as a file: preamble, meta header, then the data
 * set in explicit or implicit little endian.
 *
 * <p>Reference: DICOM PS3.5 section 7 and PS3.10 section 7.
 */
final class DicomDataset {
    static final String EXPLICIT_LITTLE_ENDIAN = "1.2.840.10008.1.2.1";
    static final String IMPLICIT_LITTLE_ENDIAN = "1.2.840.10008.1.2";

    private static final int PREAMBLE_BYTES = 128;
    private static final Set<String> LONG_FORM = Set.of("OB", "OW", "SQ", "UN", "UT");
    private static final Set<String> TRANSLATED = Set.of("LO", "SH", "PN", "LT", "ST", "UT");

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Element(String vr, byte[] value) {}

    private final Map<Integer, Element> elements = new TreeMap<>(Integer::compareUnsigned);
    private final Charset charset;

    DicomDataset(Charset charset) {
        this.charset = charset;
    }

    /** Sets a text element; several values are joined by backslashes. */
    DicomDataset text(int tag, String vr, String... values) {
        Charset used = TRANSLATED.contains(vr) ? charset : StandardCharsets.US_ASCII;
        byte[] bytes = String.join("\\", values).getBytes(used);
        byte[] even = Arrays.copyOf(bytes, bytes.length + bytes.length % 2);
        if (even.length > bytes.length) {
            even[bytes.length] = (byte) ("UI".equals(vr) ? 0 : ' ');
        }
        elements.put(tag, new Element(vr, even));
        return this;
    }

    /** Sets decimal strings, each within the 16 characters that DICOM allows. */
    DicomDataset decimal(int tag, double... values) {
        return text(
                tag,
                "DS",
                Arrays.stream(values).mapToObj(DicomDataset::decimalString).toArray(String[]::new));
    }

    static String decimalString(double value) {
        if (value == Math.rint(value) && Math.abs(value) < 1e9) {
            return Long.toString((long) value);
        }
        String text = String.format(java.util.Locale.ROOT, "%.9f", value);
        String shorter = text.replaceAll("0+$", "");
        return shorter.length() <= 16 ? shorter : shorter.substring(0, 16);
    }

    /** Sets an unsigned short. */
    DicomDataset unsignedShort(int tag, int value) {
        elements.put(tag, new Element("US", contents(littleEndian(2).putShort((short) value))));
        return this;
    }

    /** Sets 16-bit pixel data. */
    DicomDataset pixels(short[] pixels) {
        ByteBuffer buffer = littleEndian(2 * pixels.length);
        buffer.asShortBuffer().put(pixels);
        elements.put(DicomTags.PIXEL_DATA, new Element("OW", contents(buffer)));
        return this;
    }

    private static ByteBuffer littleEndian(int bytes) {
        return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static byte[] contents(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.capacity()];
        buffer.rewind().get(bytes);
        return bytes;
    }

    /** The file with its meta header. */
    byte[] file(boolean implicitVr) {
        DicomDataset meta = new DicomDataset(StandardCharsets.US_ASCII);
        meta.elements.put(0x00020001, new Element("OB", new byte[] {0, 1}));
        meta.text(0x00020002, "UI", string(DicomTags.SOP_CLASS_UID));
        meta.text(0x00020003, "UI", string(DicomTags.SOP_INSTANCE_UID));
        meta.text(0x00020010, "UI", implicitVr ? IMPLICIT_LITTLE_ENDIAN : EXPLICIT_LITTLE_ENDIAN);
        meta.text(0x00020012, "UI", Uids.of("implementation"));
        byte[] metaBytes = meta.body(false);
        ByteBuffer group = littleEndian(12).putShort((short) 2).putShort((short) 0);
        group.put((byte) 'U').put((byte) 'L').putShort((short) 4).putInt(metaBytes.length);

        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(new byte[PREAMBLE_BYTES]);
        out.writeBytes("DICM".getBytes(StandardCharsets.US_ASCII));
        out.writeBytes(contents(group));
        out.writeBytes(metaBytes);
        out.writeBytes(body(implicitVr));
        return out.toByteArray();
    }

    private String string(int tag) {
        Element element = elements.get(tag);
        if (element == null) {
            throw new IllegalStateException(String.format("DICOM element %08X is not set", tag));
        }
        return new String(element.value, StandardCharsets.US_ASCII).replace("\0", "");
    }

    private byte[] body(boolean implicitVr) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        elements.forEach(
                (tag, element) -> {
                    boolean longForm = LONG_FORM.contains(element.vr);
                    ByteBuffer head = littleEndian(implicitVr || !longForm ? 8 : 12);
                    head.putShort((short) (tag >>> 16)).putShort((short) (int) tag);
                    if (!implicitVr) {
                        head.put(element.vr.getBytes(StandardCharsets.US_ASCII));
                    }
                    if (implicitVr) {
                        head.putInt(element.value.length);
                    } else if (longForm) {
                        head.putShort((short) 0).putInt(element.value.length);
                    } else {
                        head.putShort((short) element.value.length);
                    }
                    out.writeBytes(contents(head));
                    out.writeBytes(element.value);
                });
        return out.toByteArray();
    }

    @Override
    public String toString() {
        return elements.keySet().stream()
                .map(tag -> String.format("%08X", tag))
                .collect(Collectors.joining(" "));
    }
}
