// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code liver evaluate} as a user meets it, in both forms, with right, wrong and empty answers.
 */
class EvaluateCommandTest {
    @TempDir private Path folder;
    private String out = "";
    private String err = "";

    private int liver(Object... args) {
        StringWriter o = new StringWriter();
        StringWriter e = new StringWriter();
        int code =
                Liver.run(
                        new PrintWriter(o, true),
                        new PrintWriter(e, true),
                        Stream.of(args).map(Object::toString).toArray(String[]::new));
        out = o.toString();
        err = e.toString();
        return code;
    }

    private Path table(String name, String... lines) throws IOException {
        return Files.write(folder.resolve(name), List.of(lines), StandardCharsets.UTF_8);
    }

    private int evaluate(String task, Path input, Object... more) {
        List<Object> args =
                new ArrayList<>(
                        List.of("evaluate", "--task", task, "--input", input, "--out", results()));
        args.addAll(List.of(more));
        return liver(args.toArray());
    }

    private Path results() {
        return folder.resolve("out");
    }

    private JsonNode metrics() throws IOException {
        return new ObjectMapper().readTree(Files.readAllBytes(results().resolve("metrics.json")));
    }

    /** Pairs ranked rightly: 14.5 of 16; at 0.5 there are 3 true and 1 false positive. */
    private Path small() throws IOException {
        return table(
                "small.csv",
                "label,score,score_other,centre",
                "1,0.9,0.2,A",
                "1,0.8,0.7,A",
                "1,0.6,0.6,B",
                "1,0.4,0.9,B",
                "0,0.6,0.1,A",
                "0,0.3,0.8,A",
                "0,0.2,0.3,B",
                "0,0.1,0.4,B");
    }

    @Test
    void binaryTableGivesTheBlockTheComparisonThePicturesAndThePage() throws IOException {
        assertThat(evaluate("binary", small())).isZero();

        JsonNode m = metrics();
        assertThat(m.at("/n").asInt()).isEqualTo(8);
        assertThat(m.at("/events").asInt()).isEqualTo(4);
        assertThat(m.at("/auc/estimate").asDouble()).isCloseTo(14.5 / 16, within(1e-12));
        assertThat(m.at("/sensitivity/estimate").asDouble()).isEqualTo(0.75);
        assertThat(m.at("/specificity/estimate").asDouble()).isEqualTo(0.75);
        assertThat(m.at("/threshold").asDouble()).isEqualTo(0.5);
        assertThat(m.at("/threshold_from").asText()).isEqualTo("default for probabilities");
        assertThat(m.at("/calibration/slope").has("lower")).isTrue();
        assertThat(m.at("/comparisons/0/first").asText()).isEqualTo("score");
        assertThat(m.at("/comparisons/0/second").asText()).isEqualTo("other");
        assertThat(m.at("/models/other/auc/estimate").asDouble()).isEqualTo(11.0 / 16);
        assertThat(m.at("/centres/A/n").asInt()).isEqualTo(4);
        for (String name : List.of("roc", "precision_recall", "calibration", "confusion")) {
            assertThat(results().resolve("plots/" + name + ".svg")).isNotEmptyFile();
            assertThat(results().resolve("plots/" + name + ".png")).isNotEmptyFile();
        }
        String page = Files.readString(results().resolve("report.html"));
        assertThat(page)
                .contains("<svg", "0.906", "small.csv")
                .doesNotContain("href=\"http", "src=", "<script", "NaN")
                .doesNotContain("{0}");
        assertThat(out).contains("auc: 0.906");
    }

