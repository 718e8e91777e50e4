// SPDX-License-Identifier: Apache-2.0
/**
 * A report as text: decoding of files, normalisation with offsets into the original, and division
 * into sections. Start with {@link io.github.livermm.text.report.ReportReader} for files and {@link
 * io.github.livermm.text.report.ReportSections} for text at hand.
 */
@NullMarked
package io.github.livermm.text.report;

import org.jspecify.annotations.NullMarked;
