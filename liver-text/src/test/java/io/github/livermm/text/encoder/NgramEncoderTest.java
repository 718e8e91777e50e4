// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.text.encoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.livermm.core.EncoderProvider;
import io.github.livermm.core.FittedEncoder;
import io.github.livermm.core.ModelFileException;
import io.github.livermm.text.encoder.ReportView.LabelWords;
import io.github.livermm.text.report.Report;
import io.github.livermm.text.report.SectionKind;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.junit.jupiter.api.Test;

/** Proves the terms, their weights, what each view hides, and the way back from a model file. */
class NgramEncoderTest {
    private static final Report HCC = new Report("影像所见：肝右叶肿块。\n影像诊断：肝癌，TACE术后。");
    private static final Report CYST =
            new Report("Findings: Hepatic cyst, no mass. Impression: benign.");

    private static List<Report> training() {
        List<Report> reports = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            reports.add(HCC);
            reports.add(CYST);
        }
        return reports;
    }

    private static FittedEncoder<Report> fitted(ReportView view) {
        return new NgramEncoder(NgramOptions.defaults().withView(view)).fit(training(), 1);
    }

    private static Map<String, Integer> count(NgramKind kind, String text) {
        Ngrams ngrams = new Ngrams(kind);
        Map<String, Integer> counts = new HashMap<>();
        ngrams.learn(text, (key, start, end) -> counts.merge(ngrams.term(key), 1, Integer::sum));
        return counts;
    }

    @Test
    void countsIdeographsAndWords() {
        assertThat(count(NgramKind.MIXED, "肝癌，5.3cm liver mass■mass"))
                .isEqualTo(
                        Map.of(
                                "肝",
                                1,
                                "癌",
                                1,
                                "肝癌",
                                1,
                                "cm",
                                1,
                                "cm liver",
                                1,
                                "liver",
                                1,
                                "liver mass",
                                1,
                                "mass",
                                2));
    }

    /** ln and square root by hand: two reports, "a" in both twice and once, "b" in one. */
    @Test
    void weightsAreSublinearAndOfLengthOne() {
        NgramOptions options =
                NgramOptions.defaults()
                        .withMinReports(1)
                        .withView(
                                new ReportView(
                                        EnumSet.of(SectionKind.FINDINGS), LabelWords.AS_WRITTEN));
        List<Report> reports =
                List.of(new Report("aa. aa. bb"), new Report("cc"), new Report("aa"));
        FittedNgramEncoder encoder = FittedNgramEncoder.fit(options, reports);
        double a = (1 + Math.log(2)) * (Math.log(4.0 / 3.0) + 1);
        double b = Math.log(4.0 / 2.0) + 1;

        assertThat(encoder.featureNames()).containsExactly("aa", "bb", "cc");
        assertThat(encoder.weights(reports.get(0)))
                .containsExactly(
                        new double[] {a / Math.hypot(a, b), b / Math.hypot(a, b), 0},
                        within(1e-12));
    }

    @Test
    void defaultViewHidesImpressionAndLabelWords() {
        FittedEncoder<Report> encoder = fitted(ReportView.defaults());

        assertThat(encoder.featureNames())
                .contains("肿块", "mass")
                .doesNotContain("癌", "肝癌", "benign", "cyst", "tace");
    }

    @Test
    void ablationShowsAndHides() {
        Map<String, ReportView> views = ReportView.ablation();

        assertThat(views.keySet())
                .containsExactly("findings", "masked", "with_impression", "impression");
        assertThat(names(views, "findings")).contains("cyst", "肿块").doesNotContain("癌", "benign");
        assertThat(names(views, "masked")).contains("肿块").doesNotContain("癌", "benign", "tace");
        assertThat(names(views, "with_impression")).contains("肿块", "癌", "benign");
        assertThat(names(views, "impression")).contains("癌", "benign").doesNotContain("肿块");
    }

    private static List<String> names(Map<String, ReportView> views, String name) {
        ReportView view = views.get(name);
        assertThat(view).isNotNull();
        return view == null ? List.of() : fitted(view).featureNames();
    }

    @Test
    void keepsTheMostFrequentTerms() {
        NgramOptions options = NgramOptions.defaults().withMaxTerms(3);

        assertThat(new NgramEncoder(options).fit(training(), 1).featureNames()).hasSize(3);
    }

    @Test
    void withoutTermsThereIsStillAnInput() {
        FittedEncoder<Report> encoder =
                new NgramEncoder(NgramOptions.defaults().withMinReports(100)).fit(training(), 1);

        assertThat(encoder.inputs().get(0).size()).isEqualTo(1);
        assertThat(encoder.encode(HCC)).isDeepEqualTo(new float[][] {{0}});
    }

    @Test
    void featuresAreCentredAndContributeALayer() {
        FittedEncoder<Report> encoder = fitted(ReportView.defaults());
        var graph = new NeuralNetConfiguration.Builder().graphBuilder().addInputs("r.ngrams");

        assertThat(encoder.contribute(graph, "r").width()).isEqualTo(16);
        double[] one = encoder.features(HCC);
        double[] other = encoder.features(CYST);
        for (int i = 0; i < one.length; i++) {
            assertThat(one[i] + other[i]).isCloseTo(0, within(1e-9));
        }
    }

    @Test
    void comesBackAsSaved() {
        FittedEncoder<Report> encoder = fitted(ReportView.defaults());
        MemoryState state = new MemoryState();
        encoder.save(state);

        FittedEncoder<?> restored = provider().restore(state);

        assertThat(restored.featureNames()).isEqualTo(encoder.featureNames());
        @SuppressWarnings("unchecked") // the provider of this id restores encoders of reports
        FittedEncoder<Report> typed = (FittedEncoder<Report>) restored;
        assertThat(typed.features(HCC)).containsExactly(encoder.features(HCC));
        assertThat(typed.modality()).isEqualTo("report");
    }

    @Test
    void refusesADamagedState() {
        MemoryState state = new MemoryState();
        fitted(ReportView.defaults()).save(state);
        state.array("idf", new double[0]);

        assertThatThrownBy(() -> provider().restore(state))
                .isInstanceOf(ModelFileException.class)
                .hasMessageContaining("0 frequencies");
    }

    private static EncoderProvider provider() {
        return ServiceLoader.load(EncoderProvider.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(p -> p.id().equals("text.ngrams"))
                .findFirst()
                .orElseThrow();
    }
}
