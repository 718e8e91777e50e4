// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.text.encoder;

import io.github.livermm.core.FittedEncoder;
import io.github.livermm.core.ModalityEncoder;
import io.github.livermm.core.ModalityReader;
import io.github.livermm.text.report.Report;
import java.util.List;

/**
 * The report read by a small network over its words (ideographs and Latin words), trained together
 * with the heads: a vector per word, a convolution over three words, and attention that chooses
 * which of them count. Words are learnt from training reports; vectors and layers in training.
 * Worth trying from about a thousand reports on; below, {@link ReportEncoder} and {@link
 * NgramEncoder} are the stronger ones.
 *
 * <p>Reference: Kim Y, "Convolutional neural networks for sentence classification" (2014),
 * arXiv:1408.5882; attention pooling as in Yang Z et al., "Hierarchical attention networks for
 * document classification" (2016), doi:10.18653/v1/N16-1174.
 *
 * @apiNote Experimental.
 * @since 0.1.0
 */
public final class TextNetworkEncoder implements ModalityEncoder<Report> {
    private final TextNetworkOptions options;

    /** Creates an encoder with the default options. */
    public TextNetworkEncoder() {
        this(TextNetworkOptions.defaults());
    }

    /**
     * Creates an encoder.
     *
     * @param options what it reads and how large it is
     */
    public TextNetworkEncoder(TextNetworkOptions options) {
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
        return FittedTextNetwork.fit(options, training);
    }
}
