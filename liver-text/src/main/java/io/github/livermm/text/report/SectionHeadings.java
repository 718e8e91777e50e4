// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.text.report;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The headings that open a section. The bundled table knows the usual Chinese and English ones; a
 * study adds those of its centres with {@link #with}. Immutable.
 *
 * @since 0.1.0
 */
public final class SectionHeadings {
    private static final SectionHeadings BUNDLED = load();

    private final Map<String, SectionKind> kinds;
    private final int longest;

    private SectionHeadings(Map<String, SectionKind> kinds) {
        this.kinds = Map.copyOf(kinds);
        this.longest = kinds.keySet().stream().mapToInt(String::length).max().orElse(0);
    }

    /**
     * The bundled table.
     *
     * @return headings in both languages
     */
    public static SectionHeadings bundled() {
        return BUNDLED;
    }

    /**
     * The same table with one more heading, or another meaning for a known one.
     *
     * @param heading as a report writes it, without colon
     * @param kind what it opens
     * @return a copy
     */
    public SectionHeadings with(String heading, SectionKind kind) {
        String key = key(heading);
        if (key.isEmpty()) {
            throw new IllegalArgumentException("heading is blank: give the words of a heading");
        }
        Map<String, SectionKind> more = new HashMap<>(kinds);
        more.put(key, kind);
        return new SectionHeadings(more);
    }

    /**
     * The same table with the headings that a study names for its centre.
     *
     * @param bySection headings by the name of a {@link SectionKind} in lower case
     * @return a copy, or this table when there are none
     */
    public SectionHeadings withAll(Map<String, List<String>> bySection) {
        SectionHeadings all = this;
        for (Map.Entry<String, List<String>> entry : bySection.entrySet()) {
            SectionKind kind = SectionKind.valueOf(entry.getKey().toUpperCase(Locale.ROOT));
            for (String heading : entry.getValue()) {
                all = all.with(heading, kind);
            }
        }
        return all;
    }

    /** The kind that a normalised label opens, null when it is no heading. */
    @Nullable SectionKind exactly(String label) {
        return kinds.get(key(label));
    }

    /** The kind of the longest heading that a normalised label ends with, null when none does. */
    @Nullable SectionKind endOf(String label) {
        String words = key(label);
        for (int from = Math.max(0, words.length() - longest); from < words.length(); from++) {
            SectionKind kind = kinds.get(words.substring(from));
            boolean boundary = from == 0 || !latin(words, from) || !latin(words, from - 1);
            if (kind != null && boundary) {
                return kind;
            }
        }
        return null;
    }

    private static boolean latin(String words, int at) {
        return words.charAt(at) < 0x80 && Character.isLetterOrDigit(words.charAt(at));
    }

    private static String key(String label) {
        String plain = NormalizedText.of(label).value().strip();
        StringBuilder key = new StringBuilder(plain.length());
        for (int i = 0; i < plain.length(); i++) {
            char c = plain.charAt(i);
            boolean betweenLatin =
                    c == ' ' && plain.charAt(i - 1) < 0x80 && plain.charAt(i + 1) < 0x80;
            if (c != ' ' || betweenLatin) {
                key.append(c);
            }
        }
        return key.toString();
    }

    private static SectionHeadings load() {
        try (InputStream in =
                Objects.requireNonNull(
                        SectionHeadings.class.getResourceAsStream("headings.json"),
                        "headings.json is missing from the jar")) {
            Map<String, List<String>> table =
                    new ObjectMapper().readValue(in, new TypeReference<>() {});
            Map<String, SectionKind> kinds = new HashMap<>();
            table.forEach(
                    (kind, headings) ->
                            headings.forEach(
                                    heading ->
                                            kinds.put(
                                                    key(heading),
                                                    SectionKind.valueOf(
                                                            kind.toUpperCase(Locale.ROOT)))));
            return new SectionHeadings(kinds);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
