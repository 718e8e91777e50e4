// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.core.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.livermm.core.Finding;
import io.github.livermm.core.FittedEncoder;
import io.github.livermm.core.ModalityEncoder;
import io.github.livermm.core.ModalityReader;
import io.github.livermm.core.PredictionHead;
import io.github.livermm.core.TrainingException;
import io.github.livermm.core.clinical.ClinicalEncoder;
import io.github.livermm.core.cohort.Enrolment;
import io.github.livermm.core.cohort.Progress;
import io.github.livermm.core.cohort.Study;
import io.github.livermm.core.cohort.StudyReader;
import io.github.livermm.core.fusion.BinaryHead;
import io.github.livermm.core.fusion.NetworkOptions;
import io.github.livermm.core.model.MultimodalModel;
import io.github.livermm.core.training.ToyModality;
import io.github.livermm.core.training.TrainingOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A whole run on a small study on disk: what it predicts, every file it writes, what it says of
 * what it cannot say.
 */
class StudyRunTest {
    private static final List<String> WORDS = List.of("fnh", "hcc", "hcc", "icc", "metastasis");
    private static final TrainingOptions OPTIONS =
            TrainingOptions.defaults().withNetwork(new NetworkOptions(30, 16, 0.01, 1e-3));

    @TempDir private static Path folder;
    private static Study study;
    private static StudyRun run;
    private static RunEvaluation evaluation;

    @BeforeAll
    static void runOnce() throws IOException {
        write(folder, 150);
        study = StudyReader.read(folder);
        run = execute(study, false);
        evaluation = RunEvaluation.of(run);
    }

    private static void write(Path folder, int patients) throws IOException {
        String json =
                """
                {"schema": 1, "name": "toy", "id": "id", "centre": "centre", "age": "age",
                 "columns": [
                   {"name": "age", "role": "predictor", "type": "number", "unit": "years", "limits": [18, 80]},
                   {"name": "afp", "role": "predictor", "type": "number", "unit": "ng/mL", "scale": "log", "limits": [0, 1e6]},
                   {"name": "neoadjuvant", "role": "subgroup", "type": "category", "levels": ["no", "yes"]}],
                 "missing": ["", "NA"],
                 "diagnosis": {"column": "pathology", "benign": ["fnh"], "hcc": ["hcc"], "icc": ["icc"],
                               "other_malignant": ["metastasis"]},
                 "endpoints": [
                   {"id": "pfs", "time": "pfs_months", "event": "pfs_event", "event_value": "1",
                    "censored_value": "0", "unit": "months", "includes_death": true},
                   {"id": "rare", "time": "rare_months", "event": "rare_event", "event_value": "1",
                    "censored_value": "0", "unit": "months", "includes_death": false}],
                 "eligibility": {"diagnostic": ["age_18_80", "pathology"],
                                 "prognostic": ["diagnostic", "malignant", "outcome_known"]},
                 "folds": 3, "horizons_months": [12, 24], "seed": 1}
                """;
        Files.writeString(folder.resolve("study.json"), json);
        Random random = new Random(5);
        List<String> lines = new ArrayList<>();
        lines.add(
                "id,centre,age,afp,neoadjuvant,pathology,pfs_months,pfs_event,rare_months,rare_event");
        for (int i = 0; i < patients; i++) {
            String word = WORDS.get(i % WORDS.size());
            double risk = random.nextGaussian();
            double afp =
                    Math.exp(1 + (word.equals("hcc") ? 2 : 0) + 0.8 * risk + random.nextGaussian());
            double time = -Math.log(1 - random.nextDouble()) * 20 * Math.exp(-risk);
            boolean event = time < 48;
            lines.add(
                    String.format(
                            Locale.ROOT,
                            "P%03d,%s,%d,%s,%s,%s,%.2f,%d,%.2f,%d",
                            i,
                            i % 2 == 0 ? "A" : "B",
                            i == 7 ? 85 : 40 + random.nextInt(30),
                            i % 11 == 0 ? "" : String.format(Locale.ROOT, "%.2f", afp),
                            i % 3 == 0 ? "yes" : "no",
                            word,
                            Math.min(time, 48),
                            event ? 1 : 0,
                            50.0,
                            i == 1 ? 1 : 0));
        }
        Files.write(folder.resolve("patients.csv"), lines);
    }

