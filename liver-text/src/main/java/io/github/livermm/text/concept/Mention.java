// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.text.concept;

import io.github.livermm.text.report.SectionKind;
import org.jspecify.annotations.Nullable;

/**
 * One place where a report speaks of a concept.
 *
 * @param concept what it speaks of
 * @param status what it says about it
 * @param grade how sure, null unless uncertain
 * @param section section that holds it
 * @param start first code point in the original text
 * @param end code point after the last
 * @param organ organ it is about, {@code liver} when nothing else is named
 * @param lesion number of the lesion it describes, as in {@link ParsedReport#lesions()} counted
 *     from 1, null when it describes none
 * @since 0.1.0
 */
public record Mention(
        Concept concept,
        Status status,
        @Nullable Grade grade,
        SectionKind section,
        int start,
        int end,
        String organ,
        @Nullable Integer lesion) {
    /** The same mention of another lesion, 0 for none. */
    Mention ofLesion(int number) {
        Integer named = number == 0 ? null : Integer.valueOf(number);
        return new Mention(concept, status, grade, section, start, end, organ, named);
    }
}
