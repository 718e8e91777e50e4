// SPDX-License-Identifier: Apache-2.0
/**
 * A report as one HTML file that needs no network and no script. Start at {@link
 * io.github.livermm.eval.report.HtmlReport}. It lays out what it is given; it computes nothing and
 * knows no model.
 */
@org.jspecify.annotations.NullMarked
package io.github.livermm.eval.report;
