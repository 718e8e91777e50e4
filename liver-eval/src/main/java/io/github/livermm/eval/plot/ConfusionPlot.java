// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.eval.plot;

import io.github.livermm.eval.ClassTable;
import io.github.livermm.eval.ConfusionTable;
import io.github.livermm.eval.plot.Canvas.Anchor;
import io.github.livermm.eval.plot.Canvas.Lettering;
import io.github.livermm.eval.plot.Canvas.Pen;
import java.util.List;

/**
 * True against called classes: the number in each cell with its share of the true class, which also
 * gives the shade.
 *
 * @since 0.1.0
 */
public final class ConfusionPlot {
    private static final double SIZE = 12;
    private static final double CELL_HEIGHT = 56;
    private static final double SMALLEST_CELL = 84;

    private final String title;
    private final List<String> classes;
    private final double[][] counts;

    private ConfusionPlot(String title, List<String> classes, double[][] counts) {
        this.title = title;
        this.classes = List.copyOf(classes);
        this.counts = counts;
    }

    /**
     * Draws a table of several classes.
     *
     * @param title above the plot
     * @param classes their names, as many as the table has
     * @param table true against called classes
     * @return the plot
     * @throws IllegalArgumentException when there are not as many names as classes
     */
    public static ConfusionPlot of(String title, List<String> classes, ClassTable table) {
        int k = table.classes();
        if (classes.size() != k) {
            throw new IllegalArgumentException(
                    "classes has " + classes.size() + " names for a table of " + k);
        }
        double[][] counts = new double[k][k];
        for (int i = 0; i < k; i++) {
            for (int j = 0; j < k; j++) {
                counts[i][j] = table.weight(i, j);
            }
        }
        return new ConfusionPlot(title, classes, counts);
    }

    /**
     * Draws a two-by-two table, positive first.
     *
     * @param title above the plot
     * @param table the counts
     * @return the plot
     */
    public static ConfusionPlot of(String title, ConfusionTable table) {
        return new ConfusionPlot(
                title,
                List.of("positive", "negative"),
                new double[][] {
                    {table.truePositives(), table.falseNegatives()},
                    {table.falsePositives(), table.trueNegatives()}
                });
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
        int k = classes.size();
        double widest = 0;
        for (String name : classes) {
            widest = Math.max(widest, TextWidth.of(words.text(name), SIZE, false));
        }
        double cell = Math.max(SMALLEST_CELL, widest + 14);
        double left = 44 + widest + 10;
        double width = Math.max(left + k * cell + 20, 300);
        Heading heading = Heading.of(words.text(title), List.of(), width);
        double top = heading.height() + 42;
        return new Figure.Drawing(
                words.text(title),
                words.text("Confusion matrix: true against called class"),
                width,
                top + k * CELL_HEIGHT + 20,
                canvas -> {
                    heading.draw(canvas);
                    Lettering middle = Lettering.of(SIZE, Palette.INK, Anchor.MIDDLE);
                    canvas.text(
                            words.text("Called"), left + k * cell / 2, top - 28, middle.inBold());
                    canvas.text(
                            words.text("Truth"),
                            26,
                            top + k * CELL_HEIGHT / 2,
                            middle.inBold().turnedUpwards());
                    for (int i = 0; i < k; i++) {
                        canvas.text(
                                words.text(classes.get(i)),
                                left + (i + 0.5) * cell,
                                top - 9,
                                middle);
                        canvas.text(
                                words.text(classes.get(i)),
                                left - 10,
                                top + (i + 0.5) * CELL_HEIGHT + 4,
                                Lettering.of(SIZE, Palette.INK, Anchor.END));
                        for (int j = 0; j < k; j++) {
                            drawCell(canvas, i, j, left + j * cell, top + i * CELL_HEIGHT, cell);
                        }
                    }
                });
    }

    private void drawCell(Canvas canvas, int i, int j, double x, double y, double width) {
        double sum = 0;
        for (double count : counts[i]) {
            sum += count;
        }
        double share = counts[i][j] / sum;
        canvas.box(x, y, width, CELL_HEIGHT, Palette.PAPER, Palette.RULE);
        if (share > 0) {
            canvas.area(
                    new double[] {x, x + width, x + width, x},
                    new double[] {y, y, y + CELL_HEIGHT, y + CELL_HEIGHT},
                    Palette.BLUE,
                    0.55 * share);
        }
        if (i == j) {
            double[] xs = {x + 1, x + width - 1, x + width - 1, x + 1, x + 1};
            double[] ys = {y + 1, y + 1, y + CELL_HEIGHT - 1, y + CELL_HEIGHT - 1, y + 1};
            canvas.path(xs, ys, Pen.of(Palette.INK, 1.6));
        }
        Lettering middle = Lettering.of(15, Palette.INK, Anchor.MIDDLE);
        double count = counts[i][j];
        boolean whole = count == Math.rint(count);
        canvas.text(Language.ENGLISH.number(count, whole ? 0 : 1), x + width / 2, y + 26, middle);
        if (sum > 0) {
            canvas.text(
                    Language.ENGLISH.number(100 * share, 1) + " %",
                    x + width / 2,
                    y + 44,
                    Lettering.of(11, Palette.INK, Anchor.MIDDLE));
        }
    }
}
