// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.eval.plot;

import io.github.livermm.eval.plot.Canvas.Anchor;
import io.github.livermm.eval.plot.Canvas.Lettering;
import io.github.livermm.eval.plot.Canvas.Pen;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Survival curves as steps with bands and censoring marks, and the numbers at risk below. It takes
 * plain arrays of steps, so that any estimate of survival can be drawn.
 *
 * @since 0.1.0
 */
public final class KaplanMeierPlot {
    private static final double WIDTH = 640;
    private static final double HEIGHT = 320;
    private static final double ROW = 18;

    private final String title;
    private final String timeLabel;
    private final String survivalLabel;
    private final double[] ticks;
    private final List<String> lines;
    private final List<Group> groups;

    private KaplanMeierPlot(
            String title,
            String timeLabel,
            String survivalLabel,
            double[] ticks,
            List<String> lines,
            List<Group> groups) {
        this.title = title;
        this.timeLabel = timeLabel;
        this.survivalLabel = survivalLabel;
        this.ticks = ticks;
        this.lines = lines;
        this.groups = groups;
    }

    private static final class Group {
        final String name;
        final double[] times;
        final double[] survival;
        final double[] lower;
        final double[] upper;
        final double[] censored;
        final long[] atRisk;

        Group(
                String name,
                double[] times,
                double[] survival,
                double[] lower,
                double[] upper,
                double[] censored,
                long[] atRisk) {
            this.name = name;
            this.times = times.clone();
            this.survival = survival.clone();
            this.lower = lower.clone();
            this.upper = upper.clone();
            this.censored = censored.clone();
            this.atRisk = atRisk.clone();
        }

        double at(double time) {
            int k = Arrays.binarySearch(times, time);
            int last = k >= 0 ? k : -k - 2;
            return last < 0 ? 1 : survival[last];
        }
    }

    /**
     * A plot without groups.
     *
     * @param title above the plot
     * @param timeLabel below the time axis, with the unit, for example {@code "Months since
     *     surgery"}
     * @param survivalLabel beside the survival axis, for example {@code "Overall survival"}
     * @param ticks the times at which numbers at risk stand, ascending, from 0 to the end of the
     *     axis; at least two
     * @return the plot
     * @throws IllegalArgumentException when there are fewer than two ticks or they do not ascend
     */
    public static KaplanMeierPlot of(
            String title, String timeLabel, String survivalLabel, double... ticks) {
        for (int i = 1; i < ticks.length; i++) {
            if (!(ticks[i] > ticks[i - 1])) {
                throw new IllegalArgumentException(
                        "ticks[" + i + "] = " + ticks[i] + " is not above the one before");
            }
        }
        if (ticks.length < 2) {
            throw new IllegalArgumentException("ticks has " + ticks.length + " values, needs 2");
        }
        return new KaplanMeierPlot(
                title, timeLabel, survivalLabel, ticks.clone(), List.of(), List.of());
    }

    /**
     * Ticks at round numbers for a plot up to a time.
     *
     * @param last the last time to show, above 0
     * @return about seven ticks from 0, the last at or above {@code last}
     */
    public static double[] roundTicks(double last) {
        for (double step : new double[] {1, 2, 3, 6, 12, 24, 36, 60, 120}) {
            if (last <= 7 * step && last > step) {
                int count = (int) Math.ceil(last / step) + 1;
                double[] ticks = new double[count];
                Arrays.setAll(ticks, k -> k * step);
                return ticks;
            }
        }
        List<Double> round = Axes.ticks(0, last, 6);
        double step = round.get(1);
        if (round.get(round.size() - 1) < last * (1 - 1e-12)) {
            round.add(round.size() * step);
        }
        return round.stream().mapToDouble(Double::doubleValue).toArray();
    }

    /**
     * The same plot with a line of text below the title, such as the log-rank test.
     *
     * @param line the text
     * @return the plot
     */
    public KaplanMeierPlot withLine(String line) {
        List<String> more = new ArrayList<>(lines);
        more.add(line);
        return new KaplanMeierPlot(
                title, timeLabel, survivalLabel, ticks, List.copyOf(more), groups);
    }

    /**
     * The same plot with one more group.
     *
     * @param name in the legend and the table
     * @param times the times of steps, ascending; survival is 1 before the first
     * @param survival the survival from each time on
     * @param lower the lower limit from each time on; {@code NaN} draws no band there
     * @param upper the upper limit from each time on; {@code NaN} draws no band there
     * @param censored times of censoring, drawn as ticks on the curve; may be empty
     * @param atRisk the number at risk at each tick of the plot
     * @return the plot
     * @throws IllegalArgumentException when lengths do not match or times do not ascend
     */
    public KaplanMeierPlot withGroup(
            String name,
            double[] times,
            double[] survival,
            double[] lower,
            double[] upper,
            double[] censored,
            long[] atRisk) {
        if (times.length != survival.length
                || times.length != lower.length
                || times.length != upper.length) {
            throw new IllegalArgumentException(
                    "times, survival, lower and upper have "
                            + times.length
                            + ", "
                            + survival.length
                            + ", "
                            + lower.length
                            + " and "
                            + upper.length
                            + " values");
        }
        for (int i = 1; i < times.length; i++) {
            if (!(times[i] > times[i - 1])) {
                throw new IllegalArgumentException(
                        "times[" + i + "] = " + times[i] + " is not above the one before");
            }
        }
        if (atRisk.length != ticks.length) {
            throw new IllegalArgumentException(
                    "atRisk has " + atRisk.length + " values for " + ticks.length + " ticks");
        }
        List<Group> more = new ArrayList<>(groups);
        more.add(new Group(name, times, survival, lower, upper, censored, atRisk));
        return new KaplanMeierPlot(
                title, timeLabel, survivalLabel, ticks, lines, List.copyOf(more));
    }

