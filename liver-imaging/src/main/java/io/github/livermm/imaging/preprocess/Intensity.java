// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.imaging.preprocess;

import io.github.livermm.imaging.mask.LabelMap;
import io.github.livermm.imaging.volume.Grid;
import io.github.livermm.imaging.volume.Volume;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Turns values into differences to the liver, which removes the gain of an MR coil and the offset
 * of a CT scanner. The level of the liver is the median of its mask; without a mask it is the most
 * frequent soft-tissue value of the patient's right half, where the liver is the largest organ.
 *
 * @param level value of the liver
 * @param unit what counts as one
 */
record Intensity(double level, double unit) {
    /** Half the width of a narrow liver window holds about three of these. */
    static final int CT_UNIT_HU = 30;

    /** For values that were scaled before. */
    static final Intensity UNCHANGED = new Intensity(0, 1);

    private static final double MR_UNIT = 0.25;
    private static final double LOWEST = -4;
    private static final double HIGHEST = 6;

    /** Soft tissue with and without contrast. */
    private static final double CT_LOW = 0;

    private static final double CT_HIGH = 220;
    private static final int BINS = 64;
    private static final int FEWEST = 20;

    static Intensity of(Volume image, boolean ct, @Nullable LabelMap mask) {
        double level = mask == null ? Double.NaN : median(image, mask);
        if (!Double.isFinite(level)) {
            level = mode(image, ct);
        }
        double unit = ct ? CT_UNIT_HU : Math.max(1e-6, MR_UNIT * Math.abs(level));
        return new Intensity(level, unit);
    }

    float apply(float value) {
        return (float) Math.max(LOWEST, Math.min(HIGHEST, (value - level) / unit));
    }

    private static double median(Volume image, LabelMap mask) {
        float[] liver = new float[image.grid().voxels()];
        int n = 0;
        for (int v = 0; v < liver.length; v++) {
            if (mask.at(v) == LabelMap.LIVER && Float.isFinite(image.at(v))) {
                liver[n++] = image.at(v);
            }
        }
        if (n < FEWEST) {
            return Double.NaN;
        }
        Arrays.parallelSort(liver, 0, n);
        return liver[n / 2];
    }

    private static double mode(Volume image, boolean ct) {
        double low = CT_LOW;
        double high = CT_HIGH;
        if (!ct) {
            high = 1.05 * brightest(image);
            low = 0.15 * high;
        }
        long[] histogram = rightHalf(image, low, high);
        int best = 1;
        long most = -1;
        for (int b = 1; b < BINS - 1; b++) {
            long smooth = histogram[b - 1] + 2 * histogram[b] + histogram[b + 1];
            if (smooth > most) {
                most = smooth;
                best = b;
            }
        }
        return low + (best + 0.5) / BINS * (high - low);
    }

    /** Percentile 99.5 of the finite voxels. */
    private static float brightest(Volume image) {
        float[] values = image.toArray();
        int n = 0;
        for (float value : values) {
            if (Float.isFinite(value)) {
                values[n++] = value;
            }
        }
        Arrays.parallelSort(values, 0, n);
        return n == 0 ? Float.NaN : values[(int) (0.995 * (n - 1))];
    }

    /** How often each bin between two values occurs at or right of the patient's middle. */
    private static long[] rightHalf(Volume image, double low, double high) {
        Grid grid = image.grid();
        double middle = grid.toPatient((grid.width() - 1) / 2.0, (grid.height() - 1) / 2.0, 0)[0];
        return IntStream.range(0, grid.depth())
                .parallel()
                .mapToObj(k -> rightHalf(image, k, middle, low, high))
                .reduce(new long[BINS], Intensity::sum);
    }

    private static long[] rightHalf(Volume image, int k, double middle, double low, double high) {
        Grid grid = image.grid();
        double origin = grid.origin()[0];
        double right = grid.direction()[0];
        double spacing = grid.spacingMm(0);
        long[] histogram = new long[BINS];
        for (int j = 0; j < grid.height(); j++) {
            double down = grid.direction()[1] * j * grid.spacingMm(1);
            for (int i = 0; i < grid.width(); i++) {
                float value = image.at(i, j, k);
                if (value >= low && value < high) {
                    int bin = (int) ((value - low) / (high - low) * BINS);
                    if (bin < BINS && origin + right * i * spacing + down <= middle) {
                        histogram[bin]++;
                    }
                }
            }
        }
        return histogram;
    }

    private static long[] sum(long[] a, long[] b) {
        long[] sum = new long[BINS];
        Arrays.setAll(sum, n -> a[n] + b[n]);
        return sum;
    }
}
