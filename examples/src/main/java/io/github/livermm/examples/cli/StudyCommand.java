// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.examples.cli;

import io.github.livermm.core.Finding;
import io.github.livermm.core.ModalityEncoder;
import io.github.livermm.core.cohort.Enrolment;
import io.github.livermm.core.cohort.Flow;
import io.github.livermm.core.cohort.Progress;
import io.github.livermm.core.cohort.Study;
import io.github.livermm.core.cohort.StudyCheck;
import io.github.livermm.core.cohort.StudyReader;
import io.github.livermm.examples.real.RealStudies;
import io.github.livermm.examples.synthetic.SyntheticStudy;
import io.github.livermm.imaging.quality.QualityGate;
import io.github.livermm.imaging.quality.QualityLimits;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code liver study make | check | convert}. */
@Command(
        name = "study",
        description = "Make, check or convert a study folder.",
        mixinStandardHelpOptions = true)
final class StudyCommand {
    @Spec private CommandSpec spec;

    /** The tables that can be converted. */
    enum Dataset {
        /** TCGA LIHC and CHOL. */
        TCGA_LIVER,
        /** HCC-TACE-Seg. */
        HCC_TACE
    }

    @Command(name = "make", description = "Make the synthetic study alone.")
    int make(
            @Option(names = "--out", required = true, paramLabel = "DIR") Path out,
            @Option(names = "--patients", paramLabel = "N", defaultValue = "600") int patients,
            @Mixin CommonOptions common)
            throws IOException {
        common.apply();
        writeStudy(out, patients, common);
        spec.commandLine().getOut().println("study: " + out);
        return 0;
    }

    static void writeStudy(Path out, int patients, CommonOptions common) throws IOException {
        if (patients < 60) {
            throw new InputException(
                    "--patients is "
                            + patients
                            + ", allowed is at least 60: every lesion type and"
                            + " every planted exclusion has to occur");
        }
        Progress progress = common.progress();
        Long seed = common.seed;
        SyntheticStudy.write(
                out,
                SyntheticStudy.Options.defaults()
                        .withPatients(patients)
                        .withSeed(seed == null ? 1 : seed)
                        .withThreads(common.threads),
                (written, total) -> progress.done("writing patients", written, total));
    }

    @Command(name = "check", description = "Print everything wrong or suspicious in a study.")
    int check(
            @Option(names = "--study", required = true, paramLabel = "DIR") Path folder,
            @Option(names = "--strict", description = "findings end with exit 2") boolean strict,
            @Mixin CommonOptions common) {
        common.apply();
        PrintWriter out = spec.commandLine().getOut();
        Study study = StudyReader.read(folder);
        QualityGate gate = QualityGate.of(QualityLimits.defaults());
        List<ModalityEncoder<?>> encoders = Assembly.encoders(study, gate);
        Enrolment enrolment = Assembly.enrol(study, encoders, common.progress());
        flow(out, "diagnostic cohort", enrolment.selection().flow().diagnostic());
        flow(out, "prognostic cohort", enrolment.selection().flow().prognostic());
        StudyCheck.suspicions(study).forEach(out::println);
        gate.findings().forEach(f -> out.println(line("suspicious", f)));
        enrolment.findings().forEach(f -> out.println(line("finding", f)));
        out.println(enrolment.findings().size() + " findings");
        return strict && !enrolment.findings().isEmpty() ? 2 : 0;
    }

    @Command(
            name = "convert",
            description = "Make a study folder from the published tables of a real cohort.")
    int convert(
            @Option(names = "--dataset", required = true, paramLabel = "TCGA_LIVER|HCC_TACE")
                    Dataset dataset,
            @Option(names = "--data", required = true, paramLabel = "DIR") Path data,
            @Option(names = "--out", required = true, paramLabel = "DIR") Path out)
            throws IOException {
        if (dataset == Dataset.TCGA_LIVER) {
            RealStudies.writeTcgaLiver(data, out);
        } else {
            RealStudies.writeHccTace(data, out);
        }
        spec.commandLine().getOut().println("study: " + out);
        return 0;
    }

    private static String line(String kind, Finding f) {
        return kind + ": " + f.patientId() + ", " + f.file() + ": " + f.reason();
    }

    private static void flow(PrintWriter out, String name, Flow.Stage stage) {
        out.println(name + ": " + sum(stage.entered()) + " entered");
        stage.excluded()
                .forEach(
                        e ->
                                out.println(
                                        "  "
                                                + e.rule().word()
                                                + ": "
                                                + sum(e.count())
                                                + " excluded"));
        out.println("  " + sum(stage.included()) + " included");
    }

    private static int sum(Map<String, Integer> counts) {
        return counts.values().stream().mapToInt(Integer::intValue).sum();
    }
}
