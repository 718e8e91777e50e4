// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.imaging.preprocess;

import io.github.livermm.imaging.volume.Grid;
import io.github.livermm.imaging.volume.Volume;
import java.util.Arrays;
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

    static Intensity of(Volume image, boolean ct, @Nullable Volume mask) {
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

    private static double median(Volume image, Volume mask) {
        float[] liver = new float[image.grid().voxels()];
        int n = 0;
        for (int v = 0; v < liver.length; v++) {
            if (mask.at(v) == 1) {
                liver[n++] = image.at(v);
            }
        }
        if (n < FEWEST) {
            return Double.NaN;
        }
        Arrays.sort(liver, 0, n);
        return liver[n / 2];
    }

    private static double mode(Volume image, boolean ct) {
        double low = CT_LOW;
        double high = CT_HIGH;
        if (!ct) {
            float[] sorted = image.toArray();
            Arrays.sort(sorted);
            high = 1.05 * sorted[(int) (0.995 * (sorted.length - 1))];
            low = 0.15 * high;
        }
        double[] histogram = new double[BINS];
        Grid grid = image.grid();
        double middle = grid.toPatient((grid.width() - 1) / 2.0, (grid.height() - 1) / 2.0, 0)[0];
        for (int v = 0; v < grid.voxels(); v++) {
            int i = v % grid.width();
            int j = v / grid.width() % grid.height();
            double bin = (image.at(v) - low) / (high - low) * BINS;
            if (bin >= 0 && bin < BINS && right(grid, i, j, middle)) {
                histogram[(int) bin]++;
            }
        }
        int best = 1;
        double most = -1;
        for (int b = 1; b < BINS - 1; b++) {
            double smooth = histogram[b - 1] + 2 * histogram[b] + histogram[b + 1];
            if (smooth > most) {
                most = smooth;
                best = b;
            }
        }
        return low + (best + 0.5) / BINS * (high - low);
    }

    private static boolean right(Grid grid, int i, int j, double middle) {
        double[] d = grid.direction();
        double x = grid.origin()[0] + d[0] * i * grid.spacingMm(0) + d[1] * j * grid.spacingMm(1);
        return x <= middle;
    }
}
