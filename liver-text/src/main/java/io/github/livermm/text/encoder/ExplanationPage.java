// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.text.encoder;

import io.github.livermm.text.report.Report;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The explanations of one report as a page of HTML: for each target the score, the report with what
 * moved it highlighted, and the largest contributions as a table. The page is complete in itself
 * (no script, nothing loaded) and holds the text of the report: it is for those who may read that.
 *
 * @apiNote Experimental.
 * @since 0.1.0
 */
public final class ExplanationPage {
    private static final int ROWS = 15;

    private static final String STYLE =
            """
            body{font:15px/1.5 system-ui,"Noto Sans","Noto Sans CJK SC",sans-serif;max-width:60em;\
            margin:2em auto;padding:0 1em;color:#1a1a1a}
            h1{font-size:1.5em}h2{font-size:1.2em;margin:1.6em 0 .3em}
            pre.report{white-space:pre-wrap;font:inherit;border:1px solid #ccc;border-radius:4px;\
            padding:.8em;background:#fff}
            mark{color:inherit;border-radius:2px;padding:0 1px}
            mark.raises{background:rgba(213,94,0,calc(.12 + .6*var(--s)));\
            border-bottom:2px solid #d55e00}
            mark.lowers{background:rgba(0,114,178,calc(.12 + .45*var(--s)));\
            border-bottom:2px dashed #0072b2}
            table{border-collapse:collapse}th,td{text-align:left;padding:.15em .9em .15em 0;\
            vertical-align:top;border-bottom:1px solid #eee}
            td.number{text-align:right;font-variant-numeric:tabular-nums}
            p.note{color:#555}""";

    private ExplanationPage() {}

    /**
     * Makes the page.
     *
     * @param title heading, such as the study id of the patient
     * @param report the report explained
     * @param explanations by target, as {@link ReportExplanation#of} gives them
     * @return an HTML document
     */
    public static String html(
            String title, Report report, Map<String, ReportExplanation> explanations) {
        StringBuilder page = new StringBuilder("<!DOCTYPE html>\n<html lang=\"en\"><head>");
        page.append("<meta charset=\"utf-8\"><title>").append(ReportExplanation.escaped(title));
        page.append("</title><style>\n").append(STYLE).append("\n</style></head><body>\n<h1>");
        page.append(ReportExplanation.escaped(title)).append("</h1>\n<p class=\"note\">");
        page.append("What in the report moved its score. <mark class=\"raises\" style=\"--s:.5\">");
        page.append(
                "Orange, solid line</mark> raises it, <mark class=\"lowers\" style=\"--s:.5\">");
        page.append("blue, dashed line</mark> lowers it. Associations of a model, not causes; ");
        page.append("research use, not a medical device.</p>\n");
        explanations.forEach((target, explanation) -> section(page, target, explanation, report));
        return page.append("</body></html>\n").toString();
    }

    private static void section(
            StringBuilder page, String target, ReportExplanation explanation, Report report) {
        page.append("<h2>").append(ReportExplanation.escaped(target)).append("</h2>\n<p>");
        page.append("Score of the report ").append(signed(explanation.score()));
        page.append(" (0 is the average training patient)</p>\n").append(explanation.html());
        page.append("\n<table><tr><th>Contribution</th><th>From</th><th>Words</th></tr>\n");
        List<Contribution> all = explanation.contributions();
        for (Contribution c : all.subList(0, Math.min(ROWS, all.size()))) {
            page.append("<tr><td class=\"number\">").append(signed(c.value())).append("</td><td>");
            page.append(ReportExplanation.escaped(c.feature())).append("</td><td>");
            page.append(ReportExplanation.escaped(words(c, report))).append("</td></tr>\n");
        }
        page.append("</table>\n");
    }

    private static String words(Contribution contribution, Report report) {
        List<String> quotes =
                contribution.spans().stream()
                        .map(s -> report.quote(s.start(), s.end()))
                        .distinct()
                        .toList();
        return quotes.isEmpty() ? "(not said)" : String.join(" · ", quotes);
    }

    private static String signed(double value) {
        return String.format(Locale.ROOT, "%+.3f", value);
    }
}
