// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.eval.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.livermm.eval.CompetingOutcomes;
import io.github.livermm.eval.plot.Figure;
import io.github.livermm.eval.plot.Language;
import io.github.livermm.eval.study.BaselineTable;
import io.github.livermm.eval.study.BinaryStudy;
import io.github.livermm.eval.study.MulticlassStudy;
import io.github.livermm.eval.study.RowColumns;
import io.github.livermm.eval.study.StudyEvaluation;
import io.github.livermm.eval.study.SurvivalStudy;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Proves that the page of every kind of table shows its pictures and figures in both languages; the
 * pages are left under {@code target/pages} to look at.
 */
class EvaluationReportTest {
    /** Names that are the same in Chinese, and the words of this test's own tables. */
    private static final Pattern KEPT =
            Pattern.compile(
                    "\\b(AUC|ROC|O/E|ICI|IPA|Brier|Kaplan-Meier|CI|Uno|Holm|Wolbers|REML|Hartung-Knapp|F1"
                            + "|Hand-Till|Kappa|DeLong|logit|scale|Wilson|bootstrap|bias-corrected"
                            + "|stratified|replicates|svg|main|other|North|South|East|yes|no|hcc"
                            + "|icc|benign|therapy|C|M|p|t|I|x|table|csv)\\b");

    record Named(String name, StudyEvaluation study, List<String> figures) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Named> studies() {
        return Stream.of(
                new Named(
                        "binary",
                        binary(true),
                        List.of(
                                "roc",
                                "precision_recall",
                                "calibration",
                                "decision_curve",
                                "confusion",
                                "centres",
                                "subgroups")),
                new Named("points", binary(false), List.of("roc", "precision_recall", "confusion")),
                new Named(
                        "survival",
                        survival(false),
                        List.of(
                                "kaplan_meier",
                                "auc_t",
                                "brier_t",
                                "calibration_12",
                                "calibration_24",
                                "centres",
                                "subgroups")),
                new Named(
                        "competing",
                        survival(true),
                        List.of("cumulative_incidence", "auc_t", "brier_t")),
                new Named(
                        "multiclass",
                        multiclass(),
                        List.of("confusion", "roc", "precision_recall", "calibration_hcc")));
    }

    private static String[] words(int n, String... levels) {
        String[] words = new String[n];
        for (int i = 0; i < n; i++) {
            words[i] = levels[i % levels.length];
        }
        return words;
    }

    private static BinaryStudy binary(boolean probabilities) {
        int n = 150;
        SplittableRandom random = new SplittableRandom(6);
        boolean[] y = new boolean[n];
        Map<String, double[]> scores = new LinkedHashMap<>();
        scores.put("main", new double[n]);
        scores.put("other", new double[n]);
        for (int i = 0; i < n; i++) {
            double p = random.nextDouble();
            y[i] = random.nextDouble() < p;
            scores.getOrDefault("main", new double[n])[i] = probabilities ? p : 10 * p;
            scores.getOrDefault("other", new double[n])[i] = (p + random.nextDouble()) / 2;
        }
        return BinaryStudy.of(
                y,
                scores,
                RowColumns.none(n)
                        .withCentres(words(n, "North", "South", "East"))
                        .withSubgroup("therapy", words(n, "yes", "no", "no", "no")),
                Double.NaN,
                1);
    }

    private static SurvivalStudy survival(boolean competing) {
        int n = 150;
        SplittableRandom random = new SplittableRandom(7);
        double[] time = new double[n];
        int[] cause = new int[n];
        double[] risk = new double[n];
        double[][] probability = new double[n][];
        for (int i = 0; i < n; i++) {
            risk[i] = 2 * random.nextDouble() - 1;
            double event = -30 * Math.log(random.nextDouble()) * Math.exp(-risk[i]);
            double other = competing ? -60 * Math.log(random.nextDouble()) : 1e9;
            double end = 10 + 50 * random.nextDouble();
            time[i] = Math.min(end, Math.min(event, other));
            cause[i] = time[i] == end ? 0 : event < other ? 1 : 2;
            probability[i] =
                    new double[] {
                        1 - Math.exp(-12 / 30.0 * Math.exp(risk[i])),
                        1 - Math.exp(-24 / 30.0 * Math.exp(risk[i]))
                    };
        }
        return SurvivalStudy.of(
                CompetingOutcomes.of(time, cause),
                Map.of("main", risk),
                new double[] {12, 24},
                probability,
                RowColumns.none(n)
                        .withCentres(words(n, "North", "South", "East"))
                        .withSubgroup("therapy", words(n, "yes", "no", "no", "no")),
                1);
    }

