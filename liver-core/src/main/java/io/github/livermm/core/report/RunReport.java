// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.core.report;

import io.github.livermm.core.PredictionHead;
import io.github.livermm.core.cohort.Flow;
import io.github.livermm.core.fusion.BinaryHead;
import io.github.livermm.eval.Interval;
import io.github.livermm.eval.ReverseKaplanMeier;
import io.github.livermm.eval.RocCurve;
import io.github.livermm.eval.plot.CalibrationPlot;
import io.github.livermm.eval.plot.Figure;
import io.github.livermm.eval.plot.FlowPlot;
import io.github.livermm.eval.plot.ForestPlot;
import io.github.livermm.eval.plot.RocPlot;
import io.github.livermm.eval.report.HtmlReport;
import io.github.livermm.eval.report.KeyFigure;
import io.github.livermm.eval.report.ReportBody;
import io.github.livermm.eval.report.ReportTable;
import io.github.livermm.eval.study.Interaction;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The page about a run: flow, every figure of the protocol for the right task with its interval,
 * centres, subgroups, and beside it, for synthetic studies, what the generator knows to be
 * possible. One self-contained HTML file.
 *
 * @since 0.1.0
 */
public final class RunReport {
    private final RunEvaluation evaluation;
    private final StudyRun run;
    private final Bound bound;

    private RunReport(RunEvaluation evaluation, Bound bound) {
        this.evaluation = evaluation;
        this.run = evaluation.run();
        this.bound = bound;
    }

    /**
     * Prepares the page.
     *
     * @param evaluation the run and its figures
     * @param truth the tree of {@code truth.json} of a synthetic study; empty for real studies
     * @return the page
     */
    public static RunReport of(RunEvaluation evaluation, Map<String, ?> truth) {
        return new RunReport(evaluation, new Bound(truth));
    }

    /**
     * The figures of the primary strategy in a few lines of text.
     *
     * @return one line per target
     */
    public String summary() {
        List<String> lines = new ArrayList<>();
        lines.add(
                String.format(
                        Locale.ROOT,
                        "%-12s %5s %7s  %-28s %s",
                        "target",
                        "n",
                        "events",
                        run.primary() + ", out of fold",
                        "single modalities and challengers"));
        for (PredictionHead head : evaluation.targets()) {
            String target = head.target();
            TargetEvaluation primary = evaluation.all(run.primary(), target);
            StringBuilder others = new StringBuilder();
            evaluation
                    .models()
                    .forEach(
                            (model, byTarget) -> {
                                TargetEvaluation e = byTarget.get(target);
                                if (!model.equals(run.primary()) && e != null) {
                                    others.append(model)
                                            .append(' ')
                                            .append(
                                                    Figures.number(
                                                            e.discrimination().estimate(), 3))
                                            .append("  ");
                                }
                            });
            lines.add(
                    String.format(
                            Locale.ROOT,
                            "%-12s %5d %7d  %-28s %s",
                            target,
                            primary.rows().length,
                            primary.events(),
                            measure(head) + " " + Figures.interval(primary.discrimination(), 3),
                            others.toString().trim()));
        }
        return String.join("\n", lines);
    }

    /**
     * The page.
     *
     * @return HTML text, the same bytes for the same run
     */
    public String html() {
        HtmlReport report =
                HtmlReport.titled("Study " + run.protocol().name(), "en")
                        .lead(lead())
                        .footer(
                                "Research use; not a medical device. Every prediction on this page was"
                                        + " made for a patient by a model that never saw that patient.")
                        .section("Summary", this::summarySection)
                        .section("Eligibility", this::flowSection)
                        .section("Patients", b -> b.table(PatientsTable.of(run)));
        for (PredictionHead head : evaluation.targets()) {
            report =
                    head instanceof BinaryHead
                            ? report.section(title(head), b -> binarySection(b, head))
                            : report.section(title(head), b -> survivalSection(b, head));
        }
        Optional<Map<String, @Nullable Object>> lesion = evaluation.lesionType();
        if (lesion.isPresent()) {
            report = report.section("Lesion type", b -> lesionSection(b, lesion.get()));
        }
        report = report.section("Models compared", this::modelSection);
        if (evaluation.centres().size() > 1) {
            report = report.section("Centres", this::centreSection);
        }
        for (String column : evaluation.subgroups().keySet()) {
            report = report.section("Subgroup: " + column, b -> subgroupSection(b, column));
        }
        return report.section("How this was made", this::methodSection).html();
    }

