// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.text.concept;

/**
 * What a report says about a concept that it mentions. A concept that is not mentioned has no
 * status.
 *
 * @since 0.1.0
 */
public enum Status {
    /** It is there. */
    PRESENT,
    /** It is not there. */
    ABSENT,
    /** It may be there; the {@link Grade} says how likely the wording makes it. */
    UNCERTAIN,
    /** It was there before. */
    HISTORICAL
}
