// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.eval.plot;

import io.github.livermm.eval.plot.Canvas.Anchor;
import io.github.livermm.eval.plot.Canvas.Dash;
import io.github.livermm.eval.plot.Canvas.Lettering;
import io.github.livermm.eval.plot.Canvas.Pen;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A rectangle of paper with two linear scales. */
record Axes(
        double left,
        double top,
        double width,
        double height,
        double xFrom,
        double xTo,
        double yFrom,
        double yTo) {
    static final double LABEL = 12;
    static final double TICK = 11;

    double x(double value) {
        return left + width * (value - xFrom) / (xTo - xFrom);
    }

    double y(double value) {
        return top + height * (1 - (value - yFrom) / (yTo - yFrom));
    }

    double right() {
        return left + width;
    }

    double bottom() {
        return top + height;
    }

    double[] xs(double[] values) {
        double[] pixels = new double[values.length];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = x(values[i]);
        }
        return pixels;
    }

    double[] ys(double[] values) {
        double[] pixels = new double[values.length];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = y(values[i]);
        }
        return pixels;
    }

    void drawX(Canvas canvas, List<Double> ticks, String label) {
        for (double tick : ticks) {
            double at = x(tick);
            canvas.line(at, top, at, bottom(), Pen.of(Palette.GRID, 1));
            canvas.line(at, bottom(), at, bottom() + 4, Pen.of(Palette.RULE, 1));
            canvas.text(
                    label(tick, ticks),
                    at,
                    bottom() + 17,
                    Lettering.of(TICK, Palette.MUTED, Anchor.MIDDLE));
        }
        canvas.line(left, bottom(), right(), bottom(), Pen.of(Palette.RULE, 1));
        canvas.text(
                label,
                left + width / 2,
                bottom() + 36,
                Lettering.of(LABEL, Palette.INK, Anchor.MIDDLE));
    }

    void drawY(Canvas canvas, List<Double> ticks, String label) {
        for (double tick : ticks) {
            double at = y(tick);
            canvas.line(left, at, right(), at, Pen.of(Palette.GRID, 1));
            canvas.line(left - 4, at, left, at, Pen.of(Palette.RULE, 1));
            canvas.text(
                    label(tick, ticks),
                    left - 7,
                    at + 4,
                    Lettering.of(TICK, Palette.MUTED, Anchor.END));
        }
        canvas.line(left, top, left, bottom(), Pen.of(Palette.RULE, 1));
        canvas.text(
                label,
                left - 44,
                top + height / 2,
                Lettering.of(LABEL, Palette.INK, Anchor.MIDDLE).turnedUpwards());
    }

    void drawDiagonal(Canvas canvas) {
        canvas.line(x(xFrom), y(yFrom), x(xTo), y(yTo), new Pen(Palette.RULE, 1.2, Dash.DASHED));
    }

    /** Round numbers inside a range, about as many as asked for. */
    static List<Double> ticks(double from, double to, int about) {
        double rough = (to - from) / about;
        double magnitude = Math.pow(10, Math.floor(Math.log10(rough)));
        double step = magnitude;
        for (double factor : new double[] {1, 2, 2.5, 5, 10}) {
            step = factor * magnitude;
            if (step >= rough * 0.999) {
                break;
            }
        }
        List<Double> ticks = new ArrayList<>();
        for (long k = (long) Math.ceil(from / step - 1e-9); k * step <= to + 1e-9 * step; k++) {
            ticks.add(k * step);
        }
        return ticks;
    }

    /** A tick's number with as many decimals as its neighbours need. */
    static String label(double tick, List<Double> ticks) {
        int decimals = 0;
        for (double other : ticks) {
            double scaled = other;
            int needed = 0;
            while (needed < 6 && Math.abs(scaled - Math.rint(scaled)) > 1e-6) {
                scaled *= 10;
                needed++;
            }
            decimals = Math.max(decimals, needed);
        }
        // no minus before zero
        return String.format(Locale.ROOT, "%." + decimals + "f", tick == 0 ? 0.0 : tick);
    }
}