    private String lead() {
        Flow flow = run.selection().flow();
        return sum(flow.diagnostic().entered())
                + " patients of "
                + flow.diagnostic().entered().size()
                + " centres; "
                + sum(flow.diagnostic().included())
                + " in the diagnostic cohort, "
                + sum(flow.prognostic().included())
                + " in the prognostic cohort. Primary model: "
                + run.primary()
                + ".";
    }

    private void summarySection(ReportBody body) {
        if (run.shuffled()) {
            body.warning(
                    "The labels of this run were permuted over patients. Whatever discrimination is"
                            + " left would be a leak: every interval should cover 0.5.");
        }
        List<KeyFigure> cards = new ArrayList<>();
        for (PredictionHead head : evaluation.targets()) {
            cards.add(
                    KeyFigure.of(
                            measure(head) + ", " + title(head),
                            evaluation.all(run.primary(), head.target()).discrimination(),
                            3));
        }
        body.keyFigures(cards.toArray(KeyFigure[]::new));
        ReportTable table =
                ReportTable.of(
                        "Primary model against the best single modality, same patients, paired",
                        "Target",
                        "Best single",
                        "Gain (95 % CI)",
                        "Possible at best");
        for (PredictionHead head : evaluation.targets()) {
            Optional<Gain> gain = Gain.of(evaluation, head.target());
            table =
                    table.withRow(
                            title(head),
                            gain.map(Gain::single).orElse("only one modality"),
                            gain.map(g -> Figures.signed(g.difference(), 3)).orElse("-"),
                            bound.best(head.target()).map(v -> Figures.number(v, 3)).orElse("-"));
        }
        body.table(
                bound.known()
                        ? table.withNote(
                                "\"Possible at best\" is what a reader of the generator's latent"
                                        + " variables would reach; a run above it would be a leak.")
                        : table);
        body.list(run.notes());
    }

    private void flowSection(ReportBody body) {
        Flow flow = run.selection().flow();
        List<Figure> figures = new ArrayList<>();
        figures.add(flowFigure("Diagnostic cohort", flow.diagnostic()));
        if (sum(flow.prognostic().entered()) > 0) {
            figures.add(flowFigure("Prognostic cohort", flow.prognostic()));
        }
        body.figures(figures);
        body.table(flowTable("Diagnostic cohort by centre", flow.diagnostic()));
        if (sum(flow.prognostic().entered()) > 0) {
            body.table(flowTable("Prognostic cohort by centre", flow.prognostic()));
        }
        body.note(
                "Each excluded patient counts once, under the first rule failed in the order of the"
                        + " protocol.");
    }

    private static Figure flowFigure(String title, Flow.Stage stage) {
        FlowPlot plot = FlowPlot.of(title).withBox("Entered", sum(stage.entered()));
        for (Flow.Exclusion exclusion : stage.excluded()) {
            plot = plot.withExclusion(words(exclusion.rule().word()), sum(exclusion.count()));
        }
        return plot.withBox("Included", sum(stage.included())).figure();
    }

    private static ReportTable flowTable(String caption, Flow.Stage stage) {
        List<String> header = new ArrayList<>(List.of("Step"));
        header.addAll(stage.entered().keySet());
        header.add("All");
        ReportTable table = ReportTable.of(caption, header.toArray(String[]::new));
        table = table.withRow(flowRow("Entered", stage, stage.entered()));
        for (Flow.Exclusion exclusion : stage.excluded()) {
            table =
                    table.withRow(
                            flowRow(
                                    "Excluded: " + words(exclusion.rule().word()),
                                    stage,
                                    exclusion.count()));
        }
        return table.withRow(flowRow("Included", stage, stage.included()));
    }

    private static List<String> flowRow(
            String label, Flow.Stage stage, Map<String, Integer> counts) {
        List<String> row = new ArrayList<>(List.of(label));
        stage.entered().keySet().forEach(c -> row.add(String.valueOf(counts.getOrDefault(c, 0))));
        row.add(String.valueOf(sum(counts)));
        return row;
    }

