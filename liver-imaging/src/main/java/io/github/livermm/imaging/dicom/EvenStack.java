// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.imaging.dicom;

import io.github.livermm.imaging.volume.Grid;
import io.github.livermm.imaging.volume.Volume;
import java.util.List;
import java.util.Locale;

/**
 * Slices of one orientation at any positions, resampled to an upright stack of even spacing: linear
 * between slices, bilinear within them where a tilted gantry or another table position moved them
 * sideways.
 */
final class EvenStack {
    /** Slices may lie this many pixels sideways before that is a tilt. */
    private static final double UPRIGHT = 0.05;

    /** A tilt of 30 degrees doubles a stack; what is larger is damaged or hostile. */
    private static final double MOST_GROWTH = 4;

    private final double[] heights;
    private final double[][] shifts;
    private final int width;
    private final int height;
    private final float outside;

    private EvenStack(double[] heights, double[][] shifts, int width, int height, float outside) {
        this.heights = heights;
        this.shifts = shifts;
        this.width = width;
        this.height = height;
        this.outside = outside;
    }

    /**
     * Resamples slices that are sorted along their normal.
     *
     * @param sheared the grid of the first slice: its axes i and j, and its spacing
     * @param positions first pixel of every slice, LPS mm, no two in one place
     * @param step spacing of the result, mm
     * @param pixels values of all slices, one after the other
     * @param outside value where no slice lies
     * @param remarks takes what was done
     * @throws IllegalArgumentException when the slices lie so far apart that the result would hold
     *     more than four times their pixels
     */
    static Volume resample(
            Grid sheared,
            List<double[]> positions,
            double step,
            float[] pixels,
            float outside,
            List<String> remarks) {
        double[] d = sheared.direction();
        double[] normal = {
            d[3] * d[7] - d[6] * d[4], d[6] * d[1] - d[0] * d[7], d[0] * d[4] - d[3] * d[1]
        };
        double[] first = positions.get(0);
        int count = positions.size();
        double[] heights = new double[count];
        double[][] shifts = new double[count][2];
        double[] low = new double[2];
        double[] high = new double[2];
        for (int k = 0; k < count; k++) {
            for (int r = 0; r < 3; r++) {
                double moved = positions.get(k)[r] - first[r];
                heights[k] += moved * normal[r];
                shifts[k][0] += moved * d[3 * r] / sheared.spacingMm(0);
                shifts[k][1] += moved * d[3 * r + 1] / sheared.spacingMm(1);
            }
            for (int a = 0; a < 2; a++) {
                low[a] = Math.min(low[a], Math.floor(shifts[k][a] + 0.01));
                high[a] = Math.max(high[a], Math.ceil(shifts[k][a] - 0.01));
            }
        }
        double growth =
                (1 + (high[0] - low[0]) / sheared.width())
                        * (1 + (high[1] - low[1]) / sheared.height())
                        * (1 + heights[count - 1] / step)
                        / count;
        if (!(growth <= MOST_GROWTH)) {
            throw new IllegalArgumentException(
                    String.format(
                            Locale.ROOT,
                            "more slices are missing than there are, or they lie far beside each"
                                    + " other (an even stack would hold %.0f times their pixels)",
                            growth));
        }
        Grid even = target(sheared, normal, first, step, low, high, heights[count - 1]);
        describe(heights, shifts, step, remarks);
        EvenStack stack =
                new EvenStack(heights, shifts, sheared.width(), sheared.height(), outside);
        return Volume.filled(even, voxels -> stack.fill(even, step, low, pixels, voxels));
    }

    private static Grid target(
            Grid sheared,
            double[] normal,
            double[] first,
            double step,
            double[] low,
            double[] high,
            double top) {
        double[] d = sheared.direction();
        double[] affine = new double[12];
        for (int r = 0; r < 3; r++) {
            affine[4 * r] = d[3 * r] * sheared.spacingMm(0);
            affine[4 * r + 1] = d[3 * r + 1] * sheared.spacingMm(1);
            affine[4 * r + 2] = normal[r] * step;
            affine[4 * r + 3] = first[r] + affine[4 * r] * low[0] + affine[4 * r + 1] * low[1];
        }
        int[] size = {
            sheared.width() + (int) (high[0] - low[0]),
            sheared.height() + (int) (high[1] - low[1]),
            (int) Math.floor(top / step + 0.01) + 1
        };
        return Grid.ofAffine(size, affine);
    }

    private static void describe(
            double[] heights, double[][] shifts, double step, List<String> remarks) {
        int last = heights.length - 1;
        double worst = 0;
        for (int k = 1; k <= last; k++) {
            worst = Math.max(worst, Math.abs(heights[k] - heights[k - 1] - step));
        }
        if (worst > 0.001) {
            remarks.add(
                    String.format(
                            Locale.ROOT,
                            "slices at uneven distances were interpolated to every %.3f mm",
                            step));
        }
        double side = 0;
        for (double[] shift : shifts) {
            side = Math.max(side, Math.hypot(shift[0], shift[1]));
        }
        if (side > UPRIGHT) {
            remarks.add(
                    String.format(
                            Locale.ROOT,
                            "the tilted or shifted stack was made upright (%.1f pixels at most)",
                            side));
        }
    }

    private void fill(Grid even, double step, double[] low, float[] pixels, float[] voxels) {
        int below = 0;
        int plane = even.width() * even.height();
        for (int k = 0; k < even.depth(); k++) {
            double z = k * step;
            while (below < heights.length - 2 && heights[below + 1] <= z) {
                below++;
            }
            int above = Math.min(below + 1, heights.length - 1);
            double gap = heights[above] - heights[below];
            double part = gap > 0 ? Math.max(0, Math.min(1, (z - heights[below]) / gap)) : 0;
            for (int n = 0; n < plane; n++) {
                double x = n % even.width() + low[0];
                double y = n / even.width() + low[1];
                voxels[k * plane + n] = between(x, y, below, above, part, pixels);
            }
        }
    }

    private float between(double x, double y, int below, int above, double part, float[] pixels) {
        double a = within(x, y, below, pixels);
        double b = part > 0 ? within(x, y, above, pixels) : a;
        if (Double.isNaN(a) || Double.isNaN(b)) {
            double one = Double.isNaN(a) ? b : a;
            return Double.isNaN(one) ? outside : (float) one;
        }
        return (float) ((1 - part) * a + part * b);
    }

    private double within(double x, double y, int slice, float[] pixels) {
        double u = x - shifts[slice][0];
        double v = y - shifts[slice][1];
        if (!(u >= -0.5 && v >= -0.5 && u <= width - 0.5 && v <= height - 0.5)) {
            return Double.NaN;
        }
        u = Math.max(0, Math.min(width - 1, u));
        v = Math.max(0, Math.min(height - 1, v));
        int i = Math.min((int) u, Math.max(0, width - 2));
        int j = Math.min((int) v, Math.max(0, height - 2));
        int at = (slice * height + j) * width + i;
        int right = width > 1 ? 1 : 0;
        int down = height > 1 ? width : 0;
        double p = u - i;
        double q = v - j;
        double upper = (1 - p) * pixels[at] + p * pixels[at + right];
        double lower = (1 - p) * pixels[at + down] + p * pixels[at + down + right];
        return (1 - q) * upper + q * lower;
    }
}
