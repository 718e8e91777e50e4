// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.examples.synthetic;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A reader written for these tests alone from PS3.5 and PS3.10: flat little endian data sets. */
final class DicomFile {
    private static final List<String> LONG_FORM = List.of("OB", "OW", "SQ", "UN", "UT");

    private final Map<Integer, byte[]> elements = new TreeMap<>(Integer::compareUnsigned);

    static DicomFile parse(byte[] bytes) {
        DicomFile file = new DicomFile();
        String magic = new String(bytes, 128, 4, StandardCharsets.US_ASCII);
        if (!magic.equals("DICM")) {
            throw new IllegalArgumentException("no DICM after the preamble");
        }
        ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).position(132);
        int last = 0;
        while (buffer.hasRemaining()) {
            int group = Short.toUnsignedInt(buffer.getShort(buffer.position()));
            boolean explicit = group == 2 || file.string(0x00020010).equals("1.2.840.10008.1.2.1");
            int tag = file.element(buffer, explicit);
            if (Integer.compareUnsigned(tag, last) <= 0) {
                throw new IllegalArgumentException("tags are not in ascending order");
            }
            last = tag;
        }
        return file;
    }

    private int element(ByteBuffer buffer, boolean explicit) {
        int tag = Short.toUnsignedInt(buffer.getShort()) << 16;
        tag |= Short.toUnsignedInt(buffer.getShort());
        int length;
        if (explicit) {
            byte[] vr = new byte[2];
            buffer.get(vr);
            if (LONG_FORM.contains(new String(vr, StandardCharsets.US_ASCII))) {
                buffer.getShort();
                length = buffer.getInt();
            } else {
                length = Short.toUnsignedInt(buffer.getShort());
            }
        } else {
            length = buffer.getInt();
        }
        if (length % 2 != 0) {
            throw new IllegalArgumentException("odd length at " + Integer.toHexString(tag));
        }
        byte[] value = new byte[length];
        buffer.get(value);
        elements.put(tag, value);
        return tag;
    }

    boolean has(int tag) {
        return elements.containsKey(tag);
    }

    byte[] bytes(int tag) {
        byte[] value = elements.get(tag);
        if (value == null) {
            throw new IllegalArgumentException("no element " + Integer.toHexString(tag));
        }
        return value;
    }

    String string(int tag) {
        return string(tag, StandardCharsets.US_ASCII);
    }

    String string(int tag, Charset charset) {
        return new String(bytes(tag), charset).replace("\0", "").strip();
    }

    double[] numbers(int tag) {
        return Arrays.stream(string(tag).split("\\\\", -1))
                .mapToDouble(Double::parseDouble)
                .toArray();
    }

    int unsignedShort(int tag) {
        return Short.toUnsignedInt(
                ByteBuffer.wrap(bytes(tag)).order(ByteOrder.LITTLE_ENDIAN).getShort());
    }
}
