// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.eval.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;

/**
 * A report in sections with a table of contents, as one HTML file: style and figures inside, no
 * script, no network, made for the screen and for print. The same content gives the same bytes; no
 * clock takes part.
 *
 * <pre>{@code
 * String html = HtmlReport.titled("Liver lesions", "en")
 *         .lead("Out-of-fold results of 600 patients.")
 *         .section("Discrimination", body -> body.figure(roc, "ROC curves"))
 *         .html();
 * }</pre>
 *
 * @since 0.1.0
 */
public final class HtmlReport {
    private final String title;
    private final String language;
    private String lead = "";
    private String footer = "";
    private final List<Section> sections = new ArrayList<>();

    private record Section(String id, String heading, String html) {}

    private HtmlReport(String title, String language) {
        this.title = title;
        this.language = language;
    }

    /**
     * An empty report.
     *
     * @param title the title
     * @param language the language of its text as a BCP 47 tag, for example {@code "en"} or {@code
     *     "zh"}
     * @return the report
     */
    public static HtmlReport titled(String title, String language) {
        return new HtmlReport(title, language);
    }

    /**
     * Sets the paragraph below the title.
     *
     * @param text the text
     * @return this report
     */
    public HtmlReport lead(String text) {
        this.lead = text;
        return this;
    }

    /**
     * Sets the last line, for example what the software is not meant for.
     *
     * @param text the text
     * @return this report
     */
    public HtmlReport footer(String text) {
        this.footer = text;
        return this;
    }

    /**
     * Adds a section.
     *
     * @param heading its heading, also in the table of contents
     * @param content fills it
     * @return this report
     */
    public HtmlReport section(String heading, Consumer<ReportBody> content) {
        ReportBody body = new ReportBody();
        content.accept(body);
        sections.add(new Section(id(heading), heading, body.html()));
        return this;
    }

    /** A readable anchor, made unique by a number where needed. */
    private String id(String heading) {
        Set<String> taken = new HashSet<>();
        sections.forEach(section -> taken.add(section.id()));
        String base = heading.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
        base = base.replaceAll("^-|-$", "");
        String id = base.isEmpty() ? "section-" + (sections.size() + 1) : base;
        for (int k = 2; taken.contains(id); k++) {
            id = base + "-" + k;
        }
        return id;
    }

    /**
     * The report.
     *
     * @return an HTML document to be written as UTF-8
     */
    public String html() {
        StringBuilder out = new StringBuilder();
        out.append("<!DOCTYPE html>\n<html lang=\"")
                .append(Html.escape(language))
                .append("\">\n<head>\n<meta charset=\"utf-8\">\n")
                .append(
                        "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n")
                .append("<title>")
                .append(Html.escape(title))
                .append("</title>\n<style>\n")
                .append(style())
                .append("</style>\n</head>\n<body>\n<nav aria-label=\"Contents\">\n<ol>\n");
        for (Section section : sections) {
            out.append("<li><a href=\"#")
                    .append(section.id())
                    .append("\">")
                    .append(Html.escape(section.heading()))
                    .append("</a></li>\n");
        }
        out.append("</ol>\n</nav>\n<main>\n<header>\n<h1>")
                .append(Html.escape(title))
                .append("</h1>\n");
        if (!lead.isBlank()) {
            out.append("<p class=\"lead\">").append(Html.escape(lead)).append("</p>\n");
        }
        out.append("</header>\n");
        for (Section section : sections) {
            out.append("<section id=\"")
                    .append(section.id())
                    .append("\">\n<h2>")
                    .append(Html.escape(section.heading()))
                    .append("</h2>\n")
                    .append(section.html())
                    .append("</section>\n");
        }
        if (!footer.isBlank()) {
            out.append("<footer><p>").append(Html.escape(footer)).append("</p></footer>\n");
        }
        return out.append("</main>\n</body>\n</html>\n").toString();
    }

    private static String style() {
        try (InputStream in =
                Objects.requireNonNull(
                        HtmlReport.class.getResourceAsStream("report.css"), "report.css")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
