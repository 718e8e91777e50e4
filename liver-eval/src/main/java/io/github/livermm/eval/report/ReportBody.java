// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.eval.report;

import io.github.livermm.eval.plot.Figure;
import java.util.List;
import java.util.function.Consumer;

/**
 * The content of a section, filled from top to bottom. All text is escaped; there is no way to put
 * markup in.
 *
 * @since 0.1.0
 */
public final class ReportBody {
    private final StringBuilder out = new StringBuilder();

    ReportBody() {}

    /**
     * Adds a paragraph.
     *
     * @param text the text
     * @return this body
     */
    public ReportBody paragraph(String text) {
        out.append("<p>").append(Html.escape(text)).append("</p>\n");
        return this;
    }

    /**
     * Adds a smaller remark, such as a limit of the method.
     *
     * @param text the text
     * @return this body
     */
    public ReportBody note(String text) {
        out.append("<p class=\"note\">").append(Html.escape(text)).append("</p>\n");
        return this;
    }

    /**
     * Adds a remark that must not be missed.
     *
     * @param text the text
     * @return this body
     */
    public ReportBody warning(String text) {
        out.append("<p class=\"warning\" role=\"note\">")
                .append(Html.escape(text))
                .append("</p>\n");
        return this;
    }

    /**
     * Adds a heading inside the section.
     *
     * @param text the text
     * @return this body
     */
    public ReportBody heading(String text) {
        out.append("<h3>").append(Html.escape(text)).append("</h3>\n");
        return this;
    }

    /**
     * Adds a list of points.
     *
     * @param items the points; none adds nothing
     * @return this body
     */
    public ReportBody list(List<String> items) {
        if (!items.isEmpty()) {
            out.append("<ul>\n");
            for (String item : items) {
                out.append("<li>").append(Html.escape(item)).append("</li>\n");
            }
            out.append("</ul>\n");
        }
        return this;
    }

    /**
     * Adds key figures side by side.
     *
     * @param figures the figures
     * @return this body
     */
    public ReportBody keyFigures(KeyFigure... figures) {
        out.append("<dl class=\"cards\">\n");
        for (KeyFigure figure : figures) {
            out.append("<div><dt>")
                    .append(Html.escape(figure.label()))
                    .append("</dt><dd><b>")
                    .append(Html.escape(figure.value()))
                    .append("</b>");
            if (!figure.detail().isBlank()) {
                out.append("<small>").append(Html.escape(figure.detail())).append("</small>");
            }
            out.append("</dd></div>\n");
        }
        out.append("</dl>\n");
        return this;
    }

    /**
     * Adds a table.
     *
     * @param table the table
     * @return this body
     */
    public ReportBody table(ReportTable table) {
        out.append(table.html());
        return this;
    }

    /**
     * Adds a figure.
     *
     * @param figure the figure
     * @param caption below it; blank for none
     * @return this body
     */
    public ReportBody figure(Figure figure, String caption) {
        out.append("<figure>").append(figure.svg());
        if (!caption.isBlank()) {
            out.append("<figcaption>").append(Html.escape(caption)).append("</figcaption>");
        }
        out.append("</figure>\n");
        return this;
    }

    /**
     * Adds figures side by side where the page is wide enough.
     *
     * @param figures the figures
     * @return this body
     */
    public ReportBody figures(List<Figure> figures) {
        out.append("<div class=\"figures\">\n");
        for (Figure figure : figures) {
            figure(figure, "");
        }
        out.append("</div>\n");
        return this;
    }

    /**
     * Adds content that the reader opens; it prints open where the browser can do that.
     *
     * @param summary what stands on the closed line
     * @param content fills the inside
     * @return this body
     */
    public ReportBody details(String summary, Consumer<ReportBody> content) {
        ReportBody inside = new ReportBody();
        content.accept(inside);
        out.append("<details><summary>")
                .append(Html.escape(summary))
                .append("</summary>\n")
                .append(inside.html())
                .append("</details>\n");
        return this;
    }

    String html() {
        return out.toString();
    }
}
