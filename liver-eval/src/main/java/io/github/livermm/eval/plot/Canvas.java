// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.eval.plot;

/** What a drawing may do; one back end writes SVG, the other paints pixels. y grows downwards. */
interface Canvas {
    void path(double[] x, double[] y, Pen pen);

    void area(double[] x, double[] y, String colour, double opacity);

    void box(double x, double y, double width, double height, String fill, String edge);

    void dot(double x, double y, double radius, String fill, String edge);

    void text(String text, double x, double y, Lettering type);

    default void line(double x1, double y1, double x2, double y2, Pen pen) {
        path(new double[] {x1, x2}, new double[] {y1, y2}, pen);
    }

    /** How a line is drawn. */
    record Pen(String colour, double width, Dash dash) {
        static Pen of(String colour, double width) {
            return new Pen(colour, width, Dash.SOLID);
        }
    }

    /** Dash patterns, so that lines differ in black and white too. */
    enum Dash {
        SOLID(""),
        DASHED("7 4"),
        DOTTED("1.5 3.5"),
        DASH_DOT("9 4 1.5 4"),
        LONG("14 5"),
        DASH_DOT_DOT("9 3 1.5 3 1.5 3");

        private final String pattern;

        Dash(String pattern) {
            this.pattern = pattern;
        }

        /** Lengths of strokes and gaps, blank for an unbroken line. */
        String pattern() {
            return pattern;
        }
    }

    /** How text is set: y is the baseline. */
    record Lettering(double size, boolean bold, String colour, Anchor anchor, boolean upwards) {
        static Lettering of(double size, String colour, Anchor anchor) {
            return new Lettering(size, false, colour, anchor, false);
        }

        Lettering inBold() {
            return new Lettering(size, true, colour, anchor, upwards);
        }

        Lettering turnedUpwards() {
            return new Lettering(size, bold, colour, anchor, true);
        }
    }

    /** Which part of the text lies at x. */
    enum Anchor {
        START,
        MIDDLE,
        END
    }
}
