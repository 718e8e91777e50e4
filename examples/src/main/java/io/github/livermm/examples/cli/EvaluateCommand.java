// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.examples.cli;

import io.github.livermm.core.report.RunFiles;
import io.github.livermm.eval.plot.Figure;
import io.github.livermm.eval.plot.Language;
import io.github.livermm.eval.report.EvaluationReport;
import io.github.livermm.eval.study.StudyEvaluation;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code liver evaluate}: how good predictions are, from one table or from the files of a run. */
@Command(
        name = "evaluate",
        description = {
            "Judge predictions: metrics.json, plots (SVG, PNG) and report.html.",
            "One table: binary label,score; multiclass label,p_<class>...; survival"
                    + " time,event,risk[,p_event_<t>...]. Optional: weight, centre, cluster,"
                    + " score_<name> (compared pairwise); any other column is a subgroup."
        },
        mixinStandardHelpOptions = true)
final class EvaluateCommand implements Callable<Integer> {
    private static final double PRINT = 3;

    @Option(names = "--task", paramLabel = "TASK", description = "${COMPLETION-CANDIDATES}")
    private ScoreTable.@Nullable Task task;

    @Option(names = "--input", paramLabel = "F.csv", description = "outcomes beside scores")
    private @Nullable Path input;

    @Option(names = "--predictions", paramLabel = "F.csv", description = "predictions of a run")
    private @Nullable Path predictions;

    @Option(names = "--outcomes", paramLabel = "F.csv", description = "outcomes of a run")
    private @Nullable Path outcomes;

    @Option(
            names = "--target",
            paramLabel = "T",
            description = "malignant, hcc_vs_icc or an endpoint of the run")
    private @Nullable String target;

    @Option(
            names = "--model",
            paramLabel = "M",
            description = "the model to judge, others beside it (default: late, else the first)")
    private String model = "";

    @Option(names = "--out", required = true, paramLabel = "DIR", description = "where to write")
    private Path out = Path.of("");

    @Option(
            names = "--threshold",
            paramLabel = "X",
            description = "call positive at or above X (default: 0.5, for other scores Youden)")
    private @Nullable Double threshold;

    @Option(names = "--language", paramLabel = "L", description = "en or zh (default: en)")
    private String language = "en";

    @Mixin private CommonOptions common = new CommonOptions();
    @Spec private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        common.apply();
        Language words = words();
        StudyEvaluation study = study();
        String title = title();
        EvaluationReport report = EvaluationReport.of(title, study);
        Map<String, byte[]> files = new LinkedHashMap<>();
        files.put("metrics.json", RunFiles.json(study.toMap()));
        for (Map.Entry<String, Figure> figure : report.figures().entrySet()) {
            Figure drawn = figure.getValue().in(words);
            files.put("plots/" + figure.getKey() + ".svg", utf8(drawn.svg()));
            files.put("plots/" + figure.getKey() + ".png", drawn.png(PRINT));
        }
        files.put("report.html", utf8(report.html(words)));
        Files.createDirectories(out.resolve("plots"));
        for (Map.Entry<String, byte[]> file : files.entrySet()) {
            Files.write(out.resolve(file.getKey()), file.getValue());
        }
        if (!words.paintable()) {
            spec.commandLine()
                    .getErr()
                    .println(
                            "warning: no font of this machine has the glyphs of "
                                    + words.tag()
                                    + "; labels in PNG files are in English, SVG and HTML are not"
                                    + " affected");
        }
        print(study);
        return 0;
    }

    private Language words() {
        for (Language one : Language.values()) {
            if (one.tag().equals(language)) {
                return one;
            }
        }
        throw new InputException(
                "--language is " + InputTable.quote(language) + ", allowed are en and zh");
    }

    private StudyEvaluation study() throws IOException {
        double cut = threshold == null ? Double.NaN : threshold;
        if (threshold != null && !Double.isFinite(threshold)) {
            throw new InputException("--threshold is " + threshold + ", allowed is a number");
        }
        long seed = common.seed == null ? 1 : common.seed;
        InputProblems problems = new InputProblems();
        if (input != null && task != null && predictions == null && outcomes == null) {
            refuseThreshold(task);
            InputTable table = InputTable.read(input, problems);
            String main = task == ScoreTable.Task.SURVIVAL ? "risk" : "score";
            return ScoreTable.evaluate(table, task, main, cut, List.of(), seed, problems);
        }
        if (predictions != null && outcomes != null && target != null && input == null) {
            InputTable predicted = InputTable.read(predictions, problems);
            InputTable observed = InputTable.read(outcomes, problems);
            RunTables.Joined joined = RunTables.join(predicted, observed, target, model, problems);
            refuseThreshold(joined.task());
            return ScoreTable.evaluate(
                    joined.table(),
                    joined.task(),
                    joined.model(),
                    cut,
                    joined.notes(),
                    seed,
                    problems);
        }
        throw new InputException(
                "name either --task and --input, or --predictions, --outcomes and --target");
    }

    private void refuseThreshold(ScoreTable.Task asked) {
        if (threshold != null && asked != ScoreTable.Task.BINARY) {
            throw new InputException(
                    "--threshold is for a binary target, this one is "
                            + asked.name().toLowerCase(Locale.ROOT)
                            + "; leave it out");
        }
    }

    private String title() {
        return target != null && predictions != null
                ? target
                : input == null ? "" : String.valueOf(input.getFileName());
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private void print(StudyEvaluation study) {
        PrintWriter print = spec.commandLine().getOut();
        study.toMap()
                .forEach(
                        (key, value) -> {
                            if (value instanceof Integer n) {
                                print.println(key + ": " + n);
                            } else if (value instanceof Map<?, ?> figure
                                    && figure.containsKey("estimate")) {
                                print.println(
                                        key
                                                + ": "
                                                + shown(figure.get("estimate"))
                                                + " ("
                                                + shown(figure.get("lower"))
                                                + " to "
                                                + shown(figure.get("upper"))
                                                + ")");
                            }
                        });
        study.notes().forEach(note -> print.println("note: " + note));
        print.println("report: " + out.resolve("report.html"));
    }

    private static String shown(@Nullable Object value) {
        return value instanceof Double d ? String.format(Locale.ROOT, "%.3f", d) : "undefined";
    }
}
