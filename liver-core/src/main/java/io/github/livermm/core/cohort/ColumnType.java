// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.core.cohort;

/**
 * How the values of a column are read.
 *
 * @since 0.1.0
 */
public enum ColumnType {
    /** A measured number with a unit. */
    NUMBER,
    /** One word of a list. */
    CATEGORY
}
