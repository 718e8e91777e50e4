// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.text.encoder;

import io.github.livermm.text.concept.LabelMask;
import io.github.livermm.text.report.NormalizedText;
import io.github.livermm.text.report.Report;
import io.github.livermm.text.report.ReportSections;
import io.github.livermm.text.report.Section;
import io.github.livermm.text.report.SectionKind;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

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
     * sections masked, findings with impression (an upper bound) and the impression alone (the
     * reader as baseline).
     *
     * @return keys {@code findings, masked, with_impression, impression}, in this order
     */
    public static Map<String, ReportView> ablation() {
        Map<String, ReportView> views = new LinkedHashMap<>();
        views.put(
                "findings",
                new ReportView(EnumSet.of(SectionKind.FINDINGS), LabelWords.AS_WRITTEN));
        views.put("masked", new ReportView(EnumSet.allOf(SectionKind.class), LabelWords.MASKED));
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

    /** The normalised text of each visible section. */
    List<String> texts(Report report) {
        String visible =
                labelWords == LabelWords.MASKED
                        ? LabelMask.of(report, LabelMask.Treatment.MASKED).maskedText()
                        : report.text();
        Report shown = new Report(visible);
        List<String> texts = new ArrayList<>();
        // headings are found in the report as written: a masked word may be part of one
        for (Section section : ReportSections.of(report).all()) {
            if (sections.contains(section.kind())) {
                String text = shown.quote(section.start(), section.end());
                texts.add(NormalizedText.of(text).value());
            }
        }
        return texts;
    }
}
