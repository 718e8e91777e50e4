// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.eval.plot;

import io.github.livermm.eval.Interval;
import io.github.livermm.eval.plot.Canvas.Anchor;
import io.github.livermm.eval.plot.Canvas.Dash;
import io.github.livermm.eval.plot.Canvas.Lettering;
import io.github.livermm.eval.plot.Canvas.Pen;
import java.util.ArrayList;
import java.util.List;

/**
 * Figures with limits, one row each, under headings: subgroups, centres or models side by side. A
 * row that is undefined says so instead of showing a point.
 *
 * @since 0.1.0
 */
public final class ForestPlot {
    private static final double ROW = 22;
    private static final double CHART = 270;
    private static final double SIZE = 12;
    private static final int DECIMALS = 2;

    private final String title;
    private final String axisLabel;
    private final double reference;
    private final List<String> columns;
    private final List<Row> rows;

    private final List<Phrase> notes;

    private record Row(String label, Interval interval, List<String> cells, boolean heading) {}

    private ForestPlot(
            String title,
            String axisLabel,
            double reference,
            List<String> columns,
            List<Row> rows,
            List<Phrase> notes) {
        this.title = title;
        this.axisLabel = axisLabel;
        this.reference = reference;
        this.columns = columns;
        this.rows = rows;
        this.notes = notes;
    }

    /**
     * A plot without rows.
     *
     * @param title above the plot
     * @param axisLabel below the axis, for example {@code "AUC (95 % CI)"}
     * @param reference where the vertical line stands, for example 0.5; {@code NaN} for none
     * @param columns headers of further text columns between label and chart, for example {@code
     *     "n", "events"}
     * @return the plot
     */
    public static ForestPlot of(
            String title, String axisLabel, double reference, String... columns) {
        return new ForestPlot(title, axisLabel, reference, List.of(columns), List.of(), List.of());
    }

    /**
     * The same plot with a heading for the rows that follow.
     *
     * @param label the heading
     * @return the plot
     */
    public ForestPlot withHeading(String label) {
        return with(new Row(label, Interval.undefined(""), List.of(), true));
    }

    /**
     * The same plot with one more row.
     *
     * @param label what the row is about
     * @param interval the figure
     * @param cells one text for each further column
     * @return the plot
     * @throws IllegalArgumentException when there are not as many cells as columns
     */
    public ForestPlot withRow(String label, Interval interval, String... cells) {
        if (cells.length != columns.size()) {
            throw new IllegalArgumentException(
                    "row " + label + " has " + cells.length + " cells for " + columns);
        }
        return with(new Row(label, interval, List.of(cells), false));
    }

    private ForestPlot with(Row row) {
        List<Row> more = new ArrayList<>(rows);
        more.add(row);
        return new ForestPlot(title, axisLabel, reference, columns, List.copyOf(more), notes);
    }

    /**
     * The same plot with a line below the title, such as a test of interaction.
     *
     * @param line the text, with places {@code {0}}, {@code {1}} for the parts
     * @param parts numbers, texts and intervals: see {@link Language#text}
     * @return the plot
     */
    public ForestPlot withNote(String line, Object... parts) {
        List<Phrase> more = new ArrayList<>(notes);
        more.add(Phrase.of(line, parts));
        return new ForestPlot(title, axisLabel, reference, columns, rows, List.copyOf(more));
    }

    /**
     * The drawing.
     *
     * @return the figure
     */
    public Figure figure() {
        return new Figure(this::layout);
    }

