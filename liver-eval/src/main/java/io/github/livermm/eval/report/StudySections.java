// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.eval.report;

import io.github.livermm.eval.Interval;
import io.github.livermm.eval.plot.Figure;
import io.github.livermm.eval.plot.ForestPlot;
import io.github.livermm.eval.plot.Language;
import io.github.livermm.eval.study.CentreTable;
import io.github.livermm.eval.study.Comparison;
import io.github.livermm.eval.study.GroupGaps;
import io.github.livermm.eval.study.Interaction;
import io.github.livermm.eval.study.RandomEffects;
import io.github.livermm.eval.study.StudyEvaluation;
import io.github.livermm.eval.study.SubgroupTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Sections that the pages of all targets share. */
record StudySections(Language words, Map<String, Figure> figures) {
    private static final double LEVEL = 0.95;

    KeyFigure key(String label, Interval interval) {
        return new KeyFigure(
                words.text(label), words.number(interval.estimate(), 3), limits(interval, 3));
    }

    private String limits(Interval interval, int decimals) {
        boolean limited = Double.isFinite(interval.lower()) && Double.isFinite(interval.upper());
        return limited
                ? words.text(
                        "95 % CI {0} to {1}",
                        words.number(interval.lower(), decimals),
                        words.number(interval.upper(), decimals))
                : words.text("limits undefined");
    }

    KeyFigure count(String label, long n) {
        return new KeyFigure(words.text(label), Long.toString(n), "");
    }

    String interval(Interval interval) {
        return words.interval(interval, 3);
    }

    String p(double p) {
        return Double.isNaN(p)
                ? words.text("undefined")
                : p < 0.001 ? "< 0.001" : words.number(p, 3);
    }

    ReportTable table(String caption, String... header) {
        String[] translated = new String[header.length];
        for (int i = 0; i < header.length; i++) {
            translated[i] = words.text(header[i]);
        }
        return ReportTable.of(words.text(caption), translated);
    }

    void show(ReportBody body, String... names) {
        List<Figure> shown = new ArrayList<>();
        for (String name : names) {
            Figure figure = figures.get(name);
            if (figure != null) {
                shown.add(figure.in(words));
            }
        }
        if (!shown.isEmpty()) {
            body.figures(shown);
        }
    }

    void comparisons(HtmlReport page, List<Comparison> comparisons, String measure) {
        if (comparisons.isEmpty()) {
            return;
        }
        ReportTable table =
                table(
                        "Paired differences, first less second",
                        "First",
                        "Second",
                        "n",
                        "Difference of " + measure,
                        "p",
                        "p, Holm");
        for (Comparison c : comparisons) {
            table =
                    table.withRow(
                            c.first(),
                            c.second(),
                            Integer.toString(c.n()),
                            interval(c.difference()),
                            p(c.p()),
                            p(c.adjustedP()));
        }
        ReportTable shown = table;
        page.section(words.text("Scores compared"), body -> body.table(shown));
    }

    /** Centres and subgroups, when there are any. */
    void parts(
            HtmlReport page, StudyEvaluation study, String measure, Map<String, GroupGaps> gaps) {
        study.centres()
                .ifPresent(
                        centres ->
                                page.section(
                                        words.text("Centres"),
                                        body -> centres(body, centres, measure)));
        if (!study.subgroups().isEmpty()) {
            page.section(
                    words.text("Subgroups"),
                    body -> {
                        show(body, "subgroups");
                        body.note(
                                words.text(
                                        "One test of interaction (score x subgroup, likelihood"
                                                + " ratio) per column; no p-value within a group."
                                                + " Fewer than 30 events: not conclusive."));
                        study.subgroups()
                                .forEach((column, table) -> subgroup(body, column, table, measure));
                        gaps.forEach((column, gap) -> gap(body, column, gap));
                    });
        }
    }

    private void centres(ReportBody body, CentreTable centres, String measure) {
        show(body, "centres");
        body.table(rows(words.text("Centres"), centres.rows(), measure));
        ReportTable table =
                table(
                        "Pooled by random effects (REML, Hartung-Knapp)",
                        "Figure",
                        "Centres",
                        "Pooled",
                        "Prediction interval",
                        "I²");
        boolean any = false;
        for (boolean first : new boolean[] {true, false}) {
            var found = first ? centres.discrimination() : centres.observedToExpected();
            if (found.isPresent()) {
                RandomEffects effects = found.get();
                Interval prediction = effects.prediction(LEVEL);
                table =
                        table.withRow(
                                words.text(first ? measure : "O/E"),
                                Integer.toString(effects.centres()),
                                interval(effects.pooled(LEVEL)),
                                Double.isNaN(prediction.lower())
                                        ? words.text("undefined")
                                        : words.text(
                                                "{0} to {1}",
                                                words.number(prediction.lower(), 3),
                                                words.number(prediction.upper(), 3)),
                                words.number(100 * effects.iSquared(), 0) + " %");
                any = true;
            }
        }
        if (any) {
            body.table(
                    table.withNote(
                            words.text(
                                    "The prediction interval is where the figure of a new centre is"
                                            + " expected; it needs three centres.")));
        }
    }

