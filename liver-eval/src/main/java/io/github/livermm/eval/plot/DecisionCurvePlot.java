// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.eval.plot;

import io.github.livermm.eval.DecisionCurve;
import io.github.livermm.eval.plot.Canvas.Dash;
import io.github.livermm.eval.plot.Canvas.Pen;
import java.util.ArrayList;
import java.util.List;

/**
 * Net benefit over thresholds for one or more models, with treating all and treating none beside
 * them. Values far below zero are cut, as they say nothing more than "worse than none".
 *
 * @since 0.1.0
 */
public final class DecisionCurvePlot {
    private static final double WIDTH = 520;
    private static final double HEIGHT = 320;
    private static final double LEFT = 74;

    private final String title;
    private final List<Series> series;

    private record Series(String name, DecisionCurve curve) {}

    private DecisionCurvePlot(String title, List<Series> series) {
        this.title = title;
        this.series = series;
    }

    /**
     * A plot without models.
     *
     * @param title above the plot
     * @return the plot
     */
    public static DecisionCurvePlot of(String title) {
        return new DecisionCurvePlot(title, List.of());
    }

    /**
     * The same plot with one more model.
     *
     * @param name in the legend
     * @param curve with thresholds ascending, at least two
     * @return the plot
     * @throws IllegalArgumentException when the curve has fewer than two points
     */
    public DecisionCurvePlot withModel(String name, DecisionCurve curve) {
        if (curve.points().size() < 2) {
            throw new IllegalArgumentException(
                    "curve " + name + " has " + curve.points().size() + " points, needs 2");
        }
        List<Series> more = new ArrayList<>(series);
        more.add(new Series(name, curve));
        return new DecisionCurvePlot(title, List.copyOf(more));
    }

    /**
     * The drawing.
     *
     * @return the figure
     * @throws IllegalStateException when there is no model
     */
    public Figure figure() {
        if (series.isEmpty()) {
            throw new IllegalStateException("no model to draw: add one with withModel");
        }
        return new Figure(this::layout);
    }

    private Figure.Drawing layout(Language words) {
        List<DecisionCurve.Point> first = series.get(0).curve().points();
        double from = first.get(0).threshold();
        double to = first.get(first.size() - 1).threshold();
        double top =
                series.stream()
                        .flatMap(one -> one.curve().points().stream())
                        .mapToDouble(DecisionCurve.Point::netBenefit)
                        .reduce(0.05, Math::max);
        double floor = -0.2 * top;
        Heading heading = Heading.of(words.text(title), List.of(), WIDTH);
        Axes axes =
                new Axes(
                        LEFT,
                        heading.height(),
                        WIDTH - LEFT - 24,
                        HEIGHT,
                        from,
                        to,
                        floor,
                        1.05 * top);
        Legend legend = new Legend(LEFT, axes.bottom() + 58, WIDTH - LEFT - 16);
        Pen all = new Pen(Palette.MUTED, 1.4, Dash.SOLID);
        Pen none = new Pen(Palette.INK, 1.4, Dash.SOLID);
        for (int s = 0; s < series.size(); s++) {
            legend.add(words.text(series.get(s).name()), Palette.pen(s));
        }
        legend.add(words.text("Treat all"), all);
        legend.add(words.text("Treat none"), none);
        return new Figure.Drawing(
                words.text(title),
                words.text("Decision curve: net benefit against threshold probability"),
                WIDTH,
                legend.bottom() + 8,
                canvas -> {
                    heading.draw(canvas);
                    axes.drawX(
                            canvas, Axes.ticks(from, to, 5), words.text("Threshold probability"));
                    axes.drawY(canvas, Axes.ticks(floor, 1.05 * top, 5), words.text("Net benefit"));
                    canvas.line(axes.left(), axes.y(0), axes.right(), axes.y(0), none);
                    draw(canvas, axes, first, true, all);
                    for (int s = 0; s < series.size(); s++) {
                        draw(canvas, axes, series.get(s).curve().points(), false, Palette.pen(s));
                    }
                    legend.draw(canvas);
                });
    }

    /** Draws until the curve falls through the floor, ending exactly on it. */
    private static void draw(
            Canvas canvas, Axes axes, List<DecisionCurve.Point> points, boolean all, Pen pen) {
        List<double[]> kept = new ArrayList<>();
        double lastX = Double.NaN;
        double lastY = Double.NaN;
        for (DecisionCurve.Point point : points) {
            double x = point.threshold();
            double y = all ? point.treatAll() : point.netBenefit();
            if (y < axes.yFrom()) {
                if (lastY > axes.yFrom()) {
                    double share = (lastY - axes.yFrom()) / (lastY - y);
                    kept.add(new double[] {lastX + share * (x - lastX), axes.yFrom()});
                }
                break;
            }
            kept.add(new double[] {x, y});
            lastX = x;
            lastY = y;
        }
        double[] xs = new double[kept.size()];
        double[] ys = new double[kept.size()];
        for (int i = 0; i < xs.length; i++) {
            xs[i] = axes.x(kept.get(i)[0]);
            ys[i] = axes.y(kept.get(i)[1]);
        }
        canvas.path(xs, ys, pen);
    }
}
