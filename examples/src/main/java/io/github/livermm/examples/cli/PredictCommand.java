// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.examples.cli;

import io.github.livermm.core.Finding;
import io.github.livermm.core.Findings;
import io.github.livermm.core.Patient;
import io.github.livermm.core.cohort.CohortInputs;
import io.github.livermm.core.cohort.Study;
import io.github.livermm.core.cohort.StudyReader;
import io.github.livermm.core.model.ModelPredictions;
import io.github.livermm.core.model.MultimodalModel;
import io.github.livermm.core.report.RunFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code liver predict}: predictions of a trained model for every patient of a study. */
@Command(
        name = "predict",
        description = "Predict the patients of a study by a trained model.",
        mixinStandardHelpOptions = true)
final class PredictCommand implements Callable<Integer> {
    @Option(names = "--model", required = true, paramLabel = "MODEL", description = "model")
    private Path modelFile = Path.of("");

    @Option(names = "--study", required = true, paramLabel = "DIR", description = "study folder")
    private Path folder = Path.of("");

    @Option(names = "--out", required = true, paramLabel = "FILE", description = "predictions.csv")
    private Path out = Path.of("");

    @Option(names = "--strict", description = "a file that cannot be used ends the run (exit 2)")
    private boolean strict;

    @Mixin private CacheOption cache = new CacheOption();
    @Mixin private CommonOptions common = new CommonOptions();
    @Spec private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        common.apply();
        MultimodalModel model = MultimodalModel.load(modelFile);
        Study study = StudyReader.read(folder);
        List<Patient> patients = study.everybody().patients();
        Findings findings = new Findings();
        CohortInputs inputs =
                CohortInputs.read(patients, cache.on(model.readers()), findings, common.progress());
        List<Finding> found = findings.sorted();
        if (!found.isEmpty()) {
            spec.commandLine().getErr().println(found.size() + " files could not be used:");
            found.stream()
                    .limit(20)
                    .forEach(
                            f ->
                                    spec.commandLine()
                                            .getErr()
                                            .println(
                                                    "  "
                                                            + f.patientId()
                                                            + ", "
                                                            + f.file()
                                                            + ": "
                                                            + f.reason()));
            if (strict) {
                return 2;
            }
        }
        ModelPredictions predictions = model.predict(inputs).adjusted(Assembly::coherent);
        RunFiles.predictions(out, study.protocol(), inputs, predictions, Map.of());
        spec.commandLine().getOut().println("predictions: " + out);
        return 0;
    }
}
