// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.text.encoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.livermm.core.EncoderProvider;
import io.github.livermm.core.FittedEncoder;
import io.github.livermm.core.ModelFileException;
import io.github.livermm.text.concept.Concept;
import io.github.livermm.text.concept.Lexicon;
import io.github.livermm.text.report.Report;
import io.github.livermm.text.report.SectionKind;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.ServiceLoader;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.LossFunctions;

/** Proves what the report encoder learns, what it never learns, and that it comes back as saved. */
class ReportEncoderTest {
    private static final Report WASHOUT =
            new Report("影像所见：肝右叶结节，3.0cm，动脉期明显强化，门脉期廓清。\n影像诊断：肝癌，恶性，LI-RADS 5。");
    private static final Report NO_WASHOUT =
            new Report("Findings: A 12 mm nodule without washout. Renal cyst. Impression: FNH.");
    private static final Report SILENT = new Report("影像所见：肝脏形态正常，TACE术后，恶性转移瘤可能。");

    private static List<Report> training() {
        List<Report> reports = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            reports.add(WASHOUT);
            reports.add(NO_WASHOUT);
            reports.add(SILENT);
        }
        return reports;
    }

    private static FittedEncoder<Report> fitted() {
        return new ReportEncoder().fit(training(), 1);
    }

    private static double feature(FittedEncoder<Report> encoder, Report report, String name) {
        return encoder.features(report)[encoder.featureNames().indexOf(name)];
    }

    @Test
    void tellsPresentAbsentAndUnmentionedApart() {
        FittedEncoder<Report> encoder = fitted();

        assertThat(feature(encoder, WASHOUT, "washout.present")).isPositive();
        assertThat(feature(encoder, WASHOUT, "washout.absent")).isNegative();
        assertThat(feature(encoder, NO_WASHOUT, "washout.present")).isNegative();
        assertThat(feature(encoder, NO_WASHOUT, "washout.absent")).isPositive();
        assertThat(feature(encoder, SILENT, "washout.present")).isNegative();
        assertThat(feature(encoder, SILENT, "washout.absent")).isNegative();
    }

    @Test
    void unknownSizeIsTheMeanAndMarked() {
        FittedEncoder<Report> encoder = fitted();

        assertThat(feature(encoder, SILENT, "size_log_cm")).isZero();
        assertThat(feature(encoder, SILENT, "size_known")).isNegative();
        assertThat(feature(encoder, WASHOUT, "size_log_cm")).isCloseTo(1, within(1e-12));
        assertThat(feature(encoder, NO_WASHOUT, "size_log_cm")).isCloseTo(-1, within(1e-12));
    }

    @Test
    void featuresHaveUnitSpreadInTraining() {
        FittedEncoder<Report> encoder = fitted();
        List<double[]> rows = training().stream().map(encoder::features).toList();

        for (int i = 0; i < encoder.featureNames().size(); i++) {
            int at = i;
            assertThat(rows.stream().mapToDouble(r -> r[at]).average().orElseThrow())
                    .isCloseTo(0, within(1e-9));
        }
    }

    @Test
    void noLabelOrTreatmentWordIsAFeatureWhateverTheSections() {
        ReportEncoderOptions all =
                ReportEncoderOptions.defaults()
                        .withSections(EnumSet.allOf(SectionKind.class))
                        .withMinReports(1);
        FittedEncoder<Report> encoder = new ReportEncoder(all).fit(training(), 1);
        List<String> forbidden =
                Lexicon.bundled().concepts().stream()
                        .filter(c -> !c.kind().isFeature())
                        .map(Concept::id)
                        .toList();

        assertThat(forbidden)
                .contains("hcc", "icc", "metastasis", "malignant", "benign", "li_rads_category")
                .contains("post_tace", "fnh", "haemangioma", "cyst", "abscess", "adenoma", "aml");
        assertThat(ConceptVector.allNames())
                .allSatisfy(name -> assertThat(forbidden).doesNotContain(name.split("[.]", -1)[0]));
        assertThat(encoder.featureNames()).isSubsetOf(ConceptVector.allNames());
    }

    @Test
    void impressionDoesNotReachTheDefaultFeatures() {
        Report without = new Report("影像所见：肝右叶结节，3.0cm，动脉期明显强化，门脉期廓清。");

        assertThat(fitted().features(WASHOUT)).containsExactly(fitted().features(without));
    }

    @Test
    void otherOrgansDoNotCount() {
        FittedEncoder<Report> encoder = fitted();
        Report kidney = new Report("Findings: A nodule in the left kidney measuring 5 cm.");

        assertThat(feature(encoder, kidney, "nodule.present")).isNegative();
        assertThat(feature(encoder, kidney, "size_known")).isNegative();
    }

    @Test
    void rareValuesAreNoFeatures() {
        ReportEncoder encoder =
                new ReportEncoder(ReportEncoderOptions.defaults().withMinReports(7));

        assertThat(encoder.fit(training(), 1).featureNames())
                .doesNotContain("washout.present")
                .contains("size_log_cm", "size_known");
    }

    @Test
    void encodingIsTheFeaturesAsFloats() {
        FittedEncoder<Report> encoder = fitted();
        double[] features = encoder.features(WASHOUT);

        assertThat(encoder.encode(WASHOUT)).hasDimensions(1, features.length);
        assertThat(encoder.encode(WASHOUT)[0][0]).isEqualTo((float) features[0]);
        assertThat(encoder.inputs().get(0).size()).isEqualTo(features.length);
    }

    @Test
    void contributesAnEmbeddingOfItsWidth() {
        FittedEncoder<Report> encoder = fitted();
        ComputationGraphConfiguration.GraphBuilder graph =
                new NeuralNetConfiguration.Builder().seed(1).graphBuilder().addInputs("r.concepts");
        var embedding = encoder.contribute(graph, "r");
        graph.addLayer(
                        "out",
                        new OutputLayer.Builder(LossFunctions.LossFunction.MSE)
                                .nIn(embedding.width())
                                .nOut(1)
                                .activation(org.nd4j.linalg.activations.Activation.IDENTITY)
                                .build(),
                        embedding.vertex())
                .setOutputs("out");
        ComputationGraph network = new ComputationGraph(graph.build());
        network.init();

        INDArray input = Nd4j.create(encoder.encode(WASHOUT));

        assertThat(network.feedForward(input, false))
                .hasEntrySatisfying(
                        embedding.vertex(), a -> assertThat(a.shape()).containsExactly(1, 16));
    }

    @Test
    void comesBackAsSaved() {
        FittedEncoder<Report> encoder = fitted();
        MemoryState state = new MemoryState();
        encoder.save(state);

        FittedEncoder<?> restored = provider().restore(state);

        assertThat(restored.id()).isEqualTo("text.concepts");
        assertThat(restored.modality()).isEqualTo("report");
        assertThat(restored.featureNames()).isEqualTo(encoder.featureNames());
        @SuppressWarnings("unchecked") // the provider of this id restores encoders of reports
        FittedEncoder<Report> typed = (FittedEncoder<Report>) restored;
        for (Report report : training()) {
            assertThat(typed.features(report)).containsExactly(encoder.features(report));
        }
    }

    @Test
    void refusesADamagedState() {
        MemoryState state = new MemoryState();
        fitted().save(state);
        state.array("means", new double[] {1});

        assertThatThrownBy(() -> provider().restore(state))
                .isInstanceOf(ModelFileException.class)
                .hasMessageContaining("1 means");
    }

    private static EncoderProvider provider() {
        return ServiceLoader.load(EncoderProvider.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(p -> p.id().equals("text.concepts"))
                .findFirst()
                .orElseThrow();
    }
}
