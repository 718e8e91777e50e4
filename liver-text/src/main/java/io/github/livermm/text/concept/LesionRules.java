// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.text.concept;

import io.github.livermm.text.concept.Hits.Hit;
import io.github.livermm.text.concept.SegmentScanner.Segment;
import io.github.livermm.text.concept.SizeScanner.Size;
import io.github.livermm.text.concept.Vocabulary.Role;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Decides which measurements belong to a lesion of the liver, and not to spleen, node, duct, a
 * distance or an earlier study.
 */
final class LesionRules {
    private static final int EXCLUDING_REACH = 14;
    private static final int NOUN_REACH_LATIN = 60;
    private static final int NOUN_REACH_CHINESE = 8;
    private static final Set<String> BREAKS =
            Set.of("in", "is", "are", "at", "of", "from", "and", "with", "lies", "has", "located");
    private static final Set<String> LIVER_SITES = Set.of(OrganRules.LIVER, "bile_duct");

    private final String text;
    private final Clauses clauses;
    private final OrganRules organs;
    private final Hits hits;
    private final List<Structure> structures;

    /** A noun that a measurement can belong to. */
    record Structure(boolean lesion, int start, int end) {}

    LesionRules(String text, Clauses clauses, OrganRules organs, Hits hits) {
        this.text = text;
        this.clauses = clauses;
        this.organs = organs;
        this.hits = hits;
        this.structures = structures(hits);
    }

    List<Structure> structures() {
        return structures;
    }

    /** The measurements of lesions of the liver. */
    List<Size> lesionSizes() {
        List<Size> kept = new ArrayList<>();
        List<Hit> before = hits.longest(Role.NO_SIZE_BEFORE);
        List<Hit> after = hits.longest(Role.NO_SIZE_AFTER);
        int b = 0;
        int a = 0;
        int s = 0;
        int previousEnd = 0;
        for (Size size : SizeScanner.sizes(text)) {
            while (b < before.size() && before.get(b).end() <= size.start()) {
                b++;
            }
            while (a < after.size() && after.get(a).start() < size.end()) {
                a++;
            }
            while (s < structures.size() && structures.get(s).start() < size.start()) {
                s++;
            }
            boolean excluded =
                    (b > 0 && excludes(before.get(b - 1), previousEnd, size))
                            || (a < after.size() && after.get(a).start() - size.end() <= 2);
            if (!excluded && isOfLesion(size, s)) {
                kept.add(size);
            }
            previousEnd = size.end();
        }
        return kept;
    }

    private boolean excludes(Hit hit, int previousEnd, Size size) {
        return hit.start() >= previousEnd
                && size.start() - hit.end() <= EXCLUDING_REACH
                && clauses.sameComma(hit.start(), size.start());
    }

    private boolean isOfLesion(Size size, int next) {
        Structure noun = next < structures.size() ? structures.get(next) : null;
        if (noun == null || !isNounOf(size, noun)) {
            noun = next > 0 ? structures.get(next - 1) : null;
            if (noun != null
                    && clauses.sentence(size.start()) - clauses.sentence(noun.start()) > 1) {
                noun = null;
            }
        }
        if (noun == null) {
            return organs.organ(size.start(), size.end()).equals(OrganRules.LIVER);
        }
        return noun.lesion() && LIVER_SITES.contains(organs.organ(noun.start(), noun.end()));
    }

    /** Whether the noun behind a measurement is what was measured: "a 2.3 cm hypodense nodule". */
    private boolean isNounOf(Size size, Structure noun) {
        boolean latin = text.charAt(noun.start()) < 0x2E80;
        int reach = latin ? NOUN_REACH_LATIN : NOUN_REACH_CHINESE;
        if (noun.start() - size.end() > reach || !clauses.sameComma(size.end(), noun.start())) {
            return false;
        }
        for (String word : text.substring(size.end(), noun.start()).split("[ \n()]", -1)) {
            if (BREAKS.contains(word)) {
                return false;
            }
        }
        return true;
    }

    private static List<Structure> structures(Hits hits) {
        List<Structure> all = new ArrayList<>();
        hits.of(Role.LESION).forEach(h -> all.add(new Structure(true, h.start(), h.end())));
        hits.of(Role.OTHER_STRUCTURE)
                .forEach(h -> all.add(new Structure(false, h.start(), h.end())));
        all.sort(
                Comparator.comparingInt(Structure::start)
                        .thenComparing(Comparator.comparingInt(Structure::end).reversed()));
        List<Structure> kept = new ArrayList<>();
        int reached = 0;
        for (Structure structure : all) {
            if (structure.start() >= reached) {
                kept.add(structure);
                reached = structure.end();
            }
        }
        return kept;
    }

    /** The lesion nouns, sizes and segments of one sentence. */
    static final class Sentence {
        final List<Size> sizes = new ArrayList<>();
        final List<Segment> segments = new ArrayList<>();
        boolean lesion;
        boolean cyst;
        boolean solid;
        boolean next;

        @Nullable Double largestCm() {
            return sizes.isEmpty()
                    ? null
                    : sizes.stream().mapToDouble(Size::largestCm).max().getAsDouble();
        }

        @Nullable String segment() {
            return segments.isEmpty() ? null : segments.get(0).name();
        }
    }
}
