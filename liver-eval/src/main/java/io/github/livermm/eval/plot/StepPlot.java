// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.eval.plot;

import io.github.livermm.eval.plot.Canvas.Anchor;
import io.github.livermm.eval.plot.Canvas.Lettering;
import io.github.livermm.eval.plot.Canvas.Pen;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Step curves over time with bands and censoring marks, and the numbers at risk below them. */
@SuppressWarnings("ArrayRecordComponent") // stays inside this package, never compared
record StepPlot(
        String title,
        String timeLabel,
        String valueLabel,
        String kind,
        double start,
        double top,
        double[] ticks,
        List<Phrase> lines,
        List<Group> groups) {
    private static final double WIDTH = 640;
    private static final double HEIGHT = 320;
    private static final double LEFT = 72;
    private static final double ROW = 18;

    /** Bands of more curves than this hide each other. */
    private static final int MOST_BANDS = 3;

    /** One curve: its value from each time on. */
    @SuppressWarnings("ArrayRecordComponent") // stays inside this package, never compared
    record Group(
            String name,
            double[] times,
            double[] values,
            double[] lower,
            double[] upper,
            double[] censored,
            long[] atRisk) {}

    static StepPlot of(
            String title,
            String timeLabel,
            String valueLabel,
            String kind,
            double start,
            double[] ticks) {
        for (int i = 1; i < ticks.length; i++) {
            if (!(ticks[i] > ticks[i - 1])) {
                throw new IllegalArgumentException(
                        "ticks[" + i + "] = " + ticks[i] + " is not above the one before");
            }
        }
        if (ticks.length < 2) {
            throw new IllegalArgumentException("ticks has " + ticks.length + " values, needs 2");
        }
        return new StepPlot(
                title, timeLabel, valueLabel, kind, start, 1, ticks.clone(), List.of(), List.of());
    }

    StepPlot withLine(Phrase line) {
        List<Phrase> more = new ArrayList<>(lines);
        more.add(line);
        return new StepPlot(
                title, timeLabel, valueLabel, kind, start, top, ticks, List.copyOf(more), groups);
    }

    StepPlot withTop(double newTop) {
        return new StepPlot(
                title, timeLabel, valueLabel, kind, start, newTop, ticks, lines, groups);
    }

    StepPlot withGroup(Group group) {
        int n = group.times().length;
        if (n != group.values().length || n != group.lower().length || n != group.upper().length) {
            throw new IllegalArgumentException(
                    "times, "
                            + kind
                            + ", lower and upper have "
                            + n
                            + ", "
                            + group.values().length
                            + ", "
                            + group.lower().length
                            + " and "
                            + group.upper().length
                            + " values");
        }
        for (int i = 1; i < n; i++) {
            if (!(group.times()[i] > group.times()[i - 1])) {
                throw new IllegalArgumentException(
                        "times[" + i + "] = " + group.times()[i] + " is not above the one before");
            }
        }
        if (group.atRisk().length != ticks.length) {
            throw new IllegalArgumentException(
                    "atRisk has "
                            + group.atRisk().length
                            + " values for "
                            + ticks.length
                            + " ticks");
        }
        List<Group> more = new ArrayList<>(groups);
        more.add(
                new Group(
                        group.name(),
                        group.times().clone(),
                        group.values().clone(),
                        group.lower().clone(),
                        group.upper().clone(),
                        group.censored().clone(),
                        group.atRisk().clone()));
        return new StepPlot(
                title, timeLabel, valueLabel, kind, start, top, ticks, lines, List.copyOf(more));
    }

    Figure.Drawing layout(Language words) {
        List<String> above = Phrase.in(words, lines);
        Heading heading = Heading.of(words.text(title), above, WIDTH);
        Legend legend = new Legend(LEFT, heading.height() + 6, WIDTH - LEFT - 16);
        boolean several = groups.size() > 1;
        for (int g = 0; several && g < groups.size(); g++) {
            legend.add(words.text(groups.get(g).name()), Palette.pen(g));
        }
        Axes axes =
                new Axes(
                        LEFT,
                        several ? legend.bottom() + 4 : heading.height(),
                        WIDTH - LEFT - 30,
                        HEIGHT,
                        ticks[0],
                        ticks[ticks.length - 1],
                        0,
                        top);
        double table = axes.bottom() + 66;
        return new Figure.Drawing(
                words.text(title),
                words.text(valueLabel) + ". " + String.join("; ", above),
                WIDTH,
                table + rowHeight() * groups.size() + 8,
                canvas -> {
                    heading.draw(canvas);
                    legend.draw(canvas);
                    axes.drawX(
                            canvas, Arrays.stream(ticks).boxed().toList(), words.text(timeLabel));
                    axes.drawY(canvas, Axes.ticks(0, top, 5), words.text(valueLabel));
                    for (int g = 0; groups.size() <= MOST_BANDS && g < groups.size(); g++) {
                        drawBand(canvas, axes, groups.get(g), g);
                    }
                    for (int g = 0; g < groups.size(); g++) {
                        drawCurve(canvas, axes, groups.get(g), g);
                    }
                    drawTable(canvas, axes, table, words);
                });
    }

    private static double lastTime(Group group) {
        double last = group.times().length == 0 ? 0 : group.times()[group.times().length - 1];
        for (double time : group.censored()) {
            last = Math.max(last, time);
        }
        return last;
    }

    private double valueAt(Group group, double time) {
        int k = Arrays.binarySearch(group.times(), time);
        int last = k >= 0 ? k : -k - 2;
        return last < 0 ? start : group.values()[last];
    }

    private void drawCurve(Canvas canvas, Axes axes, Group group, int index) {
        int shown = shown(axes, group);
        double[] x = new double[2 * shown + 2];
        double[] y = new double[2 * shown + 2];
        double level = start;
        x[0] = axes.x(axes.xFrom());
        y[0] = axes.y(level);
        for (int i = 0; i < shown; i++) {
            x[2 * i + 1] = axes.x(group.times()[i]);
            y[2 * i + 1] = axes.y(level);
            level = group.values()[i];
            x[2 * i + 2] = x[2 * i + 1];
            y[2 * i + 2] = axes.y(level);
        }
        x[2 * shown + 1] = axes.x(Math.min(axes.xTo(), lastTime(group)));
        y[2 * shown + 1] = axes.y(level);
        canvas.path(x, y, Palette.pen(index));
        double lastMark = Double.NEGATIVE_INFINITY;
        for (double time : Arrays.stream(group.censored()).sorted().toArray()) {
            double at = axes.x(time);
            if (time <= axes.xTo() && at - lastMark >= 0.5) {
                double middle = axes.y(valueAt(group, time));
                canvas.line(at, middle - 4, at, middle + 4, Pen.of(Palette.series(index), 1));
                lastMark = at;
            }
        }
    }

    private static int shown(Axes axes, Group group) {
        int shown = 0;
        while (shown < group.times().length && group.times()[shown] <= axes.xTo()) {
            shown++;
        }
        return shown;
    }

    /** One area for each run of times whose limits are defined. */
    private static void drawBand(Canvas canvas, Axes axes, Group group, int index) {
        int shown = shown(axes, group);
        double end = Math.min(axes.xTo(), lastTime(group));
        for (int from = 0; from < shown; from++) {
            int to = from;
            while (to < shown
                    && !Double.isNaN(group.lower()[to])
                    && !Double.isNaN(group.upper()[to])) {
                to++;
            }
            int m = to - from;
            if (m > 0) {
                double[] x = new double[4 * m];
                double[] y = new double[4 * m];
                for (int i = 0; i < m; i++) {
                    int k = from + i;
                    double until = k + 1 < shown ? group.times()[k + 1] : end;
                    double right = axes.x(Math.max(until, group.times()[k]));
                    double high = axes.y(Math.min(axes.yTo(), group.upper()[k]));
                    double low = axes.y(Math.max(0, group.lower()[k]));
                    x[2 * i] = x[4 * m - 1 - 2 * i] = axes.x(group.times()[k]);
                    x[2 * i + 1] = x[4 * m - 2 - 2 * i] = right;
                    y[2 * i] = y[2 * i + 1] = high;
                    y[4 * m - 1 - 2 * i] = y[4 * m - 2 - 2 * i] = low;
                }
                canvas.area(x, y, Palette.series(index), 0.14);
                from = to;
            }
        }
    }

    /** Several groups have their names above their numbers. */
    private double rowHeight() {
        return groups.size() > 1 ? 2 * ROW : ROW;
    }

    private void drawTable(Canvas canvas, Axes axes, double tableTop, Language words) {
        Lettering small = Lettering.of(11, Palette.MUTED, Anchor.START);
        canvas.text(words.text("Number at risk"), 16, tableTop - 9, small.inBold());
        for (int g = 0; g < groups.size(); g++) {
            double y = tableTop + rowHeight() * g + ROW / 2;
            if (groups.size() > 1) {
                canvas.line(16, y - 4, 40, y - 4, Palette.pen(g));
                canvas.text(words.text(groups.get(g).name()), 48, y, small);
                y += ROW - 2;
            }
            for (int k = 0; k < ticks.length; k++) {
                canvas.text(
                        Long.toString(groups.get(g).atRisk()[k]),
                        axes.x(ticks[k]),
                        y,
                        Lettering.of(11, Palette.INK, Anchor.MIDDLE));
            }
        }
    }
}