    private void binarySection(ReportBody body, PredictionHead head) {
        body.paragraph(question(head));
        RocPlot roc = RocPlot.of("ROC curves, out of fold");
        for (String model : evaluation.models().keySet()) {
            if (evaluation.all(model, head.target()) instanceof TargetEvaluation.Binary b) {
                roc = roc.withCurve(model, RocCurve.of(b.positive(), b.score()), b.figures().auc());
            }
        }
        List<Figure> figures = new ArrayList<>(List.of(roc.figure()));
        if (evaluation.all(run.primary(), head.target()) instanceof TargetEvaluation.Binary b) {
            figures.add(
                    CalibrationPlot.of(
                                    "Calibration of " + run.primary(),
                                    b.positive(),
                                    b.probability())
                            .withLine("ICI " + Figures.interval(b.figures().ici(), 3))
                            .withLine(
                                    "slope " + Figures.interval(b.figures().calibrationSlope(), 2))
                            .figure());
        }
        body.figures(figures);
        body.table(binaryTable(head));
        body.table(binaryCalibrationTable(head));
    }

    private ReportTable binaryTable(PredictionHead head) {
        ReportTable table =
                ReportTable.of(
                        "Figures out of fold, 95 % intervals",
                        "Model", "n", "Positive", "AUC", "Accuracy", "Sensitivity", "Specificity");
        for (String model : evaluation.models().keySet()) {
            if (evaluation.all(model, head.target()) instanceof TargetEvaluation.Binary b) {
                var f = b.figures();
                table =
                        table.withRow(
                                model,
                                String.valueOf(f.n()),
                                String.valueOf(f.events()),
                                Figures.interval(f.auc(), 3),
                                Figures.interval(f.accuracy(), 3),
                                Figures.interval(f.sensitivity(), 3),
                                Figures.interval(f.specificity(), 3));
            }
        }
        return bound.known()
                ? table.withNote("Possible AUC at best: " + bound.words(head.target()))
                : table;
    }

    private ReportTable binaryCalibrationTable(PredictionHead head) {
        ReportTable table =
                ReportTable.of(
                        "Calibration and predictive values out of fold, 95 % intervals",
                        "Model", "Brier", "Intercept", "Slope", "ICI", "PPV", "NPV");
        for (String model : evaluation.models().keySet()) {
            if (evaluation.all(model, head.target()) instanceof TargetEvaluation.Binary b) {
                var f = b.figures();
                table =
                        table.withRow(
                                model,
                                Figures.interval(f.brier(), 3),
                                Figures.interval(f.calibrationIntercept(), 2),
                                Figures.interval(f.calibrationSlope(), 2),
                                Figures.interval(f.ici(), 3),
                                Figures.interval(f.ppv(), 3),
                                Figures.interval(f.npv(), 3));
            }
        }
        return table;
    }

    private void survivalSection(ReportBody body, PredictionHead head) {
        if (!(evaluation.all(run.primary(), head.target())
                instanceof TargetEvaluation.Survival s)) {
            return;
        }
        Interval followUp = ReverseKaplanMeier.medianFollowUp(s.outcomes());
        body.paragraph(
                "Time from surgery. Median follow-up "
                        + Figures.interval(followUp, 1)
                        + " months (reverse Kaplan-Meier); "
                        + s.outcomes().events()
                        + " events in "
                        + s.outcomes().size()
                        + " patients.");
        body.figure(SurvivalFigures.thirds(title(head), run.primary(), s), "");
        List<Figure> calibration = new ArrayList<>();
        for (int k = 0; k < s.figures().horizons().size(); k++) {
            if (Double.isFinite(s.figures().horizons().get(k).slope().estimate())) {
                calibration.add(SurvivalFigures.calibration(run.primary(), s, k));
            }
        }
        body.figures(calibration);
        body.table(survivalTable(head));
        body.table(horizonTable(s));
        body.note(
                "Groups are thirds of the predicted risk out of fold. Figures at a horizon weight by"
                        + " the inverse probability of censoring.");
    }

