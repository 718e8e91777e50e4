// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.text.concept;

import io.github.livermm.text.concept.Vocabulary.Mark;
import java.util.Comparator;

/**
 * A wording found in the normalised text.
 *
 * @param concept number of the concept
 * @param start first character
 * @param anchor start of the last part, where negation must reach
 * @param end character after the last
 * @param gapped whether other words stand inside
 * @param mark what the wording itself says
 */
record Match(int concept, int start, int anchor, int end, boolean gapped, Mark mark) {
    static final Comparator<Match> LEFTMOST_LONGEST =
            (a, b) -> a.start != b.start ? a.start - b.start : b.end - a.end;

    boolean holds(Match other) {
        return start <= other.start && other.end <= end;
    }

    boolean overlaps(Match other) {
        return start < other.end && other.start < end;
    }
}
