// SPDX-License-Identifier: Apache-2.0
/**
 * Figures for reports and papers, readable in print and by colour-blind readers. Start at {@link
 * io.github.livermm.eval.plot.RocPlot}; every plot ends in a {@link
 * io.github.livermm.eval.plot.Figure}, which writes itself as SVG (text stays text, the same bytes
 * everywhere) or PNG. Plots draw what they are given and compute no statistic.
 */
@org.jspecify.annotations.NullMarked
package io.github.livermm.eval.plot;