    /**
     * The drawing.
     *
     * @return the figure
     */
    public Figure figure() {
        Heading heading = Heading.of(title, lines, WIDTH);
        double left = 72;
        double end = ticks[ticks.length - 1];
        Legend legend = new Legend(left, heading.height() + 6, WIDTH - left - 16);
        for (int g = 0; groups.size() > 1 && g < groups.size(); g++) {
            legend.add(groups.get(g).name, Palette.pen(g));
        }
        double top = groups.size() > 1 ? legend.bottom() + 4 : heading.height();
        Axes axes = new Axes(left, top, WIDTH - left - 30, HEIGHT, ticks[0], end, 0, 1);
        double table = axes.bottom() + 66;
        return new Figure(
                title,
                "Survival curves: " + survivalLabel + ". " + String.join("; ", lines),
                WIDTH,
                table + rowHeight() * groups.size() + 8,
                canvas -> {
                    heading.draw(canvas);
                    if (groups.size() > 1) {
                        legend.draw(canvas);
                    }
                    List<Double> shown = Arrays.stream(ticks).boxed().toList();
                    axes.drawX(canvas, shown, timeLabel);
                    axes.drawY(canvas, Axes.ticks(0, 1, 5), survivalLabel);
                    for (int g = 0; g < groups.size(); g++) {
                        drawGroup(canvas, axes, groups.get(g), g);
                    }
                    drawTable(canvas, axes, table);
                });
    }

    private static void drawGroup(Canvas canvas, Axes axes, Group group, int index) {
        int shown = 0;
        while (shown < group.times.length && group.times[shown] <= axes.xTo()) {
            shown++;
        }
        double last = Math.min(axes.xTo(), lastTime(group));
        drawBand(canvas, axes, group, shown, last, index);
        double[] x = new double[2 * shown + 2];
        double[] y = new double[2 * shown + 2];
        double level = 1;
        x[0] = axes.x(axes.xFrom());
        y[0] = axes.y(1);
        for (int i = 0; i < shown; i++) {
            x[2 * i + 1] = axes.x(group.times[i]);
            y[2 * i + 1] = axes.y(level);
            level = group.survival[i];
            x[2 * i + 2] = x[2 * i + 1];
            y[2 * i + 2] = axes.y(level);
        }
        x[2 * shown + 1] = axes.x(last);
        y[2 * shown + 1] = axes.y(level);
        canvas.path(x, y, Palette.pen(index));
        for (double time : group.censored) {
            if (time <= axes.xTo()) {
                double atY = axes.y(group.at(time));
                canvas.line(
                        axes.x(time),
                        atY - 4,
                        axes.x(time),
                        atY + 4,
                        Pen.of(Palette.series(index), 1));
            }
        }
    }

    private static double lastTime(Group group) {
        double last = group.times.length == 0 ? 0 : group.times[group.times.length - 1];
        for (double time : group.censored) {
            last = Math.max(last, time);
        }
        return last;
    }

    private static void drawBand(
            Canvas canvas, Axes axes, Group group, int shown, double last, int index) {
        for (int i = 0; i < shown; i++) {
            double until = i + 1 < shown ? group.times[i + 1] : last;
            if (Double.isNaN(group.lower[i]) || Double.isNaN(group.upper[i])) {
                continue;
            }
            double from = axes.x(group.times[i]);
            double to = axes.x(Math.max(until, group.times[i]));
            double high = axes.y(Math.min(1, group.upper[i]));
            double low = axes.y(Math.max(0, group.lower[i]));
            canvas.area(
                    new double[] {from, to, to, from},
                    new double[] {high, high, low, low},
                    Palette.series(index),
                    0.14);
        }
    }

    /** Several groups have their names above their numbers. */
    private double rowHeight() {
        return groups.size() > 1 ? 2 * ROW : ROW;
    }

    private void drawTable(Canvas canvas, Axes axes, double top) {
        canvas.text(
                "Number at risk",
                16,
                top - 9,
                Lettering.of(11, Palette.MUTED, Anchor.START).inBold());
        for (int g = 0; g < groups.size(); g++) {
            double y = top + rowHeight() * g + ROW / 2;
            if (groups.size() > 1) {
                canvas.line(16, y - 4, 40, y - 4, Palette.pen(g));
                canvas.text(
                        groups.get(g).name, 48, y, Lettering.of(11, Palette.MUTED, Anchor.START));
                y += ROW - 2;
            }
            for (int k = 0; k < ticks.length; k++) {
                canvas.text(
                        Long.toString(groups.get(g).atRisk[k]),
                        axes.x(ticks[k]),
                        y,
                        Lettering.of(11, Palette.INK, Anchor.MIDDLE));
            }
        }
    }
}
