// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.text.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.livermm.core.ClinicalRecord;
import io.github.livermm.core.Diagnosis;
import io.github.livermm.core.Findings;
import io.github.livermm.core.FittedEncoder;
import io.github.livermm.core.ModelFileException;
import io.github.livermm.core.Patient;
import io.github.livermm.core.PatientFiles;
import io.github.livermm.core.PatientLabels;
import io.github.livermm.core.cohort.CohortInputs;
import io.github.livermm.core.cohort.Progress;
import io.github.livermm.core.fusion.BinaryHead;
import io.github.livermm.core.model.MultimodalModel;
import io.github.livermm.core.training.MultimodalTrainer;
import io.github.livermm.core.training.TrainingOptions;
import io.github.livermm.eval.RocCurve;
import io.github.livermm.text.encoder.ReportExplanation;
import io.github.livermm.text.report.Report;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Proves what the transformer encoder learns, keeps and gives back. */
class TransformerEncoderTest {
    @TempDir private Path folder;

    private static List<Report> reports(int n) {
        SplittableRandom random = new SplittableRandom(n);
        List<Report> reports = new ArrayList<>();
        String[] organs = {"脾不大", "胆囊未见肿块", "胰腺清楚", "肾未见结节", "腹水未见"};
        for (int i = 0; i < n; i++) {
            boolean washout = i % 2 == 0 == random.nextDouble() < 0.95;
            reports.add(
                    new Report(
                            "影像所见："
                                    + organs[random.nextInt(5)]
                                    + "。肝右叶结节，"
                                    + (washout ? "门脉期廓清廓清廓清" : "延迟明显强化不均匀")
                                    + "。影像诊断：癌"));
        }
        return reports;
    }

    private static CohortInputs inputs(List<Report> reports) {
        List<Patient> patients =
                IntStream.range(0, reports.size())
                        .mapToObj(
                                i ->
                                        new Patient(
                                                String.valueOf(i),
                                                "A",
                                                new ClinicalRecord(Map.of(), Map.of()),
                                                new PatientFiles(null, null, null),
                                                new PatientLabels(
                                                        i % 2 == 0
                                                                ? Diagnosis.HCC
                                                                : Diagnosis.BENIGN,
                                                        Map.of(),
                                                        false),
                                                Map.of()))
                        .toList();
        return CohortInputs.read(
                patients,
                Map.of(
                        "report",
                        (p, findings) -> Optional.of(reports.get(Integer.parseInt(p.id())))),
                new Findings(),
                Progress.NONE);
    }

    private static MultimodalModel train(Path transformer) throws IOException {
        TransformerEncoder encoder = TransformerEncoder.of(transformer, TinyBert.options());
        return new MultimodalTrainer(
                        List.of(encoder),
                        List.of(BinaryHead.malignant()),
                        TrainingOptions.defaults().withChallengers(List.of()))
                .fit(inputs(reports(60)), Progress.NONE);
    }

    private static double[] scores(MultimodalModel model, CohortInputs inputs) {
        var predictions = model.predict(inputs);
        return IntStream.range(0, inputs.size())
                .mapToDouble(
                        i ->
                                predictions
                                        .get("report", "malignant", i)
                                        .orElseThrow()
                                        .linearPredictor())
                .toArray();
    }

    @Test
    void componentsAreUncorrelatedAndOfUnitSpread() throws IOException {
        List<Report> training = reports(40);
        FittedEncoder<Report> encoder =
                TransformerEncoder.of(TinyBert.FOLDER, TinyBert.options()).fit(training, 1);
        List<double[]> rows = training.stream().map(encoder::features).toList();
        int width = encoder.featureNames().size();

        assertThat(width).isBetween(3, 6);
        for (int a = 0; a < width; a++) {
            for (int b = 0; b <= a; b++) {
                int i = a;
                int j = b;
                assertThat(rows.stream().mapToDouble(r -> r[i] * r[j]).sum() / 40)
                        .isCloseTo(i == j ? 1 : 0, within(1e-6));
            }
        }
    }

