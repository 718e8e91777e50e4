// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.core.report;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.github.livermm.core.Diagnosis;
import io.github.livermm.core.Finding;
import io.github.livermm.core.Patient;
import io.github.livermm.core.Prediction;
import io.github.livermm.core.SurvivalTime;
import io.github.livermm.core.cohort.CohortInputs;
import io.github.livermm.core.cohort.Column;
import io.github.livermm.core.cohort.Endpoint;
import io.github.livermm.core.cohort.Protocol;
import io.github.livermm.core.cohort.Role;
import io.github.livermm.core.model.LesionProbabilities;
import io.github.livermm.core.model.ModelPredictions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Writes the files of a run: {@code metrics.json, predictions.csv, outcomes.csv, flow.json,
 * findings.csv}.
 *
 * @since 0.1.0
 */
public final class RunFiles {
    private static final ObjectMapper JSON =
            new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    private RunFiles() {}

    /**
     * Writes every file of a run but the report and the model.
     *
     * @param evaluation the run and its figures
     * @param folder where to write; created when absent
     * @throws IOException when a file cannot be written
     */
    public static void write(RunEvaluation evaluation, Path folder) throws IOException {
        StudyRun run = evaluation.run();
        Files.createDirectories(folder);
        Files.write(folder.resolve("metrics.json"), json(evaluation.toMap()));
        Files.write(folder.resolve("flow.json"), json(run.selection().flow().toMap()));
        predictions(
                folder.resolve("predictions.csv"),
                run.protocol(),
                run.inputs(),
                run.predictions(),
                run.folds());
        outcomes(folder.resolve("outcomes.csv"), run);
        findings(folder.resolve("findings.csv"), run.findings());
    }

