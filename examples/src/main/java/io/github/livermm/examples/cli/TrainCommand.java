// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.examples.cli;

import io.github.livermm.core.ModalityEncoder;
import io.github.livermm.core.PredictionHead;
import io.github.livermm.core.cohort.Enrolment;
import io.github.livermm.core.cohort.Progress;
import io.github.livermm.core.cohort.Study;
import io.github.livermm.core.cohort.StudyReader;
import io.github.livermm.core.model.MultimodalModel;
import io.github.livermm.core.report.StudyRun;
import io.github.livermm.core.training.MultimodalTrainer;
import io.github.livermm.core.training.TrainingOptions;
import java.io.IOException;
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

/** {@code liver train}: the model alone, without its evaluation. */
@Command(
        name = "train",
        description = "Train a model on all eligible patients of a study.",
        mixinStandardHelpOptions = true)
final class TrainCommand implements Callable<Integer> {
    @Option(names = "--study", required = true, paramLabel = "DIR", description = "study folder")
    private Path folder = Path.of("");

    @Option(
            names = "--out",
            required = true,
            paramLabel = "MODEL",
            description = "folder, or file that ends in .zip")
    private Path out = Path.of("");

    @Mixin private CacheOption cache = new CacheOption();
    @Mixin private SurvivalChoice survival = new SurvivalChoice();
    @Mixin private CommonOptions common = new CommonOptions();
    @Spec private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        common.apply();
        Progress progress = common.progress();
        Study study = StudyReader.read(folder);
        List<ModalityEncoder<?>> encoders = Assembly.encoders(study, cache);
        Enrolment enrolment = Assembly.enrol(study, encoders, progress);
        TrainingOptions options = Assembly.options(study.protocol(), common);
        List<String> notes = new java.util.ArrayList<>();
        List<PredictionHead> heads =
                StudyRun.answerable(
                        Assembly.heads(study.protocol(), survival),
                        enrolment.inputs().patients(),
                        notes);
        MultimodalModel model =
                new MultimodalTrainer(encoders, heads, options).fit(enrolment.inputs(), progress);
        Map<String, Object> card = new LinkedHashMap<>();
        card.put("study", study.protocol().name());
        card.put("protocol", ModelCard.protocol(study));
        card.put("data_sha256", ModelCard.digest(folder));
        card.put("seed", options.seed());
        card.put("patients", enrolment.inputs().size());
        card.put("notes", notes);
        model.save(out, card);
        notes.forEach(spec.commandLine().getOut()::println);
        spec.commandLine().getOut().println("model: " + out);
        return 0;
    }
}