    private ReportTable survivalTable(PredictionHead head) {
        ReportTable table =
                ReportTable.of(
                        "Figures out of fold, 95 % intervals",
                        "Model", "n", "Events", "Harrell's C", "Uno's C", "Integrated Brier");
        for (String model : evaluation.models().keySet()) {
            if (evaluation.all(model, head.target()) instanceof TargetEvaluation.Survival s) {
                table =
                        table.withRow(
                                model,
                                String.valueOf(s.outcomes().size()),
                                String.valueOf(s.outcomes().events()),
                                Figures.interval(s.figures().cIndex(), 3),
                                Figures.interval(s.figures().unoC(), 3),
                                Figures.interval(s.figures().ibs(), 3));
            }
        }
        return bound.known()
                ? table.withNote("Possible C at best: " + bound.words(head.target()))
                : table;
    }

    private ReportTable horizonTable(TargetEvaluation.Survival s) {
        ReportTable table =
                ReportTable.of(
                        "At horizons, " + run.primary(),
                        "Months",
                        "AUC",
                        "Brier",
                        "Observed / expected",
                        "Calibration slope",
                        "ICI");
        for (var at : s.figures().horizons()) {
            table =
                    table.withRow(
                            Figures.number(at.time(), 0),
                            Figures.interval(at.auc(), 3),
                            Figures.interval(at.brier(), 3),
                            Figures.interval(at.observedToExpected(), 2),
                            Figures.interval(at.slope(), 2),
                            Figures.interval(at.ici(), 3));
        }
        return table;
    }

    private static void lesionSection(ReportBody body, Map<String, @Nullable Object> lesion) {
        body.paragraph(
                "P(HCC) = P(malignant) x P(HCC or ICC | malignant) x P(HCC | HCC or ICC), and so on;"
                        + " the most probable type is called. Accuracy "
                        + Figures.number(
                                ((Number) lesion.getOrDefault("accuracy", 0)).doubleValue(), 3)
                        + ".");
        Map<?, ?> confusion = (Map<?, ?>) lesion.getOrDefault("confusion", Map.of());
        List<String> header = new ArrayList<>(List.of("Pathology"));
        confusion.keySet().forEach(k -> header.add("called " + words(String.valueOf(k))));
        ReportTable table = ReportTable.of("Confusion", header.toArray(String[]::new));
        for (Map.Entry<?, ?> row : confusion.entrySet()) {
            List<String> cells = new ArrayList<>(List.of(words(String.valueOf(row.getKey()))));
            ((Map<?, ?>) row.getValue()).values().forEach(v -> cells.add(String.valueOf(v)));
            table = table.withRow(cells);
        }
        body.table(table);
    }

    private void modelSection(ReportBody body) {
        for (PredictionHead head : evaluation.targets()) {
            ForestPlot plot =
                    ForestPlot.of(title(head), measure(head) + " (95 % CI)", 0.5, "n", "events");
            for (String model : evaluation.models().keySet()) {
                plot = forestRow(plot, model, evaluation.all(model, head.target()));
            }
            body.figure(
                    plot.figure(),
                    bound.known() ? "Possible at best: " + bound.words(head.target()) : "");
        }
    }

    private void centreSection(ReportBody body) {
        for (PredictionHead head : evaluation.targets()) {
            ForestPlot plot =
                    ForestPlot.of(
                            title(head) + ", " + run.primary() + ", by centre",
                            measure(head) + " (95 % CI)",
                            0.5,
                            "n",
                            "events");
            for (Map.Entry<String, Map<String, TargetEvaluation>> centre :
                    evaluation.centres().entrySet()) {
                TargetEvaluation e = centre.getValue().get(head.target());
                plot = e == null ? plot : forestRow(plot, centre.getKey(), e);
            }
            body.figure(
                    forestRow(plot, "all", evaluation.all(run.primary(), head.target())).figure(),
                    "");
        }
    }

