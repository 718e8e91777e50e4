// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.eval.plot;

import io.github.livermm.eval.plot.Canvas.Anchor;
import io.github.livermm.eval.plot.Canvas.Lettering;
import io.github.livermm.eval.plot.Canvas.Pen;
import java.util.ArrayList;
import java.util.List;

/** A legend below a plot: one line per entry, broken to the width. */
final class Legend {
    private static final double SIZE = 12;
    private static final double SAMPLE = 30;
    private final double left;
    private final double width;
    private double bottom;
    private final List<Entry> entries = new ArrayList<>();

    private record Entry(List<String> lines, Pen pen, double y) {}

    Legend(double left, double top, double width) {
        this.left = left;
        this.width = width;
        this.bottom = top;
    }

    void add(String text, Pen pen) {
        List<String> lines = TextWidth.wrap(text, SIZE, false, width - SAMPLE - 8);
        entries.add(new Entry(lines, pen, bottom));
        bottom += 17 * lines.size();
    }

    double bottom() {
        return bottom;
    }

    void draw(Canvas canvas) {
        for (Entry entry : entries) {
            canvas.line(left, entry.y(), left + SAMPLE, entry.y(), entry.pen());
            double y = entry.y() + 4;
            for (String line : entry.lines()) {
                canvas.text(
                        line, left + SAMPLE + 8, y, Lettering.of(SIZE, Palette.INK, Anchor.START));
                y += 17;
            }
        }
    }
}
