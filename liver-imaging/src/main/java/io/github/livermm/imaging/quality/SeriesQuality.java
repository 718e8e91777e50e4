// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.imaging.quality;

import io.github.livermm.imaging.Phase;
import io.github.livermm.imaging.mask.LabelMap;
import io.github.livermm.imaging.volume.Grid;
import io.github.livermm.imaging.volume.Volume;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The rules for one image; see {@link QualityGate}. */
final class SeriesQuality {
    /** CT values above this belong to the body, below to air, lung and bowel gas. */
    private static final float BODY_HU = -300;

    private static final float LUNG_LOW_HU = -950;
    private static final float LUNG_HIGH_HU = -500;

    /** A slice of a head has 150 to 250 cm2 of tissue, of an adult abdomen 400 and more. */
    private static final double LEAST_BODY_CM2 = 260;

    /** Lung against tissue: up to 0.25 with the bases in an upper abdomen, 0.6 in a chest. */
    private static final double MOST_LUNG = 0.45;

    /** A liver that ends in the image has a small cut on its last slice. */
    private static final double MOST_END = 0.1;

    private static final int MOST_SAMPLES = 2_000_000;

    private final Volume image;
    private final Grid grid;
    private final boolean ct;
    private final @Nullable LabelMap mask;
    private final QualityLimits limits;
    private final List<String> reasons = new ArrayList<>();

    private SeriesQuality(Volume image, boolean ct, @Nullable LabelMap mask, QualityLimits limits) {
        this.image = image;
        this.grid = image.grid();
        this.ct = ct;
        this.mask = mask != null && mask.grid().matches(grid, 0.05) ? mask : null;
        this.limits = limits;
    }

    static List<String> of(
            Volume image, Phase phase, @Nullable LabelMap mask, QualityLimits limits) {
        SeriesQuality quality = new SeriesQuality(image, phase.isCt(), mask, limits);
        quality.slices();
        quality.coverage();
        quality.noise();
        if (phase.isCt()) {
            quality.bodyPart();
        }
        return List.copyOf(quality.reasons);
    }

    private void add(String format, Object... values) {
        reasons.add(String.format(Locale.ROOT, format, values));
    }

    private void slices() {
        if (grid.depth() < limits.fewestSlices()) {
            add("has %d slices, expected are %d or more", grid.depth(), limits.fewestSlices());
        }
        double thickest =
                Math.max(grid.spacingMm(0), Math.max(grid.spacingMm(1), grid.spacingMm(2)));
        if (thickest > limits.thickestMm()) {
            add(
                    "slices lie %.1f mm apart, expected is up to %.1f mm",
                    thickest, limits.thickestMm());
        }
    }

    private void coverage() {
        int plane = grid.width() * grid.height();
        if (mask == null) {
            double extent = extentToHead();
            if (extent < limits.leastCoverageMm()) {
                add(
                        "covers %.0f mm towards the head, a liver needs %.0f mm or more",
                        extent, limits.leastCoverageMm());
            }
            return;
        }
        int most = 0;
        int[] areas = new int[grid.depth()];
        for (int v = 0; v < grid.voxels(); v++) {
            if (mask.at(v) != LabelMap.BACKGROUND) {
                areas[v / plane]++;
                most = Math.max(most, areas[v / plane]);
            }
        }
        if (most > 0
                && Math.max(areas[0], areas[areas.length - 1]) > MOST_END * most
                && grid.depth() > 1) {
            add("the liver is cut off at the first or last slice");
        }
    }

    /** Height of the image's box along z. */
    private double extentToHead() {
        double[] d = grid.direction();
        return Math.abs(d[6]) * grid.width() * grid.spacingMm(0)
                + Math.abs(d[7]) * grid.height() * grid.spacingMm(1)
                + Math.abs(d[8]) * grid.depth() * grid.spacingMm(2);
    }

    /**
     * Standard deviation of noise in tissue from the median response to a mask that takes out
     * planes (Immerkaer J 1996, doi:10.1006/cviu.1996.0060).
     */
    private void noise() {
        int w = grid.width();
        int h = grid.height();
        if (w < 3 || h < 3) {
            return;
        }
        double low = ct ? 0 : image.mean();
        double high = ct ? 250 : Double.POSITIVE_INFINITY;
        int every = Math.max(1, grid.voxels() / MOST_SAMPLES);
        float[] responses = new float[grid.voxels() / every + 1];
        double signal = 0;
        int n = 0;
        for (int v = 0; v < grid.voxels(); v += every) {
            int i = v % w;
            int j = v / w % h;
            boolean tissue =
                    mask == null
                            ? image.at(v) > low && image.at(v) < high
                            : mask.at(v) == LabelMap.LIVER;
            if (tissue && i > 0 && j > 0 && i < w - 1 && j < h - 1) {
                float response = Math.abs(laplacian(v, w));
                if (Float.isFinite(response)) {
                    responses[n++] = response;
                    signal += image.at(v);
                }
            }
        }
        if (n < 1000) {
            return;
        }
        Arrays.sort(responses, 0, n);
        // median of the absolute value of a normal variable; the mask multiplies its deviation by 6
        double deviation = responses[n / 2] / (0.6745 * 6);
        if (ct && deviation > limits.noisiestHu()) {
            add("noise is %.0f HU, expected is up to %.0f HU", deviation, limits.noisiestHu());
        } else if (!ct && deviation > limits.noisiestShare() * Math.abs(signal / n)) {
            add(
                    "noise is %.2f of the signal, expected is up to %.2f",
                    deviation / Math.abs(signal / n), limits.noisiestShare());
        }
    }

    private float laplacian(int v, int w) {
        return image.at(v - w - 1)
                + image.at(v - w + 1)
                + image.at(v + w - 1)
                + image.at(v + w + 1)
                - 2 * (image.at(v - 1) + image.at(v + 1) + image.at(v - w) + image.at(v + w))
                + 4 * image.at(v);
    }

    private void bodyPart() {
        long body = 0;
        long lung = 0;
        for (int v = 0; v < grid.voxels(); v++) {
            float hu = image.at(v);
            body += hu > BODY_HU ? 1 : 0;
            lung += hu > LUNG_LOW_HU && hu < LUNG_HIGH_HU ? 1 : 0;
        }
        double cm2 = body * grid.voxelMm3() / (grid.depth() * grid.spacingMm(2)) / 100;
        if (cm2 < LEAST_BODY_CM2) {
            add("a slice shows %.0f cm2 of tissue: no abdomen of an adult, or a cut-out", cm2);
        } else if (lung > MOST_LUNG * body) {
            add("lung is %.0f %% of the tissue: a chest, no abdomen", 100.0 * lung / body);
        }
    }
}
