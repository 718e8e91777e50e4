// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.eval.plot;

/** Writes SVG with coordinates rounded to hundredths, so that the bytes are the same everywhere. */
final class SvgCanvas implements Canvas {
    private static final String FONTS =
            "Helvetica, Arial, 'Liberation Sans', 'Noto Sans CJK SC', 'Microsoft YaHei',"
                    + " 'PingFang SC', sans-serif";

    private static final double HAIR = 0.1;

    private final StringBuilder out = new StringBuilder();

    SvgCanvas(String title, String description, double width, double height) {
        out.append("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 ")
                .append(number(width))
                .append(' ')
                .append(number(height))
                .append("\" width=\"")
                .append(number(width))
                .append("\" height=\"")
                .append(number(height))
                .append("\" role=\"img\" font-family=\"")
                .append(FONTS)
                .append("\">\n<title>")
                .append(escape(title))
                .append("</title>\n<desc>")
                .append(escape(description))
                .append("</desc>\n");
    }

    String end() {
        return out.append("</svg>\n").toString();
    }

    @Override
    public void path(double[] x, double[] y, Pen pen) {
        out.append("<polyline points=\"");
        points(x, y);
        out.append("\" fill=\"none\" stroke=\"")
                .append(pen.colour())
                .append("\" stroke-width=\"")
                .append(number(pen.width()))
                .append('"');
        if (!pen.dash().pattern().isEmpty()) {
            out.append(" stroke-dasharray=\"").append(pen.dash().pattern()).append('"');
        }
        out.append(" stroke-linejoin=\"round\"/>\n");
    }

    @Override
    public void area(double[] x, double[] y, String colour, double opacity) {
        out.append("<polygon points=\"");
        points(x, y);
        out.append("\" fill=\"")
                .append(colour)
                .append("\" fill-opacity=\"")
                .append(number(opacity))
                .append("\"/>\n");
    }

    @Override
    public void box(double x, double y, double width, double height, String fill, String edge) {
        out.append("<rect x=\"")
                .append(number(x))
                .append("\" y=\"")
                .append(number(y))
                .append("\" width=\"")
                .append(number(width))
                .append("\" height=\"")
                .append(number(height))
                .append("\" fill=\"")
                .append(fill)
                .append("\" stroke=\"")
                .append(edge)
                .append("\"/>\n");
    }

    @Override
    public void dot(double x, double y, double radius, String fill, String edge) {
        out.append("<circle cx=\"")
                .append(number(x))
                .append("\" cy=\"")
                .append(number(y))
                .append("\" r=\"")
                .append(number(radius))
                .append("\" fill=\"")
                .append(fill)
                .append("\" stroke=\"")
                .append(edge)
                .append("\"/>\n");
    }

    @Override
    public void text(String text, double x, double y, Lettering type) {
        out.append("<text x=\"").append(number(x)).append("\" y=\"").append(number(y)).append('"');
        if (type.upwards()) {
            out.append(" transform=\"rotate(-90 ")
                    .append(number(x))
                    .append(' ')
                    .append(number(y))
                    .append(")\"");
        }
        out.append(" font-size=\"")
                .append(number(type.size()))
                .append("\" fill=\"")
                .append(type.colour())
                .append('"');
        if (type.bold()) {
            out.append(" font-weight=\"bold\"");
        }
        if (type.anchor() != Anchor.START) {
            out.append(" text-anchor=\"")
                    .append(type.anchor() == Anchor.END ? "end" : "middle")
                    .append('"');
        }
        out.append('>').append(escape(text)).append("</text>\n");
    }

    /** Leaves out what moves by less than a hair, so that 100 000 steps do not become megabytes. */
    private void points(double[] x, double[] y) {
        double lastX = Double.NaN;
        double lastY = Double.NaN;
        for (int i = 0; i < x.length; i++) {
            boolean hair = Math.abs(x[i] - lastX) < HAIR && Math.abs(y[i] - lastY) < HAIR;
            if (hair && i < x.length - 1) {
                continue;
            }
            out.append(i == 0 ? "" : " ").append(number(x[i])).append(',').append(number(y[i]));
            lastX = x[i];
            lastY = y[i];
        }
    }

    /** At most two decimals, made from an integer: no rounding rule of the platform takes part. */
    static String number(double value) {
        long hundredths = Math.round(value * 100);
        String sign = hundredths < 0 ? "-" : "";
        long size = Math.abs(hundredths);
        if (size % 100 == 0) {
            return sign + size / 100;
        }
        String decimals =
                size % 10 == 0 ? "" + size % 100 / 10 : (size % 100 < 10 ? "0" : "") + size % 100;
        return sign + size / 100 + "." + decimals;
    }

    static String escape(String text) {
        StringBuilder escaped = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '&' -> escaped.append("&amp;");
                case '<' -> escaped.append("&lt;");
                case '>' -> escaped.append("&gt;");
                case '"' -> escaped.append("&quot;");
                default -> escaped.append(c >= ' ' || c == '\n' || c == '\t' ? c : ' ');
            }
        }
        return escaped.toString();
    }
}
