// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.eval.plot;

import java.awt.AlphaComposite;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Composite;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.Shape;
import java.awt.geom.AffineTransform;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;

/** Paints on a {@code Graphics2D}; text wider than the layout's estimate is narrowed to fit it. */
final class RasterCanvas implements Canvas {
    private final Graphics2D graphics;
    private final String family;

    RasterCanvas(Graphics2D graphics, Language language) {
        this.family = language.family();
        this.graphics = graphics;
        graphics.setRenderingHint(
                RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        graphics.setRenderingHint(
                RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
        graphics.setRenderingHint(
                RenderingHints.KEY_FRACTIONALMETRICS, RenderingHints.VALUE_FRACTIONALMETRICS_ON);
        graphics.setRenderingHint(
                RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
    }

    @Override
    public void path(double[] x, double[] y, Pen pen) {
        graphics.setColor(Color.decode(pen.colour()));
        graphics.setStroke(stroke(pen));
        graphics.draw(shape(x, y));
    }

    private static BasicStroke stroke(Pen pen) {
        float width = (float) pen.width();
        String pattern = pen.dash().pattern();
        if (pattern.isEmpty()) {
            return new BasicStroke(width, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND);
        }
        String[] lengths = pattern.split(" ");
        float[] dash = new float[lengths.length];
        for (int i = 0; i < dash.length; i++) {
            dash[i] = Float.parseFloat(lengths[i]);
        }
        return new BasicStroke(width, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 10, dash, 0);
    }

    @Override
    public void area(double[] x, double[] y, String colour, double opacity) {
        Path2D path = shape(x, y);
        path.closePath();
        Composite before = graphics.getComposite();
        graphics.setComposite(AlphaComposite.getInstance(AlphaComposite.SRC_OVER, (float) opacity));
        graphics.setColor(Color.decode(colour));
        graphics.fill(path);
        graphics.setComposite(before);
    }

    private static Path2D shape(double[] x, double[] y) {
        Path2D path = new Path2D.Double();
        for (int i = 0; i < x.length; i++) {
            if (i == 0) {
                path.moveTo(x[i], y[i]);
            } else {
                path.lineTo(x[i], y[i]);
            }
        }
        return path;
    }

    @Override
    public void box(double x, double y, double width, double height, String fill, String edge) {
        paint(new Rectangle2D.Double(x, y, width, height), fill, edge);
    }

    @Override
    public void dot(double x, double y, double radius, String fill, String edge) {
        paint(new Ellipse2D.Double(x - radius, y - radius, 2 * radius, 2 * radius), fill, edge);
    }

    private void paint(Shape shape, String fill, String edge) {
        if (!fill.equals(Palette.NONE)) {
            graphics.setColor(Color.decode(fill));
            graphics.fill(shape);
        }
        if (!edge.equals(Palette.NONE)) {
            graphics.setColor(Color.decode(edge));
            graphics.setStroke(new BasicStroke(1));
            graphics.draw(shape);
        }
    }

    @Override
    public void text(String text, double x, double y, Lettering type) {
        Font font =
                new Font(family, type.bold() ? Font.BOLD : Font.PLAIN, 1)
                        .deriveFont((float) type.size());
        double natural = font.getStringBounds(text, graphics.getFontRenderContext()).getWidth();
        double estimate = TextWidth.of(text, type.size(), type.bold());
        double narrowing = natural > estimate ? estimate / natural : 1;
        double width = natural * narrowing;
        AffineTransform before = graphics.getTransform();
        graphics.translate(x, y);
        if (type.upwards()) {
            graphics.rotate(-Math.PI / 2);
        }
        double shift =
                switch (type.anchor()) {
                    case START -> 0;
                    case MIDDLE -> -width / 2;
                    case END -> -width;
                };
        graphics.translate(shift, 0);
        graphics.scale(narrowing, 1);
        graphics.setFont(font);
        graphics.setColor(Color.decode(type.colour()));
        graphics.drawString(text, 0f, 0f);
        graphics.setTransform(before);
    }
}