    /**
     * A tree as JSON bytes.
     *
     * @param tree maps, lists, texts, numbers
     * @return indented JSON with a line end
     */
    public static byte[] json(Map<String, ?> tree) {
        try {
            return (JSON.writeValueAsString(tree) + "\n")
                    .getBytes(java.nio.charset.StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Writes the findings.
     *
     * @param file to write
     * @param findings in order
     * @throws IOException when the file cannot be written
     */
    public static void findings(Path file, List<Finding> findings) throws IOException {
        List<String> lines = new ArrayList<>(List.of("patient_id,file,reason"));
        findings.forEach(f -> lines.add(line(List.of(f.patientId(), f.file(), f.reason()))));
        Files.write(file, lines);
    }

    /**
     * Writes predictions, one row per patient and strategy; an empty cell is not defined.
     *
     * @param file to write
     * @param protocol endpoints and horizons
     * @param inputs the patients
     * @param predictions of those patients
     * @param folds per target the fold of each patient; empty for predictions by one model
     * @throws IOException when the file cannot be written
     */
    public static void predictions(
            Path file,
            Protocol protocol,
            CohortInputs inputs,
            ModelPredictions predictions,
            Map<String, List<Integer>> folds)
            throws IOException {
        List<Double> horizons = protocol.plan().horizonsMonths();
        List<String> header =
                new ArrayList<>(
                        List.of(
                                "patient_id",
                                "centre",
                                "fold",
                                "model",
                                "p_malignant",
                                "p_hcc",
                                "p_icc",
                                "p_other_malignant",
                                "p_hcc_vs_icc"));
        for (Endpoint endpoint : protocol.endpoints()) {
            header.add(endpoint.id() + "_risk");
            horizons.forEach(t -> header.add(endpoint.id() + "_survival_" + months(t)));
        }
        header.addAll(List.of("image_present", "clinical_present", "report_present"));
        List<String> endpointFolds = new ArrayList<>();
        List<Integer> main = folds.getOrDefault("hcc_vs_icc", folds.get("malignant"));
        for (Endpoint endpoint : protocol.endpoints()) {
            List<Integer> fold = folds.get(endpoint.id());
            if (main == null) {
                main = fold;
            } else if (fold != null && !fold.equals(main)) {
                endpointFolds.add(endpoint.id());
                header.add(endpoint.id() + "_fold");
            }
        }
        List<String> lines = new ArrayList<>();
        lines.add(line(header));
        for (String strategy : predictions.strategies()) {
            for (int i = 0; i < inputs.size(); i++) {
                Patient patient = inputs.patients().get(i);
                List<String> row = new ArrayList<>();
                row.add(patient.id());
                row.add(patient.centre());
                row.add(main == null ? "" : String.valueOf(main.get(i)));
                row.add(strategy);
                row.add(number(probability(predictions, strategy, "malignant", i)));
                Optional<LesionProbabilities> lesion =
                        LesionProbabilities.of(predictions, strategy, i);
                row.add(number(lesion.map(LesionProbabilities::hcc)));
                row.add(number(lesion.map(LesionProbabilities::icc)));
                row.add(number(lesion.map(LesionProbabilities::otherMalignant)));
                row.add(number(probability(predictions, strategy, "hcc_vs_icc", i)));
                for (Endpoint endpoint : protocol.endpoints()) {
                    survival(predictions, strategy, endpoint.id(), i, horizons.size(), row);
                }
                for (String modality : List.of("image", "clinical", "report")) {
                    row.add(inputs.present(modality, i) ? "1" : "0");
                }
                for (String endpoint : endpointFolds) {
                    row.add(String.valueOf(folds.getOrDefault(endpoint, List.of()).get(i)));
                }
                lines.add(line(row));
            }
        }
        Files.write(file, lines);
    }

    private static void survival(
            ModelPredictions predictions,
            String strategy,
            String endpoint,
            int patient,
            int horizons,
            List<String> row) {
        Optional<Prediction> prediction = predictions.get(strategy, endpoint, patient);
        row.add(number(prediction.map(Prediction::linearPredictor)));
        for (int t = 0; t < horizons; t++) {
            row.add(
                    prediction.isPresent() && prediction.get() instanceof Prediction.Survival s
                            ? String.valueOf(s.survival().get(t))
                            : "");
        }
    }

    private static void outcomes(Path file, StudyRun run) throws IOException {
        List<String> header =
                new ArrayList<>(List.of("patient_id", "centre", "malignant", "hcc_vs_icc"));
        for (Endpoint endpoint : run.protocol().endpoints()) {
            header.add(endpoint.id() + "_time");
            header.add(endpoint.id() + "_event");
        }
        List<String> subgroups =
                run.protocol().columns().stream()
                        .filter(c -> c.role() == Role.SUBGROUP)
                        .map(Column::name)
                        .toList();
        header.addAll(subgroups);
        List<String> lines = new ArrayList<>();
        lines.add(line(header));
        for (Patient patient : run.inputs().patients()) {
            Diagnosis diagnosis = patient.labels().diagnosis();
            List<String> row = new ArrayList<>(List.of(patient.id(), patient.centre()));
            row.add(diagnosis == null ? "" : diagnosis.malignant() ? "1" : "0");
            row.add(diagnosis == Diagnosis.HCC ? "1" : diagnosis == Diagnosis.ICC ? "0" : "");
            for (Endpoint endpoint : run.protocol().endpoints()) {
                Optional<SurvivalTime> outcome = patient.labels().outcome(endpoint.id());
                row.add(number(outcome.map(SurvivalTime::months)));
                row.add(outcome.map(o -> o.event() ? "1" : "0").orElse(""));
            }
            subgroups.forEach(s -> row.add(patient.subgroups().getOrDefault(s, "")));
            lines.add(line(row));
        }
        Files.write(file, lines);
    }

    private static Optional<Double> probability(
            ModelPredictions predictions, String strategy, String target, int patient) {
        return predictions
                .get(strategy, target, patient)
                .map(p -> p instanceof Prediction.Binary b ? b.probability() : Double.NaN);
    }

    private static String number(Optional<Double> value) {
        return value.filter(Double::isFinite).map(String::valueOf).orElse("");
    }

    private static String months(double months) {
        return months == Math.rint(months) ? String.valueOf((long) months) : String.valueOf(months);
    }

    /** One CSV line; cells with a comma, quote or line end are quoted. */
    private static String line(List<String> cells) {
        StringBuilder out = new StringBuilder();
        boolean first = true;
        for (String text : cells) {
            out.append(first ? "" : ",");
            first = false;
            out.append(
                    text.matches("[^,\"\\r\\n]*") ? text : '"' + text.replace("\"", "\"\"") + '"');
        }
        return out.toString();
    }
}
