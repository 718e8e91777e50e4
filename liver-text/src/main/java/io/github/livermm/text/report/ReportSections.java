// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.text.report;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The sections of a report in reading order. A heading stands at the start of a line, alone or
 * before a colon or in brackets (then words may precede it, such as "上腹部CT所见"), or after the end of
 * a sentence before a colon; a Chinese one also before a blank. Without any findings heading the
 * text before the first heading, or the whole text when there is none at all, is taken as findings
 * and marked so. Cost O(n).
 *
 * @since 0.1.0
 */
public final class ReportSections {
    private static final int LONGEST_LABEL = 40;
    private static final String DECORATION = " -=*#_•·>、.()[]【】0123456789一二三四五六七八九十";
    private static final String RULE = " -=*#_";
    private static final String SENTENCE_ENDS = "。；;!?";

    private final List<Section> sections;

    private ReportSections(List<Section> sections) {
        this.sections = List.copyOf(sections);
    }

    /**
     * Divides a report by the headings of its centre.
     *
     * @param report any report
     * @return its sections
     */
    public static ReportSections of(Report report) {
        return of(NormalizedText.of(report.text()), report.headings());
    }

    /**
     * Divides a report by the bundled headings.
     *
     * @param text a normalised report
     * @return its sections
     */
    public static ReportSections of(NormalizedText text) {
        return of(text, SectionHeadings.bundled());
    }

    /**
     * Divides a report.
     *
     * @param text a normalised report
     * @param headings what opens a section
     * @return its sections
     */
    public static ReportSections of(NormalizedText text, SectionHeadings headings) {
        List<Heading> found = new ArrayList<>();
        String value = text.value();
        int at = 0;
        while (at < value.length()) {
            Heading heading = headingAt(value, at, headings);
            if (heading != null) {
                found.add(heading);
            }
            at = nextCandidate(value, heading == null ? at : heading.end());
        }
        return new ReportSections(sections(text, found));
    }

    /**
     * All sections.
     *
     * @return in reading order, without blank ones
     */
    public List<Section> all() {
        return sections;
    }

    /**
     * The sections of one kind.
     *
     * @param kind what they are for
     * @return in reading order, perhaps none
     */
    public List<Section> of(SectionKind kind) {
        return sections.stream().filter(s -> s.kind() == kind).toList();
    }

    /**
     * The kind of the section that holds an offset.
     *
     * @param codePoint offset in the original text
     * @return {@link SectionKind#OTHER} for headings and text outside every section
     */
    public SectionKind kindAt(int codePoint) {
        int low = 0;
        int high = sections.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (sections.get(middle).end() <= codePoint) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        boolean inside = low < sections.size() && sections.get(low).start() <= codePoint;
        return inside ? sections.get(low).kind() : SectionKind.OTHER;
    }

    private static int nextCandidate(String value, int from) {
        int at = from;
        while (at < value.length()) {
            char c = value.charAt(at++);
            boolean stop = c == '.' && at < value.length() && value.charAt(at) == ' ';
            if (c == '\n' || stop || SENTENCE_ENDS.indexOf(c) >= 0) {
                return at;
            }
        }
        return at;
    }