    @Test
    void theThresholdIsTheOneGivenOrYoudensForOtherScores() throws IOException {
        assertThat(evaluate("binary", small(), "--threshold", "0.3")).isZero();
        assertThat(metrics().at("/threshold_from").asText()).isEqualTo("given");
        assertThat(metrics().at("/sensitivity/estimate").asDouble()).isEqualTo(1);

        Path points = table("points.csv", "label,score", "1,7", "1,5", "0,5", "0,2", "0,-1");
        assertThat(evaluate("binary", points)).isZero();

        JsonNode m = metrics();
        assertThat(m.at("/threshold_from").asText()).contains("Youden", "optimistic");
        assertThat(m.at("/brier/estimate").isNull()).isTrue();
        assertThat(m.at("/calibration/slope/estimate").isNull()).isTrue();
        assertThat(m.at("/notes").toString()).contains("no probabilities");
        assertThat(Files.readString(results().resolve("report.html"))).contains("optimistic");
    }

    @Test
    void everyProblemIsNamedAndNothingIsWritten() throws IOException {
        Path wrong =
                table(
                        "wrong.csv",
                        "label,score,weight",
                        "2,0.5,1",
                        "1,abc,1",
                        "0,0.4,-1",
                        "1,0.2",
                        "0,0.3,1");

        assertThat(evaluate("binary", wrong)).isEqualTo(2);

        assertThat(err.lines())
                .hasSize(4)
                .anyMatch(l -> l.contains("row 2") && l.contains("\"2\"") && l.contains("0 or 1"))
                .anyMatch(l -> l.contains("row 3") && l.contains("score") && l.contains("abc"))
                .anyMatch(l -> l.contains("row 4") && l.contains("weight") && l.contains("-1"))
                .anyMatch(l -> l.contains("row 5") && l.contains("2 cells"));
        assertThat(results()).doesNotExist();
        assertThat(evaluate("binary", table("names.csv", "y,p", "1,0.5"))).isEqualTo(2);
        assertThat(err).contains("no column \"label\"", "no column \"score\"", "found are y, p");
        assertThat(evaluate("binary", table("empty.csv", "label,score"))).isEqualTo(2);
        assertThat(err).contains("no row below the header");
        assertThat(evaluate("binary", folder.resolve("absent.csv"))).isEqualTo(2);
        assertThat(err).contains("absent.csv does not exist");
        assertThat(evaluate("nonsense", small())).isEqualTo(2);
        assertThat(evaluate("binary", small(), "--language", "fr")).isEqualTo(2);
        assertThat(err).contains("allowed are en and zh");
        assertThat(evaluate("binary", small(), "--threshold", "NaN")).isEqualTo(2);
        assertThat(liver("evaluate", "--out", results())).isEqualTo(2);
        assertThat(err).contains("--task and --input");
        assertThat(results()).doesNotExist();
    }

    @Test
    void moreThanTwentyProblemsAreCounted() throws IOException {
        String[] lines = new String[31];
        java.util.Arrays.fill(lines, "1,x");
        lines[0] = "label,score";

        assertThat(evaluate("binary", table("many.csv", lines))).isEqualTo(2);

        assertThat(err.lines()).hasSize(21);
        assertThat(err).contains("and 10 more problems");
    }

    @Test
    void whatIsUndefinedIsNullWithItsReason() throws IOException {
        assertThat(evaluate("binary", table("one.csv", "label,score", "1,0.5", "1,0.7"))).isZero();

        JsonNode m = metrics();
        assertThat(m.at("/auc/estimate").isNull()).isTrue();
        assertThat(m.at("/specificity/estimate").isNull()).isTrue();
        assertThat(m.at("/notes").toString()).contains("no negative row");

        Path short3 =
                table(
                        "short.csv",
                        "time,event,risk,p_event_2,p_event_99",
                        "1,1,3,0.9,0.9",
                        "2,0,2,0.4,0.6",
                        "3,1,1,0.3,0.5",
                        "4,0,0,0.1,0.2");
        assertThat(evaluate("survival", short3)).isZero();
        m = metrics();
        assertThat(m.at("/c_index/estimate").asDouble()).isEqualTo(1);
        assertThat(m.at("/horizons/99/auc/estimate").isNull()).isTrue();
        assertThat(m.at("/horizons/2/auc/estimate").asDouble()).isEqualTo(1);
        assertThat(m.at("/notes").toString()).contains("horizon 99: after the last time");

        Path censored = table("censored.csv", "time,event,risk", "1,0,1", "2,0,2");
        assertThat(evaluate("survival", censored)).isZero();
        assertThat(metrics().at("/c_index/estimate").isNull()).isTrue();
        assertThat(metrics().at("/notes").toString()).contains("no comparable pair");
    }

