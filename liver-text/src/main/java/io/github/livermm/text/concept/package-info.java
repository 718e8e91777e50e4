// SPDX-License-Identifier: Apache-2.0
/**
 * What a report says: concepts of a bilingual lexicon with their status, sizes, counts and
 * segments, LI-RADS features, and the words that give the diagnosis away. Start with {@link
 * io.github.livermm.text.concept.ReportParser}.
 */
@NullMarked
package io.github.livermm.text.concept;

import org.jspecify.annotations.NullMarked;
