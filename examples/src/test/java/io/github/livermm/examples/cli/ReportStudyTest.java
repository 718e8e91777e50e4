// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands about report encoders, on a real table with drawn reports beside it. */
class ReportStudyTest {
    private static final Path TABLE = Path.of("data/hcc-tace");

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

    /** A study of half the patients, whose reports say something about them by chance only. */
    private Path study(String report) throws IOException {
        Path study = Files.createDirectories(folder.resolve("study/reports")).resolveSibling("");
        List<String> table = Files.readAllLines(TABLE.resolve("patients.csv"));
        Files.write(study.resolve("patients.csv"), table.subList(0, 56));
        String json = Files.readString(TABLE.resolve("study.json"));
        Files.writeString(
                study.resolve("study.json"),
                json.replace("\"folds\": 10", "\"folds\": 2")
                        .replaceFirst("\\{", "{\"report\": " + report + ","));
        List<String> lines = Files.readAllLines(study.resolve("patients.csv"));
        SplittableRandom random = new SplittableRandom(4);
        String[] signs = {"门脉期廓清", "未见廓清", "包膜强化", "边界不清 <T2>", "单发", "washout is seen"};
        for (String line : lines.subList(1, lines.size())) {
            String id = line.split(",", -1)[0];
            Files.writeString(
                    study.resolve("reports/" + id + ".txt"),
                    "影像所见：肝右叶肿块，"
                            + signs[random.nextInt(6)]
                            + "，"
                            + signs[random.nextInt(6)]
                            + "。\n影像诊断：肝癌。");
        }
        return study;
    }

    @Test
    void trainsTheChosenEncoderAndExplainsIt() throws IOException {
        Path study = study("{\"encoder\": \"ngrams\", \"view\": \"with_impression\"}");
        Path model = folder.resolve("model");
        assertThat(liver("train", "--quiet", "--study", study, "--out", model)).isZero();
        String id = Files.readAllLines(study.resolve("patients.csv")).get(1).split(",", -1)[0];
        Path pages = folder.resolve("pages");

        assertThat(
                        liver(
                                "explain",
                                "--quiet",
                                "--model",
                                model,
                                "--study",
                                study,
                                "--patients",
                                id,
                                "--out",
                                pages))
                .isZero();

        assertThat(out).contains("1 reports explained");
        String page = Files.readString(pages.resolve(id + ".html"));
        assertThat(page)
                .contains("<h2>os</h2>", "<mark class=\"")
                .doesNotContain("<T2>", "<script", "http");
        JsonNode tree =
                new ObjectMapper().readTree(Files.readAllBytes(pages.resolve("explanations.json")));
        JsonNode contributions = tree.get(id).get("os").get("contributions");
        assertThat(contributions.size()).isPositive();
        assertThat(contributions.get(0).get("value").asDouble()).isNotZero();
        assertThat(
                        liver(
                                "explain",
                                "--model",
                                model,
                                "--study",
                                study,
                                "--patients",
                                "X9",
                                "--out",
                                pages))
                .isEqualTo(2);
        assertThat(err).contains("X9");
    }

    @Test
    void comparesEncodersOnEachPartOfTheReport() throws IOException {
        Path study = study("{}");
        Path file = folder.resolve("ablation.json");

        int code =
                liver(
                        "ablation",
                        "--quiet",
                        "--study",
                        study,
                        "--encoders",
                        "concepts",
                        "--out",
                        file);

        assertThat(code).isZero();
        assertThat(out).contains("| encoder | sees |", "| concepts | findings_masked |");
        JsonNode rows = new ObjectMapper().readTree(Files.readAllBytes(file)).get("rows");
        assertThat(rows.findValuesAsText("view"))
                .contains("findings_masked", "findings", "masked", "with_impression", "impression");
        for (JsonNode row : rows) {
            assertThat(row.get("estimate").asDouble()).isBetween(0.2, 0.8);
            assertThat(row.get("reports").asInt()).isEqualTo(row.get("n").asInt());
        }
    }

    @Test
    void aTransformerThatIsNotThereIsNamed() throws IOException {
        Path study = study("{\"encoder\": \"transformer\", \"model\": \"bert\"}");

        assertThat(liver("train", "--quiet", "--study", study, "--out", folder.resolve("m")))
                .isEqualTo(2);

        assertThat(err).contains("model.onnx is not there", "vocab.txt is not there");
        assertThat(liver("ablation", "--study", study, "--encoders", "transformer")).isEqualTo(2);
        assertThat(err).isNotEmpty();
    }
}
