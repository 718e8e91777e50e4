// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.imaging.preprocess;

import io.github.livermm.imaging.volume.Volume;

/**
 * How values of MR images, which have no unit, are made comparable before they are cut out. CT is
 * always taken relative to the liver in Hounsfield units.
 *
 * @since 0.1.0
 */
public enum MrScale {
    /** Relative to the liver of the same image, in quarters of its signal. */
    LIVER,
    /** Percentiles 0.5 and 99.5 of the foreground become 0 and 1. */
    PERCENTILE,
    /** Standard deviations of the foreground, at most 5 from its mean. */
    Z_SCORE,
    /**
     * Nyul's standard scale, learned from the training patients per channel and applied when an
     * image is encoded; 4 is its upper end. Until then values are linear between the outer
     * landmarks of their own image.
     */
    NYUL;

    private static final double MOST_DEVIATIONS = 5;

    /** The upper end of the scale of Nyul here; the original says 100. */
    static final double NYUL_END = 4;

    /** The whole image on this scale. */
    Volume apply(Volume image) {
        boolean[] foreground = Normalisation.foreground(image);
        return switch (this) {
            case LIVER -> throw new IllegalStateException("the liver's level needs its mask");
            case PERCENTILE -> Normalisation.Percentile.defaults().apply(image, foreground);
            case Z_SCORE -> new Normalisation.ZScore(MOST_DEVIATIONS).apply(image, foreground);
            case NYUL -> {
                double[] marks = NyulScale.landmarks(image, foreground);
                double low = marks[0];
                double unit = (marks[marks.length - 1] - low) / NYUL_END;
                yield Volume.<RuntimeException>filled(
                        image.grid(),
                        out -> {
                            for (int v = 0; v < out.length; v++) {
                                out[v] = (float) ((image.at(v) - low) / unit);
                            }
                        });
            }
        };
    }
}
