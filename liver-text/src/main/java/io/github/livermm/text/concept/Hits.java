// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.text.concept;

import io.github.livermm.text.concept.Vocabulary.Role;
import io.github.livermm.text.concept.Vocabulary.Use;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Where a text uses the words of the vocabulary, by role and in reading order. */
final class Hits {
    private static final Comparator<Hit> LEFTMOST_LONGEST =
            (a, b) -> a.start() != b.start() ? a.start() - b.start() : b.end() - a.end();

    private final Map<Role, List<Hit>> byRole = new EnumMap<>(Role.class);

    /** One use of a keyword at one place of the normalised text. */
    record Hit(int index, int part, int start, int end) {}

    private Hits() {
        for (Role role : Role.values()) {
            byRole.put(role, new ArrayList<>());
        }
    }

    static Hits in(String text, Vocabulary vocabulary) {
        Hits hits = new Hits();
        vocabulary
                .automaton()
                .scan(
                        text,
                        (keyword, start, end) -> hits.add(vocabulary, text, keyword, start, end));
        hits.byRole.values().forEach(list -> list.sort(LEFTMOST_LONGEST));
        return hits;
    }

    private void add(Vocabulary vocabulary, String text, int keyword, int start, int end) {
        if (insideWord(text, start)) {
            return;
        }
        boolean endInside = insideWord(text, end);
        for (Use use : vocabulary.uses(keyword)) {
            boolean anyEnd =
                    (use.role() == Role.WORDING && vocabulary.wording(use.index()).anyEnd())
                            || (use.role() == Role.MASKED_STEM && use.index() == 1);
            if (!endInside || anyEnd) {
                list(use.role()).add(new Hit(use.index(), use.part(), start, end));
            }
        }
    }

    List<Hit> of(Role role) {
        return list(role);
    }

    /** The hits of a role without overlaps, the leftmost and longest first. */
    List<Hit> longest(Role role) {
        List<Hit> kept = new ArrayList<>();
        int reached = 0;
        for (Hit hit : list(role)) {
            if (hit.start() >= reached) {
                kept.add(hit);
                reached = hit.end();
            }
        }
        return kept;
    }

    private List<Hit> list(Role role) {
        return java.util.Objects.requireNonNull(byRole.get(role));
    }

    /** Whether a boundary would cut a Latin word or number in two. */
    static boolean insideWord(String text, int boundary) {
        return boundary > 0
                && boundary < text.length()
                && isWord(text.charAt(boundary - 1))
                && isWord(text.charAt(boundary));
    }

    private static boolean isWord(char c) {
        return c < 0x2E80 && Character.isLetterOrDigit(c);
    }
}