    private void subgroup(ReportBody body, String column, SubgroupTable table, String measure) {
        Interaction test = table.interaction();
        body.table(
                rows(column, table.rows(), measure)
                        .withNote(
                                Double.isNaN(test.p())
                                        ? words.text("Interaction: undefined")
                                        : words.text(
                                                "Interaction: chi-square {0}, {1} df, p {2}",
                                                words.number(test.chiSquared(), 2),
                                                test.degreesOfFreedom(),
                                                test.p() < 0.001
                                                        ? "< 0.001"
                                                        : "= " + words.number(test.p(), 3))));
    }

    private ReportTable rows(String caption, List<SubgroupTable.Row> rows, String measure) {
        ReportTable table = table(caption, "Group", "n", "Events", measure, "O/E", "Slope", "");
        for (SubgroupTable.Row row : rows) {
            table =
                    table.withRow(
                            row.level(),
                            Integer.toString(row.n()),
                            Integer.toString(row.events()),
                            interval(row.discrimination()),
                            interval(row.observedToExpected()),
                            interval(row.slope()),
                            row.conclusive() ? "" : words.text("not conclusive"));
        }
        return table;
    }

    private void gap(ReportBody body, String column, GroupGaps gaps) {
        if (gaps.gaps().isEmpty()) {
            return;
        }
        ReportTable table =
                table(
                        words.text("{0}: gaps to the group {1}", column, gaps.reference()),
                        "Group",
                        "Sensitivity",
                        "Specificity",
                        "Ratio of O/E");
        for (GroupGaps.Gap gap : gaps.gaps()) {
            table =
                    table.withRow(
                            gap.level(),
                            interval(gap.sensitivity()),
                            interval(gap.specificity()),
                            interval(gap.observedToExpected()));
        }
        body.table(table);
    }

    /** Forest plots of centres and of subgroups. */
    static void forests(
            StudyEvaluation study,
            String measure,
            Interval all,
            int n,
            int events,
            Map<String, Figure> figures) {
        String axis = measure + " (95 % CI)";
        study.centres()
                .ifPresent(
                        centres -> {
                            ForestPlot plot =
                                    rows(
                                            ForestPlot.of(
                                                    measure + " by centre",
                                                    axis,
                                                    0.5,
                                                    "n",
                                                    "Events"),
                                            centres.rows());
                            if (centres.discrimination().isPresent()) {
                                RandomEffects effects = centres.discrimination().get();
                                Interval prediction = effects.prediction(LEVEL);
                                plot =
                                        plot.withHeading("Random effects")
                                                .withRow("Pooled", effects.pooled(LEVEL), "", "");
                                if (!Double.isNaN(prediction.lower())) {
                                    plot = plot.withRow("Prediction interval", prediction, "", "");
                                }
                            }
                            figures.put("centres", plot.figure());
                        });
        if (!study.subgroups().isEmpty()) {
            ForestPlot plot =
                    ForestPlot.of(measure + " by subgroup", axis, 0.5, "n", "Events")
                            .withRow("All", all, Integer.toString(n), Integer.toString(events));
            for (Map.Entry<String, SubgroupTable> entry : study.subgroups().entrySet()) {
                double p = entry.getValue().interaction().p();
                plot = plot.withHeading(entry.getKey());
                plot = rows(plot, entry.getValue().rows());
                if (!Double.isNaN(p)) {
                    plot =
                            plot.withNote(
                                    "Interaction of {0}: p {1}",
                                    entry.getKey(),
                                    p < 0.001 ? "< 0.001" : "= " + Language.ENGLISH.number(p, 3));
                }
            }
            figures.put("subgroups", plot.figure());
        }
    }

    private static ForestPlot rows(ForestPlot plot, List<SubgroupTable.Row> rows) {
        ForestPlot more = plot;
        for (SubgroupTable.Row row : rows) {
            more =
                    more.withRow(
                            row.level(),
                            row.discrimination(),
                            Integer.toString(row.n()),
                            Integer.toString(row.events()));
        }
        return more;
    }
}
