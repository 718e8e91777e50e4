// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.eval.plot;

import io.github.livermm.eval.plot.Canvas.Anchor;
import io.github.livermm.eval.plot.Canvas.Lettering;
import java.util.ArrayList;
import java.util.List;

/** The title and the lines below it, broken to the width of the figure. */
record Heading(List<String> title, List<String> lines) {
    private static final double TITLE = 15;
    private static final double LINE = 12;
    private static final double LEFT = 16;

    static Heading of(String title, List<String> lines, double width) {
        List<String> wrapped = new ArrayList<>();
        for (String line : lines) {
            wrapped.addAll(TextWidth.wrap(line, LINE, false, width - 2 * LEFT));
        }
        return new Heading(TextWidth.wrap(title, TITLE, true, width - 2 * LEFT), wrapped);
    }

    double height() {
        return 14 + 19 * title.size() + 17 * lines.size() + 8;
    }

    void draw(Canvas canvas) {
        double y = 10;
        for (String line : title) {
            y += 19;
            canvas.text(line, LEFT, y, Lettering.of(TITLE, Palette.INK, Anchor.START).inBold());
        }
        for (String line : lines) {
            y += 17;
            canvas.text(line, LEFT, y, Lettering.of(LINE, Palette.MUTED, Anchor.START));
        }
    }
}
