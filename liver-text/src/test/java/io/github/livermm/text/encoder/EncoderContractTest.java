// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.text.encoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.livermm.core.EncoderProvider;
import io.github.livermm.core.FittedEncoder;
import io.github.livermm.core.ModalityEncoder;
import io.github.livermm.core.NetworkInput;
import io.github.livermm.core.cohort.CohortInputs;
import io.github.livermm.core.cohort.Progress;
import io.github.livermm.core.fusion.BinaryHead;
import io.github.livermm.core.fusion.NetworkOptions;
import io.github.livermm.core.model.ModelPredictions;
import io.github.livermm.core.model.MultimodalModel;
import io.github.livermm.core.training.MultimodalTrainer;
import io.github.livermm.core.training.TrainingOptions;
import io.github.livermm.eval.RocCurve;
import io.github.livermm.text.report.Report;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What every report encoder owes its users. That an unfitted encoder cannot be used needs no test:
 * only {@code fit} gives something that encodes.
 */
class EncoderContractTest {
    private static final List<Report> TRAINING = Reports.drawn(60, 1);
    private static final List<Report> NEW = Reports.drawn(8, 2);

    @TempDir private Path folder;

    static Stream<ModalityEncoder<Report>> encoders() {
        return Stream.of(
                new ReportEncoder(ReportEncoderOptions.defaults().withMinReports(2)),
                new NgramEncoder(NgramOptions.defaults().withMinReports(2).withMaxTerms(60)),
                new TextNetworkEncoder());
    }

    private static MultimodalModel train(
            ModalityEncoder<Report> encoder, List<? extends @Nullable Report> reports) {
        TrainingOptions options =
                TrainingOptions.defaults()
                        .withChallengers(List.of())
                        .withNetwork(NetworkOptions.defaults().withSteps(80));
        return new MultimodalTrainer(List.of(encoder), List.of(BinaryHead.malignant()), options)
                .fit(Reports.inputs(new ArrayList<>(reports)), Progress.NONE);
    }

    private static double[] scores(MultimodalModel model, CohortInputs inputs) {
        ModelPredictions predictions = model.predict(inputs);
        return IntStream.range(0, inputs.size())
                .mapToDouble(
                        i ->
                                predictions
                                        .get("report", "malignant", i)
                                        .orElseThrow()
                                        .linearPredictor())
                .toArray();
    }

    @ParameterizedTest
    @MethodSource("encoders")
    void restoredEncodesAsTheOriginal(ModalityEncoder<Report> encoder) {
        FittedEncoder<Report> fitted = encoder.fit(TRAINING, 1);
        MemoryState state = new MemoryState();
        fitted.save(state);
        @SuppressWarnings("unchecked") // the provider of a report encoder restores one
        FittedEncoder<Report> restored =
                (FittedEncoder<Report>)
                        ServiceLoader.load(EncoderProvider.class).stream()
                                .map(ServiceLoader.Provider::get)
                                .filter(p -> p.id().equals(fitted.id()))
                                .findFirst()
                                .orElseThrow()
                                .restore(state);

        assertThat(restored.id()).isEqualTo(fitted.id());
        assertThat(restored.modality()).isEqualTo("report");
        assertThat(restored.inputs()).isEqualTo(fitted.inputs());
        assertThat(restored.featureNames()).isEqualTo(fitted.featureNames());
        assertThat(restored.needsNetwork()).isEqualTo(fitted.needsNetwork());
        for (Report report : NEW) {
            assertThat(restored.encode(report)).isDeepEqualTo(fitted.encode(report));
            assertThat(restored.features(report)).isEqualTo(fitted.features(report));
        }
    }