    /** The same directions from both of the squares. */
    @Test
    void fewRowsOrFewValuesGiveTheSameComponents() {
        SplittableRandom random = new SplittableRandom(3);
        double[][] wide = new double[5][8];
        double[][] padded = new double[5][4];
        for (int i = 0; i < 5; i++) {
            for (int j = 0; j < 4; j++) {
                wide[i][j] = random.nextDouble();
                padded[i][j] = wide[i][j];
            }
        }
        PrincipalComponents byRows = PrincipalComponents.of(wide, 3);
        PrincipalComponents byValues = PrincipalComponents.of(padded, 3);

        for (int i = 0; i < 5; i++) {
            assertThat(byRows.scores(wide[i]))
                    .containsExactly(byValues.scores(padded[i]), within(1e-8));
        }
        assertThat(PrincipalComponents.of(new double[][] {{1, 2}}, 3).axes()).isEmpty();
    }

    @Test
    void learnsAndComesBackAsSaved() throws IOException {
        MultimodalModel model = train(TinyBert.FOLDER);
        CohortInputs asked = inputs(reports(50));
        double[] scores = scores(model, asked);
        boolean[] malignant = new boolean[50];
        for (int i = 0; i < 50; i += 2) {
            malignant[i] = true;
        }

        assertThat(RocCurve.of(malignant, scores).auc()).isGreaterThan(0.8);
        model.save(folder.resolve("model.zip"), Map.of());
        assertThat(scores(MultimodalModel.load(folder.resolve("model.zip")), asked))
                .containsExactly(scores);
        double[] nobody = scores(model, asked.without("report", -1));
        double[] without = scores(model, asked.without("report", 4));
        for (int i = 0; i < 50; i++) {
            assertThat(without[i]).isEqualTo(i == 4 ? nobody[0] : scores[i]);
        }
    }

    @Test
    void explainsByClauses() throws IOException {
        Report report = new Report("影像所见：脾不大。肝右叶结节，门脉期廓清廓清廓清。影像诊断：癌");
        ReportExplanation explanation =
                ReportExplanation.of(train(TinyBert.FOLDER), report).get("malignant");

        assertThat(explanation).isNotNull();
        if (explanation != null) {
            assertThat(explanation.contributions())
                    .anySatisfy(
                            c -> {
                                assertThat(c.value()).isPositive();
                                var span = c.spans().get(0);
                                assertThat(report.quote(span.start(), span.end()))
                                        .isEqualTo("门脉期廓清廓清廓清");
                            });
            assertThat(explanation.contributions())
                    .noneSatisfy(
                            c -> {
                                var span = c.spans().get(0);
                                assertThat(report.quote(span.start(), span.end())).isEqualTo("癌");
                            });
        }
    }

    /** A model file names its transformer by content: another one in its place is refused. */
    @Test
    void anotherTransformerInItsPlaceIsRefused() throws IOException {
        Path transformer = Files.createDirectories(folder.resolve("bert"));
        for (String name : List.of("model.onnx", "vocab.txt")) {
            Files.copy(TinyBert.FOLDER.resolve(name), transformer.resolve(name));
        }
        Path saved = folder.resolve("model");
        train(transformer).save(saved, Map.of());
        Path other = Files.createDirectories(folder.resolve("other"));
        Files.copy(transformer.resolve("model.onnx"), other.resolve("model.onnx"));
        Files.writeString(
                other.resolve("vocab.txt"),
                Files.readString(transformer.resolve("vocab.txt")) + "more\n");

        System.setProperty(FittedTransformerEncoder.FOLDER_PROPERTY, other.toString());
        try {
            assertThatThrownBy(() -> MultimodalModel.load(saved))
                    .isInstanceOf(ModelFileException.class)
                    .hasMessageContaining("trained with was")
                    .hasMessageContaining("-Dliver.transformer=DIR");
            System.setProperty(
                    FittedTransformerEncoder.FOLDER_PROPERTY, folder.resolve("no").toString());
            assertThatThrownBy(() -> MultimodalModel.load(saved))
                    .isInstanceOf(ModelFileException.class)
                    .hasMessageContaining("model.onnx is not there");
        } finally {
            System.clearProperty(FittedTransformerEncoder.FOLDER_PROPERTY);
        }
    }

    @Test
    void optionsAreChecked() {
        assertThatThrownBy(() -> TransformerOptions.defaults().withComponents(0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("components 0");
    }
}
