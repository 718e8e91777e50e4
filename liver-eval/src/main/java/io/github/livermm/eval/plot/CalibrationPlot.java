// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.eval.plot;

import io.github.livermm.eval.CalibrationCurve;
import io.github.livermm.eval.CalibrationGroups;
import io.github.livermm.eval.HorizonCalibration;
import io.github.livermm.eval.HorizonCalibrationBand;
import io.github.livermm.eval.Interval;
import io.github.livermm.eval.SurvivalOutcomes;
import io.github.livermm.eval.plot.Canvas.Anchor;
import io.github.livermm.eval.plot.Canvas.Lettering;
import io.github.livermm.eval.plot.Canvas.Pen;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Observed against predicted probability: the smooth curve with its band, groups of rows with
 * Wilson's limits, and below the histogram of predictions by outcome.
 *
 * @since 0.1.0
 */
public final class CalibrationPlot {
    private static final double WIDTH = 460;
    private static final double SIDE = 370;
    private static final double LEFT = 70;
    private static final double STRIP = 74;
    private static final int BINS = 40;
    private static final double LEVEL = 0.95;
    private static final int BAND_REPLICATES = 200;
    private static final int MOST_BAND_ROWS = 20_000;

    private final String title;
    private final List<Phrase> lines;
    private final List<CalibrationCurve.Point> curve;
    private final List<Mark> groups;
    private final int[] events;
    private final int[] others;

    private CalibrationPlot(
            String title,
            List<Phrase> lines,
            List<CalibrationCurve.Point> curve,
            List<Mark> groups,
            int[] events,
            int[] others) {
        this.title = title;
        this.lines = lines;
        this.curve = curve;
        this.groups = groups;
        this.events = events;
        this.others = others;
    }

    /**
     * Draws predictions against the truth, with ten groups.
     *
     * @param title above the plot
     * @param positive the truth of each row
     * @param probability the predicted probability of each row, in [0, 1]
     * @return the plot
     * @throws IllegalArgumentException when lengths differ, there is no row or a probability is
     *     outside [0, 1]
     */
    public static CalibrationPlot of(String title, boolean[] positive, double[] probability) {
        int[] events = new int[BINS];
        int[] others = new int[BINS];
        List<Mark> groups =
                CalibrationGroups.of(positive, probability, 10).groups().stream()
                        .map(g -> new Mark(g.meanPredicted(), g.observedShare(LEVEL)))
                        .toList();
        for (int i = 0; i < positive.length; i++) {
            int bin = Math.min(BINS - 1, (int) (probability[i] * BINS));
            if (positive[i]) {
                events[bin]++;
            } else {
                others[bin]++;
            }
        }
        return new CalibrationPlot(
                title,
                List.of(),
                CalibrationCurve.of(positive, probability, 2).points(101, LEVEL),
                groups,
                events,
                others);
    }

    /**
     * Draws predicted risks at a horizon against what happened, under censoring: the curve by
     * hazard regression on the complementary log-log scale with a band by 200 bootstrap replicates
     * (none beyond 20 000 rows), fifths of the patients by Kaplan-Meier.
     *
     * @param title above the plot
     * @param outcomes follow-up
     * @param risk predicted probability of the event by the horizon, in [0, 1]
     * @param horizon the horizon, in the unit of follow-up
     * @return the plot; without a curve when the horizon lies beyond the follow-up
     * @throws IllegalArgumentException when lengths differ or a risk is outside [0, 1]
     */
    public static CalibrationPlot atHorizon(
            String title, SurvivalOutcomes outcomes, double[] risk, double horizon) {
        HorizonCalibration calibration = HorizonCalibration.of(outcomes, risk, horizon);
        int[] events = new int[BINS];
        int[] others = new int[BINS];
        for (int i = 0; i < risk.length; i++) {
            int bin = Math.min(BINS - 1, (int) (risk[i] * BINS));
            if (outcomes.event(i) && outcomes.time(i) <= horizon) {
                events[bin]++;
            } else {
                others[bin]++;
            }
        }
        int replicates = risk.length > MOST_BAND_ROWS ? 1 : BAND_REPLICATES;
        List<CalibrationCurve.Point> curve =
                HorizonCalibrationBand.of(outcomes, risk, horizon, LEVEL, replicates, 1).points();
        if (risk.length > MOST_BAND_ROWS) {
            curve =
                    curve.stream()
                            .map(
                                    p ->
                                            new CalibrationCurve.Point(
                                                    p.predicted(),
                                                    p.observed(),
                                                    p.observed(),
                                                    p.observed()))
                            .toList();
        }
        List<Mark> groups =
                calibration.groups(5).stream()
                        .filter(g -> Double.isFinite(g.observed()))
                        .map(g -> new Mark(g.meanRisk(), observed(g)))
                        .toList();
        return new CalibrationPlot(title, List.of(), curve, groups, events, others);
    }

    private static Interval observed(HorizonCalibration.Group group) {
        double half = 1.959963984540054 * group.standardError();
        return new Interval(
                group.observed(),
                Math.max(0, group.observed() - half),
                Math.min(1, group.observed() + half),
                "Kaplan-Meier, Greenwood");
    }

    /** Where a group stands: its mean prediction and what was observed in it. */
    private record Mark(double predicted, Interval observed) {}

