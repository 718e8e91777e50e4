// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.imaging.preprocess;

import io.github.livermm.imaging.volume.Volume;
import java.util.Arrays;

/**
 * Brings the values of one image to a common range. CT has units and takes a {@link Window}; MR has
 * none and takes {@link ZScore} or {@link Percentile}, or, over a set of images, {@link NyulScale}.
 *
 * @since 0.1.0
 */
public sealed interface Normalisation {
    /**
     * The normalised image.
     *
     * @param image the image; voxels that are not finite take no part and become NaN
     * @param region one flag per voxel: where statistics are taken, such as the body; all voxels
     *     are changed
     * @return a new volume on the same grid
     * @throws IllegalArgumentException when the region holds no finite value or they are all equal
     */
    Volume apply(Volume image, boolean[] region);

    /**
     * Voxels above the mean of the image: the usual foreground of MR, where air is dark.
     *
     * @param image the image
     * @return one flag per voxel
     */
    static boolean[] foreground(Volume image) {
        double mean = image.mean();
        boolean[] region = new boolean[image.grid().voxels()];
        for (int v = 0; v < region.length; v++) {
            region[v] = image.at(v) > mean && Float.isFinite(image.at(v));
        }
        return region;
    }

    /**
     * Clips to a range and maps it to 0 to 1, whatever the region.
     *
     * @param low becomes 0
     * @param high becomes 1, above low
     */
    record Window(double low, double high) implements Normalisation {
        /** Checks the range. */
        public Window {
            if (!(low < high)) {
                throw new IllegalArgumentException(
                        "window is " + low + " to " + high + ", allowed is low below high");
            }
        }

        /**
         * A window as radiologists name it.
         *
         * @param widthHu width, above 0: 150 to 200 for the liver
         * @param levelHu middle: 60 to 90 for the liver
         * @return the window
         */
        public static Window ofWidthLevel(double widthHu, double levelHu) {
            return new Window(levelHu - widthHu / 2, levelHu + widthHu / 2);
        }

        @Override
        public Volume apply(Volume image, boolean[] region) {
            return scaled(image, low, high - low, 0, 1);
        }
    }

    /**
     * Subtracts the mean and divides by the standard deviation (divisor n) of the region.
     *
     * @param limit values beyond this many deviations are clipped, above 0; infinite for none
     */
    record ZScore(double limit) implements Normalisation {
        /** Checks the limit. */
        public ZScore {
            if (!(limit > 0)) {
                throw new IllegalArgumentException("limit is " + limit + ", allowed is above 0");
            }
        }

        @Override
        public Volume apply(Volume image, boolean[] region) {
            double[] values = values(image, region);
            double mean = Arrays.stream(values).average().orElseThrow();
            double square = 0;
            for (double v : values) {
                square += (v - mean) * (v - mean);
            }
            double deviation = Math.sqrt(square / values.length);
            return scaled(image, mean, spread(deviation), -limit, limit);
        }
    }

    /**
     * Maps two percentiles of the region to 0 and 1 and clips beyond.
     *
     * @param low per cent, 0 and up
     * @param high per cent, above low, up to 100
     */
    record Percentile(double low, double high) implements Normalisation {
        /** Checks the range. */
        public Percentile {
            if (!(low >= 0 && low < high && high <= 100)) {
                throw new IllegalArgumentException(
                        "percentiles are "
                                + low
                                + " and "
                                + high
                                + ", allowed is 0 to 100, rising");
            }
        }

        /**
         * 0.5 and 99.5 per cent, which published MR designs use.
         *
         * @return the defaults
         */
        public static Percentile defaults() {
            return new Percentile(0.5, 99.5);
        }

        @Override
        public Volume apply(Volume image, boolean[] region) {
            double[] values = values(image, region);
            Arrays.sort(values);
            double from = percentile(values, low);
            return scaled(image, from, spread(percentile(values, high) - from), 0, 1);
        }
    }

    private static Volume scaled(
            Volume image, double zero, double unit, double least, double most) {
        return Volume.<RuntimeException>filled(
                image.grid(),
                out -> {
                    for (int v = 0; v < out.length; v++) {
                        float value = image.at(v);
                        double x = (value - zero) / unit;
                        out[v] =
                                Float.isFinite(value)
                                        ? (float) Math.max(least, Math.min(most, x))
                                        : Float.NaN;
                    }
                });
    }

    private static double spread(double unit) {
        if (!(unit > 0)) {
            throw new IllegalArgumentException(
                    "the values of the region are all equal, normalisation needs a spread");
        }
        return unit;
    }

    /** The finite values of a region, at least one. */
    static double[] values(Volume image, boolean[] region) {
        if (region.length != image.grid().voxels()) {
            throw new IllegalArgumentException(
                    "region has " + region.length + " voxels, the image " + image.grid().voxels());
        }
        double[] out = new double[region.length];
        int n = 0;
        for (int v = 0; v < region.length; v++) {
            if (region[v] && Float.isFinite(image.at(v))) {
                out[n++] = image.at(v);
            }
        }
        if (n == 0) {
            throw new IllegalArgumentException(
                    "the region is empty, it needs at least one finite voxel");
        }
        return Arrays.copyOf(out, n);
    }

    /** Percentile of sorted values by linear interpolation, as numpy has it. */
    static double percentile(double[] sorted, double percent) {
        double at = percent / 100 * (sorted.length - 1);
        int i = (int) at;
        return i + 1 >= sorted.length
                ? sorted[sorted.length - 1]
                : sorted[i] + (at - i) * (sorted[i + 1] - sorted[i]);
    }
}
