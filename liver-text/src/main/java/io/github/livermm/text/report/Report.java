// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.text.report;

/**
 * One radiology report as decoded text, exactly as written. Offsets that other types give for it
 * are Unicode code points of this text.
 *
 * @param text the whole report
 * @param headings what opens a section in the reports of its centre
 * @since 0.1.0
 */
public record Report(String text, SectionHeadings headings) {
    /**
     * A report with the usual headings.
     *
     * @param text the whole report
     */
    public Report(String text) {
        this(text, SectionHeadings.bundled());
    }

    /**
     * The words between two offsets.
     *
     * @param start first code point
     * @param end code point after the last
     * @return the quoted part of {@link #text}
     * @throws IndexOutOfBoundsException when the offsets lie outside the text
     */
    public String quote(int start, int end) {
        int from = text.offsetByCodePoints(0, start);
        return text.substring(from, text.offsetByCodePoints(from, end - start));
    }
}
