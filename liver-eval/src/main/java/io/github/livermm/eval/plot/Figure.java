// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.eval.plot;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.function.Consumer;
import java.util.function.Function;
import javax.imageio.ImageIO;

/**
 * A finished drawing that writes itself as SVG or PNG. Plots of this package make it; it holds no
 * pixels until asked.
 *
 * @since 0.1.0
 */
public final class Figure {
    private final Function<Language, Drawing> layout;
    private final Language language;
    private final Drawing drawing;

    /** A layout in one language: the words decide how wide and high the figure is. */
    record Drawing(
            String title,
            String description,
            double width,
            double height,
            Consumer<Canvas> paint) {}

    Figure(Function<Language, Drawing> layout) {
        this(layout, Language.ENGLISH);
    }

    private Figure(Function<Language, Drawing> layout, Language language) {
        this.layout = layout;
        this.language = language;
        this.drawing = layout.apply(language);
    }

    /**
     * The figure with its labels in another language. A title, name or line given by the caller is
     * translated where the dictionary has it and else stays as it is.
     *
     * @param other the language
     * @return the figure
     */
    public Figure in(Language other) {
        return new Figure(layout, other);
    }

    /**
     * The title.
     *
     * @return text, not escaped
     */
    public String title() {
        return drawing.title();
    }

    /**
     * What a reader who cannot see the figure is told.
     *
     * @return text, not escaped
     */
    public String description() {
        return drawing.description();
    }

    /**
     * The width.
     *
     * @return in CSS pixels
     */
    public double width() {
        return drawing.width();
    }

    /**
     * The height.
     *
     * @return in CSS pixels
     */
    public double height() {
        return drawing.height();
    }

    /**
     * The figure as an SVG element; text stays text and the bytes are the same on every machine.
     *
     * @return an {@code svg} element without XML declaration, fit for a file or for HTML
     */
    public String svg() {
        SvgCanvas canvas = new SvgCanvas(title(), description(), width(), height());
        canvas.box(0, 0, width(), height(), Palette.PAPER, Palette.NONE);
        drawing.paint().accept(canvas);
        return canvas.end();
    }

    /**
     * The figure as a PNG file. Works without a display; needs at least one font on the machine.
     * Where no font has the glyphs of the language ({@link Language#paintable()}), labels are in
     * English.
     *
     * @param scale pixels per CSS pixel; 2 suits screens, 4 print
     * @return the bytes of the file
     * @throws IllegalArgumentException when {@code scale} is not in (0, 16]
     */
    public byte[] png(double scale) {
        if (!(scale > 0 && scale <= 16)) {
            throw new IllegalArgumentException("scale " + scale + " is outside (0, 16]");
        }
        Language painted = language.painted();
        Drawing shown = painted == language ? drawing : layout.apply(painted);
        BufferedImage image =
                new BufferedImage(
                        (int) Math.ceil(shown.width() * scale),
                        (int) Math.ceil(shown.height() * scale),
                        BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        try {
            graphics.setColor(Color.WHITE);
            graphics.fillRect(0, 0, image.getWidth(), image.getHeight());
            graphics.scale(scale, scale);
            shown.paint().accept(new RasterCanvas(graphics, painted));
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
