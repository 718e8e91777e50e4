// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.text.concept;

/**
 * A wording found in the normalised text.
 *
 * @param concept number of the concept
 * @param start first character
 * @param anchor start of the last part, where negation must reach
 * @param end character after the last
 * @param gapped whether other words stand inside
 * @param absent whether the wording itself says that the concept is absent
 */
record Match(int concept, int start, int anchor, int end, boolean gapped, boolean absent) {
    boolean overlaps(Match other) {
        return start < other.end && other.start < end;
    }
}
