// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.imaging.dicom;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.TreeMap;

/** Writes small files for tests: explicit VR little endian, one value per element. */
final class DicomWriter {
    private final TreeMap<Integer, byte[]> elements = new TreeMap<>(Integer::compareUnsigned);
    private String syntax = "1.2.840.10008.1.2.1";
    private Charset charset = StandardCharsets.UTF_8;

    /** A CT slice of 4 x 3 pixels at a height, pixel n holding the value first + n. */
    static DicomWriter slice(double z, int first) {
        DicomWriter w =
                new DicomWriter()
                        .text(Tag.MODALITY, "CS", "CT")
                        .text(
                                Tag.SOP_INSTANCE_UID,
                                "UI",
                                "1.2.3." + Math.round(z * 100) + "." + first)
                        .text(Tag.SERIES_INSTANCE_UID, "UI", "1.2.3")
                        .text(Tag.STUDY_INSTANCE_UID, "UI", "1.2")
                        .text(Tag.SERIES_NUMBER, "IS", "2")
                        .text(Tag.SERIES_DESCRIPTION, "LO", "Portal venous")
                        .text(Tag.POSITION, "DS", "-10\\-20\\" + z)
                        .text(Tag.ORIENTATION, "DS", "1\\0\\0\\0\\1\\0")
                        .text(Tag.PIXEL_SPACING, "DS", "0.8\\0.7")
                        .text(Tag.RESCALE_SLOPE, "DS", "2")
                        .text(Tag.RESCALE_INTERCEPT, "DS", "-1000")
                        .image(3, 4, 16, 16, false);
        short[] pixels = new short[12];
        for (int n = 0; n < 12; n++) {
            pixels[n] = (short) (first + n);
        }
        return w.pixels16(pixels);
    }

    DicomWriter syntax(String uid) {
        syntax = uid;
        return this;
    }

    DicomWriter charset(Charset other) {
        charset = other;
        return this;
    }

    DicomWriter image(int rows, int columns, int allocated, int stored, boolean signed) {
        return u16(Tag.SAMPLES_PER_PIXEL, 1)
                .text(Tag.PHOTOMETRIC, "CS", "MONOCHROME2")
                .u16(Tag.ROWS, rows)
                .u16(Tag.COLUMNS, columns)
                .u16(Tag.BITS_ALLOCATED, allocated)
                .u16(Tag.BITS_STORED, stored)
                .u16(Tag.HIGH_BIT, stored - 1)
                .u16(Tag.PIXEL_REPRESENTATION, signed ? 1 : 0);
    }

    DicomWriter text(int tag, String vr, String value) {
        byte[] bytes = value.getBytes(charset);
        byte[] even = java.util.Arrays.copyOf(bytes, bytes.length + bytes.length % 2);
        if (even.length > bytes.length) {
            even[bytes.length] = (byte) (vr.equals("UI") ? 0 : ' ');
        }
        return raw(tag, vr, even, even.length);
    }

    DicomWriter u16(int tag, int value) {
        return raw(tag, "US", new byte[] {(byte) value, (byte) (value >> 8)}, 2);
    }

    DicomWriter pixels16(short[] values) {
        ByteBuffer b = ByteBuffer.allocate(2 * values.length).order(ByteOrder.LITTLE_ENDIAN);
        b.asShortBuffer().put(values);
        return pixels(b.array());
    }

    DicomWriter pixels(byte[] bytes) {
        return raw(Tag.PIXEL_DATA, "OW", bytes, bytes.length);
    }

    /** Fragments of a compressed coding, with an empty offset table. */
    DicomWriter fragments(byte[]... parts) {
        return fragmentsBehind(new byte[0], parts);
    }

    DicomWriter fragmentsBehind(byte[] offsetTable, byte[]... parts) {
        return encapsulated(Tag.PIXEL_DATA, "OB", offsetTable, parts);
    }

    DicomWriter encapsulated(int tag, String vr, byte[] offsetTable, byte[]... parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        item(out, offsetTable);
        for (byte[] part : parts) {
            item(out, part);
        }
        write(out, Tag.SEQUENCE_END, "", new byte[0], 0);
        return raw(tag, vr, out.toByteArray(), -1);
    }

    private static void item(ByteArrayOutputStream out, byte[] part) {
        write(out, Tag.ITEM, "", part, part.length);
    }

    DicomWriter sequence(int tag, DicomWriter... items) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (DicomWriter item : items) {
            item(out, item.dataSet());
        }
        return raw(tag, "SQ", out.toByteArray(), out.size());
    }

    DicomWriter raw(int tag, String vr, byte[] value, int length) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        write(out, tag, vr, value, length);
        elements.put(tag, out.toByteArray());
        return this;
    }

    DicomWriter without(int tag) {
        elements.remove(tag);
        return this;
    }

    private static void write(
            ByteArrayOutputStream out, int tag, String vr, byte[] value, int length) {
        boolean wide = java.util.Set.of("OB", "OW", "OF", "OD", "UN", "SQ", "UT").contains(vr);
        ByteBuffer b = ByteBuffer.allocate(12).order(ByteOrder.LITTLE_ENDIAN);
        b.putShort((short) (tag >>> 16)).putShort((short) tag);
        b.put(vr.getBytes(StandardCharsets.US_ASCII));
        if (wide) {
            b.putShort((short) 0).putInt(length);
        } else if (vr.isEmpty()) {
            b.putInt(length);
        } else {
            b.putShort((short) length);
        }
        out.write(b.array(), 0, b.position());
        out.write(value, 0, value.length);
    }

    /** The elements alone, without preamble and file header. */
    byte[] dataSet() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        elements.values().forEach(out::writeBytes);
        return out.toByteArray();
    }

    byte[] bytes() {
        ByteArrayOutputStream meta = new ByteArrayOutputStream();
        byte[] uid = syntax.getBytes(StandardCharsets.US_ASCII);
        byte[] even = java.util.Arrays.copyOf(uid, uid.length + uid.length % 2);
        write(meta, Tag.TRANSFER_SYNTAX_UID, "UI", even, even.length);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(new byte[128]);
        out.writeBytes("DICM".getBytes(StandardCharsets.US_ASCII));
        out.writeBytes(meta.toByteArray());
        out.writeBytes(dataSet());
        return out.toByteArray();
    }

    Path write(Path file) throws IOException {
        Path parent = file.getParent();
        if (parent != null) {
            Files.createDirectories(parent);
        }
        return Files.write(file, bytes());
    }
}