    private void subgroupSection(ReportBody body, String column) {
        Map<String, Map<String, TargetEvaluation>> levels =
                evaluation.subgroups().getOrDefault(column, Map.of());
        ReportTable table =
                ReportTable.of(
                        run.primary() + " by " + column,
                        "Target",
                        column,
                        "n",
                        "Events",
                        "AUC or C",
                        "Observed / expected or intercept",
                        "Slope",
                        "Interaction p");
        for (PredictionHead head : evaluation.targets()) {
            Interaction test =
                    evaluation.interactions().getOrDefault(column, Map.of()).get(head.target());
            ForestPlot plot =
                    ForestPlot.of(
                            title(head) + " by " + column,
                            measure(head) + " (95 % CI)",
                            0.5,
                            "n",
                            "events");
            for (Map.Entry<String, Map<String, TargetEvaluation>> level : levels.entrySet()) {
                TargetEvaluation e = level.getValue().get(head.target());
                if (e == null) {
                    continue;
                }
                plot = forestRow(plot, level.getKey(), e);
                table =
                        table.withRow(
                                title(head),
                                level.getKey(),
                                String.valueOf(e.rows().length),
                                String.valueOf(e.events()),
                                Figures.interval(e.discrimination(), 3)
                                        + (e.events() < 30 ? " (not conclusive)" : ""),
                                Figures.interval(SurvivalFigures.level(e), 2),
                                Figures.interval(SurvivalFigures.slope(e), 2),
                                test == null ? "-" : Figures.pValue(test.p()));
            }
            body.figure(plot.figure(), "");
        }
        body.table(
                table.withNote(
                        "Interaction: likelihood-ratio test of score x subgroup. Survival targets:"
                                + " observed / expected and slope at the second horizon; a descriptive"
                                + " comparison, not the effect of a treatment. Fewer than 30 events:"
                                + " not conclusive."));
    }

    private void methodSection(ReportBody body) {
        List<String> points = new ArrayList<>();
        Map<String, String> split = new LinkedHashMap<>();
        for (PredictionHead head : evaluation.targets()) {
            int folds =
                    run.folds().getOrDefault(head.target(), List.of()).stream()
                                    .mapToInt(Integer::intValue)
                                    .max()
                                    .orElse(0)
                            + 1;
            split.put(
                    head.target(),
                    run.protocol().plan().splits().of(head.target()).name().toLowerCase(Locale.ROOT)
                            + ", "
                            + folds
                            + " folds");
        }
        split.forEach((target, how) -> points.add(words(target) + ": " + words(how)));
        points.add(
                "Imputation, scaling, vocabulary, intensity statistics, penalties, networks and the"
                        + " weights of late fusion are fitted inside the training folds.");
        points.add("Calls are made at a probability of 0.5, fixed before any data were seen.");
        points.add(
                "Intervals: AUC by DeLong on the logit scale, proportions by Wilson, others as"
                        + " metrics.json names them.");
        points.add(run.findings().size() + " files could not be used and were masked.");
        body.list(points);
        List<String> notes = new ArrayList<>();
        Object all = evaluation.toMap().get("notes");
        if (all instanceof List<?> list) {
            list.forEach(n -> notes.add(String.valueOf(n)));
        }
        if (!notes.isEmpty()) {
            body.details(notes.size() + " notes on figures that are undefined", b -> b.list(notes));
        }
        body.note("Research use; not a medical device.");
    }

    private static ForestPlot forestRow(ForestPlot plot, String label, TargetEvaluation e) {
        return plot.withRow(
                label,
                e.discrimination(),
                String.valueOf(e.rows().length),
                String.valueOf(e.events()));
    }

    private static String measure(PredictionHead head) {
        return head instanceof BinaryHead ? "AUC" : "C-index";
    }

    private static String title(PredictionHead head) {
        return switch (head.target()) {
            case "malignant" -> "Malignant or benign";
            case "hcc_vs_icc" -> "HCC or ICC";
            case "pfs" -> "Progression-free survival";
            case "os" -> "Overall survival";
            default -> "Endpoint " + head.target();
        };
    }

    private static String question(PredictionHead head) {
        return head.target().equals("malignant")
                ? "Is the lesion malignant (positive) or benign? All patients of the diagnostic"
                        + " cohort."
                : "Is the tumour HCC (positive) or ICC? Patients who have one of the two.";
    }

    private static String words(String word) {
        return word.replace('_', ' ');
    }

    private static int sum(Map<String, Integer> counts) {
        return counts.values().stream().mapToInt(Integer::intValue).sum();
    }
}
