// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.eval.plot;

import io.github.livermm.eval.Interval;
import io.github.livermm.eval.OperatingPoint;
import io.github.livermm.eval.RocBand;
import io.github.livermm.eval.RocCurve;
import io.github.livermm.eval.plot.Canvas.Pen;
import java.util.ArrayList;
import java.util.List;

/**
 * ROC curves on one square, each with its area in the legend below, and a marked operating point
 * where one is given.
 *
 * @since 0.1.0
 */
public final class RocPlot {
    private static final double WIDTH = 460;
    private static final double SIDE = 370;
    private static final double LEFT = 70;

    private final String title;
    private final List<Series> series;

    private record Series(
            String name,
            List<OperatingPoint> points,
            Interval auc,
            List<OperatingPoint> marks,
            List<RocBand.Point> band) {}

    private RocPlot(String title, List<Series> series) {
        this.title = title;
        this.series = series;
    }

    /**
     * A plot without curves.
     *
     * @param title above the plot
     * @return the plot
     */
    public static RocPlot of(String title) {
        return new RocPlot(title, List.of());
    }

    /**
     * The same plot with one more curve.
     *
     * @param name in the legend
     * @param curve the curve; left out of the drawing when a class is absent
     * @param auc its area with limits, for the legend
     * @return the plot
     */
    public RocPlot withCurve(String name, RocCurve curve, Interval auc) {
        return with(new Series(name, curve.points(), auc, List.of(), List.of()));
    }

    /**
     * The same plot with one more curve and the operating point of a threshold.
     *
     * @param name in the legend
     * @param curve the curve; left out of the drawing when a class is absent
     * @param auc its area with limits, for the legend
     * @param mark the operating point to mark
     * @return the plot
     */
    public RocPlot withCurve(String name, RocCurve curve, Interval auc, OperatingPoint mark) {
        return with(new Series(name, curve.points(), auc, List.of(mark), List.of()));
    }

    /**
     * The same plot with a band around the curve added last.
     *
     * @param band the 95 % band of that curve
     * @return the plot
     * @throws IllegalStateException when no curve was added before
     */
    public RocPlot withBand(RocBand band) {
        if (series.isEmpty()) {
            throw new IllegalStateException("no curve yet: add one with withCurve before its band");
        }
        List<Series> same = new ArrayList<>(series);
        Series last = same.remove(same.size() - 1);
        same.add(new Series(last.name(), last.points(), last.auc(), last.marks(), band.points()));
        return new RocPlot(title, List.copyOf(same));
    }

    private RocPlot with(Series one) {
        List<Series> more = new ArrayList<>(series);
        more.add(one);
        return new RocPlot(title, List.copyOf(more));
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
        Heading heading = Heading.of(words.text(title), List.of(), WIDTH);
        Axes axes = new Axes(LEFT, heading.height(), SIDE, SIDE, 0, 1, 0, 1);
        Legend legend = new Legend(LEFT, axes.bottom() + 58, WIDTH - LEFT - 16);
        List<String> spoken = new ArrayList<>();
        for (int s = 0; s < series.size(); s++) {
            Series one = series.get(s);
            String text = words.text(one.name()) + ": AUC " + words.interval(one.auc(), 3);
            legend.add(text, Palette.pen(s));
            spoken.add(text);
        }
        if (series.stream().anyMatch(one -> !one.band().isEmpty())) {
            legend.add(words.text("Pointwise 95 % band"), Pen.of("#d6e7f2", 9));
        }
        return new Figure.Drawing(
                words.text(title),
                words.text("ROC curves") + ". " + String.join("; ", spoken),
                WIDTH,
                legend.bottom() + 8,
                canvas -> {
                    heading.draw(canvas);
                    List<Double> ticks = Axes.ticks(0, 1, 5);
                    axes.drawX(canvas, ticks, words.text("1 - specificity"));
                    axes.drawY(canvas, ticks, words.text("Sensitivity"));
                    axes.drawDiagonal(canvas);
                    for (int s = 0; s < series.size(); s++) {
                        drawBand(canvas, axes, series.get(s).band(), s);
                    }
                    for (int s = 0; s < series.size(); s++) {
                        draw(canvas, axes, series.get(s), s);
                    }
                    legend.draw(canvas);
                });
    }

    private static void drawBand(Canvas canvas, Axes axes, List<RocBand.Point> band, int index) {
        int n = band.size();
        double[] x = new double[2 * n];
        double[] y = new double[2 * n];
        for (int i = 0; i < n; i++) {
            RocBand.Point point = band.get(i);
            x[i] = axes.x(1 - point.specificity());
            y[i] = axes.y(point.upper());
            x[2 * n - 1 - i] = x[i];
            y[2 * n - 1 - i] = axes.y(point.lower());
        }
        if (n > 0) {
            canvas.area(x, y, Palette.series(index), 0.16);
        }
    }

    private static void draw(Canvas canvas, Axes axes, Series one, int index) {
        if (Double.isNaN(one.auc().estimate())) {
            return;
        }
        List<OperatingPoint> points = one.points();
        double[] x = new double[points.size()];
        double[] y = new double[points.size()];
        for (int i = 0; i < x.length; i++) {
            x[i] = axes.x(1 - points.get(i).specificity());
            y[i] = axes.y(points.get(i).sensitivity());
        }
        canvas.path(x, y, Palette.pen(index));
        for (OperatingPoint mark : one.marks()) {
            double atX = axes.x(1 - mark.specificity());
            double atY = axes.y(mark.sensitivity());
            canvas.dot(atX, atY, 5, Palette.PAPER, Palette.series(index));
            canvas.dot(atX, atY, 3, Palette.series(index), Palette.NONE);
        }
    }
}
