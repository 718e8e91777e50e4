// Train on a shipped study of real patients and judge every prediction out of fold: survival of 105 patients with
// hepatocellular carcinoma before chemo-embolisation, from their clinical table alone.
// Run: examples/notebooks/run 04-train-on-a-real-study.jsh

import io.github.livermm.core.*;
import io.github.livermm.core.clinical.ClinicalEncoder;
import io.github.livermm.core.cohort.*;
import io.github.livermm.core.report.StudyRun;
import io.github.livermm.core.training.TrainingOptions;
import io.github.livermm.eval.*;
import io.github.livermm.survival.SurvivalHead;
import java.nio.file.Path;

// 1. Who takes part? The protocol in study.json says it, the flow counts it; a study of tables has no phases of images
var study = StudyReader.read(Path.of(System.getProperty("studies", "examples/data"), "hcc-tace"));
var clinical = ClinicalEncoder.of(study.protocol());
var enrolment = Enrolment.of(study, Map.of(clinical.modality(), clinical.reader()), (inputs, patient) -> Set.of(), Progress.NONE);
System.out.println("patients     " + enrolment.selection().cohort().size());

// 2. What is learnt from what: one encoder per modality, one head per target
List<ModalityEncoder<?>> encoders = List.of(clinical);
List<PredictionHead> heads = List.of(SurvivalHead.of("os", List.of(12.0, 24.0, 36.0)));

// 3. Every patient is predicted by a model that has not seen that patient
var run = StudyRun.execute(study, enrolment, encoders, heads, TrainingOptions.defaults(), UnaryOperator.identity(), Progress.NONE, false);

// 4. How well do the risks order the deaths?
int n = run.inputs().size();
double[] months = new double[n];
boolean[] died = new boolean[n];
double[] risk = new double[n];
for (int i = 0; i < n; i++) {
    var outcome = run.inputs().patients().get(i).labels().outcome("os").orElseThrow();
    months[i] = outcome.months();
    died[i] = outcome.event();
    risk[i] = run.predictions().get(run.primary(), "os", i).orElseThrow().linearPredictor();
}
var concordance = Concordance.harrell(SurvivalOutcomes.of(months, died), risk);
System.out.println("Harrell's C  " + concordance.interval());

System.out.println("notebook finished");
/exit