    /** Two encoders of the same table: what counts here is the plumbing. */
    private static List<ModalityEncoder<?>> encoders(Study study) {
        ModalityEncoder<double[]> ages =
                new ModalityEncoder<>() {
                    @Override
                    public String modality() {
                        return "report";
                    }

                    @Override
                    public ModalityReader<double[]> reader() {
                        return (patient, findings) -> {
                            if (patient.id().equals("P002")) {
                                findings.add(new Finding("P002", "reports/P002.txt", "is empty"));
                                return Optional.empty();
                            }
                            double age = patient.clinical().numbers().getOrDefault("age", 50.0);
                            return Optional.of(
                                    new double[] {age / 10, patient.id().hashCode() % 7});
                        };
                    }

                    @Override
                    public FittedEncoder<double[]> fit(List<double[]> training, long seed) {
                        return new ToyModality("report", false).fit(training, seed);
                    }
                };
        return List.of(ClinicalEncoder.of(study.protocol()), ages);
    }

    private static Enrolment enrol(Study study) {
        Map<String, ModalityReader<?>> readers = new LinkedHashMap<>();
        encoders(study).forEach(e -> readers.put(e.modality(), e.reader()));
        return Enrolment.of(study, readers, (inputs, row) -> Set.of(), Progress.NONE);
    }

    private static StudyRun execute(Study study, boolean shuffled) {
        List<PredictionHead> heads =
                List.of(
                        BinaryHead.malignant(),
                        BinaryHead.hccVsIcc(),
                        BinaryHead.primaryGivenMalignant(),
                        new ToySurvivalHead("pfs", List.of(12.0, 24.0)),
                        new ToySurvivalHead("rare", List.of(12.0, 24.0)));
        return StudyRun.execute(
                study,
                enrol(study),
                encoders(study),
                heads,
                OPTIONS,
                UnaryOperator.identity(),
                Progress.NONE,
                shuffled);
    }

    @Test
    void keepsTheTargetsThatCanBeAnsweredAndSaysWhyNotTheOthers() {
        assertThat(run.heads())
                .extracting(PredictionHead::target)
                .containsExactly("malignant", "hcc_vs_icc", "primary_given_malignant", "pfs");
        assertThat(run.notes()).singleElement().asString().contains("rare").contains("1 events");
        assertThat(run.primary()).isEqualTo("late");
        assertThat(run.inputs().size()).isEqualTo(149);
        assertThat(run.findings()).hasSize(1);
    }

    @Test
    void findsTheSignalThatIsThere() {
        assertThat(evaluation.all("clinical", "hcc_vs_icc").discrimination().estimate())
                .isGreaterThan(0.75);
        assertThat(evaluation.all("report", "hcc_vs_icc").discrimination().estimate())
                .isBetween(0.2, 0.75);
    }

    @Test
    void shuffledLabelsLeaveNothing() {
        RunEvaluation shuffled = RunEvaluation.of(execute(study, true));

        assertThat(shuffled.all("clinical", "malignant").discrimination().estimate())
                .isBetween(0.3, 0.7);
        assertThat(RunReport.of(shuffled, Map.of()).html()).contains("permuted");
    }

