// SPDX-License-Identifier: Apache-2.0
/**
 * Figures of a whole study rather than of one column: centres and their pooling, subgroups and
 * their interaction, gaps between groups, agreement of readers, learning curves, sample size, many
 * tests at once, the first table, and everything asked of one table of outcomes and scores. Start
 * at {@link io.github.livermm.eval.study.Scored}, or at {@link
 * io.github.livermm.eval.study.BinaryStudy} for a whole table.
 */
@org.jspecify.annotations.NullMarked
package io.github.livermm.eval.study;
