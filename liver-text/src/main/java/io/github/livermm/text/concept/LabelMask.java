// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.text.concept;

import io.github.livermm.text.concept.Hits.Hit;
import io.github.livermm.text.concept.Vocabulary.Role;
import io.github.livermm.text.report.NormalizedText;
import io.github.livermm.text.report.Report;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Finds and covers the words of a report that name the answer: diagnoses, malignant and benign, 癌,
 * LI-RADS categories, and treatment words that give HCC away. The masked text has the same length,
 * so that offsets into it stay right.
 *
 * @param spans what is masked, in reading order and without overlaps
 * @param maskedText the report with every masked character replaced by a black square
 * @since 0.1.0
 */
public record LabelMask(List<Span> spans, String maskedText) {
    private static final char SQUARE = '■';

    /** Copies the spans. */
    public LabelMask {
        spans = List.copyOf(spans);
    }

    /**
     * A masked part.
     *
     * @param start first code point
     * @param end code point after the last
     */
    public record Span(int start, int end) {}

    /** Whether treatment words are masked. */
    public enum Treatment {
        /** TACE, lipiodol, resection and the like are masked too: right for HCC against ICC. */
        MASKED,
        /** Treatment words stay. */
        KEPT
    }

    /**
     * Masks a report.
     *
     * @param report any report
     * @param treatment what happens to treatment words
     * @return what was masked and what is left
     */
    public static LabelMask of(Report report, Treatment treatment) {
        NormalizedText text = NormalizedText.of(report.text());
        return of(text, Hits.in(text.value(), Vocabulary.bundled()), treatment);
    }

    static LabelMask of(NormalizedText text, Hits hits, Treatment treatment) {
        Vocabulary vocabulary = Vocabulary.bundled();
        List<Span> found = new ArrayList<>();
        for (Hit hit : hits.of(Role.WORDING)) {
            Vocabulary.Wording wording = vocabulary.wording(hit.index());
            ConceptKind kind = vocabulary.concept(wording.concept()).kind();
            boolean masked =
                    kind.isLabel()
                            || (kind == ConceptKind.TREATMENT && treatment == Treatment.MASKED);
            if (masked && wording.parts() == 1) {
                found.add(span(text, hit.start(), hit.end()));
            }
        }
        for (Hit hit : hits.of(Role.MASKED_STEM)) {
            found.add(span(text, hit.start(), wordEnd(text.value(), hit.end())));
        }
        List<Span> spans = merged(found);
        return new LabelMask(spans, cover(text.original(), spans));
    }

    private static Span span(NormalizedText text, int start, int end) {
        return new Span(text.originalStart(start), text.originalEnd(end));
    }

    private static int wordEnd(String text, int from) {
        int end = from;
        while (Hits.insideWord(text, end)) {
            end++;
        }
        return end;
    }

    private static List<Span> merged(List<Span> found) {
        found.sort(Comparator.comparingInt(Span::start).thenComparingInt(Span::end));
        List<Span> merged = new ArrayList<>();
        for (Span span : found) {
            Span last = merged.isEmpty() ? new Span(0, 0) : merged.get(merged.size() - 1);
            if (span.start() < last.end()) {
                merged.set(
                        merged.size() - 1,
                        new Span(last.start(), Math.max(last.end(), span.end())));
            } else {
                merged.add(span);
            }
        }
        return merged;
    }

    private static String cover(String original, List<Span> spans) {
        StringBuilder covered = new StringBuilder(original.length());
        int next = 0;
        int codePoint = 0;
        for (int i = 0; i < original.length(); ) {
            int c = original.codePointAt(i);
            while (next < spans.size() && spans.get(next).end() <= codePoint) {
                next++;
            }
            boolean masked = next < spans.size() && spans.get(next).start() <= codePoint;
            if (masked) {
                covered.append(SQUARE);
            } else {
                covered.appendCodePoint(c);
            }
            i += Character.charCount(c);
            codePoint++;
        }
        return covered.toString();
    }
}
