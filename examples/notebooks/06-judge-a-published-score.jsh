// How good is a published score in patients it was not made for? The CLIP score of hepatocellular carcinoma (Cancer of the
// Liver Italian Program) on 105 patients before chemo-embolisation. Needs liver-eval only.
//   Score: Hepatology 1998;28:751-755, doi:10.1002/hep.510280322. Median survival by score, used as its prediction here:
//   prospective validation, Hepatology 2000;31:840-845, doi:10.1053/he.2000.5628. Data: examples/data/hcc-tace/ORIGIN.md.
// Run: examples/notebooks/run 06-judge-a-published-score.jsh

import io.github.livermm.eval.*;
import io.github.livermm.eval.plot.*;
import io.github.livermm.eval.report.EvaluationReport;
import io.github.livermm.eval.study.*;
import java.nio.file.*;

// 1. Read the table; every cell of it is free of commas
var lines = Files.readAllLines(Path.of(System.getProperty("studies", "examples/data"), "hcc-tace", "patients.csv"));
var header = List.of(lines.get(0).split(","));
String cell(int row, String column) { return lines.get(row + 1).split(",", -1)[header.indexOf(column)]; }
int n = lines.size() - 1;

// 2. The score, 0 to 6: liver function, morphology, alpha-fetoprotein, portal vein
int clip(int row) {
    int liver = "ABC".indexOf(cell(row, "child_pugh"));
    boolean massive = cell(row, "liver_involvement").equals("over_half");
    int morphology = massive ? 2 : cell(row, "nodules").equals("multiple") ? 1 : 0;
    int afp = Double.parseDouble(cell(row, "afp")) >= 400 ? 1 : 0;
    int portalVein = cell(row, "portal_vein_thrombosis").equals("yes") ? 1 : 0;
    return liver + morphology + afp + portalVein;
}

// 3. What the validation study predicts: its median survival by score, as if the hazard were constant (our assumption)
double[] median = {36, 22, 9, 7, 3};
double[] horizons = {6, 12, 24, 36};
double[] months = new double[n];
int[] died = new int[n];
double[] score = new double[n];
int[] group = new int[n];
double[][] risk = new double[n][];
String[] bclc = new String[n];
for (int i = 0; i < n; i++) {
    months[i] = Double.parseDouble(cell(i, "os_days")) / 30.4375;
    died[i] = Integer.parseInt(cell(i, "os_event"));
    score[i] = clip(i);
    group[i] = Math.min(4, clip(i));
    double half = median[group[i]];
    risk[i] = Arrays.stream(horizons).map(t -> 1 - Math.pow(2, -t / half)).toArray();
    bclc[i] = cell(i, "bclc").matches("[CD]") ? "C or D" : "A or B";
}

// 4. Every figure with its interval: the score orders the patients, but predicts too many deaths for this treatment
var study = SurvivalStudy.of(CompetingOutcomes.of(months, died), Map.of("CLIP", score), horizons, risk,
        RowColumns.none(n).withSubgroup("bclc", bclc), 1);
var block = study.models().get("CLIP");
System.out.println("C-index      " + block.cIndex());
for (var h : block.horizons()) {
    System.out.printf("%2.0f months    AUC %.3f  Brier %.3f  IPA %.3f  O/E %.2f (%.2f to %.2f)%n", h.time(), h.auc().estimate(),
            h.brier().estimate(), h.ipa(), h.observedToExpected().estimate(), h.observedToExpected().lower(),
            h.observedToExpected().upper());
}
System.out.println("interaction  " + study.subgroups().get("bclc").interaction());

// 5. Four pictures, as SVG and PNG
var outcomes = study.outcomes().causeOnly(1);
var atTwoYears = Arrays.stream(risk).mapToDouble(r -> r[2]).toArray();
var pictures = new LinkedHashMap<String, Figure>();
pictures.put("survival", KaplanMeierPlot.byGroup("Survival by CLIP score", "Months", "Overall survival",
        outcomes, group, List.of("CLIP 0", "CLIP 1", "CLIP 2", "CLIP 3", "CLIP 4 to 6")).figure());
pictures.put("auc", HorizonPlot.of("CLIP score: AUC at each horizon", "Months", "AUC(t)", 0.5)
        .withSeries("CLIP", horizons, block.horizons().stream().map(h -> h.auc()).toList()).figure());
pictures.put("brier", HorizonPlot.of("CLIP score: Brier score at each horizon", "Months", "Brier(t)", Double.NaN)
        .withSeries("CLIP", horizons, block.horizons().stream().map(h -> h.brier()).toList()).figure());
pictures.put("calibration", CalibrationPlot.atHorizon("CLIP score: calibration at 24 months", outcomes, atTwoYears, 24)
        .withLine("O/E {0}", block.horizons().get(2).observedToExpected()).figure());

var folder = Files.createTempDirectory("clip-score");
for (var picture : pictures.entrySet()) {
    Files.writeString(folder.resolve(picture.getKey() + ".svg"), picture.getValue().svg());
    Files.write(folder.resolve(picture.getKey() + ".png"), picture.getValue().png(2));
}
Files.writeString(folder.resolve("report.html"), EvaluationReport.of("CLIP score, HCC-TACE-Seg", study).html(Language.ENGLISH));
System.out.println("pictures     " + folder);

System.out.println("notebook finished");
/exit
