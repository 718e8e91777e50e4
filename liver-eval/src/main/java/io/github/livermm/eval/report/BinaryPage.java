// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.eval.report;

import io.github.livermm.eval.BinaryEvaluation;
import io.github.livermm.eval.ConfusionTable;
import io.github.livermm.eval.DecisionCurve;
import io.github.livermm.eval.OperatingPoint;
import io.github.livermm.eval.RocBand;
import io.github.livermm.eval.RocCurve;
import io.github.livermm.eval.WeightedRoc;
import io.github.livermm.eval.plot.CalibrationPlot;
import io.github.livermm.eval.plot.ConfusionPlot;
import io.github.livermm.eval.plot.DecisionCurvePlot;
import io.github.livermm.eval.plot.Figure;
import io.github.livermm.eval.plot.Language;
import io.github.livermm.eval.plot.PrecisionRecallPlot;
import io.github.livermm.eval.plot.RocPlot;
import io.github.livermm.eval.study.BinaryStudy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Pictures and sections of a yes-or-no target. */
final class BinaryPage {
    private static final double LEVEL = 0.95;
    private static final int BAND_REPLICATES = 500;

    /** More rows have no visible band, and resampling them takes minutes. */
    private static final int MOST_BAND_ROWS = 50_000;

    private BinaryPage() {}

    static void draw(BinaryStudy study, Map<String, Figure> figures) {
        String main = study.models().keySet().iterator().next();
        BinaryEvaluation block = study.models().values().iterator().next();
        boolean[] truth = study.positive(main);
        double[] score = study.score(main);
        if (truth.length == 0) {
            return;
        }
        ConfusionTable table = ConfusionTable.of(truth, score, block.threshold());
        RocPlot roc = RocPlot.of("ROC curve");
        PrecisionRecallPlot precision = PrecisionRecallPlot.of("Precision and recall");
        for (String name : study.models().keySet()) {
            boolean[] y = study.positive(name);
            double[] s = study.score(name);
            RocCurve curve = RocCurve.of(y, s);
            BinaryEvaluation one = study.models().getOrDefault(name, block);
            roc =
                    name.equals(main) && block.events() > 0 && block.events() < block.n()
                            ? roc.withCurve(
                                    name,
                                    curve,
                                    one.auc(),
                                    new OperatingPoint(block.threshold(), table))
                            : roc.withCurve(name, curve, one.auc());
            if (name.equals(main) && y.length <= MOST_BAND_ROWS) {
                roc = roc.withBand(RocBand.of(y, s, LEVEL, BAND_REPLICATES, 1));
            }
            precision = precision.withCurve(name, WeightedRoc.of(y, s, null));
        }
        figures.put("roc", roc.figure());
        figures.put("precision_recall", precision.figure());
        if (study.probabilities(main)) {
            figures.put(
                    "calibration",
                    CalibrationPlot.of("Calibration", truth, score)
                            .withLine("Calibration in the large {0}", block.calibrationIntercept())
                            .withLine("Slope {0}, ICI {1}", block.calibrationSlope(), block.ici())
                            .figure());
        }
        DecisionCurvePlot decision = DecisionCurvePlot.of("Net benefit");
        double[] thresholds = new double[99];
        Arrays.setAll(thresholds, k -> (k + 1) / 100.0);
        boolean any = false;
        for (String name : study.models().keySet()) {
            if (study.probabilities(name)) {
                decision =
                        decision.withModel(
                                name,
                                DecisionCurve.of(
                                        study.positive(name), study.score(name), thresholds));
                any = true;
            }
        }
        if (any) {
            figures.put("decision_curve", decision.figure());
        }
        figures.put("confusion", ConfusionPlot.of("Calls at the threshold", table).figure());
        StudySections.forests(study, "AUC", block.auc(), block.n(), block.events(), figures);
    }

    static void write(HtmlReport page, BinaryStudy study, StudySections sections) {
        Language words = sections.words();
        BinaryEvaluation block = study.models().values().iterator().next();
        page.lead(
                words.text(
                        "{0} rows, {1} of them positive. Called positive at or above {2} ({3}).",
                        block.n(),
                        block.events(),
                        words.number(block.threshold(), 3),
                        block.thresholdFrom()));
        page.section(
                words.text("Summary"),
                body -> {
                    if (block.thresholdFrom().contains("optimistic")) {
                        body.warning(
                                words.text(
                                        "The threshold was chosen on these rows: sensitivity,"
                                                + " specificity and accuracy are optimistic."));
                    }
                    body.keyFigures(
                            sections.key("AUC", block.auc()),
                            sections.key("Sensitivity", block.sensitivity()),
                            sections.key("Specificity", block.specificity()),
                            sections.key("Calibration slope", block.calibrationSlope()));
                    body.table(models(study, sections));
                });
        page.section(
                words.text("Discrimination"),
                body -> sections.show(body, "roc", "precision_recall"));
        page.section(
                words.text("Calibration and use"),
                body -> sections.show(body, "calibration", "decision_curve", "confusion"));
        sections.comparisons(page, study.comparisons(), "AUC");
        sections.parts(page, study, "AUC", study.gaps());
    }

    private static ReportTable models(BinaryStudy study, StudySections sections) {
        List<String> header = new ArrayList<>(List.of("Figure"));
        header.addAll(study.models().keySet());
        ReportTable table = sections.table("All figures", header.toArray(String[]::new));
        Map<String, Function<BinaryEvaluation, String>> rows = new LinkedHashMap<>();
        rows.put("n", b -> Integer.toString(b.n()));
        rows.put("Events", b -> Integer.toString(b.events()));
        rows.put("AUC", b -> sections.interval(b.auc()));
        rows.put("Accuracy", b -> sections.interval(b.accuracy()));
        rows.put("Sensitivity", b -> sections.interval(b.sensitivity()));
        rows.put("Specificity", b -> sections.interval(b.specificity()));
        rows.put("Positive predictive value", b -> sections.interval(b.ppv()));
        rows.put("Negative predictive value", b -> sections.interval(b.npv()));
        rows.put("Threshold", b -> sections.words().number(b.threshold(), 3));
        rows.put("Brier", b -> sections.interval(b.brier()));
        rows.put("Calibration in the large", b -> sections.interval(b.calibrationIntercept()));
        rows.put("Calibration slope", b -> sections.interval(b.calibrationSlope()));
        rows.put("ICI", b -> sections.interval(b.ici()));
        for (Map.Entry<String, Function<BinaryEvaluation, String>> row : rows.entrySet()) {
            List<String> cells = new ArrayList<>(List.of(sections.words().text(row.getKey())));
            study.models().values().forEach(b -> cells.add(row.getValue().apply(b)));
            table = table.withRow(cells);
        }
        BinaryEvaluation first = study.models().values().iterator().next();
        return table.withNote(
                sections.words()
                        .text(
                                "Limits: AUC {0}; shares {1}; ICI {2}.",
                                first.auc().method(),
                                first.sensitivity().method(),
                                first.ici().method()));
    }
}
