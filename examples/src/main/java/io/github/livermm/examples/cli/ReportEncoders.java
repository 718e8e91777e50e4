// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.examples.cli;

import io.github.livermm.core.ModalityEncoder;
import io.github.livermm.core.cohort.ReportPlan;
import io.github.livermm.text.encoder.NgramEncoder;
import io.github.livermm.text.encoder.NgramOptions;
import io.github.livermm.text.encoder.ReportEncoder;
import io.github.livermm.text.encoder.ReportEncoderOptions;
import io.github.livermm.text.encoder.ReportView;
import io.github.livermm.text.encoder.TextNetworkEncoder;
import io.github.livermm.text.encoder.TextNetworkOptions;
import io.github.livermm.text.onnx.TransformerEncoder;
import io.github.livermm.text.onnx.TransformerOptions;
import io.github.livermm.text.report.Report;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Objects;

/** From what a protocol says of the report to its encoder. */
final class ReportEncoders {
    private ReportEncoders() {}

    static ModalityEncoder<Report> of(ReportPlan plan, Path studyFolder) {
        ReportView view = view(plan.view());
        return switch (plan.encoder()) {
            case CONCEPTS ->
                    new ReportEncoder(
                            ReportEncoderOptions.defaults().withSections(view.sections()));
            case NGRAMS -> new NgramEncoder(NgramOptions.defaults().withView(view));
            case NETWORK -> new TextNetworkEncoder(TextNetworkOptions.defaults().withView(view));
            case TRANSFORMER ->
                    transformer(studyFolder.resolve(String.valueOf(plan.model())), view);
        };
    }

    private static ModalityEncoder<Report> transformer(Path folder, ReportView view) {
        try {
            return TransformerEncoder.of(folder, TransformerOptions.defaults().withView(view));
        } catch (IOException e) {
            throw new InputException(
                    "the transformer in "
                            + folder
                            + " cannot be read ("
                            + e.getMessage()
                            + "); check the permissions of its files");
        }
    }

    private static ReportView view(ReportPlan.View view) {
        return view == ReportPlan.View.FINDINGS_MASKED
                ? ReportView.defaults()
                : Objects.requireNonNull(
                        ReportView.ablation().get(view.name().toLowerCase(Locale.ROOT)));
    }
}