    @ParameterizedTest
    @MethodSource("encoders")
    void arraysHaveTheirSizesAndAreFiniteForAnyReport(ModalityEncoder<Report> encoder) {
        FittedEncoder<Report> fitted = encoder.fit(TRAINING, 1);
        List<Report> odd =
                List.of(
                        new Report(""),
                        new Report("影像诊断：肝癌"),
                        new Report("\uD800 \u0000 ￿"),
                        new Report("影像所见：" + "肝右叶结节 washout ".repeat(500)));

        for (Report report : Stream.concat(odd.stream(), NEW.stream()).toList()) {
            float[][] arrays = fitted.encode(report);
            List<NetworkInput> inputs = fitted.inputs();
            assertThat(arrays.length).isEqualTo(inputs.size());
            for (int i = 0; i < arrays.length; i++) {
                assertThat(arrays[i].length).isEqualTo((int) inputs.get(i).size());
                for (float value : arrays[i]) {
                    assertThat(value).isFinite();
                }
            }
            for (double value : fitted.features(report)) {
                assertThat(value).isFinite();
            }
        }
    }

    @ParameterizedTest
    @MethodSource("encoders")
    void fitsOnOneReport(ModalityEncoder<Report> encoder) {
        FittedEncoder<Report> fitted = encoder.fit(NEW.subList(0, 1), 1);

        assertThat(fitted.encode(NEW.get(1)).length).isEqualTo(fitted.inputs().size());
    }

    /** Other reports in the training fold may change the encoder; those of the held fold cannot. */
    @ParameterizedTest
    @MethodSource("encoders")
    void fittingSeesTheTrainingReportsOnly(ModalityEncoder<Report> encoder) {
        FittedEncoder<Report> fitted = encoder.fit(TRAINING, 1);
        FittedEncoder<Report> again = encoder.fit(Reports.drawn(60, 1), 1);
        MemoryState one = new MemoryState();
        MemoryState two = new MemoryState();
        fitted.save(one);
        again.encode(new Report("影像所见：罕见词罕见词罕见词"));
        again.save(two);

        assertThat(two.contents()).isEqualTo(one.contents());
    }

    @ParameterizedTest
    @MethodSource("encoders")
    void learnsIsSavedAndSparesPatientsWithoutReport(ModalityEncoder<Report> encoder)
            throws IOException {
        List<@Nullable Report> some = new ArrayList<>(TRAINING);
        some.set(3, null);
        some.set(10, null);
        MultimodalModel model = train(encoder, some);
        List<@Nullable Report> asked = new ArrayList<>(Reports.drawn(60, 3));
        CohortInputs all = Reports.inputs(asked);
        double[] scores = scores(model, all);

        boolean[] malignant = new boolean[60];
        for (int i = 0; i < 60; i++) {
            malignant[i] = Reports.malignant(i);
        }
        assertThat(RocCurve.of(malignant, scores).auc()).isGreaterThan(0.8);

        model.save(folder.resolve("model"), Map.of());
        assertThat(scores(MultimodalModel.load(folder.resolve("model")), all))
                .containsExactly(scores);

        double[] without = scores(model, all.without("report", 5));
        double[] nobody = scores(model, all.without("report", -1));
        for (int i = 0; i < 60; i++) {
            assertThat(without[i]).isEqualTo(i == 5 ? nobody[0] : scores[i]);
            assertThat(nobody[i]).isEqualTo(nobody[0]);
        }
        assertThat(scores(model, all.select(new int[] {7}))[0]).isCloseTo(scores[7], within(1e-5));
    }

    @ParameterizedTest
    @MethodSource("encoders")
    void explanationsQuoteWhatDecides(ModalityEncoder<Report> encoder) {
        MultimodalModel model = train(encoder, TRAINING);
        Report report = new Report("影像所见：脾脏不大。肝右叶结节，大小约3.2cm，门脉期廓清。\n影像诊断：HCC");
        ReportExplanation explanation = ReportExplanation.of(model, report).get("malignant");

        assertThat(explanation).isNotNull();
        if (explanation != null) {
            String raising =
                    explanation.contributions().stream()
                            .filter(c -> c.value() > 0 && !c.spans().isEmpty())
                            .findFirst()
                            .map(
                                    c ->
                                            report.quote(
                                                    c.spans().get(0).start(),
                                                    c.spans().get(0).end()))
                            .orElseThrow();
            assertThat("门脉期廓清").contains(raising);
            assertThat(explanation.html()).doesNotContain(">HCC</mark>");
        }
    }
}
