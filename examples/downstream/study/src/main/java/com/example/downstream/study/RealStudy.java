// SPDX-License-Identifier: Apache-2.0
package com.example.downstream.study;

import io.github.livermm.core.SurvivalTime;
import io.github.livermm.core.clinical.ClinicalEncoder;
import io.github.livermm.core.cohort.Enrolment;
import io.github.livermm.core.cohort.Progress;
import io.github.livermm.core.cohort.Study;
import io.github.livermm.core.cohort.StudyReader;
import io.github.livermm.core.report.StudyRun;
import io.github.livermm.core.training.TrainingOptions;
import io.github.livermm.eval.Concordance;
import io.github.livermm.eval.Interval;
import io.github.livermm.eval.SurvivalOutcomes;
import io.github.livermm.imaging.dicom.DicomFolder;
import io.github.livermm.imaging.volume.Volume;
import io.github.livermm.survival.SurvivalHead;
import io.github.livermm.text.concept.ParsedReport;
import io.github.livermm.text.concept.ReportParser;
import io.github.livermm.text.report.Report;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

/** Every module at work in somebody else's program, on the data of real patients. */
public final class RealStudy {
    private final Path studies;

    private RealStudy(Path studies) {
        this.studies = studies;
    }

    /**
     * Runs the three parts and fails when one of them is wrong.
     *
     * @param arguments the folder of the shipped studies
     * @throws IOException if a file cannot be read
     */
    public static void main(String[] arguments) throws IOException {
        RealStudy program = new RealStudy(Path.of(arguments[0]));
        program.readReport();
        program.readCt();
        program.predictSurvival();
    }

    private void readReport() {
        ParsedReport report =
                ReportParser.bundled()
                        .parse(new Report("FINDINGS: 3.2 cm lesion with washout. No ascites."));
        report.mentions().forEach(m -> System.out.println(m.concept().id() + " " + m.status()));
        require(report.indexLesion().orElseThrow().sizeCm() == 3.2, "size of the lesion");
    }

    private void readCt() throws IOException {
        Volume volume =
                DicomFolder.scan(studies.resolve("hcc048-piece"))
                        .series()
                        .get(0)
                        .readVolume();
        System.out.printf("CT: %s, mean %.4f HU%n", volume.grid(), volume.mean());
        // read with pydicom, see hcc048-piece/ORIGIN.md
        require(Math.abs(volume.mean() + 734.0941414833069) < 1e-3, "mean of the CT");
    }

    private void predictSurvival() {
        Study study = StudyReader.read(studies.resolve("hcc-tace"));
        ClinicalEncoder clinical = ClinicalEncoder.of(study.protocol());
        // a study of tables: no phase of any image
        Enrolment enrolment =
                Enrolment.of(
                        study,
                        Map.of(clinical.modality(), clinical.reader()),
                        (inputs, patient) -> Set.of(),
                        Progress.NONE);
        StudyRun run =
                StudyRun.execute(
                        study,
                        enrolment,
                        List.of(clinical),
                        List.of(SurvivalHead.of("os", List.of(12.0, 24.0, 36.0))),
                        TrainingOptions.defaults(),
                        UnaryOperator.identity(),
                        Progress.NONE,
                        false);
        int n = run.inputs().size();
        double[] months = new double[n];
        boolean[] died = new boolean[n];
        double[] risk = new double[n];
        for (int i = 0; i < n; i++) {
            SurvivalTime outcome =
                    run.inputs().patients().get(i).labels().outcome("os").orElseThrow();
            months[i] = outcome.months();
            died[i] = outcome.event();
            risk[i] =
                    run.predictions().get(run.primary(), "os", i).orElseThrow().linearPredictor();
        }
        Interval c = Concordance.harrell(SurvivalOutcomes.of(months, died), risk).interval();
        System.out.printf(
                "C out of fold, overall survival, n = %d: %.3f (%.3f to %.3f)%n",
                n, c.estimate(), c.lower(), c.upper());
        require(n == 105, "number of patients");
        require(c.lower() > 0.5 && c.estimate() < 0.75, "C out of fold");
    }

    private static void require(boolean right, String what) {
        if (!right) {
            throw new AssertionError(what + " is wrong");
        }
    }
}