    private static MulticlassStudy multiclass() {
        int n = 90;
        SplittableRandom random = new SplittableRandom(8);
        int[] truth = new int[n];
        double[][] probability = new double[n][];
        for (int i = 0; i < n; i++) {
            truth[i] = i % 3;
            double own = random.nextDouble();
            double rest = (1 - own) / 2;
            probability[i] = new double[] {rest, rest, rest};
            probability[i][truth[i]] = own;
        }
        return MulticlassStudy.of(
                truth, List.of("benign", "hcc", "icc"), probability, RowColumns.none(n), 1);
    }

    @ParameterizedTest
    @MethodSource("studies")
    void everyPictureIsDrawnAndShownOnThePage(Named named) throws Exception {
        EvaluationReport report = EvaluationReport.of("table.csv", named.study());

        assertThat(report.figures().keySet()).containsAll(named.figures());
        String page = report.html(Language.ENGLISH);
        assertThat(page.split("<svg", -1)).hasSize(report.figures().size() + 1);
        assertThat(page).doesNotContain("NaN", "{0}", "{1}", "<script", "src=", "href=\"http");
        for (Figure figure : report.figures().values()) {
            DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .parse(new ByteArrayInputStream(figure.svg().getBytes(StandardCharsets.UTF_8)));
        }
        assertThat(report.html(Language.ENGLISH)).isEqualTo(page);
        leave(named + "-en.html", page);
    }

    @ParameterizedTest
    @MethodSource("studies")
    void theChinesePageHasNoEnglishPhrase(Named named) throws IOException {
        String page = EvaluationReport.of("table.csv", named.study()).html(Language.CHINESE);
        leave(named + "-zh.html", page);

        assertThat(page).contains("<html lang=\"zh\">", "概要");
        String text =
                page.replaceAll("(?s)<style>.*?</style>", "")
                        .replaceAll("aria-label=\"[^\"]*\"", "")
                        .replaceAll("<[^>]*>", "\n")
                        .replaceAll("&[a-z]+;", " ");
        Matcher left = Pattern.compile("[A-Za-z]{2,}").matcher(KEPT.matcher(text).replaceAll(""));
        assertThat(left.find()).as(() -> "English left: " + left.group()).isFalse();
    }

    private static void leave(String name, String page) throws IOException {
        Files.writeString(Files.createDirectories(Path.of("target", "pages")).resolve(name), page);
    }

    @Test
    void theFirstTableShowsQuartilesSharesWhatIsMissingAndDistances() {
        BaselineTable table =
                BaselineTable.of(new String[] {"a", "a", "a", "b", "b", "b"})
                        .withNumber("age", new double[] {40, 50, 60, 50, 60, 70})
                        .withCategory("sex", new String[] {"F", "M", "M", "F", null, "F"});

        String page =
                HtmlReport.titled("t", "en")
                        .section(
                                "Patients",
                                body ->
                                        body.table(
                                                BaselineReport.table(
                                                        "Patients", table, Language.ENGLISH)))
                        .html();

        assertThat(page)
                .contains("All (n = 6)", "a (n = 3)", "Standardised difference")
                .contains("50.0 (45.0 to 55.0)", "1.00") // means 50 and 60, deviations 10
                .contains("sex: F", "1 (33.3 %)", "2 (100.0 %)")
                .contains("sex: missing", "1 (33.3 %)");
        assertThat(
                        HtmlReport.titled("t", "zh")
                                .section(
                                        "x",
                                        body ->
                                                body.table(
                                                        BaselineReport.table(
                                                                "Patients",
                                                                table,
                                                                Language.CHINESE)))
                                .html())
                .contains("患者", "标准化差异", "全体（n = 6）");
    }

    @Test
    void aTableWithoutRowsOrTimesHasAPageWithoutPictures() {
        StudyEvaluation none =
                BinaryStudy.of(
                        new boolean[0],
                        Map.of("main", new double[0]),
                        RowColumns.none(0),
                        Double.NaN,
                        1);
        StudyEvaluation atOnce =
                SurvivalStudy.of(
                        CompetingOutcomes.of(new double[2], new int[2]),
                        Map.of("main", new double[] {1, 2}),
                        new double[0],
                        new double[2][0],
                        RowColumns.none(2),
                        1);

        for (StudyEvaluation study : List.of(none, atOnce)) {
            EvaluationReport report = EvaluationReport.of("empty", study);
            assertThat(report.figures()).isEmpty();
            assertThat(report.html(Language.ENGLISH)).contains("undefined").doesNotContain("NaN");
        }
    }
}
