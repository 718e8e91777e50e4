// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.text.concept;

/**
 * How sure the wording of an uncertain mention is, from surest to least.
 *
 * @since 0.1.0
 */
public enum Grade {
    /** 符合, consistent with. */
    CONSISTENT,
    /** 考虑, 可能大, likely, suspicious for. */
    PROBABLE,
    /** 可能, 待排, may represent, versus. */
    POSSIBLE,
    /** 不除外, cannot be excluded. */
    NOT_EXCLUDED
}