    private Figure.Drawing layout(Language words) {
        double labels = 60;
        for (Row row : rows) {
            labels =
                    Math.max(
                            labels,
                            TextWidth.of(words.text(row.label()), SIZE, row.heading())
                                    + (row.heading() ? 0 : 14));
        }
        double[] columnEnds = new double[columns.size()];
        double at = 16 + labels;
        for (int c = 0; c < columnEnds.length; c++) {
            double widest = TextWidth.of(words.text(columns.get(c)), SIZE, true);
            for (Row row : rows) {
                if (!row.heading()) {
                    widest = Math.max(widest, TextWidth.of(row.cells().get(c), SIZE, false));
                }
            }
            at += 16 + widest;
            columnEnds[c] = at;
        }
        double chartLeft = at + 24;
        double values = TextWidth.of("-0.00 (-0.00 to -0.00)", SIZE, false);
        double width = chartLeft + CHART + 16 + values + 16;
        Heading heading = Heading.of(words.text(title), Phrase.in(words, notes), width);
        double top = heading.height() + 24;
        double[] range = range();
        Axes axes =
                new Axes(chartLeft, top, CHART, ROW * rows.size() + 6, range[0], range[1], 0, 1);
        return new Figure.Drawing(
                words.text(title),
                words.text("Forest plot") + ": " + words.text(axisLabel),
                width,
                axes.bottom() + 48,
                canvas -> {
                    heading.draw(canvas);
                    axes.drawX(canvas, Axes.ticks(range[0], range[1], 5), words.text(axisLabel));
                    if (!Double.isNaN(reference)) {
                        double x = axes.x(reference);
                        canvas.line(
                                x, top, x, axes.bottom(), new Pen(Palette.MUTED, 1.2, Dash.DASHED));
                    }
                    Lettering header = Lettering.of(SIZE, Palette.MUTED, Anchor.END).inBold();
                    for (int c = 0; c < columnEnds.length; c++) {
                        canvas.text(words.text(columns.get(c)), columnEnds[c], top - 8, header);
                    }
                    for (int r = 0; r < rows.size(); r++) {
                        drawRow(
                                canvas,
                                axes,
                                rows.get(r),
                                top + ROW * (r + 0.5) + 3,
                                columnEnds,
                                words);
                    }
                });
    }

    private static void drawRow(
            Canvas canvas, Axes axes, Row row, double middle, double[] columnEnds, Language words) {
        double baseline = middle + 4;
        Lettering start = Lettering.of(SIZE, Palette.INK, Anchor.START);
        if (row.heading()) {
            canvas.text(words.text(row.label()), 16, baseline, start.inBold());
            return;
        }
        canvas.text(words.text(row.label()), 30, baseline, start);
        for (int c = 0; c < columnEnds.length; c++) {
            canvas.text(
                    row.cells().get(c),
                    columnEnds[c],
                    baseline,
                    Lettering.of(SIZE, Palette.INK, Anchor.END));
        }
        Interval interval = row.interval();
        canvas.text(words.interval(interval, DECIMALS), axes.right() + 16, baseline, start);
        if (Double.isNaN(interval.estimate())) {
            return;
        }
        if (Double.isFinite(interval.lower()) && Double.isFinite(interval.upper())) {
            canvas.line(
                    axes.x(Math.max(axes.xFrom(), interval.lower())),
                    middle,
                    axes.x(Math.min(axes.xTo(), interval.upper())),
                    middle,
                    Pen.of(Palette.BLUE, 2));
        }
        double x = axes.x(Math.min(axes.xTo(), Math.max(axes.xFrom(), interval.estimate())));
        canvas.box(x - 4, middle - 4, 8, 8, Palette.BLUE, Palette.PAPER);
    }

    /** The span of all limits and the reference, with a margin. */
    private double[] range() {
        double low = Double.isNaN(reference) ? Double.POSITIVE_INFINITY : reference;
        double high = Double.isNaN(reference) ? Double.NEGATIVE_INFINITY : reference;
        for (Row row : rows) {
            for (double value :
                    new double[] {
                        row.interval().lower(), row.interval().estimate(), row.interval().upper()
                    }) {
                if (Double.isFinite(value)) {
                    low = Math.min(low, value);
                    high = Math.max(high, value);
                }
            }
        }
        if (!(low <= high)) {
            return new double[] {0, 1};
        }
        double margin = high > low ? 0.05 * (high - low) : 0.5;
        return new double[] {low - margin, high + margin};
    }
}
