// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.text.encoder;

import io.github.livermm.core.model.MultimodalModel;
import io.github.livermm.core.model.View;
import io.github.livermm.text.concept.LabelMask.Span;
import io.github.livermm.text.report.Report;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Why a model scored a report as it did: the contributions to the score, the largest first, and the
 * report with the words behind them highlighted. Linear models (of concepts, of n-grams) give exact
 * contributions, coefficient times feature, which add up to the score but for a constant; networks
 * and transformers are asked what the score would be without each clause.
 *
 * @apiNote Experimental.
 * @since 0.1.0
 */
public final class ReportExplanation {
    private final Report report;
    private final double score;
    private final List<Contribution> contributions;

    private ReportExplanation(Report report, double score, List<Contribution> contributions) {
        this.report = report;
        this.score = score;
        this.contributions =
                contributions.stream()
                        .filter(c -> c.value() != 0)
                        .sorted(Comparator.comparingDouble(c -> -Math.abs(c.value())))
                        .toList();
    }

    /**
     * Explains the score of one linear model of the concepts of a report.
     *
     * @param encoder the fitted encoder whose features the model weighs
     * @param report the report scored
     * @param coefficients one per feature of the encoder
     * @return the contributions that are not zero; the score is their sum
     * @throws IllegalArgumentException when the number of coefficients is not that of the features
     */
    public static ReportExplanation of(
            FittedReportEncoder encoder, Report report, double[] coefficients) {
        LinearContributions sum = new LinearContributions(report);
        sum.add(encoder, encoder.featureNames(), coefficients);
        List<Contribution> contributions = sum.mean();
        double score = contributions.stream().mapToDouble(Contribution::value).sum();
        return new ReportExplanation(report, score, contributions);
    }

    /**
     * Explains the scores that the report view of a model gives a report: what goes from the report
     * into late fusion, or into the prediction when there is nothing but the report.
     *
     * @param model trained on reports, among others
     * @param report any report
     * @return by target, in the order of the model's heads; targets without a score are left out,
     *     and all are when the model reads no report
     */
    public static Map<String, ReportExplanation> of(MultimodalModel model, Report report) {
        Map<String, ReportExplanation> out = new LinkedHashMap<>();
        for (View view : model.views()) {
            if (ReportScores.isOfReportsAlone(view)) {
                ReportScores scores = new ReportScores(view);
                double[] score = scores.of(List.of(report))[0];
                for (int h = 0; h < model.heads().size(); h++) {
                    if (!Double.isNaN(score[h])) {
                        out.putIfAbsent(
                                model.heads().get(h).target(),
                                new ReportExplanation(
                                        report, score[h], scores.contributions(report, h)));
                    }
                }
            }
        }
        return out;
    }

    /**
     * The contributions.
     *
     * @return the largest in size first, none of them zero
     */
    public List<Contribution> contributions() {
        return contributions;
    }

    /**
     * The score explained: a linear predictor, centred on the training patients.
     *
     * @return log-odds or log-hazard; higher is more positive or more risk
     */
    public double score() {
        return score;
    }

    /**
     * The explanation as a JSON tree, without the text of the report.
     *
     * @return {@code score} and {@code contributions} of {@code feature, value, spans {start,
     *     end}}, offsets in code points of the decoded text
     */
    public Map<String, Object> toMap() {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("score", score);
        tree.put(
                "contributions",
                contributions.stream()
                        .map(
                                c ->
                                        Map.of(
                                                "feature",
                                                c.feature(),
                                                "value",
                                                c.value(),
                                                "spans",
                                                c.spans().stream()
                                                        .map(
                                                                s ->
                                                                        Map.of(
                                                                                "start", s.start(),
                                                                                "end", s.end()))
                                                        .toList()))
                        .toList());
        return tree;
    }

    /**
     * The report as an HTML fragment: words that raised the score in {@code <mark class="raises">},
     * words that lowered it in {@code <mark class="lowers">}, each with feature and contribution as
     * its title, and as the variable {@code --s} its size as a share of the largest. Where words
     * overlap, the larger contribution wins.
     *
     * @return a {@code <pre>} element; the text is escaped
     */
    public String html() {
        List<Mark> marks = new ArrayList<>();
        double largest = contributions.isEmpty() ? 1 : Math.abs(contributions.get(0).value());
        for (Contribution c : contributions) {
            for (Span span : c.spans()) {
                if (marks.stream().noneMatch(m -> m.overlaps(span))) {
                    marks.add(new Mark(span, c, Math.abs(c.value()) / largest));
                }
            }
        }
        marks.sort(Comparator.comparingInt(m -> m.span().start()));
        StringBuilder html = new StringBuilder("<pre class=\"report\">");
        int from = 0;
        for (Mark mark : marks) {
            html.append(escaped(report.quote(from, mark.span().start())));
            html.append(mark.open());
            html.append(escaped(report.quote(mark.span().start(), mark.span().end())));
            html.append("</mark>");
            from = mark.span().end();
        }
        int end = report.text().codePointCount(0, report.text().length());
        return html.append(escaped(report.quote(from, end))).append("</pre>").toString();
    }

    static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }

    /** A highlighted span and why. */
    private record Mark(Span span, Contribution contribution, double share) {
        boolean overlaps(Span other) {
            return span.start() < other.end() && other.start() < span.end();
        }

        String open() {
            return String.format(
                    Locale.ROOT,
                    "<mark class=\"%s\" style=\"--s:%.2f\" title=\"%s %+.3f\">",
                    contribution.value() > 0 ? "raises" : "lowers",
                    share,
                    escaped(contribution.feature()),
                    contribution.value());
        }
    }
}
