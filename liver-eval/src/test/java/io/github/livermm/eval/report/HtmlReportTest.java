// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.eval.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.livermm.eval.Interval;
import io.github.livermm.eval.plot.Figure;
import io.github.livermm.eval.plot.FlowPlot;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;

/** Proves that a report is self-contained, escaped, navigable and the same at every writing. */
class HtmlReportTest {

    @Test
    void holdsEverythingInsideAndEscapesIt() throws IOException {
        String html = sample().html();

        Path folder = Files.createDirectories(Path.of("target", "plots"));
        Files.writeString(folder.resolve("report.html"), html);
        assertThat(html)
                .doesNotContain("<script")
                .doesNotContainPattern("(src|href)=\"(?!#)")
                .doesNotContain("url(")
                .contains("Fusion &lt;late&gt; &amp; single models")
                .contains("lang=\"en\"");
        assertThat(sample().html()).isEqualTo(html);
    }

    @Test
    void bodyIsWellFormed() throws Exception {
        String html = sample().html();
        String body = html.substring(html.indexOf("<main>"), html.indexOf("</main>") + 7);

        assertThat(
                        DocumentBuilderFactory.newInstance()
                                .newDocumentBuilder()
                                .parse(
                                        new ByteArrayInputStream(
                                                body.getBytes(StandardCharsets.UTF_8)))
                                .getElementsByTagName("section")
                                .getLength())
                .isEqualTo(4);
    }

    @Test
    void everySectionHasItsOwnAnchor() {
        assertThat(sample().html())
                .contains("<a href=\"#results\">Results</a>")
                .contains("<section id=\"results\">")
                .contains("<section id=\"results-2\">")
                .contains("<section id=\"section-4\">");
    }

    @Test
    void columnsOfNumbersAreSetToTheRight() {
        String html =
                ReportTable.of("", "model", "AUC", "comment")
                        .withRow("late", "0.86 (0.82 to 0.90)", "best")
                        .withRow("image", "undefined", "0 events")
                        .html();

        assertThat(html)
                .contains("<th scope=\"col\" class=\"num\">AUC</th>")
                .contains("<td class=\"num\">undefined</td>")
                .contains("<td>best</td>")
                .contains("<th scope=\"row\">late</th>")
                .doesNotContain("<caption>");
    }

    @Test
    void keyFiguresSayWhatIsUndefined() {
        assertThat(KeyFigure.of("AUC", new Interval(0.8567, 0.82, 0.9, "DeLong"), 2))
                .isEqualTo(new KeyFigure("AUC", "0.86", "95 % CI 0.82 to 0.90"));
        assertThat(KeyFigure.of("AUC", Interval.undefined("one class"), 2))
                .isEqualTo(new KeyFigure("AUC", "undefined", "one class"));
        assertThat(KeyFigure.of("AUC", new Interval(1, Double.NaN, Double.NaN, ""), 1).detail())
                .isEqualTo("limits undefined");
    }

    @Test
    void everySpecialCharacterIsEscaped() {
        assertThat(Html.escape("<a href=\"x\" b='y'>&\u0007\n"))
                .isEqualTo("&lt;a href=&quot;x&quot; b=&#39;y&#39;&gt;&amp; \n");
    }

    @Test
    void namesARowThatDoesNotFit() {
        assertThatThrownBy(() -> ReportTable.of("", "a", "b").withRow("1"))
                .hasMessage("row 0 has 1 cells for [a, b]");
        assertThatThrownBy(() -> ReportTable.of("")).hasMessage("header has no column");
    }

    private static HtmlReport sample() {
        Figure flow =
                FlowPlot.of("Flow")
                        .withBox("Entered", 10)
                        .withExclusion("Age", 2)
                        .withBox("Included", 8)
                        .figure();
        ReportTable table =
                ReportTable.of("Fusion <late> & single models", "model", "n", "AUC (95 % CI)")
                        .withRow("late", "540", "0.86 (0.82 to 0.90)")
                        .withRow("image", "540", "0.79 (0.74 to 0.83)")
                        .withNote("DeLong limits on the logit scale.");
        return HtmlReport.titled("Liver lesions: out-of-fold results", "en")
                .lead("Five folds, 540 patients of four centres, every figure out of fold.")
                .section(
                        "Results",
                        body ->
                                body.keyFigures(
                                                KeyFigure.of(
                                                        "AUC, malignant",
                                                        new Interval(0.86, 0.82, 0.9, "DeLong"),
                                                        2),
                                                new KeyFigure("Patients", "540", ""))
                                        .paragraph("The late fusion beats every single modality.")
                                        .table(table)
                                        .warning("One centre has one class only."))
                .section(
                        "Flow",
                        body -> body.figure(flow, "Who left and why").note("Counts add up."))
                .section(
                        "Results",
                        body ->
                                body.heading("More")
                                        .figures(List.of(flow, flow))
                                        .list(List.of("one", "two"))
                                        .list(List.of())
                                        .figure(flow, "")
                                        .details("Settings", inside -> inside.paragraph("seed 1")))
                .section("结果", body -> body.paragraph("融合模型"))
                .footer("Research use; not a medical device.");
    }
}
