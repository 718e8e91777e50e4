// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.eval.report;

import io.github.livermm.eval.Interval;
import io.github.livermm.eval.SurvivalEvaluation;
import io.github.livermm.eval.SurvivalEvaluation.Horizon;
import io.github.livermm.eval.SurvivalOutcomes;
import io.github.livermm.eval.plot.CalibrationPlot;
import io.github.livermm.eval.plot.CumulativeIncidencePlot;
import io.github.livermm.eval.plot.Figure;
import io.github.livermm.eval.plot.HorizonPlot;
import io.github.livermm.eval.plot.KaplanMeierPlot;
import io.github.livermm.eval.plot.Language;
import io.github.livermm.eval.study.SurvivalStudy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Pictures and sections of a time-to-event endpoint. */
final class SurvivalPage {
    private static final List<String> THIRDS = List.of("Low risk", "Middle risk", "High risk");

    private SurvivalPage() {}

    static void draw(SurvivalStudy study, Map<String, Figure> figures) {
        String main = study.models().keySet().iterator().next();
        SurvivalEvaluation block = study.models().values().iterator().next();
        double last = block.n() == 0 ? 0 : study.outcomes().anyCause().lastTime();
        if (!(last > 0)) {
            return;
        }
        int[] third = thirds(study.risk(main));
        if (study.competing()) {
            figures.put("cumulative_incidence", incidence(study, third, last));
        } else {
            figures.put(
                    "kaplan_meier",
                    KaplanMeierPlot.byGroup(
                                    "Kaplan-Meier by third of predicted risk",
                                    "Time",
                                    "Free of the event",
                                    study.outcomes().causeOnly(1),
                                    third,
                                    THIRDS)
                            .figure());
        }
        horizons(block, figures);
        for (int h = 0; h < block.horizons().size(); h++) {
            calibration(study, block.horizons().get(h), h, figures);
        }
        StudySections.forests(study, "C-index", block.cIndex(), block.n(), block.events(), figures);
    }

    private static int[] thirds(double[] risk) {
        double[] sorted = risk.clone();
        Arrays.sort(sorted);
        int n = sorted.length;
        return Arrays.stream(risk)
                .mapToInt(r -> r < sorted[n / 3] ? 0 : r < sorted[2 * n / 3] ? 1 : 2)
                .toArray();
    }

    private static Figure incidence(SurvivalStudy study, int[] third, double last) {
        CumulativeIncidencePlot plot =
                CumulativeIncidencePlot.of(
                        "Cumulative incidence by third of predicted risk",
                        "Time",
                        KaplanMeierPlot.roundTicks(last));
        for (int g = 0; g < THIRDS.size(); g++) {
            int current = g;
            int[] rows =
                    IntStream.range(0, third.length).filter(i -> third[i] == current).toArray();
            if (rows.length > 0) {
                plot = plot.withCause(THIRDS.get(g), study.outcomes().select(rows), 1);
            }
        }
        return plot.withCause("All, competing event", study.outcomes(), 2).figure();
    }

    private static void horizons(SurvivalEvaluation block, Map<String, Figure> figures) {
        double[] times = block.horizons().stream().mapToDouble(Horizon::time).toArray();
        if (block.horizons().stream().noneMatch(h -> Double.isFinite(h.brier().estimate()))) {
            return;
        }
        figures.put(
                "auc_t",
                HorizonPlot.of("AUC at each horizon", "Time", "AUC(t)", 0.5)
                        .withSeries(
                                "Model",
                                times,
                                block.horizons().stream().map(Horizon::auc).toList())
                        .figure());
        List<Interval> useless = new ArrayList<>();
        for (Horizon h : block.horizons()) {
            double brier = h.brier().estimate() / (1 - h.ipa());
            useless.add(new Interval(brier, Double.NaN, Double.NaN, "null model"));
        }
        figures.put(
                "brier_t",
                HorizonPlot.of("Brier score at each horizon", "Time", "Brier(t)", Double.NaN)
                        .withSeries(
                                "Model",
                                times,
                                block.horizons().stream().map(Horizon::brier).toList())
                        .withSeries("Null model: the same risk for everybody", times, useless)
                        .figure());
    }