    @Test
    void rowsWithoutLabelOrScoreAreLeftOutAndCounted() throws IOException {
        Path gaps =
                table("gaps.csv", "label,score", "1,0.9", ",0.5", "0,", "0,0.1", "NA,NaN", "1,0.4");

        assertThat(evaluate("binary", gaps)).isZero();

        assertThat(metrics().at("/n").asInt()).isEqualTo(3);
        assertThat(metrics().at("/notes").toString())
                .contains("3 of 6 rows without label or score");
    }

    @Test
    void multiclassTableGivesConfusionAndEveryClass() throws IOException {
        Path classes =
                table(
                        "classes.csv",
                        "label,p_hcc,p_icc,p_benign,centre",
                        "hcc,0.7,0.2,0.1,A",
                        "hcc,0.2,0.7,0.1,A",
                        "icc,0.2,0.6,0.2,A",
                        "icc,0.1,0.8,0.1,B",
                        "benign,0.1,0.2,0.7,B",
                        "benign,0.5,0.1,0.4,B");

        assertThat(evaluate("multiclass", classes)).isZero();

        JsonNode m = metrics();
        assertThat(m.at("/accuracy/estimate").asDouble()).isCloseTo(4 / 6.0, within(1e-12));
        assertThat(m.at("/confusion/hcc/icc").asInt()).isEqualTo(1);
        assertThat(m.at("/confusion/benign/hcc").asInt()).isEqualTo(1);
        assertThat(m.at("/classes/icc/recall").asDouble()).isEqualTo(1);
        assertThat(m.at("/centres/A/accuracy/estimate").asDouble())
                .isCloseTo(2 / 3.0, within(1e-12));
        assertThat(results().resolve("plots/confusion.svg")).isNotEmptyFile();
        Path stranger =
                table("stranger.csv", "label,p_a,p_b", "a,0.5,0.5", "c,0.5,0.5", "b,0.9,0.9");
        assertThat(evaluate("multiclass", stranger)).isEqualTo(2);
        assertThat(err).contains("\"c\" has no column p_c").contains("row 4: probabilities sum to");
    }

    @Test
    void competingEventsWeightsAndClustersAreTakenIntoAccount() throws IOException {
        Random random = new Random(1);
        List<String> lines = new ArrayList<>(List.of("time,event,risk,p_event_12,p_event_24"));
        List<String> clustered = new ArrayList<>(List.of("label,score,cluster,weight"));
        for (int i = 0; i < 80; i++) {
            double x = random.nextGaussian();
            double event = -Math.log(random.nextDouble()) * 20 * Math.exp(-x);
            double other = -Math.log(random.nextDouble()) * 40;
            double end = Math.min(36, Math.min(event, other));
            int cause = end == 36 ? 0 : event < other ? 1 : 2;
            double p = 1 / (1 + Math.exp(-x));
            lines.add(end + "," + cause + "," + x + "," + 0.6 * p + "," + 0.9 * p);
            int label = random.nextDouble() < p ? 1 : 0;
            clustered.add(label + "," + p + ",P" + i / 2 + "," + (1 + i % 2));
        }

        assertThat(evaluate("survival", table("c.csv", lines.toArray(String[]::new)))).isZero();
        JsonNode m = metrics();
        assertThat(m.at("/competing_events").asInt()).isPositive();
        assertThat(m.at("/horizons/12/auc/estimate").asDouble()).isBetween(0.55, 1.0);
        assertThat(m.at("/horizons/12/o_e/estimate").asDouble()).isBetween(0.5, 2.0);
        assertThat(m.at("/horizons/12/slope/estimate").isNull()).isTrue();
        assertThat(m.at("/notes").toString()).contains("Wolbers");
        assertThat(results().resolve("plots/cumulative_incidence.svg")).isNotEmptyFile();

        Path input = table("k.csv", clustered.toArray(String[]::new));
        assertThat(evaluate("binary", input)).isZero();
        m = metrics();
        assertThat(m.at("/auc/method").asText()).contains("weighted, clustered");
        assertThat(m.at("/calibration/ici/estimate").isNull()).isTrue();
    }

