// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.eval.plot;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.function.Consumer;
import javax.imageio.ImageIO;

/**
 * A finished drawing that writes itself as SVG or PNG. Plots of this package make it; it holds no
 * pixels until asked.
 *
 * @since 0.1.0
 */
public final class Figure {
    private final String title;
    private final String description;
    private final double width;
    private final double height;
    private final Consumer<Canvas> drawing;

    Figure(
            String title,
            String description,
            double width,
            double height,
            Consumer<Canvas> drawing) {
        this.title = title;
        this.description = description;
        this.width = width;
        this.height = height;
        this.drawing = drawing;
    }

    /**
     * The title.
     *
     * @return text, not escaped
     */
    public String title() {
        return title;
    }

    /**
     * What a reader who cannot see the figure is told.
     *
     * @return text, not escaped
     */
    public String description() {
        return description;
    }

    /**
     * The width.
     *
     * @return in CSS pixels
     */
    public double width() {
        return width;
    }

    /**
     * The height.
     *
     * @return in CSS pixels
     */
    public double height() {
        return height;
    }

    /**
     * The figure as an SVG element; text stays text and the bytes are the same on every machine.
     *
     * @return an {@code svg} element without XML declaration, fit for a file or for HTML
     */
    public String svg() {
        SvgCanvas canvas = new SvgCanvas(title, description, width, height);
        canvas.box(0, 0, width, height, Palette.PAPER, Palette.NONE);
        drawing.accept(canvas);
        return canvas.end();
    }

    /**
     * The figure as a PNG file. Works without a display; needs at least one font on the machine.
     *
     * @param scale pixels per CSS pixel; 2 suits screens, 4 print
     * @return the bytes of the file
     * @throws IllegalArgumentException when {@code scale} is not in (0, 16]
     */
    public byte[] png(double scale) {
        if (!(scale > 0 && scale <= 16)) {
            throw new IllegalArgumentException("scale " + scale + " is outside (0, 16]");
        }
        BufferedImage image =
                new BufferedImage(
                        (int) Math.ceil(width * scale),
                        (int) Math.ceil(height * scale),
                        BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        try {
            graphics.setColor(Color.WHITE);
            graphics.fillRect(0, 0, image.getWidth(), image.getHeight());
            graphics.scale(scale, scale);
            drawing.accept(new RasterCanvas(graphics));
        } finally {
            graphics.dispose();
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            ImageIO.write(image, "png", out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }
}
