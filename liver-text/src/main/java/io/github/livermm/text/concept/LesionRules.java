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

    /** A measurement of a lesion of the liver, and whether that is called a cyst. */
    record Measured(Size size, boolean cyst) {}

    /** The measurements of lesions of the liver. */
    List<Measured> lesionSizes() {
        List<Measured> kept = new ArrayList<>();
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
            Structure noun = noun(size, s);
            if (!excluded && isOfLesion(size, noun)) {
                kept.add(new Measured(size, noun != null && isCyst(noun)));
            }
            previousEnd = size.end();
        }
        return kept;
    }

    private boolean excludes(Hit hit, int previousEnd, Size size) {
        return hit.index() == 0
                && hit.start() >= previousEnd
                && size.start() - hit.end() <= EXCLUDING_REACH
                && clauses.sameComma(hit.start(), size.start());
    }

    private boolean isCyst(Structure noun) {
        return text.startsWith("囊肿", noun.start()) || text.startsWith("cyst", noun.start());
    }

    /** What was measured: the noun behind the measurement or the last one before it. */
    private @Nullable Structure noun(Size size, int next) {
        if (next < structures.size() && isNounOf(size, structures.get(next))) {
            return structures.get(next);
        }
        Structure before = next > 0 ? structures.get(next - 1) : null;
        boolean near =
                before != null
                        && clauses.sentence(size.start()) - clauses.sentence(before.start()) <= 1;
        return near ? before : null;
    }

    private boolean isOfLesion(Size size, @Nullable Structure noun) {
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
        final List<Measured> sizes = new ArrayList<>();
        final List<Segment> segments = new ArrayList<>();
        boolean lesion;
        boolean cyst;
        boolean solid;
        boolean next;

        /**
         * The lesions that the sentence tells apart: each size with its segment ("1.1 cm in S3, 1.9
         * cm in S7"), a cyst beside something else ("a 4 cm cyst and a 1.4 cm nodule"), else one.
         */
        List<Part> parts() {
            List<Part> parts = new ArrayList<>();
            if (sizes.size() > 1 && sizes.size() == segments.size()) {
                for (int i = 0; i < sizes.size(); i++) {
                    boolean isCyst = sizes.get(i).cyst();
                    parts.add(
                            new Part(
                                    largest(sizes.subList(i, i + 1)), segment(i), isCyst, !isCyst));
                }
                return parts;
            }
            List<Measured> cysts = sizes.stream().filter(Measured::cyst).toList();
            List<Measured> others = sizes.stream().filter(s -> !s.cyst()).toList();
            if (!cysts.isEmpty() && !others.isEmpty()) {
                parts.add(new Part(largest(others), segment(0), false, true));
                parts.add(new Part(largest(cysts), null, true, false));
                return parts;
            }
            return List.of(new Part(largest(sizes), segment(0), cyst, solid));
        }

        private static @Nullable Double largest(List<Measured> sizes) {
            return sizes.isEmpty()
                    ? null
                    : sizes.stream().mapToDouble(s -> s.size().largestCm()).max().getAsDouble();
        }

        private @Nullable String segment(int i) {
            return i < segments.size() ? segments.get(i).name() : null;
        }
    }

    /** What a sentence says about one lesion or group. */
    record Part(@Nullable Double cm, @Nullable String segment, boolean cyst, boolean solid) {}
}