    @Test
    void writesEveryFileInTheFormatOfTheDesign(@TempDir Path out) throws IOException {
        RunFiles.write(evaluation, out);

        JsonNode metrics =
                new ObjectMapper().readTree(Files.readAllBytes(out.resolve("metrics.json")));
        assertThat(metrics.at("/n").asInt()).isEqualTo(149);
        assertThat(metrics.at("/tasks/malignant/auc/estimate").isNumber()).isTrue();
        assertThat(metrics.at("/tasks/pfs/c_index/estimate").isNumber()).isTrue();
        assertThat(metrics.at("/tasks/pfs/horizons/12/auc").isMissingNode()).isFalse();
        assertThat(metrics.at("/models/gated/hcc_vs_icc/sensitivity/lower").isNumber()).isTrue();
        assertThat(metrics.at("/centres/A/malignant/n").asInt()).isPositive();
        assertThat(metrics.at("/subgroups/neoadjuvant/yes/pfs/n").asInt()).isPositive();
        assertThat(metrics.at("/subgroups/neoadjuvant/interaction/pfs/p").isNumber()).isTrue();
        assertThat(metrics.at("/gain_over_best_single/malignant/difference/estimate").isNumber())
                .isTrue();
        assertThat(metrics.at("/lesion_type/confusion/hcc/hcc").isInt()).isTrue();
        assertThat(metrics.at("/flow/diagnostic/excluded/0/rule").asText()).isEqualTo("age_18_80");
        List<String> predictions = Files.readAllLines(out.resolve("predictions.csv"));
        assertThat(predictions.get(0))
                .isEqualTo(
                        "patient_id,centre,fold,model,p_malignant,p_hcc,p_icc,p_other_malignant,"
                                + "p_hcc_vs_icc,pfs_risk,pfs_survival_12,pfs_survival_24,rare_risk,"
                                + "rare_survival_12,rare_survival_24,image_present,clinical_present,"
                                + "report_present");
        assertThat(predictions).hasSize(1 + 4 * 149);
        assertThat(predictions.get(1).split(",", -1)).hasSize(18);
        assertThat(Files.readAllLines(out.resolve("outcomes.csv")).get(0))
                .isEqualTo(
                        "patient_id,centre,malignant,hcc_vs_icc,pfs_time,pfs_event,rare_time,"
                                + "rare_event,neoadjuvant");
        assertThat(Files.readAllLines(out.resolve("findings.csv")))
                .containsExactly("patient_id,file,reason", "P002,reports/P002.txt,is empty");
    }

    @Test
    void lesionTypesAddUpToOne(@TempDir Path out) throws IOException {
        RunFiles.write(evaluation, out);

        for (String line : Files.readAllLines(out.resolve("predictions.csv")).subList(1, 150)) {
            String[] c = line.split(",", -1);
            double malignant = Double.parseDouble(c[4]);
            double sum =
                    Double.parseDouble(c[5]) + Double.parseDouble(c[6]) + Double.parseDouble(c[7]);
            assertThat(sum).isCloseTo(malignant, org.assertj.core.api.Assertions.within(1e-12));
        }
    }

    @Test
    void theReportShowsEveryTargetWithItsBound() {
        Map<String, Object> truth =
                Map.of("targets", Map.of("malignant", Map.of("clinical", Map.of("auc", 0.91))));
        RunReport report = RunReport.of(evaluation, truth);

        String html = report.html();

        assertThat(html)
                .contains("Malignant or benign", "HCC or ICC", "Progression-free survival")
                .contains(
                        "Eligibility",
                        "Eligible patients by centre",
                        "Subgroup: neoadjuvant",
                        "Centres",
                        "Lesion type")
                .contains("clinical 0.910")
                .contains("not a medical device");
        assertThat(report.summary())
                .contains("malignant", "hcc_vs_icc", "pfs")
                .doesNotContain("rare");
        assertThat(html).isEqualTo(RunReport.of(evaluation, truth).html());
    }

    @Test
    void theModelToKeepPredictsWithoutTheReport() {
        MultimodalModel model = run.fitOnAll(encoders(study), OPTIONS, Progress.NONE);

        var with = model.predict(run.inputs());
        var without = model.predict(run.inputs().without("report", 0));

        assertThat(without.get("late", "malignant", 0))
                .isPresent()
                .isNotEqualTo(with.get("late", "malignant", 0));
        assertThat(without.get("late", "malignant", 1)).isEqualTo(with.get("late", "malignant", 1));
    }

    @Test
    void refusesAStudyThatCanAnswerNothing() {
        assertThatThrownBy(
                        () ->
                                StudyRun.execute(
                                        study,
                                        enrol(study),
                                        encoders(study),
                                        List.of(new ToySurvivalHead("rare", List.of(12.0))),
                                        OPTIONS,
                                        UnaryOperator.identity(),
                                        Progress.NONE,
                                        false))
                .isInstanceOf(TrainingException.class)
                .hasMessageContaining("rare");
    }
}