    /** The heading that starts at a candidate place, null when there is none. */
    private static @Nullable Heading headingAt(String value, int at, SectionHeadings headings) {
        boolean lineStart = at == 0 || value.charAt(at - 1) == '\n';
        int from = lineStart ? skipDecoration(value, at) : skipBlanks(value, at);
        int limit = Math.min(value.length(), from + LONGEST_LABEL);
        int end = from;
        while (end < limit && "\n:】]。；;，".indexOf(value.charAt(end)) < 0) {
            end++;
        }
        // a rule of dashes may close the line of a heading
        while (lineStart && end < value.length() && RULE.indexOf(value.charAt(end)) >= 0) {
            end++;
        }
        boolean ended = end == value.length() || value.charAt(end) == '\n';
        boolean colon = end < value.length() && value.charAt(end) == ':';
        boolean bracket = end < limit && "】]".indexOf(value.charAt(end)) >= 0;
        if (end == from || !(colon || (lineStart && (ended || bracket)))) {
            return lineStart ? chineseBeforeBlank(value, at, from, headings) : null;
        }
        int labelEnd = end;
        while (labelEnd > from && DECORATION.indexOf(value.charAt(labelEnd - 1)) >= 0) {
            labelEnd--;
        }
        String label = value.substring(from, labelEnd);
        SectionKind kind =
                lineStart && (colon || bracket) ? headings.endOf(label) : headings.exactly(label);
        if (kind == null) {
            return lineStart ? chineseBeforeBlank(value, at, from, headings) : null;
        }
        return new Heading(kind, at, skipRule(value, skipColon(value, end)));
    }

    /** "影像诊断 肝癌": Chinese words know no blanks, so one behind a heading stands for a colon. */
    private static @Nullable Heading chineseBeforeBlank(
            String value, int at, int from, SectionHeadings headings) {
        int blank = from;
        while (blank < value.length() && blank - from < LONGEST_LABEL && isChinese(value, blank)) {
            blank++;
        }
        if (blank == from || blank == value.length() || value.charAt(blank) != ' ') {
            return null;
        }
        SectionKind kind = headings.exactly(value.substring(from, blank));
        return kind == null ? null : new Heading(kind, at, blank + 1);
    }

    private static boolean isChinese(String value, int at) {
        return value.charAt(at) >= 0x2E80 && Character.isLetter(value.charAt(at));
    }

    /** Moves over a line of dashes under a heading. */
    private static int skipRule(String value, int at) {
        int end = at;
        while (end < value.length()
                && (value.charAt(end) == '\n' || RULE.indexOf(value.charAt(end)) >= 0)) {
            end++;
        }
        return end == value.length() || value.charAt(end - 1) == '\n' ? end : at;
    }

    private static int skipDecoration(String value, int at) {
        int from = at;
        while (from < value.length() && DECORATION.indexOf(value.charAt(from)) >= 0) {
            from++;
        }
        return from;
    }

    private static int skipBlanks(String value, int at) {
        return at < value.length() && value.charAt(at) == ' ' ? at + 1 : at;
    }

    private static int skipColon(String value, int at) {
        int end = at;
        while (end < value.length() && "】]:* ".indexOf(value.charAt(end)) >= 0) {
            end++;
        }
        return end;
    }

    private static List<Section> sections(NormalizedText text, List<Heading> found) {
        boolean findings = found.stream().anyMatch(h -> h.kind() == SectionKind.FINDINGS);
        List<Section> sections = new ArrayList<>();
        int length = text.value().length();
        int preamble = found.isEmpty() ? length : found.get(0).start();
        SectionKind kind = findings ? SectionKind.OTHER : SectionKind.FINDINGS;
        add(sections, text, kind, 0, preamble, !findings);
        for (int i = 0; i < found.size(); i++) {
            int end = i + 1 < found.size() ? found.get(i + 1).start() : length;
            add(sections, text, found.get(i).kind(), found.get(i).end(), end, false);
        }
        return sections;
    }

    private static void add(
            List<Section> sections,
            NormalizedText text,
            SectionKind kind,
            int from,
            int to,
            boolean fallback) {
        int start = from;
        int end = to;
        String value = text.value();
        while (start < end && value.charAt(start) <= ' ') {
            start++;
        }
        while (end > start && value.charAt(end - 1) <= ' ') {
            end--;
        }
        if (start < end) {
            sections.add(
                    new Section(kind, text.originalStart(start), text.originalEnd(end), fallback));
        }
    }

    /** A heading in the normal form: where it starts, and where the text after it does. */
    private record Heading(SectionKind kind, int start, int end) {}
}