    private static void calibration(
            SurvivalStudy study, Horizon horizon, int h, Map<String, Figure> figures) {
        double[] p = study.probability(h);
        int[] known = IntStream.range(0, p.length).filter(i -> !Double.isNaN(p[i])).toArray();
        SurvivalOutcomes outcomes = study.outcomes().causeOnly(1).select(known);
        if (study.competing()
                || known.length == 0
                || horizon.time() > outcomes.lastTime()
                || !Double.isFinite(horizon.brier().estimate())) {
            return;
        }
        double[] risk = Arrays.stream(known).mapToDouble(i -> p[i]).toArray();
        figures.put(
                "calibration_" + plain(horizon.time()),
                CalibrationPlot.atHorizon("Calibration", outcomes, risk, horizon.time())
                        .withLine("At time {0}", plain(horizon.time()))
                        .withLine("O/E {0}", horizon.observedToExpected())
                        .withLine("Slope {0}, ICI {1}", horizon.slope(), horizon.ici())
                        .figure());
    }

    private static String plain(double time) {
        return time == Math.rint(time) ? Long.toString((long) time) : Double.toString(time);
    }

    static void write(HtmlReport page, SurvivalStudy study, StudySections sections) {
        Language words = sections.words();
        SurvivalEvaluation block = study.models().values().iterator().next();
        page.lead(words.text("{0} rows, {1} events of interest.", block.n(), block.events()));
        page.section(
                words.text("Summary"),
                body -> {
                    body.keyFigures(
                            sections.count("Rows", block.n()),
                            sections.count("Events", block.events()),
                            sections.key("C-index", block.cIndex()),
                            sections.key("Uno's C", block.unoC()),
                            sections.key("Integrated Brier score", block.ibs()));
                    sections.show(body, "kaplan_meier", "cumulative_incidence");
                    if (study.models().size() > 1) {
                        body.table(scores(study, sections));
                    }
                });
        if (!block.horizons().isEmpty()) {
            page.section(
                    words.text("Horizons"),
                    body -> {
                        body.table(table(block, sections));
                        sections.show(body, "auc_t", "brier_t");
                    });
            page.section(
                    words.text("Calibration"),
                    body ->
                            sections.show(
                                    body,
                                    block.horizons().stream()
                                            .map(h -> "calibration_" + plain(h.time()))
                                            .toArray(String[]::new)));
        }
        sections.comparisons(page, study.comparisons(), "C-index");
        sections.parts(page, study, "C-index", Map.of());
    }

    private static ReportTable scores(SurvivalStudy study, StudySections sections) {
        ReportTable table = sections.table("Scores", "Score", "n", "Events", "C-index", "Uno's C");
        for (Map.Entry<String, SurvivalEvaluation> model : study.models().entrySet()) {
            SurvivalEvaluation block = model.getValue();
            table =
                    table.withRow(
                            model.getKey(),
                            Integer.toString(block.n()),
                            Integer.toString(block.events()),
                            sections.interval(block.cIndex()),
                            sections.interval(block.unoC()));
        }
        return table;
    }

    private static ReportTable table(SurvivalEvaluation block, StudySections sections) {
        ReportTable table =
                sections.table(
                        "Figures at each horizon",
                        "Time",
                        "AUC(t)",
                        "Brier(t)",
                        "IPA",
                        "O/E",
                        "Slope",
                        "ICI");
        for (Horizon h : block.horizons()) {
            table =
                    table.withRow(
                            plain(h.time()),
                            sections.interval(h.auc()),
                            sections.interval(h.brier()),
                            sections.words().number(h.ipa(), 3),
                            sections.words().interval(h.observedToExpected(), 2),
                            sections.words().interval(h.slope(), 2),
                            sections.interval(h.ici()));
        }
        return table;
    }
}
