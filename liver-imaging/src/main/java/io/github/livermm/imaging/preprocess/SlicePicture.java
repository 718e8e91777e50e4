// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.imaging.preprocess;

import io.github.livermm.imaging.mask.LabelMap;
import io.github.livermm.imaging.volume.Grid;
import io.github.livermm.imaging.volume.Interpolation;
import io.github.livermm.imaging.volume.Volume;
import java.awt.image.BufferedImage;
import org.jspecify.annotations.Nullable;

/**
 * A picture of an axial slice as radiologists see it, from below with the patient's right at the
 * left, with the outlines of a mask: to look at what was read before anything is learned from it.
 *
 * @since 0.1.0
 */
public final class SlicePicture {
    /** Liver green, lesions orange, violet, blue, in turn. */
    private static final int[] COLOURS = {0x40C060, 0xFF9020, 0xC060FF, 0x40A0FF};

    private SlicePicture() {}

    /**
     * Draws a slice.
     *
     * @param image the image, in any orientation
     * @param window what becomes black and white
     * @param mask outlines to draw, aligned by place; null for none
     * @param zMm height of the slice in the patient, LPS
     * @param pixelMm size of a pixel, above 0
     * @return the picture; black beyond the image
     */
    public static BufferedImage axial(
            Volume image,
            Normalisation.Window window,
            @Nullable LabelMap mask,
            double zMm,
            double pixelMm) {
        if (!(pixelMm > 0)) {
            throw new IllegalArgumentException("pixelMm is " + pixelMm + ", allowed is above 0");
        }
        Grid plane = plane(image.grid(), zMm, pixelMm);
        Volume grey =
                window.apply(
                        image.resample(plane, Interpolation.LINEAR, (float) window.low()),
                        new boolean[0]);
        Volume labels =
                mask == null
                        ? null
                        : mask.volume().resample(plane, Interpolation.NEAREST, LabelMap.BACKGROUND);
        int w = plane.width();
        int h = plane.height();
        BufferedImage picture = new BufferedImage(w, h, BufferedImage.TYPE_INT_RGB);
        for (int v = 0; v < w * h; v++) {
            int level = Math.round(255 * grey.at(v));
            int label = labels == null ? 0 : outline(labels, v % w, v / w, w, h);
            picture.setRGB(
                    v % w,
                    v / w,
                    label == 0 ? level * 0x010101 : COLOURS[(label - 1) % COLOURS.length]);
        }
        return picture;
    }

    /** The box of the image seen along the body, one voxel thick. */
    private static Grid plane(Grid grid, double zMm, double pixelMm) {
        double[] low = {Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY};
        double[] high = {Double.NEGATIVE_INFINITY, Double.NEGATIVE_INFINITY};
        for (int c = 0; c < 8; c++) {
            double[] p =
                    grid.toPatient(
                            (c & 1) * (grid.width() - 1),
                            (c >> 1 & 1) * (grid.height() - 1),
                            (c >> 2) * (grid.depth() - 1));
            for (int a = 0; a < 2; a++) {
                low[a] = Math.min(low[a], p[a]);
                high[a] = Math.max(high[a], p[a]);
            }
        }
        int[] size = {
            1 + (int) ((high[0] - low[0]) / pixelMm), 1 + (int) ((high[1] - low[1]) / pixelMm), 1
        };
        return Grid.of(
                size,
                new double[] {pixelMm, pixelMm, 1},
                new double[] {low[0], low[1], zMm},
                new double[] {1, 0, 0, 0, 1, 0, 0, 0, 1});
    }

    /** The label of a pixel at the border of its region, else 0. */
    private static int outline(Volume labels, int x, int y, int w, int h) {
        int label = Math.round(labels.at(x, y, 0));
        boolean inner =
                x > 0
                        && y > 0
                        && x < w - 1
                        && y < h - 1
                        && Math.round(labels.at(x - 1, y, 0)) == label
                        && Math.round(labels.at(x + 1, y, 0)) == label
                        && Math.round(labels.at(x, y - 1, 0)) == label
                        && Math.round(labels.at(x, y + 1, 0)) == label;
        return inner ? 0 : label;
    }
}
