// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.eval.plot;

import io.github.livermm.eval.plot.Canvas.Dash;
import io.github.livermm.eval.plot.Canvas.Pen;

/**
 * Colours that colour-blind readers can tell apart. Reference: Okabe, Ito (2008), Color Universal
 * Design; yellow is left out because it vanishes on white paper.
 */
final class Palette {
    static final String INK = "#1f2933";
    static final String MUTED = "#52606d";
    static final String RULE = "#9aa5b1";
    static final String GRID = "#e4e7eb";
    static final String PAPER = "#ffffff";
    static final String NONE = "none";

    static final String BLUE = "#0072b2";
    static final String VERMILLION = "#d55e00";

    private static final String[] SERIES = {
        BLUE, VERMILLION, "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#000000"
    };
    private static final Dash[] DASHES = Dash.values();

    private Palette() {}

    static String series(int index) {
        return SERIES[index % SERIES.length];
    }

    static Pen pen(int index) {
        return new Pen(series(index), 2, DASHES[index % DASHES.length]);
    }
}
