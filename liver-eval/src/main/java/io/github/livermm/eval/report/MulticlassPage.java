// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.eval.report;

import io.github.livermm.eval.ClassTable;
import io.github.livermm.eval.Interval;
import io.github.livermm.eval.RocCurve;
import io.github.livermm.eval.WeightedRoc;
import io.github.livermm.eval.plot.CalibrationPlot;
import io.github.livermm.eval.plot.ConfusionPlot;
import io.github.livermm.eval.plot.Figure;
import io.github.livermm.eval.plot.Language;
import io.github.livermm.eval.plot.PrecisionRecallPlot;
import io.github.livermm.eval.plot.RocPlot;
import io.github.livermm.eval.study.MulticlassStudy;
import java.util.List;
import java.util.Map;

/** Pictures and sections of a target of several classes. */
final class MulticlassPage {
    private static final Interval NONE = Interval.undefined("");

    private MulticlassPage() {}

    static void draw(MulticlassStudy study, Map<String, Figure> figures) {
        List<String> classes = study.classes();
        figures.put(
                "confusion", ConfusionPlot.of("Confusion matrix", classes, study.table()).figure());
        RocPlot roc = RocPlot.of("ROC curves, each class against the rest");
        PrecisionRecallPlot precision = PrecisionRecallPlot.of("Precision and recall");
        for (int k = 0; k < classes.size(); k++) {
            roc =
                    roc.withCurve(
                            classes.get(k),
                            RocCurve.of(study.is(k), study.score(k)),
                            study.oneAgainstRest().getOrDefault(classes.get(k), NONE));
            precision =
                    precision.withCurve(
                            classes.get(k), WeightedRoc.of(study.is(k), study.score(k), null));
        }
        figures.put("roc", roc.figure());
        figures.put("precision_recall", precision.withoutPrevalence().figure());
        for (int k = 0; k < classes.size(); k++) {
            figures.put(
                    "calibration_" + classes.get(k).replaceAll("[^\\p{L}\\p{N}_-]+", "_"),
                    CalibrationPlot.of("Calibration", study.is(k), study.score(k))
                            .withLine("Class {0} against the rest", classes.get(k))
                            .figure());
        }
    }

    static void write(HtmlReport page, MulticlassStudy study, StudySections sections) {
        Language words = sections.words();
        Map<String, Interval> figures = study.figures();
        page.lead(
                words.text(
                        "{0} classes; the called class is the most probable one.",
                        study.classes().size()));
        page.section(
                words.text("Summary"),
                body -> {
                    body.keyFigures(
                            sections.key("Accuracy", figures.getOrDefault("accuracy", NONE)),
                            sections.key(
                                    "AUC, mean of classes against the rest",
                                    figures.getOrDefault("auc_ovr_macro", NONE)),
                            sections.key(
                                    "Hand and Till's M",
                                    figures.getOrDefault("hand_till_m", NONE)));
                    sections.show(body, "confusion");
                    ReportTable overall = sections.table("All figures", "Figure", "Value");
                    for (Map.Entry<String, Interval> figure : figures.entrySet()) {
                        overall =
                                overall.withRow(
                                        words.text(figure.getKey()),
                                        sections.interval(figure.getValue()));
                    }
                    body.table(overall);
                    body.table(classes(study, sections));
                });
        page.section(
                words.text("Discrimination"),
                body -> sections.show(body, "roc", "precision_recall"));
        page.section(
                words.text("Calibration"),
                body ->
                        sections.show(
                                body,
                                sections.figures().keySet().stream()
                                        .filter(name -> name.startsWith("calibration_"))
                                        .toArray(String[]::new)));
    }

    private static ReportTable classes(MulticlassStudy study, StudySections sections) {
        Language words = sections.words();
        ReportTable table =
                sections.table("Classes", "Class", "n", "Precision", "Recall", "F1", "AUC");
        ClassTable calls = study.table();
        for (int k = 0; k < study.classes().size(); k++) {
            String name = study.classes().get(k);
            table =
                    table.withRow(
                            name,
                            words.number(
                                    calls.support(k),
                                    calls.support(k) == Math.rint(calls.support(k)) ? 0 : 1),
                            words.number(calls.precision(k), 3),
                            words.number(calls.recall(k), 3),
                            words.number(calls.f1(k), 3),
                            sections.interval(study.oneAgainstRest().getOrDefault(name, NONE)));
        }
        return table;
    }
}
