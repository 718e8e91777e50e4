// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.text.onnx;

import io.github.livermm.core.FittedEncoder;
import io.github.livermm.core.ModalityEncoder;
import io.github.livermm.core.ModalityReader;
import io.github.livermm.core.StudyException;
import io.github.livermm.text.report.Report;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * The report as the embedding of a transformer of the BERT family, which the user exported to ONNX
 * and which stays as it is. Its many values become a few principal components, learnt from the
 * training reports; a penalised model or a network goes on from these.
 *
 * @apiNote Experimental.
 * @since 0.1.0
 */
public final class TransformerEncoder implements ModalityEncoder<Report> {
    private final TransformerOptions options;
    private final Embeddings embeddings;

    private TransformerEncoder(TransformerOptions options, Embeddings embeddings) {
        this.options = options;
        this.embeddings = embeddings;
    }

    /**
     * Opens the model of an encoder. Models are opened once and stay open.
     *
     * @param folder holds {@code model.onnx} and {@code vocab.txt}
     * @param options how it reads
     * @return the encoder
     * @throws IOException when a file cannot be read
     * @throws StudyException when a file is missing or not what it should be
     */
    public static TransformerEncoder of(Path folder, TransformerOptions options)
            throws IOException {
        return new TransformerEncoder(options, Embeddings.open(folder, options));
    }

    @Override
    public String modality() {
        return "report";
    }

    @Override
    public ModalityReader<Report> reader() {
        return options.view().reader();
    }

    @Override
    public FittedEncoder<Report> fit(List<Report> training, long seed) {
        double[][] rows =
                training.stream()
                        .parallel()
                        .map(r -> embeddings.of(options.view().visible(r)))
                        .toArray(double[][]::new);
        PrincipalComponents components = PrincipalComponents.of(rows, options.components());
        return new FittedTransformerEncoder(options, embeddings, components);
    }
}
