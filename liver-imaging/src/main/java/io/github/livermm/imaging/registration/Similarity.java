// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.imaging.registration;

import io.github.livermm.imaging.volume.Grid;
import io.github.livermm.imaging.volume.Volume;
import java.util.Arrays;

/**
 * Compares a fixed image, at sampled voxels, with a moving one under a map. Values are cut at their
 * 0.5 and 99.5 percentiles; the joint histogram has {@value #BINS} x {@value #BINS} bins with
 * linear windows in both images, so that it changes smoothly with the map.
 */
final class Similarity {
    private static final int BINS = 48;

    /** With less overlap than this share of the samples a map counts as worthless. */
    private static final double LEAST_OVERLAP = 0.3;

    private final float[] moving;
    private final int nx;
    private final int ny;
    private final int nz;
    private final Grid grid;
    private final double[] points;
    private final double[] fixedBin;
    private final double movingLow;
    private final double movingUnit;

    Similarity(Volume fixed, Volume moving, int samples) {
        this.moving = moving.toArray();
        this.grid = moving.grid();
        this.nx = grid.width();
        this.ny = grid.height();
        this.nz = grid.depth();
        double[] range = range(this.moving);
        movingLow = range[0];
        movingUnit = (BINS - 1) / (range[1] - range[0]);
        float[] values = fixed.toArray();
        double[] fixedRange = range(values);
        int every = Math.max(1, (int) Math.ceil((double) values.length / samples));
        // an odd step visits every column of an even grid
        every += every % 2 == 0 ? 1 : 0;
        double[] p = new double[3 * (values.length / every + 1)];
        double[] bins = new double[values.length / every + 1];
        int n = 0;
        Grid from = fixed.grid();
        for (int v = 0; v < values.length; v += every) {
            if (!Float.isNaN(values[v])) {
                double[] at =
                        from.toPatient(
                                v % from.width(),
                                v / from.width() % from.height(),
                                v / from.width() / from.height());
                System.arraycopy(at, 0, p, 3 * n, 3);
                bins[n++] =
                        bin(
                                (values[v] - fixedRange[0])
                                        * (BINS - 1)
                                        / (fixedRange[1] - fixedRange[0]));
            }
        }
        points = Arrays.copyOf(p, 3 * n);
        fixedBin = Arrays.copyOf(bins, n);
    }

    private static double[] range(float[] values) {
        float[] sorted = values.clone();
        Arrays.sort(sorted);
        int n = sorted.length;
        while (n > 1 && Float.isNaN(sorted[n - 1])) {
            n--;
        }
        double low = sorted[(int) (0.005 * (n - 1))];
        double high = sorted[(int) (0.995 * (n - 1))];
        return new double[] {low, high > low ? high : low + 1};
    }

    private static double bin(double at) {
        return Math.max(0, Math.min(BINS - 1 - 1e-9, at));
    }

    /** Mutual information in nats; 0 when the images hardly overlap. */
    double mutualInformation(double[] map) {
        double[] joint = new double[BINS * BINS];
        double[] bins = movingBins(map);
        int n = 0;
        for (int s = 0; s < bins.length; s++) {
            if (!Double.isNaN(bins[s])) {
                int f = (int) fixedBin[s];
                int m = (int) bins[s];
                double u = fixedBin[s] - f;
                double w = bins[s] - m;
                int at = f * BINS + m;
                joint[at] += (1 - u) * (1 - w);
                joint[at + 1] += (1 - u) * w;
                joint[at + BINS] += u * (1 - w);
                joint[at + BINS + 1] += u * w;
                n++;
            }
        }
        if (n < LEAST_OVERLAP * bins.length) {
            return 0;
        }
        double[] fixed = new double[BINS];
        double[] other = new double[BINS];
        double both = 0;
        for (int c = 0; c < joint.length; c++) {
            fixed[c / BINS] += joint[c];
            other[c % BINS] += joint[c];
            both += entropy(joint[c] / n);
        }
        double apart = 0;
        for (int b = 0; b < BINS; b++) {
            apart += entropy(fixed[b] / n) + entropy(other[b] / n);
        }
        return apart - both;
    }

    private static double entropy(double p) {
        return p > 0 ? -p * Math.log(p) : 0;
    }

    /** Pearson correlation of the clipped values; NaN when one is constant. */
    double correlation(double[] map) {
        double[] bins = movingBins(map);
        double n = 0;
        double sf = 0;
        double sm = 0;
        double ff = 0;
        double mm = 0;
        double fm = 0;
        for (int s = 0; s < bins.length; s++) {
            if (!Double.isNaN(bins[s])) {
                n++;
                sf += fixedBin[s];
                sm += bins[s];
                ff += fixedBin[s] * fixedBin[s];
                mm += bins[s] * bins[s];
                fm += fixedBin[s] * bins[s];
            }
        }
        double spread = Math.sqrt((ff - sf * sf / n) * (mm - sm * sm / n));
        return spread > 1e-9 * n ? (fm - sf * sm / n) / spread : Double.NaN;
    }

    /** The moving image at the mapped samples, in bins; NaN outside it. */
    private double[] movingBins(double[] map) {
        double[] a = indexMap(map);
        double[] bins = new double[fixedBin.length];
        for (int s = 0; s < bins.length; s++) {
            double px = points[3 * s];
            double py = points[3 * s + 1];
            double pz = points[3 * s + 2];
            double x = a[0] * px + a[1] * py + a[2] * pz + a[3];
            double y = a[4] * px + a[5] * py + a[6] * pz + a[7];
            double z = a[8] * px + a[9] * py + a[10] * pz + a[11];
            bins[s] = Double.NaN;
            if (x >= 0 && y >= 0 && z >= 0 && x <= nx - 1 && y <= ny - 1 && z <= nz - 1) {
                double v = linear(x, y, z);
                if (!Double.isNaN(v)) {
                    bins[s] = bin((v - movingLow) * movingUnit);
                }
            }
        }
        return bins;
    }

    /** From points of the fixed image to indices of the moving one. */
    private double[] indexMap(double[] map) {
        double[] zero = grid.toIndex(map[3], map[7], map[11]);
        double[] out = new double[12];
        for (int c = 0; c < 3; c++) {
            double[] one = grid.toIndex(map[3] + map[c], map[7] + map[4 + c], map[11] + map[8 + c]);
            for (int r = 0; r < 3; r++) {
                out[r * 4 + c] = one[r] - zero[r];
                out[r * 4 + 3] = zero[r];
            }
        }
        return out;
    }

    private double linear(double x, double y, double z) {
        int i = Math.min((int) x, Math.max(0, nx - 2));
        int j = Math.min((int) y, Math.max(0, ny - 2));
        int k = Math.min((int) z, Math.max(0, nz - 2));
        double fx = x - i;
        double fy = y - j;
        double fz = z - k;
        int at = (k * ny + j) * nx + i;
        int dx = nx > 1 ? 1 : 0;
        int dy = ny > 1 ? nx : 0;
        int dz = nz > 1 ? nx * ny : 0;
        double low = (1 - fy) * row(at, dx, fx) + fy * row(at + dy, dx, fx);
        double high = (1 - fy) * row(at + dz, dx, fx) + fy * row(at + dz + dy, dx, fx);
        return (1 - fz) * low + fz * high;
    }

    private double row(int at, int dx, double fx) {
        return (1 - fx) * moving[at] + fx * moving[at + dx];
    }
}
