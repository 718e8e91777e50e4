// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.core.cohort;

import org.jspecify.annotations.Nullable;

/**
 * How the protocol wants the radiology report read, the object {@code report} of {@code
 * study.json}.
 *
 * @param encoder what turns the report into numbers
 * @param view part of the report that may be seen
 * @param model folder of a transformer exported by the user, within or beside the study folder;
 *     null for every other encoder
 * @since 0.1.0
 */
public record ReportPlan(Encoder encoder, View view, @Nullable String model) {
    /** What turns a report into numbers. */
    public enum Encoder {
        /** Status of each concept of the lexicon, size and number of lesions. */
        CONCEPTS,
        /** Weights of character and word n-grams. */
        NGRAMS,
        /** A network over words, trained with the fusion. */
        NETWORK,
        /** Embeddings of a transformer that the user exported. */
        TRANSFORMER
    }

    /** The part of a report that may be seen. */
    public enum View {
        /** Findings, words that name the diagnosis covered. */
        FINDINGS_MASKED,
        /** Findings as written. */
        FINDINGS,
        /** Every section, words that name the diagnosis covered. */
        MASKED,
        /** Findings and impression as written: an upper bound that holds the reader's diagnosis. */
        WITH_IMPRESSION,
        /** The impression alone: the reader as baseline. */
        IMPRESSION
    }

    /**
     * Concepts of the masked findings: what needs no tuning and repeats no reader.
     *
     * @return the default plan
     */
    public static ReportPlan defaults() {
        return new ReportPlan(Encoder.CONCEPTS, View.FINDINGS_MASKED, null);
    }
}
