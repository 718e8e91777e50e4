// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.text.encoder;

import io.github.livermm.core.FittedEncoder;
import io.github.livermm.core.ModalityEncoder;
import io.github.livermm.core.ModalityReader;
import io.github.livermm.text.report.Report;
import java.util.List;

/**
 * The report as tf-idf weights of its n-grams, fitted on training reports: a strong baseline that
 * knows no lexicon. Weights are sublinear in the count, {@code (1 + ln tf) (ln((1 + n) / (1 + df))
 * + 1)}, and each report has length one, as in scikit-learn with {@code sublinear_tf} and smoothed
 * idf.
 *
 * @apiNote Experimental.
 * @since 0.1.0
 */
public final class NgramEncoder implements ModalityEncoder<Report> {
    private final NgramOptions options;

    /** Creates an encoder with the default options. */
    public NgramEncoder() {
        this(NgramOptions.defaults());
    }

    /**
     * Creates an encoder.
     *
     * @param options what it reads and keeps
     */
    public NgramEncoder(NgramOptions options) {
        this.options = options;
    }

    @Override
    public String modality() {
        return ReportEncoder.MODALITY;
    }

    @Override
    public ModalityReader<Report> reader() {
        return options.view().reader();
    }

    @Override
    public FittedEncoder<Report> fit(List<Report> training, long seed) {
        return FittedNgramEncoder.fit(options, training);
    }
}
