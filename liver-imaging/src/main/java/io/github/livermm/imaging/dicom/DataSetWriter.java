// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.imaging.dicom;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Set;

/**
 * Writes a Part 10 file: preamble, meta header, then the data set in little endian (PS3.5 section
 * 7, PS3.10 section 7). Sequences get undefined lengths, so nothing is buffered. All values must be
 * held by their elements, in little endian; pixel data come from elsewhere.
 */
final class DataSetWriter {
    private static final Set<String> LONG_FORM =
            Set.of("OB", "OW", "OF", "OD", "OL", "OV", "SQ", "UC", "UR", "UT", "UN", "SV", "UV");
    private static final int UNDEFINED = -1;

    private final OutputStream out;
    private final boolean explicit;

    DataSetWriter(OutputStream out, boolean explicit) {
        this.out = out;
        this.explicit = explicit;
    }

    /** The preamble and the meta header; a private arc names this implementation. */
    static void header(OutputStream out, DataSet data, String transferSyntax) throws IOException {
        DataSet meta = new DataSet();
        meta.put(element(0x00020001, "OB", new byte[] {0, 1}));
        meta.put(uid(0x00020002, required(data, Tag.SOP_CLASS_UID)));
        meta.put(uid(0x00020003, required(data, Tag.SOP_INSTANCE_UID)));
        meta.put(uid(Tag.TRANSFER_SYNTAX_UID, transferSyntax));
        meta.put(uid(0x00020012, Uids.of("implementation")));
        java.io.ByteArrayOutputStream bytes = new java.io.ByteArrayOutputStream();
        new DataSetWriter(bytes, true).write(meta);
        out.write(new byte[128]);
        out.write("DICM".getBytes(StandardCharsets.US_ASCII));
        new DataSetWriter(out, true).element(element(0x00020000, "UL", little(bytes.size(), 4)));
        bytes.writeTo(out);
    }

    private static String required(DataSet data, int tag) {
        return data.text(tag)
                .orElseThrow(
                        () ->
                                new IllegalStateException(
                                        "element " + Tag.name(tag) + " is not set"));
    }

    static Element element(int tag, String vr, byte[] value) {
        return new Element(tag, vr, false, value, 0, value.length, java.util.List.of());
    }

    static Element uid(int tag, String uid) {
        return element(tag, "UI", padded(uid.getBytes(StandardCharsets.US_ASCII), "UI"));
    }

    /** Values have even length: UIDs and bytes end in a zero, texts in a blank. */
    static byte[] padded(byte[] value, String vr) {
        byte[] even = java.util.Arrays.copyOf(value, value.length + value.length % 2);
        if (even.length > value.length && !vr.equals("UI") && vr.charAt(0) != 'O') {
            even[value.length] = ' ';
        }
        return even;
    }

    void write(DataSet data) throws IOException {
        for (Element element : data.elements()) {
            element(element);
        }
    }

    private void element(Element element) throws IOException {
        if (!element.vr().equals("SQ")) {
            head(element.tag(), element.vr(), element.value().length);
            out.write(element.value());
            return;
        }
        head(element.tag(), "SQ", UNDEFINED);
        for (DataSet item : element.items()) {
            mark(Tag.ITEM, UNDEFINED);
            write(item);
            mark(Tag.ITEM_END, 0);
        }
        mark(Tag.SEQUENCE_END, 0);
    }

    /** The head of an element whose value is written by others. */
    void head(int tag, String vr, int length) throws IOException {
        tag(tag);
        if (explicit) {
            out.write(vr.getBytes(StandardCharsets.US_ASCII));
        }
        if (!explicit) {
            out.write(little(length, 4));
        } else if (LONG_FORM.contains(vr)) {
            out.write(little(0, 2));
            out.write(little(length, 4));
        } else if (length <= 0xFFFF) {
            out.write(little(length, 2));
        } else {
            throw new IllegalStateException(
                    Tag.name(tag)
                            + " holds "
                            + length
                            + " bytes, allowed for "
                            + vr
                            + " are 65535");
        }
    }

    private void tag(int tag) throws IOException {
        out.write(little(tag >>> 16, 2));
        out.write(little(tag, 2));
    }

    /** An item, or the end of one or of a sequence. */
    void mark(int tag, int length) throws IOException {
        tag(tag);
        out.write(little(length, 4));
    }

    /** The lowest bytes of a number, lowest first. */
    static byte[] little(int value, int bytes) {
        byte[] out = new byte[bytes];
        for (int n = 0; n < bytes; n++) {
            out[n] = (byte) (value >>> (8 * n));
        }
        return out;
    }
}
