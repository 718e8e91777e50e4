// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.examples.cli;

import io.github.livermm.core.ModalityEncoder;
import io.github.livermm.core.PredictionHead;
import io.github.livermm.core.cohort.Enrolment;
import io.github.livermm.core.cohort.Progress;
import io.github.livermm.core.cohort.ReportPlan;
import io.github.livermm.core.cohort.Study;
import io.github.livermm.core.cohort.StudyReader;
import io.github.livermm.core.fusion.BinaryHead;
import io.github.livermm.core.report.EncoderComparison;
import io.github.livermm.core.report.RunFiles;
import io.github.livermm.core.training.TrainingOptions;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * {@code liver ablation}: each report encoder alone on each part of the report, to show how much of
 * a result is the radiologist's diagnosis.
 */
@Command(
        name = "ablation",
        description =
                "Evaluate report encoders alone, with and without masking and impression: what of"
                        + " their result is leak.",
        mixinStandardHelpOptions = true)
final class AblationCommand implements Callable<Integer> {
    @Option(names = "--study", required = true, paramLabel = "DIR", description = "study folder")
    private Path folder = Path.of("");

    @Option(
            names = "--encoders",
            split = ",",
            paramLabel = "NAME",
            description = "some of ${COMPLETION-CANDIDATES} (default: concepts,ngrams,network)")
    private List<ReportPlan.Encoder> encoders =
            List.of(
                    ReportPlan.Encoder.CONCEPTS,
                    ReportPlan.Encoder.NGRAMS,
                    ReportPlan.Encoder.NETWORK);

    @Option(
            names = "--transformer",
            paramLabel = "DIR",
            description = "folder with model.onnx and vocab.txt, for the encoder transformer")
    private @Nullable Path transformer;

    @Option(names = "--out", paramLabel = "FILE", description = "ablation.json")
    private @Nullable Path out;

    @Mixin private CommonOptions common = new CommonOptions();
    @Spec private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        common.apply();
        Progress progress = common.progress();
        Study study = StudyReader.read(folder);
        Enrolment enrolment = Assembly.enrol(study, Assembly.encoders(study), progress);
        TrainingOptions options =
                Assembly.options(study.protocol(), common).withChallengers(List.of());
        Map<String, ModalityEncoder<?>> variants = new LinkedHashMap<>();
        for (ReportPlan.Encoder encoder : encoders) {
            for (ReportPlan.View view : ReportPlan.View.values()) {
                variants.put(name(encoder) + "," + name(view), variant(encoder, view));
            }
        }
        List<PredictionHead> heads = heads(study);
        PrintWriter print = spec.commandLine().getOut();
        List<EncoderComparison.Row> rows = new ArrayList<>();
        for (Map.Entry<String, ModalityEncoder<?>> variant : variants.entrySet()) {
            Map<String, ModalityEncoder<?>> one = Map.of(variant.getKey(), variant.getValue());
            List<EncoderComparison.Row> found =
                    EncoderComparison.of(study, enrolment, one, heads, options, progress).rows();
            if (rows.isEmpty()) {
                printHead(found, print);
            }
            printLine(found, print);
            rows.addAll(found);
            // after each encoder: what is known stays when a later one fails
            if (out != null) {
                Files.write(out, RunFiles.json(Map.of("rows", tree(rows))));
            }
        }
        return 0;
    }

    /** The targets that metrics.json reports; not the step between malignant and HCC. */
    private static List<PredictionHead> heads(Study study) {
        String between = BinaryHead.primaryGivenMalignant().target();
        return Assembly.heads(study.protocol(), new SurvivalChoice()).stream()
                .filter(head -> !head.target().equals(between))
                .toList();
    }

    private ModalityEncoder<?> variant(ReportPlan.Encoder encoder, ReportPlan.View view) {
        boolean exported = encoder == ReportPlan.Encoder.TRANSFORMER;
        if (exported && transformer == null) {
            throw new InputException(
                    "--transformer is missing; name the folder that holds model.onnx and"
                            + " vocab.txt");
        }
        String model = exported ? String.valueOf(transformer) : null;
        return ReportEncoders.of(new ReportPlan(encoder, view, model), Path.of(""));
    }

    /** The head of a Markdown table. */
    private static void printHead(List<EncoderComparison.Row> rows, PrintWriter print) {
        List<String> targets = rows.stream().map(EncoderComparison.Row::target).toList();
        print.println("| encoder | sees | " + String.join(" | ", targets) + " |");
        print.println("|---|---|" + "---|".repeat(targets.size()));
    }

    /** One line of a Markdown table, the targets of one encoder on one part of the report. */
    private static void printLine(List<EncoderComparison.Row> rows, PrintWriter print) {
        String figures =
                rows.stream()
                        .map(EncoderComparison.Row::discrimination)
                        .map(
                                i ->
                                        String.format(
                                                Locale.ROOT,
                                                "%.3f (%.3f–%.3f)",
                                                i.estimate(),
                                                i.lower(),
                                                i.upper()))
                        .collect(Collectors.joining(" | "));
        print.println("| " + rows.get(0).encoder().replace(",", " | ") + " | " + figures + " |");
    }

    private static List<Map<String, Object>> tree(List<EncoderComparison.Row> comparison) {
        List<Map<String, Object>> rows = new ArrayList<>();
        for (EncoderComparison.Row row : comparison) {
            Map<String, Object> tree = new LinkedHashMap<>();
            String[] names = row.encoder().split(",", -1);
            tree.put("encoder", names[0]);
            tree.put("view", names[1]);
            tree.put("target", row.target());
            tree.put("n", row.patients());
            tree.put("reports", row.present());
            tree.put("events", row.events());
            tree.put("estimate", row.discrimination().estimate());
            tree.put("lower", row.discrimination().lower());
            tree.put("upper", row.discrimination().upper());
            rows.add(tree);
        }
        return rows;
    }

    private static String name(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
