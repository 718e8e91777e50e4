// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.eval.plot;

import io.github.livermm.eval.plot.Canvas.Anchor;
import io.github.livermm.eval.plot.Canvas.Lettering;
import io.github.livermm.eval.plot.Canvas.Pen;
import java.util.ArrayList;
import java.util.List;

/**
 * Who entered a study, who left and why, and who remained: boxes from top to bottom with the
 * exclusions to the right, as reporting guidelines ask for.
 *
 * @since 0.1.0
 */
public final class FlowPlot {
    private static final double WIDTH = 640;
    private static final double MAIN = 250;
    private static final double SIDE_LEFT = 310;
    private static final double SIZE = 12;
    private static final double LINE = 16;
    private static final double GAP = 20;

    private final String title;
    private final List<Step> steps;

    private record Step(String label, long count, boolean exclusion) {
        List<String> lines() {
            double width = (exclusion ? WIDTH - 16 - SIDE_LEFT : MAIN) - 24;
            List<String> lines = new ArrayList<>(TextWidth.wrap(label, SIZE, !exclusion, width));
            String n = "n = " + count;
            int last = lines.size() - 1;
            String joined = lines.get(last) + "  (" + n + ")";
            if (exclusion && TextWidth.of(joined, SIZE, false) <= width) {
                lines.set(last, joined);
            } else {
                lines.add(n);
            }
            return lines;
        }

        double height() {
            return LINE * lines().size() + 14;
        }
    }

    private FlowPlot(String title, List<Step> steps) {
        this.title = title;
        this.steps = steps;
    }

    /**
     * A flow without boxes.
     *
     * @param title above the drawing
     * @return the flow
     */
    public static FlowPlot of(String title) {
        return new FlowPlot(title, List.of());
    }

    /**
     * The same flow with one more box in the main line.
     *
     * @param label who is in it
     * @param count how many
     * @return the flow
     */
    public FlowPlot withBox(String label, long count) {
        return with(new Step(label, count, false));
    }

    /**
     * The same flow with one more exclusion, leaving the line below the last box.
     *
     * @param reason why
     * @param count how many
     * @return the flow
     */
    public FlowPlot withExclusion(String reason, long count) {
        return with(new Step(reason, count, true));
    }

    private FlowPlot with(Step step) {
        List<Step> more = new ArrayList<>(steps);
        more.add(step);
        return new FlowPlot(title, List.copyOf(more));
    }

    /**
     * The drawing.
     *
     * @return the figure
     */
    public Figure figure() {
        Heading heading = Heading.of(title, List.of(), WIDTH);
        double height =
                heading.height()
                        + 4
                        + steps.stream()
                                .mapToDouble(s -> s.height() + (s.exclusion() ? 8 : GAP))
                                .sum();
        List<String> spoken = new ArrayList<>();
        for (Step step : steps) {
            spoken.add((step.exclusion() ? "excluded, " : "") + step.label() + ": " + step.count());
        }
        return new Figure(words -> drawing(heading, height, spoken));
    }

    private Figure.Drawing drawing(Heading heading, double height, List<String> spoken) {
        return new Figure.Drawing(
                title,
                "Flow of patients. " + String.join("; ", spoken),
                WIDTH,
                height,
                canvas -> {
                    heading.draw(canvas);
                    draw(canvas, heading.height() + 4);
                });
    }

    private void draw(Canvas canvas, double top) {
        double y = top;
        double middle = 16 + MAIN / 2;
        double lineFrom = Double.NaN;
        for (Step step : steps) {
            double height = step.height();
            if (step.exclusion()) {
                double at = y + height / 2;
                if (!Double.isNaN(lineFrom)) {
                    arrow(canvas, middle, at, SIDE_LEFT, at);
                }
                box(canvas, step, SIDE_LEFT, WIDTH - 16 - SIDE_LEFT, y);
                y += height + 8;
            } else {
                if (!Double.isNaN(lineFrom)) {
                    arrow(canvas, middle, lineFrom, middle, y);
                }
                box(canvas, step, 16, MAIN, y);
                lineFrom = y + height;
                y += height + GAP;
            }
        }
    }

    private static void box(Canvas canvas, Step step, double x, double width, double y) {
        boolean main = !step.exclusion();
        canvas.box(
                x,
                y,
                width,
                step.height(),
                main ? "#eaf3f9" : Palette.PAPER,
                main ? Palette.BLUE : Palette.RULE);
        Lettering lettering = Lettering.of(SIZE, Palette.INK, main ? Anchor.MIDDLE : Anchor.START);
        double baseline = y + LINE + 3;
        for (String line : step.lines()) {
            canvas.text(
                    line,
                    main ? x + width / 2 : x + 12,
                    baseline,
                    main ? lettering.inBold() : lettering);
            baseline += LINE;
        }
    }

    private static void arrow(Canvas canvas, double x1, double y1, double x2, double y2) {
        canvas.line(x1, y1, x2, y2, Pen.of(Palette.MUTED, 1.2));
        boolean down = x1 == x2;
        canvas.area(
                down ? new double[] {x2 - 4, x2 + 4, x2} : new double[] {x2 - 7, x2 - 7, x2},
                down ? new double[] {y2 - 7, y2 - 7, y2} : new double[] {y2 - 4, y2 + 4, y2},
                Palette.MUTED,
                1);
    }
}
