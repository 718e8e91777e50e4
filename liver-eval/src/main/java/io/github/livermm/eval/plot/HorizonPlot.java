// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.eval.plot;

import io.github.livermm.eval.Interval;
import io.github.livermm.eval.plot.Canvas.Pen;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A figure at several horizons, such as AUC(t) or Brier(t), with its limits as bars. Points are
 * joined to guide the eye; between horizons nothing was estimated. A horizon that is undefined has
 * no point.
 *
 * @since 0.1.0
 */
public final class HorizonPlot {
    private static final double WIDTH = 520;
    private static final double HEIGHT = 300;
    private static final double LEFT = 74;

    /** How far apart the bars of two series stand at one horizon, in pixels. */
    private static final double APART = 7;

    private final String title;
    private final String timeLabel;
    private final String valueLabel;
    private final double reference;
    private final List<Series> series;

    @SuppressWarnings("ArrayRecordComponent") // private, never compared
    private record Series(String name, double[] times, List<Interval> values) {}

    private HorizonPlot(
            String title,
            String timeLabel,
            String valueLabel,
            double reference,
            List<Series> series) {
        this.title = title;
        this.timeLabel = timeLabel;
        this.valueLabel = valueLabel;
        this.reference = reference;
        this.series = series;
    }

    /**
     * A plot without series.
     *
     * @param title above the plot
     * @param timeLabel below the time axis, with the unit
     * @param valueLabel beside the other axis
     * @param reference where a dashed line stands, for example 0.5 for AUC; {@code NaN} for none
     * @return the plot
     */
    public static HorizonPlot of(
            String title, String timeLabel, String valueLabel, double reference) {
        return new HorizonPlot(title, timeLabel, valueLabel, reference, List.of());
    }

    /**
     * The same plot with one more series.
     *
     * @param name in the legend
     * @param times the horizons, ascending
     * @param values one for each horizon
     * @return the plot
     * @throws IllegalArgumentException when lengths differ or there is no horizon
     */
    public HorizonPlot withSeries(String name, double[] times, List<Interval> values) {
        if (times.length == 0 || times.length != values.size()) {
            throw new IllegalArgumentException(
                    "series "
                            + name
                            + " has "
                            + times.length
                            + " times and "
                            + values.size()
                            + " values; needed are as many of both, at least 1");
        }
        List<Series> more = new ArrayList<>(series);
        more.add(new Series(name, times.clone(), List.copyOf(values)));
        return new HorizonPlot(title, timeLabel, valueLabel, reference, List.copyOf(more));
    }

    /**
     * The drawing.
     *
     * @return the figure
     * @throws IllegalStateException when there is no series
     */
    public Figure figure() {
        if (series.isEmpty()) {
            throw new IllegalStateException("no series to draw: add one with withSeries");
        }
        return new Figure(this::layout);
    }

    private Figure.Drawing layout(Language words) {
        Heading heading = Heading.of(words.text(title), List.of(), WIDTH);
        double[] x =
                series.stream()
                        .flatMapToDouble(s -> Arrays.stream(s.times()))
                        .distinct()
                        .sorted()
                        .toArray();
        double last = x[x.length - 1];
        double margin = 0.08 * (last > x[0] ? last - x[0] : Math.max(1, last));
        double[] range = range();
        Axes axes =
                new Axes(
                        LEFT,
                        heading.height(),
                        WIDTH - LEFT - 24,
                        HEIGHT,
                        x[0] - margin,
                        last + margin,
                        range[0],
                        range[1]);
        Legend legend = new Legend(LEFT, axes.bottom() + 58, WIDTH - LEFT - 16);
        for (int s = 0; s < series.size(); s++) {
            legend.add(words.text(series.get(s).name()), Palette.pen(s));
        }
        List<Double> ticks =
                x.length <= 8
                        ? Arrays.stream(x).boxed().toList()
                        : Axes.ticks(axes.xFrom(), axes.xTo(), 6);
        return new Figure.Drawing(
                words.text(title),
                words.text(valueLabel) + ", " + words.text(timeLabel),
                WIDTH,
                legend.bottom() + 8,
                canvas -> {
                    heading.draw(canvas);
                    axes.drawX(canvas, ticks, words.text(timeLabel));
                    axes.drawY(canvas, Axes.ticks(range[0], range[1], 5), words.text(valueLabel));
                    if (!Double.isNaN(reference)) {
                        canvas.line(
                                axes.left(),
                                axes.y(reference),
                                axes.right(),
                                axes.y(reference),
                                new Pen(Palette.MUTED, 1.2, Canvas.Dash.DASHED));
                    }
                    for (int s = 0; s < series.size(); s++) {
                        draw(canvas, axes, s);
                    }
                    legend.draw(canvas);
                });
    }

    private void draw(Canvas canvas, Axes axes, int index) {
        Series one = series.get(index);
        double shift = APART * (index - (series.size() - 1) / 2.0);
        List<double[]> points = new ArrayList<>();
        for (int h = 0; h < one.times().length; h++) {
            Interval value = one.values().get(h);
            if (Double.isFinite(value.estimate())) {
                double x = axes.x(one.times()[h]) + shift;
                points.add(new double[] {x, axes.y(value.estimate())});
                if (Double.isFinite(value.lower()) && Double.isFinite(value.upper())) {
                    Pen bar = Pen.of(Palette.series(index), 1.4);
                    double low = axes.y(value.lower());
                    double high = axes.y(value.upper());
                    canvas.line(x, low, x, high, bar);
                    canvas.line(x - 4, low, x + 4, low, bar);
                    canvas.line(x - 4, high, x + 4, high, bar);
                }
            }
        }
        if (points.size() > 1) {
            canvas.path(
                    points.stream().mapToDouble(p -> p[0]).toArray(),
                    points.stream().mapToDouble(p -> p[1]).toArray(),
                    Palette.pen(index));
        }
        for (double[] point : points) {
            canvas.dot(point[0], point[1], 4, Palette.series(index), Palette.PAPER);
        }
    }

    /** The span of all limits and the reference, with a margin. */
    private double[] range() {
        double low = Double.isNaN(reference) ? 0 : reference;
        double high = Double.isNaN(reference) ? 0 : reference;
        for (Series one : series) {
            for (Interval value : one.values()) {
                for (double v : new double[] {value.lower(), value.estimate(), value.upper()}) {
                    if (Double.isFinite(v)) {
                        low = Math.min(low, v);
                        high = Math.max(high, v);
                    }
                }
            }
        }
        double margin = high > low ? 0.06 * (high - low) : 0.5;
        return new double[] {low == 0 ? 0 : low - margin, high + margin};
    }
}
