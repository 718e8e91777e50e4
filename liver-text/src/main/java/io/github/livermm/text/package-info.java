// SPDX-License-Identifier: Apache-2.0
/**
 * Radiology reports in Chinese and English. {@code report} reads and divides them, {@code concept}
 * finds what they say, {@code encoder} turns that into a modality of the fusion. Start with {@link
 * io.github.livermm.text.concept.ReportParser}.
 */
@NullMarked
package io.github.livermm.text;

import org.jspecify.annotations.NullMarked;
