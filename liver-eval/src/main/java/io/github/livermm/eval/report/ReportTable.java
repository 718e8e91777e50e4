// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.eval.report;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A table of text cells. A column whose cells all look like numbers, with or without limits, is set
 * to the right in figures of equal width.
 *
 * @since 0.1.0
 */
public final class ReportTable {
    private static final Pattern NUMBER =
            Pattern.compile("[<>=≤≥±+\\-−–]?\\s*[0-9.].*|undefined|未定义|—|-|");

    private final String caption;
    private final List<String> header;
    private final List<List<String>> rows;
    private final List<String> notes;

    private ReportTable(
            String caption, List<String> header, List<List<String>> rows, List<String> notes) {
        this.caption = caption;
        this.header = header;
        this.rows = rows;
        this.notes = notes;
    }

    /**
     * A table without rows.
     *
     * @param caption above the table; blank for none
     * @param header the column names, at least one
     * @return the table
     * @throws IllegalArgumentException when there is no column
     */
    public static ReportTable of(String caption, String... header) {
        if (header.length == 0) {
            throw new IllegalArgumentException("header has no column");
        }
        return new ReportTable(caption, List.of(header), List.of(), List.of());
    }

    /**
     * The same table with one more row.
     *
     * @param cells one text per column
     * @return the table
     * @throws IllegalArgumentException when there are not as many cells as columns
     */
    public ReportTable withRow(String... cells) {
        return withRow(List.of(cells));
    }

    /**
     * The same table with one more row.
     *
     * @param cells one text per column
     * @return the table
     * @throws IllegalArgumentException when there are not as many cells as columns
     */
    public ReportTable withRow(List<String> cells) {
        if (cells.size() != header.size()) {
            throw new IllegalArgumentException(
                    "row " + rows.size() + " has " + cells.size() + " cells for " + header);
        }
        List<List<String>> more = new ArrayList<>(rows);
        more.add(List.copyOf(cells));
        return new ReportTable(caption, header, List.copyOf(more), notes);
    }

    /**
     * The same table with one more note below it.
     *
     * @param note the text
     * @return the table
     */
    public ReportTable withNote(String note) {
        List<String> more = new ArrayList<>(notes);
        more.add(note);
        return new ReportTable(caption, header, rows, List.copyOf(more));
    }

    String html() {
        StringBuilder out = new StringBuilder("<div class=\"table\"><table>\n");
        if (!caption.isBlank()) {
            out.append("<caption>").append(Html.escape(caption)).append("</caption>\n");
        }
        out.append("<thead><tr>");
        for (int c = 0; c < header.size(); c++) {
            out.append(numeric(c) ? "<th scope=\"col\" class=\"num\">" : "<th scope=\"col\">")
                    .append(Html.escape(header.get(c)))
                    .append("</th>");
        }
        out.append("</tr></thead>\n<tbody>\n");
        for (List<String> row : rows) {
            out.append("<tr>");
            for (int c = 0; c < row.size(); c++) {
                String cell = Html.escape(row.get(c));
                if (c == 0 && !numeric(0)) {
                    out.append("<th scope=\"row\">").append(cell).append("</th>");
                } else {
                    out.append(numeric(c) ? "<td class=\"num\">" : "<td>")
                            .append(cell)
                            .append("</td>");
                }
            }
            out.append("</tr>\n");
        }
        out.append("</tbody></table>\n");
        for (String note : notes) {
            out.append("<p class=\"note\">").append(Html.escape(note)).append("</p>\n");
        }
        return out.append("</div>\n").toString();
    }

    private boolean numeric(int column) {
        return !rows.isEmpty()
                && rows.stream().allMatch(row -> NUMBER.matcher(row.get(column)).matches());
    }
}
