// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.text.encoder;

import io.github.livermm.core.ModalityReader;
import io.github.livermm.core.ModelFileException;
import io.github.livermm.text.concept.LabelMask;
import io.github.livermm.text.concept.LabelMask.Span;
import io.github.livermm.text.report.NormalizedText;
import io.github.livermm.text.report.Report;
import io.github.livermm.text.report.ReportReader;
import io.github.livermm.text.report.ReportSections;
import io.github.livermm.text.report.Section;
import io.github.livermm.text.report.SectionHeadings;
import io.github.livermm.text.report.SectionKind;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The part of a report that a model of words may see.
 *
 * @param sections sections it reads
 * @param labelWords what happens to the words that name the answer
 * @since 0.1.0
 */
public record ReportView(Set<SectionKind> sections, LabelWords labelWords) {
    /** What happens to diagnoses, malignant and benign, categories and treatment words. */
    public enum LabelWords {
        /** They are covered. */
        MASKED,
        /** They stay, and the model may repeat the reader's diagnosis. */
        AS_WRITTEN
    }

    /** Checks and copies. */
    public ReportView {
        sections = Set.copyOf(sections);
        if (sections.isEmpty()) {
            throw new IllegalArgumentException(
                    "sections is empty, allowed is at least one of SectionKind");
        }
    }

    /**
     * The findings with label words masked: the only view that neither repeats the impression nor
     * reads a diagnosis that slipped into the findings.
     *
     * @return the default view
     */
    public static ReportView defaults() {
        return new ReportView(EnumSet.of(SectionKind.FINDINGS), LabelWords.MASKED);
    }

    /**
     * The four views whose comparison shows how much of a result is leak: findings as written, all
     * sections masked (but addenda, which may come after pathology, and administration), findings
     * with impression (an upper bound) and the impression alone (the reader as baseline).
     *
     * @return keys {@code findings, masked, with_impression, impression}, in this order
     */
    public static Map<String, ReportView> ablation() {
        Map<String, ReportView> views = new LinkedHashMap<>();
        views.put(
                "findings",
                new ReportView(EnumSet.of(SectionKind.FINDINGS), LabelWords.AS_WRITTEN));
        EnumSet<SectionKind> preoperative = EnumSet.allOf(SectionKind.class);
        preoperative.removeAll(EnumSet.of(SectionKind.ADDENDUM, SectionKind.ADMINISTRATION));
        views.put("masked", new ReportView(preoperative, LabelWords.MASKED));
        views.put(
                "with_impression",
                new ReportView(
                        EnumSet.of(SectionKind.FINDINGS, SectionKind.IMPRESSION),
                        LabelWords.AS_WRITTEN));
        views.put(
                "impression",
                new ReportView(EnumSet.of(SectionKind.IMPRESSION), LabelWords.AS_WRITTEN));
        return Collections.unmodifiableMap(views);
    }

    /**
     * Reads reports that hold one of the sections.
     *
     * @return a reader for which a report without any of them is a finding
     */
    public ModalityReader<Report> reader() {
        return new ReportReader(sections, SectionHeadings.bundled());
    }

    /**
     * A visible section of a report.
     *
     * @param text its normalised text
     * @param start where it starts in the report, as code point
     */
    record Part(NormalizedText text, int start) {
        /** A piece of the normalised text as code points of the report. */
        Span span(int from, int to) {
            return new Span(start + text.originalStart(from), start + text.originalEnd(to));
        }
    }

    /** The visible sections, in reading order. */
    List<Part> parts(Report report) {
        String visible =
                labelWords == LabelWords.MASKED
                        ? LabelMask.of(report, LabelMask.Treatment.MASKED).maskedText()
                        : report.text();
        Report shown = new Report(visible);
        List<Part> parts = new ArrayList<>();
        // headings are found in the report as written: a masked word may be part of one
        for (Section section : ReportSections.of(report).all()) {
            if (sections.contains(section.kind())) {
                String text = shown.quote(section.start(), section.end());
                parts.add(new Part(NormalizedText.of(text), section.start()));
            }
        }
        return parts;
    }

    /** The visible sections as one normalised text, a line end between them. */
    String text(Report report) {
        return parts(report).stream().map(p -> p.text().value()).collect(Collectors.joining("\n"));
    }

    /**
     * The visible sections as written, a line end between them; black squares where it is masked.
     *
     * @param report any report
     * @return the visible text, perhaps empty
     */
    public String visible(Report report) {
        return parts(report).stream()
                .map(p -> p.text().original())
                .collect(Collectors.joining("\n"));
    }

    /**
     * The view as a JSON tree.
     *
     * @return what {@link #restore} needs
     */
    public Map<String, Object> toMap() {
        return Map.of(
                "sections",
                sections.stream().sorted().map(ReportView::name).toList(),
                "label_words",
                name(labelWords));
    }

    /**
     * The view that {@link #toMap} described.
     *
     * @param state tree of a model file
     * @param encoder whose tree it is, for messages
     * @return the view
     * @throws ModelFileException when the tree describes none
     */
    public static ReportView restore(Map<String, Object> state, String encoder) {
        try {
            if (state.get("sections") instanceof List<?> list) {
                return new ReportView(
                        list.stream()
                                .map(s -> SectionKind.valueOf(upper(s)))
                                .collect(Collectors.toUnmodifiableSet()),
                        LabelWords.valueOf(upper(state.get("label_words"))));
            }
        } catch (IllegalArgumentException e) {
            throw new ModelFileException(
                    encoder
                            + ": sections "
                            + state.get("sections")
                            + " or label_words "
                            + state.get("label_words")
                            + " is not known here; use the library version that wrote the model");
        }
        throw new ModelFileException(encoder + ": sections are missing; the model file is damaged");
    }

    private static String name(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    private static String upper(@Nullable Object name) {
        return String.valueOf(name).toUpperCase(Locale.ROOT);
    }
}
