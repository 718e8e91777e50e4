// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.core.report;

import io.github.livermm.core.Findings;
import io.github.livermm.core.ModalityEncoder;
import io.github.livermm.core.PredictionHead;
import io.github.livermm.core.cohort.CohortInputs;
import io.github.livermm.core.cohort.Enrolment;
import io.github.livermm.core.cohort.Progress;
import io.github.livermm.core.cohort.Study;
import io.github.livermm.core.training.TrainingOptions;
import io.github.livermm.eval.Interval;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What several encoders, each alone, find in the same patients and folds: such as one encoder with
 * and without the part of the report that names the answer.
 *
 * @param rows one per encoder and target
 * @since 0.1.0
 */
public record EncoderComparison(List<Row> rows) {
    /** Copies the list. */
    public EncoderComparison {
        rows = List.copyOf(rows);
    }

    /**
     * One encoder and one target.
     *
     * @param encoder name of the encoder, as given
     * @param target target of the head
     * @param patients patients with label and prediction
     * @param present how many of them had something for the encoder to read; the others are
     *     predicted as the average patient
     * @param events positives or events
     * @param discrimination AUC or Harrell's C, out of fold, with its interval
     */
    public record Row(
            String encoder,
            String target,
            int patients,
            int present,
            int events,
            Interval discrimination) {}

    /**
     * Runs the protocol once for each encoder, with nothing beside it.
     *
     * @param study the study
     * @param enrolment its eligible patients; what the encoders read is read anew
     * @param encoders by name, in the order of the rows
     * @param heads targets; those that the data cannot answer are left out
     * @param options how to train
     * @param progress told as the work goes on
     * @return the comparison
     */
    public static EncoderComparison of(
            Study study,
            Enrolment enrolment,
            Map<String, ModalityEncoder<?>> encoders,
            List<PredictionHead> heads,
            TrainingOptions options,
            Progress progress) {
        List<Row> rows = new ArrayList<>();
        encoders.forEach(
                (name, encoder) -> {
                    StudyRun run = run(study, enrolment, encoder, heads, options, progress);
                    for (PredictionHead head : run.heads()) {
                        rows.add(row(name, encoder.modality(), run, head));
                    }
                });
        return new EncoderComparison(rows);
    }

    private static StudyRun run(
            Study study,
            Enrolment enrolment,
            ModalityEncoder<?> encoder,
            List<PredictionHead> heads,
            TrainingOptions options,
            Progress progress) {
        CohortInputs inputs =
                CohortInputs.read(
                        enrolment.inputs().patients(),
                        Map.of(encoder.modality(), encoder.reader()),
                        new Findings(),
                        Progress.NONE);
        return StudyRun.execute(
                study,
                new Enrolment(enrolment.selection(), inputs, enrolment.findings()),
                List.of(encoder),
                heads,
                options,
                predictions -> predictions,
                progress,
                false);
    }

    private static Row row(String name, String modality, StudyRun run, PredictionHead head) {
        TargetEvaluation evaluation = TargetEvaluation.of(run, run.primary(), head, i -> true);
        int present = 0;
        for (int i : evaluation.rows()) {
            present += run.inputs().present(modality, i) ? 1 : 0;
        }
        return new Row(
                name,
                head.target(),
                evaluation.rows().length,
                present,
                evaluation.events(),
                evaluation.discrimination());
    }
}
