// SPDX-License-Identifier: Apache-2.0
/**
 * The report as a modality of the fusion. Start with {@link
 * io.github.livermm.text.encoder.ReportEncoder}.
 */
@NullMarked
package io.github.livermm.text.encoder;

import org.jspecify.annotations.NullMarked;