    @Test
    void theFilesOfARunAreJoinedByPatient() throws IOException {
        List<String> predictions =
                new ArrayList<>(
                        List.of(
                                "patient_id,centre,fold,model,p_malignant,os_risk,os_survival_12,"
                                        + "os_survival_24"));
        List<String> outcomes =
                new ArrayList<>(
                        List.of("patient_id,centre,malignant,os_time,os_event,neoadjuvant"));
        Random random = new Random(2);
        for (int i = 0; i < 60; i++) {
            double x = random.nextGaussian();
            double p = 1 / (1 + Math.exp(-x));
            double t = -Math.log(random.nextDouble()) * 20 * Math.exp(-x);
            outcomes.add(
                    "P"
                            + i
                            + ",A,"
                            + (random.nextDouble() < p ? 1 : 0)
                            + ","
                            + (i == 7 ? "," : Math.min(t, 40) + "," + (t < 40 ? 1 : 0))
                            + ","
                            + (i % 3 == 0 ? "yes" : "no"));
            for (String model : List.of("image", "late")) {
                double noise = model.equals("image") ? random.nextGaussian() : 0;
                double q = 1 / (1 + Math.exp(-x - noise));
                predictions.add(
                        "P"
                                + i
                                + ",A,1,"
                                + model
                                + ","
                                + q
                                + ","
                                + (x + noise)
                                + ","
                                + (1 - q / 2)
                                + ","
                                + (1 - q));
            }
        }
        predictions.add("STRANGER,A,1,late,0.5,0,0.5,0.5");
        Path p = table("predictions.csv", predictions.toArray(String[]::new));
        Path o = table("outcomes.csv", outcomes.toArray(String[]::new));
        Object[] form = {
            "evaluate", "--predictions", p, "--outcomes", o, "--out", results(), "--target"
        };

        assertThat(liver(with(form, "malignant"))).isZero();
        assertThat(metrics().at("/n").asInt()).isEqualTo(60);
        assertThat(metrics().at("/models/late/n").asInt()).isEqualTo(60);
        assertThat(metrics().at("/auc/estimate"))
                .isEqualTo(metrics().at("/models/late/auc/estimate"));
        assertThat(metrics().at("/subgroups/neoadjuvant/yes/n").asInt()).isEqualTo(20);
        assertThat(metrics().at("/notes").toString()).contains("1 patients of predictions.csv");

        assertThat(liver(with(form, "os", "--model", "image", "--language", "zh"))).isZero();
        JsonNode m = metrics();
        assertThat(m.at("/n").asInt()).isEqualTo(59);
        assertThat(m.at("/horizons/24/brier/estimate").asDouble()).isBetween(0.0, 0.5);
        assertThat(m.at("/comparisons/0/first").asText()).isEqualTo("image");
        assertThat(Files.readString(results().resolve("report.html"))).contains("lang=\"zh\"");

        assertThat(liver(with(form, "pfs"))).isEqualTo(2);
        assertThat(err).contains("\"pfs\"", "malignant, os");
        assertThat(liver(with(form, "os", "--model", "gated"))).isEqualTo(2);
        assertThat(err).contains("image, late");
        predictions.add(predictions.get(1));
        outcomes.add(outcomes.get(2));
        table("predictions.csv", predictions.toArray(String[]::new));
        table("outcomes.csv", outcomes.toArray(String[]::new));
        assertThat(liver(with(form, "os"))).isEqualTo(2);
        assertThat(err.lines()).hasSize(2).allMatch(l -> l.contains("already in row"));
    }

    private static Object[] with(Object[] first, Object... more) {
        return Stream.concat(Stream.of(first), Stream.of(more)).toArray();
    }
}