    /**
     * The same plot with a line of text below the title, such as slope and ICI.
     *
     * @param line the text, with places {@code {0}}, {@code {1}} for the parts
     * @param parts numbers, texts and intervals: see {@link Language#text}
     * @return the plot
     */
    public CalibrationPlot withLine(String line, Object... parts) {
        List<Phrase> more = new ArrayList<>(lines);
        more.add(Phrase.of(line, parts));
        return new CalibrationPlot(title, List.copyOf(more), curve, groups, events, others);
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
        List<String> above = new ArrayList<>(Phrase.in(words, lines));
        if (curve.isEmpty()) {
            above.add(words.text("No smooth curve: too few rows, or one outcome only"));
        }
        Heading heading = Heading.of(words.text(title), above, WIDTH);
        Axes axes = new Axes(LEFT, heading.height(), SIDE, SIDE, 0, 1, 0, 1);
        double stripTop = axes.bottom() + 12;
        double axisTop = stripTop + STRIP;
        Legend legend = new Legend(LEFT, axisTop + 58, WIDTH - LEFT - 16);
        if (!curve.isEmpty()) {
            legend.add(words.text(smooth()), Palette.pen(0));
        }
        legend.add(words.text("Groups of equal size with 95 % limits"), Pen.of(Palette.INK, 1.4));
        return new Figure.Drawing(
                words.text(title),
                words.text("Calibration curve: observed share against predicted probability")
                        + ". "
                        + String.join("; ", above),
                WIDTH,
                legend.bottom() + 8,
                canvas -> {
                    heading.draw(canvas);
                    List<Double> ticks = Axes.ticks(0, 1, 5);
                    axes.drawY(canvas, ticks, words.text("Observed share"));
                    for (double tick : ticks) {
                        canvas.line(
                                axes.x(tick),
                                axes.top(),
                                axes.x(tick),
                                axes.bottom(),
                                Pen.of(Palette.GRID, 1));
                    }
                    canvas.line(
                            axes.left(),
                            axes.bottom(),
                            axes.right(),
                            axes.bottom(),
                            Pen.of(Palette.RULE, 1));
                    axes.drawDiagonal(canvas);
                    drawCurve(canvas, axes);
                    drawGroups(canvas, axes);
                    drawStrip(canvas, stripTop, words);
                    legend.draw(canvas);
                });
    }

    /** A curve whose band has no width is one without band. */
    private String smooth() {
        boolean band = curve.stream().anyMatch(p -> p.upper() > p.lower());
        return band ? "Smooth curve with pointwise 95 % band" : "Smooth curve";
    }

    private void drawCurve(Canvas canvas, Axes axes) {
        int n = curve.size();
        if (n == 0) {
            return;
        }
        double[] x = new double[n];
        double[] y = new double[n];
        double[] bandX = new double[2 * n];
        double[] bandY = new double[2 * n];
        for (int i = 0; i < n; i++) {
            CalibrationCurve.Point point = curve.get(i);
            x[i] = axes.x(point.predicted());
            y[i] = axes.y(point.observed());
            bandX[i] = x[i];
            bandY[i] = axes.y(limit(point.upper(), point));
            bandX[2 * n - 1 - i] = x[i];
            bandY[2 * n - 1 - i] = axes.y(limit(point.lower(), point));
        }
        canvas.area(bandX, bandY, Palette.series(0), 0.18);
        canvas.path(x, y, Palette.pen(0));
    }

    /** A limit that no replicate reached lies on the curve. */
    private static double limit(double limit, CalibrationCurve.Point point) {
        return Double.isNaN(limit) ? point.observed() : Math.min(1, Math.max(0, limit));
    }

    private void drawGroups(Canvas canvas, Axes axes) {
        for (Mark group : groups) {
            Interval share = group.observed();
            double x = axes.x(group.predicted());
            canvas.line(
                    x, axes.y(share.lower()), x, axes.y(share.upper()), Pen.of(Palette.INK, 1.2));
            canvas.dot(x, axes.y(share.estimate()), 3.5, Palette.PAPER, Palette.INK);
        }
    }

    private void drawStrip(Canvas canvas, double top, Language words) {
        double mostEvents = Arrays.stream(events).max().orElse(0);
        double mostOthers = Arrays.stream(others).max().orElse(0);
        // both halves in one scale, neither squeezed below a quarter of the strip
        double up = 1.08 * Math.max(mostEvents, mostOthers / 3) + 0.5;
        double below = 1.08 * Math.max(mostOthers, mostEvents / 3) + 0.5;
        Axes axes = new Axes(LEFT, top, SIDE, STRIP, 0, 1, -below, up);
        double width = SIDE / BINS - 1;
        for (int b = 0; b < BINS; b++) {
            double x = axes.x((double) b / BINS) + 0.5;
            double above = axes.y(0) - axes.y(events[b]);
            double beneath = axes.y(0) - axes.y(others[b]);
            if (events[b] > 0) {
                canvas.box(x, axes.y(0) - above, width, above, Palette.VERMILLION, Palette.NONE);
            }
            if (others[b] > 0) {
                canvas.box(x, axes.y(0), width, beneath, Palette.RULE, Palette.NONE);
            }
        }
        canvas.line(axes.left(), axes.y(0), axes.right(), axes.y(0), Pen.of(Palette.MUTED, 1));
        Lettering type = Lettering.of(10, Palette.MUTED, Anchor.END);
        canvas.text(
                words.text("events") + " " + Arrays.stream(events).sum(),
                LEFT - 6,
                axes.y(0) - 5,
                type);
        canvas.text(
                words.text("others") + " " + Arrays.stream(others).sum(),
                LEFT - 6,
                axes.y(0) + 11,
                type);
        Axes scale = new Axes(LEFT, top + STRIP, SIDE, 0, 0, 1, 0, 1);
        scale.drawX(canvas, Axes.ticks(0, 1, 5), words.text("Predicted probability"));
    }
}
