// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.examples.cli;

import io.github.livermm.core.Finding;
import io.github.livermm.core.Findings;
import io.github.livermm.core.ModalityReader;
import io.github.livermm.core.Patient;
import io.github.livermm.core.cohort.Study;
import io.github.livermm.core.cohort.StudyReader;
import io.github.livermm.core.model.MultimodalModel;
import io.github.livermm.core.report.RunFiles;
import io.github.livermm.text.encoder.ExplanationPage;
import io.github.livermm.text.encoder.ReportExplanation;
import io.github.livermm.text.report.Report;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code liver explain}: which words of a report moved its score, on a page per patient. */
@Command(
        name = "explain",
        description =
                "Show which words of the patients' reports moved the score of a model. The pages"
                        + " hold the text of the reports.",
        mixinStandardHelpOptions = true)
final class ExplainCommand implements Callable<Integer> {
    @Option(names = "--model", required = true, paramLabel = "MODEL", description = "model")
    private Path modelFile = Path.of("");

    @Option(names = "--study", required = true, paramLabel = "DIR", description = "study folder")
    private Path folder = Path.of("");

    @Option(
            names = "--patients",
            split = ",",
            paramLabel = "ID",
            description = "study ids (default: everybody with a report)")
    private List<String> ids = List.of();

    @Option(
            names = "--out",
            required = true,
            paramLabel = "DIR",
            description = "folder for <id>.html and explanations.json")
    private Path out = Path.of("");

    @Mixin private CommonOptions common = new CommonOptions();
    @Spec private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        common.apply();
        MultimodalModel model = MultimodalModel.load(modelFile);
        ModalityReader<?> reader = model.readers().get("report");
        if (reader == null) {
            throw new InputException(
                    modelFile + " reads no reports; train on a study that has reports");
        }
        List<Patient> patients = patients(StudyReader.read(folder));
        Findings findings = new Findings();
        Files.createDirectories(out);
        Map<String, Object> trees = new LinkedHashMap<>();
        for (Patient patient : patients) {
            if (reader.read(patient, findings).orElse(null) instanceof Report report) {
                trees.put(patient.id(), explain(model, patient, report));
            }
        }
        Files.write(out.resolve("explanations.json"), RunFiles.json(trees));
        for (Finding f : findings.sorted()) {
            spec.commandLine()
                    .getErr()
                    .println(f.patientId() + ", " + f.file() + ": " + f.reason());
        }
        spec.commandLine().getOut().println(trees.size() + " reports explained: " + out);
        return 0;
    }

    private List<Patient> patients(Study study) {
        List<Patient> everybody = study.everybody().patients();
        Set<String> known = everybody.stream().map(Patient::id).collect(Collectors.toSet());
        List<String> unknown = ids.stream().filter(id -> !known.contains(id)).toList();
        if (!unknown.isEmpty()) {
            throw new InputException(
                    "--patients names "
                            + String.join(", ", unknown)
                            + ", which patients.csv does not hold; give ids of the study");
        }
        return ids.isEmpty()
                ? everybody
                : everybody.stream().filter(p -> ids.contains(p.id())).toList();
    }

    private Map<String, Object> explain(MultimodalModel model, Patient patient, Report report)
            throws IOException {
        Map<String, ReportExplanation> explanations = ReportExplanation.of(model, report);
        Files.writeString(
                out.resolve(patient.id() + ".html"),
                ExplanationPage.html("Report of patient " + patient.id(), report, explanations));
        Map<String, Object> tree = new LinkedHashMap<>();
        explanations.forEach((target, explanation) -> tree.put(target, explanation.toMap()));
        return tree;
    }
}
