// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.imaging.dicom;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A value per tag from a table of DICOM, where an x in a tag stands for any digit. */
final class DataDictionary<T> {
    private static final DataDictionary<String> REPRESENTATIONS =
            read("data-dictionary.tsv", cells -> cells[1]);

    private final Map<Integer, T> exact = new LinkedHashMap<>();
    private final List<Pattern<T>> patterns = new ArrayList<>();

    private record Pattern<T>(int mask, int bits, T value) {}

    /** Makes an entry of the cells of a line, the first of which is the tag. */
    @FunctionalInterface
    interface Entry<T> {
        T of(String[] cells);
    }

    private DataDictionary() {}

    static <T> DataDictionary<T> read(String resource, Entry<T> entry) {
        DataDictionary<T> table = new DataDictionary<>();
        try (InputStream in = DataDictionary.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException("the table " + resource + " is not in the jar");
            }
            BufferedReader lines =
                    new BufferedReader(new InputStreamReader(in, StandardCharsets.US_ASCII));
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (!line.startsWith("#")) {
                    String[] cells = line.split("\t", -1);
                    table.put(cells[0], entry.of(cells));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return table;
    }

    private void put(String tag, T value) {
        int bits = Integer.parseUnsignedInt(tag.replace('x', '0'), 16);
        if (tag.indexOf('x') < 0) {
            exact.put(bits, value);
        } else {
            String digits = tag.replaceAll("[^x]", "F").replace('x', '0');
            patterns.add(new Pattern<>(Integer.parseUnsignedInt(digits, 16), bits, value));
        }
    }

    Optional<T> get(int tag) {
        T found = exact.get(tag);
        if (found != null) {
            return Optional.of(found);
        }
        return patterns.stream()
                .filter(p -> (tag & p.mask) == p.bits)
                .findFirst()
                .map(p -> p.value);
    }

    /** The value representation of a public tag (PS3.6); empty for a private or unknown one. */
    static Optional<String> representation(int tag) {
        return (tag >>> 16 & 1) == 1 ? Optional.empty() : REPRESENTATIONS.get(tag);
    }
}
