// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.text.onnx;

import io.github.livermm.text.encoder.ReportView;

/**
 * How a transformer reads reports.
 *
 * @param view part of the report that it sees
 * @param lowerCase whether it was trained on lower case without accents
 * @param maxTokens most tokens it reads at once, at least 3
 * @param components most principal components of its embeddings that become features, at least 1
 * @since 0.1.0
 */
public record TransformerOptions(
        ReportView view, boolean lowerCase, int maxTokens, int components) {
    /** Checks the numbers. */
    public TransformerOptions {
        if (maxTokens < 3 || components < 1) {
            throw new IllegalArgumentException(
                    "maxTokens is "
                            + maxTokens
                            + " (allowed at least 3) and components "
                            + components
                            + " (allowed at least 1)");
        }
    }

    /**
     * Masked findings; lower case and 512 tokens, as in BERT's uncased and Chinese models; 24
     * components, as many as a penalised model of a few hundred patients can weigh.
     *
     * @return the defaults
     */
    public static TransformerOptions defaults() {
        return new TransformerOptions(ReportView.defaults(), true, 512, 24);
    }

    /**
     * Reads another part of the report.
     *
     * @param view part that it sees
     * @return a copy
     */
    public TransformerOptions withView(ReportView view) {
        return new TransformerOptions(view, lowerCase, maxTokens, components);
    }

    /**
     * Fits the tokenizer to the model.
     *
     * @param lowerCase whether it was trained on lower case without accents
     * @param maxTokens most tokens it reads at once, at least 3
     * @return a copy
     */
    public TransformerOptions withTokens(boolean lowerCase, int maxTokens) {
        return new TransformerOptions(view, lowerCase, maxTokens, components);
    }

    /**
     * Keeps more or fewer components.
     *
     * @param components at least 1
     * @return a copy
     */
    public TransformerOptions withComponents(int components) {
        return new TransformerOptions(view, lowerCase, maxTokens, components);
    }
}
