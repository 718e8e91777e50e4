// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.imaging.dicom;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The elements of a file or of a sequence item, by tag. */
final class DataSet {
    private final TreeMap<Integer, Element> elements = new TreeMap<>(Integer::compareUnsigned);
    private final @Nullable DataSet behind;

    DataSet() {
        this(null);
    }

    /** An empty data set that shows the elements of another where it has none of its own. */
    DataSet(@Nullable DataSet behind) {
        this.behind = behind;
    }

    void put(Element element) {
        elements.put(element.tag(), element);
    }

    @Nullable Element get(int tag) {
        Element own = elements.get(tag);
        return own != null || behind == null ? own : behind.get(tag);
    }

    /** By tag, ascending. */
    Collection<Element> elements() {
        if (behind == null) {
            return elements.values();
        }
        TreeMap<Integer, Element> shown = new TreeMap<>(Integer::compareUnsigned);
        behind.elements().forEach(e -> shown.put(e.tag(), e));
        shown.putAll(elements);
        return shown.values();
    }

    boolean isEmpty() {
        return elements.isEmpty();
    }

    boolean has(int tag) {
        return get(tag) != null;
    }

    /** The element that holds the image; null when there is none. */
    @Nullable Element pixels() {
        for (int tag : new int[] {Tag.PIXEL_DATA, Tag.FLOAT_PIXELS, Tag.DOUBLE_PIXELS}) {
            if (has(tag)) {
                return get(tag);
            }
        }
        return null;
    }

    /** The items of a sequence, empty when it is absent. */
    List<DataSet> items(int tag) {
        Element e = get(tag);
        return e == null ? List.of() : e.items();
    }

    /** The first item of a sequence. */
    Optional<DataSet> item(int tag) {
        return items(tag).stream().findFirst();
    }

    /** The text of an element without padding; empty when absent or blank. */
    Optional<String> text(int tag) {
        Element e = get(tag);
        if (e == null || e.value().length == 0) {
            return Optional.empty();
        }
        return Optional.of(decoded(e.value()).strip()).filter(t -> !t.isEmpty());
    }

    /** Bytes as text by the character set of this data set. */
    String decoded(byte[] value) {
        Element set = get(Tag.SPECIFIC_CHARACTER_SET);
        return CharacterSet.decode(value, set == null ? new byte[0] : set.value());
    }

    /** The values of a multi-valued text. */
    List<String> texts(int tag) {
        List<String> parts = new ArrayList<>();
        text(tag)
                .ifPresent(
                        t -> {
                            for (String part : t.split("\\\\", -1)) {
                                parts.add(part.strip());
                            }
                        });
        return parts;
    }

    /**
     * The numbers of a decimal or integer string, or of FD and FL, also where the VR is not
     * written; empty when any is not finite.
     */
    double[] numbers(int tag) {
        Element e = get(tag);
        if (e == null) {
            return new double[0];
        }
        boolean wide = e.vr().equals("FD") || (e.vr().equals("UN") && Tag.isDouble(tag));
        if (wide || e.vr().equals("FL")) {
            return floats(e, wide);
        }
        List<String> texts = texts(tag);
        double[] numbers = new double[texts.size()];
        for (int n = 0; n < numbers.length; n++) {
            try {
                numbers[n] = Double.parseDouble(texts.get(n));
            } catch (NumberFormatException notANumber) {
                return new double[0];
            }
            if (!Double.isFinite(numbers[n])) {
                return new double[0];
            }
        }
        return numbers;
    }

    /** The first number of an element. */
    OptionalDouble number(int tag) {
        double[] numbers = numbers(tag);
        return numbers.length == 0 ? OptionalDouble.empty() : OptionalDouble.of(numbers[0]);
    }

    /** An unsigned 16-bit number (VR US), also where the VR is not written. */
    OptionalInt unsigned16(int tag) {
        Element e = get(tag);
        if (e == null || e.value().length < 2) {
            return OptionalInt.empty();
        }
        int a = e.value()[0] & 0xFF;
        int b = e.value()[1] & 0xFF;
        return OptionalInt.of(e.big() ? (a << 8) | b : (b << 8) | a);
    }

    private static double[] floats(Element e, boolean wide) {
        java.nio.ByteBuffer bytes =
                java.nio.ByteBuffer.wrap(e.value())
                        .order(
                                e.big()
                                        ? java.nio.ByteOrder.BIG_ENDIAN
                                        : java.nio.ByteOrder.LITTLE_ENDIAN);
        double[] out = new double[e.value().length / (wide ? 8 : 4)];
        for (int n = 0; n < out.length; n++) {
            out[n] = wide ? bytes.getDouble() : bytes.getFloat();
            if (!Double.isFinite(out[n])) {
                return new double[0];
            }
        }
        return out;
    }
}
