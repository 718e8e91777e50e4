// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.text.encoder;

import io.github.livermm.text.concept.LabelMask.Span;
import io.github.livermm.text.concept.Mention;
import io.github.livermm.text.concept.ReportParser;
import io.github.livermm.text.report.Report;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Why a linear model of the concept features scored a report as it did: each feature with its
 * contribution and the words behind it, the largest first, and the report with those words
 * highlighted.
 *
 * @apiNote Experimental.
 * @since 0.1.0
 */
public final class ReportExplanation {
    private final Report report;
    private final List<Contribution> contributions;

    private ReportExplanation(Report report, List<Contribution> contributions) {
        this.report = report;
        this.contributions = List.copyOf(contributions);
    }

    /**
     * Explains the score of a report.
     *
     * @param encoder the fitted encoder whose features the model weighs
     * @param report the report scored
     * @param coefficients one per feature of the encoder
     * @return the contributions that are not zero
     * @throws IllegalArgumentException when the number of coefficients is not that of the features
     */
    public static ReportExplanation of(
            FittedReportEncoder encoder, Report report, double[] coefficients) {
        List<String> names = encoder.featureNames();
        if (coefficients.length != names.size()) {
            throw new IllegalArgumentException(
                    "coefficients has length "
                            + coefficients.length
                            + ", allowed is the number of features, "
                            + names.size());
        }
        double[] features = encoder.features(report);
        Map<String, List<Span>> spans = spans(encoder, report);
        List<Contribution> contributions = new ArrayList<>();
        for (int i = 0; i < features.length; i++) {
            double value = coefficients[i] * features[i];
            if (value != 0) {
                String name = names.get(i);
                contributions.add(
                        new Contribution(name, value, spans.getOrDefault(name, List.of())));
            }
        }
        contributions.sort(Comparator.comparingDouble(c -> -Math.abs(c.value())));
        return new ReportExplanation(report, contributions);
    }

    private static Map<String, List<Span>> spans(FittedReportEncoder encoder, Report report) {
        Map<String, List<Span>> spans = new HashMap<>();
        for (Mention mention : ReportParser.bundled().parse(report).mentions()) {
            if (encoder.reads(mention)) {
                String name = ConceptVector.name(mention.concept().id(), mention.status());
                spans.computeIfAbsent(name, k -> new ArrayList<>())
                        .add(new Span(mention.start(), mention.end()));
            }
        }
        return spans;
    }

    /**
     * The contributions.
     *
     * @return the largest in size first
     */
    public List<Contribution> contributions() {
        return contributions;
    }

    /**
     * The report as an HTML fragment: words that raised the score in {@code <mark class="raises">},
     * words that lowered it in {@code <mark class="lowers">}, each with feature and contribution as
     * its title. Where words overlap, the larger contribution wins.
     *
     * @return a {@code <pre>} element; the text is escaped
     */
    public String html() {
        List<Mark> marks = new ArrayList<>();
        for (Contribution c : contributions) {
            for (Span span : c.spans()) {
                if (marks.stream().noneMatch(m -> m.overlaps(span))) {
                    marks.add(new Mark(span, c));
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

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }

    /** A highlighted span and why. */
    private record Mark(Span span, Contribution contribution) {
        boolean overlaps(Span other) {
            return span.start() < other.end() && other.start() < span.end();
        }

        String open() {
            return String.format(
                    java.util.Locale.ROOT,
                    "<mark class=\"%s\" title=\"%s %+.3f\">",
                    contribution.value() > 0 ? "raises" : "lowers",
                    contribution.feature(),
                    contribution.value());
        }
    }
}
