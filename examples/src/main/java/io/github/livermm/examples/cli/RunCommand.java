// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.examples.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.livermm.core.ModalityEncoder;
import io.github.livermm.core.cohort.Enrolment;
import io.github.livermm.core.cohort.Progress;
import io.github.livermm.core.cohort.Study;
import io.github.livermm.core.cohort.StudyReader;
import io.github.livermm.core.model.MultimodalModel;
import io.github.livermm.core.report.RunEvaluation;
import io.github.livermm.core.report.RunFiles;
import io.github.livermm.core.report.RunReport;
import io.github.livermm.core.report.StudyRun;
import io.github.livermm.core.training.TrainingOptions;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code liver run}: the protocol on a study of one's own. */
@Command(
        name = "run",
        description = "Train and evaluate out of fold on a study, and write the report.",
        mixinStandardHelpOptions = true)
final class RunCommand implements Callable<Integer> {
    @Option(names = "--study", required = true, paramLabel = "DIR", description = "study folder")
    private Path study = Path.of("");

    @Option(names = "--out", required = true, paramLabel = "DIR", description = "where to write")
    private Path out = Path.of("");

    @Mixin private RunOptions how = new RunOptions();
    @Mixin private CommonOptions common = new CommonOptions();
    @Spec private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        common.apply();
        return run(study, out, how, common, spec.commandLine().getOut());
    }

    static int run(Path folder, Path out, RunOptions how, CommonOptions common, PrintWriter print)
            throws IOException {
        Progress progress = common.progress();
        Study study = StudyReader.read(folder);
        List<ModalityEncoder<?>> encoders = Assembly.encoders(study, how.cache);
        Enrolment enrolment = Assembly.enrol(study, encoders, progress);
        if (how.strict && !enrolment.findings().isEmpty()) {
            enrolment.findings().stream()
                    .limit(20)
                    .forEach(
                            f ->
                                    print.println(
                                            f.patientId() + ", " + f.file() + ": " + f.reason()));
            print.println(enrolment.findings().size() + " findings; --strict ends the run here");
            return 2;
        }
        TrainingOptions options = how.apply(Assembly.options(study.protocol(), common));
        StudyRun run =
                StudyRun.execute(
                        study,
                        enrolment,
                        encoders,
                        Assembly.heads(study.protocol(), how.survival),
                        options,
                        Assembly::coherent,
                        progress,
                        how.shuffle);
        progress.done("evaluating", 0, 1);
        RunEvaluation evaluation = RunEvaluation.of(run);
        progress.done("evaluating", 1, 1);
        RunFiles.write(evaluation, out);
        RunReport report = RunReport.of(evaluation, truth(folder));
        Files.writeString(out.resolve("report.html"), report.html());
        if (!how.shuffle && !how.noModel) {
            MultimodalModel model = run.fitOnAll(encoders, options, progress);
            model.save(out.resolve("model"), card(study, options, evaluation));
        }
        print.println(report.summary());
        print.println("report: " + out.resolve("report.html"));
        return 0;
    }

    static Map<String, Object> card(
            Study study, TrainingOptions options, RunEvaluation evaluation) {
        Map<String, Object> card = new LinkedHashMap<>();
        card.put("study", study.protocol().name());
        card.put("protocol", ModelCard.protocol(study));
        card.put("data_sha256", ModelCard.digest(study.folder()));
        card.put("seed", options.seed());
        card.put("metrics", evaluation.toMap());
        return card;
    }

    /** What the generator of a synthetic study knows; empty for real ones. */
    @SuppressWarnings("unchecked") // a JSON object is a map of texts
    private static Map<String, Object> truth(Path folder) throws IOException {
        Path file = folder.resolve("truth.json");
        return Files.exists(file)
                ? new ObjectMapper().readValue(Files.readAllBytes(file), Map.class)
                : Map.of();
    }
}
