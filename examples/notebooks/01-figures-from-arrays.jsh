// How good are predictions that another program made? Arrays in, figures out. Needs liver-eval only.
// Run: examples/notebooks/run 01-figures-from-arrays.jsh

import io.github.livermm.eval.*;

// A binary target: 200 patients, one third malignant, a model that is right more often than not
var random = new Random(1);
boolean[] malignant = new boolean[200];
double[] probability = new double[200];
for (int i = 0; i < 200; i++) {
    double linearPredictor = -1 + 1.5 * random.nextGaussian();
    probability[i] = 1 / (1 + Math.exp(-linearPredictor));
    malignant[i] = random.nextDouble() < probability[i];
}

var roc = RocCurve.of(malignant, probability);
System.out.println("AUC          " + roc.aucInterval(0.95));
var table = ConfusionTable.of(malignant, probability, 0.5);
System.out.println("sensitivity  " + table.sensitivity(ProportionInterval.WILSON, 0.95));
System.out.println("specificity  " + table.specificity(ProportionInterval.WILSON, 0.95));
var calibration = LogisticCalibration.of(malignant, probability, 0.95);
System.out.println("slope        " + calibration.slope());
System.out.println("ICI          " + CalibrationCurve.of(malignant, probability).ici());

// A survival endpoint: times in months, censoring, and a risk (higher = worse)
double[] months = new double[200];
boolean[] recurred = new boolean[200];
double[] risk = new double[200];
for (int i = 0; i < 200; i++) {
    risk[i] = random.nextGaussian();
    double recurrence = -Math.log(random.nextDouble()) * 30 * Math.exp(-risk[i]);
    double censoring = 12 + 48 * random.nextDouble();
    months[i] = Math.min(recurrence, censoring);
    recurred[i] = recurrence <= censoring;
}

var outcomes = SurvivalOutcomes.of(months, recurred);
System.out.println("Harrell's C  " + Concordance.harrell(outcomes, risk).interval());
System.out.println("median       " + KaplanMeier.of(outcomes).median());

System.out.println("notebook finished");
/exit
