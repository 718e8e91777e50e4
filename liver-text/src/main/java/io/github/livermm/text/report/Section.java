// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.text.report;

/**
 * One section of a report, without its heading.
 *
 * @param kind what it is for
 * @param start first code point of the text after the heading
 * @param end code point after the last
 * @param fallback whether no heading said so: the text is taken as findings for want of any
 * @since 0.1.0
 */
public record Section(SectionKind kind, int start, int end, boolean fallback) {}
