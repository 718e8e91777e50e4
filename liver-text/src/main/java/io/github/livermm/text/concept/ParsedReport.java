// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.text.concept;

import io.github.livermm.text.report.Report;
import io.github.livermm.text.report.ReportSections;
import io.github.livermm.text.report.SectionKind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What one report says.
 *
 * @param report the report as written
 * @param sections its sections
 * @param mentions every mention, in reading order
 * @param lesions the liver lesions described, in reading order and per section
 * @param mask the words that name the answer
 * @since 0.1.0
 */
public record ParsedReport(
        Report report,
        ReportSections sections,
        List<Mention> mentions,
        List<Lesion> lesions,
        LabelMask mask) {
    /** Copies the lists. */
    public ParsedReport {
        mentions = List.copyOf(mentions);
        lesions = List.copyOf(lesions);
    }

    /**
     * The mentions in one kind of section.
     *
     * @param section which
     * @return in reading order
     */
    public List<Mention> mentionsIn(SectionKind section) {
        return mentions.stream().filter(m -> m.section() == section).toList();
    }

    /**
     * What some sections say. Sections and label words stay those of the whole report.
     *
     * @param wanted sections to keep
     * @return mentions and lesions of these sections, lesions numbered anew
     */
    public ParsedReport within(Set<SectionKind> wanted) {
        List<Lesion> kept = new ArrayList<>();
        int[] numbers = new int[lesions.size() + 1];
        for (int i = 0; i < lesions.size(); i++) {
            if (wanted.contains(lesions.get(i).section())) {
                kept.add(lesions.get(i));
                numbers[i + 1] = kept.size();
            }
        }
        List<Mention> said =
                mentions.stream()
                        .filter(m -> wanted.contains(m.section()))
                        .map(m -> m.ofLesion(m.lesion() == null ? 0 : numbers[m.lesion()]))
                        .toList();
        return new ParsedReport(report, sections, said, kept, mask);
    }

    /**
     * The lesion that stands for the patient: the largest measured one that is not a mere cyst,
     * else the largest measured one, else the first. Lesions of the findings go before those of
     * other sections.
     *
     * @return empty when no lesion is described
     */
    public Optional<Lesion> indexLesion() {
        Optional<Lesion> inFindings = indexLesion(Set.of(SectionKind.FINDINGS));
        return inFindings.isPresent() ? inFindings : indexLesion(EnumSet.allOf(SectionKind.class));
    }

    /**
     * The lesion that stands for the patient, of those that some sections describe.
     *
     * @param within sections to look at
     * @return empty when none of them describes a lesion
     */
    public Optional<Lesion> indexLesion(Set<SectionKind> within) {
        return lesions.stream()
                .filter(l -> within.contains(l.section()))
                .min(
                        Comparator.comparing(Lesion::cystic)
                                .thenComparing(l -> l.sizeCm() == null ? 0 : -l.sizeCm()));
    }

    /**
     * LI-RADS features and category of the index lesion, from the mentions of the findings that
     * describe it or no lesion in particular; what is said of another lesion does not count.
     * Without findings all sections are read.
     *
     * @return features that are stated, category where the table gives one
     */
    public LiRads liRads() {
        boolean inFindings = mentions.stream().anyMatch(m -> m.section() == SectionKind.FINDINGS);
        Optional<Lesion> index = indexLesion();
        int number = index.map(lesions::indexOf).orElse(-1) + 1;
        List<Mention> used =
                mentions.stream()
                        .filter(m -> !inFindings || m.section() == SectionKind.FINDINGS)
                        .filter(m -> m.lesion() == null || m.lesion() == number)
                        .toList();
        return LiRads.of(used, index.map(Lesion::sizeCm).orElse(null));
    }
}
