// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.imaging.mask;

import io.github.livermm.imaging.volume.DistanceMap;
import io.github.livermm.imaging.volume.Grid;
import java.util.Arrays;

/**
 * How well two masks of one structure agree, as between two readers or a reader and a model.
 *
 * <p>With A and B the voxels of the masks and dA the distances, in mm, from the border voxels of A
 * to the nearest border voxel of B, dB the other way round:
 *
 * <ul>
 *   <li>Dice 2 |A and B| / (|A| + |B|);
 *   <li>Hausdorff distance max(max dA, max dB), its 95 % form max(P95 dA, P95 dB) with percentiles
 *       by linear interpolation, as MONAI has it (others pool both directions first);
 *   <li>mean surface distance, the mean over dA and dB together;
 *   <li>surface Dice: share of all border voxels whose distance is at most a tolerance, as MONAI's
 *       normalised surface distance (DeepMind's variant weighs by area of surface elements);
 *   <li>volume difference (|B| - |A|) / |A|, and in ml.
 * </ul>
 *
 * A border voxel has one of its six neighbours outside the mask or beyond the grid. When both masks
 * are empty overlaps are 1 and distances 0; when one is, overlaps are 0 and distances infinite; the
 * volume difference is NaN when A is empty. O(n).
 *
 * <p>Reference: Taha AA, Hanbury A 2015, doi:10.1186/s12880-015-0068-x; Nikolov S et al. 2021,
 * doi:10.2196/26151.
 *
 * @since 0.1.0
 */
public final class MaskAgreement {
    private final double voxelMl;
    private final long first;
    private final long second;
    private final long both;
    private final double[] fromFirst;
    private final double[] fromSecond;

    private MaskAgreement(
            double voxelMl,
            long first,
            long second,
            long both,
            double[] fromFirst,
            double[] fromSecond) {
        this.voxelMl = voxelMl;
        this.first = first;
        this.second = second;
        this.both = both;
        this.fromFirst = fromFirst;
        this.fromSecond = fromSecond;
    }

    /**
     * Compares two masks.
     *
     * @param grid where the voxels of both lie; axes at right angles
     * @param a one flag per voxel, the reference
     * @param b one flag per voxel
     * @return the agreement
     * @throws IllegalArgumentException when a length differs from the grid or the axes are sheared
     */
    public static MaskAgreement of(Grid grid, boolean[] a, boolean[] b) {
        if (a.length != grid.voxels() || b.length != grid.voxels()) {
            throw new IllegalArgumentException(
                    "masks have "
                            + a.length
                            + " and "
                            + b.length
                            + " voxels, the grid has "
                            + grid.voxels());
        }
        long first = 0;
        long second = 0;
        long both = 0;
        for (int v = 0; v < a.length; v++) {
            first += a[v] ? 1 : 0;
            second += b[v] ? 1 : 0;
            both += a[v] && b[v] ? 1 : 0;
        }
        boolean[] borderA = border(grid, a);
        boolean[] borderB = border(grid, b);
        return new MaskAgreement(
                grid.voxelMm3() / 1000,
                first,
                second,
                both,
                distances(grid, borderA, borderB),
                distances(grid, borderB, borderA));
    }

    /** Distances from the voxels of one border to another border, sorted. */
    private static double[] distances(Grid grid, boolean[] from, boolean[] to) {
        float[] map = DistanceMap.of(grid, to);
        double[] out = new double[from.length];
        int n = 0;
        for (int v = 0; v < from.length; v++) {
            if (from[v]) {
                out[n++] = map[v];
            }
        }
        double[] sorted = Arrays.copyOf(out, n);
        Arrays.sort(sorted);
        return sorted;
    }

    private static boolean[] border(Grid grid, boolean[] mask) {
        int w = grid.width();
        int h = grid.height();
        int d = grid.depth();
        boolean[] border = new boolean[mask.length];
        int v = 0;
        for (int k = 0; k < d; k++) {
            for (int j = 0; j < h; j++) {
                for (int i = 0; i < w; i++, v++) {
                    border[v] =
                            mask[v]
                                    && (i == 0
                                            || j == 0
                                            || k == 0
                                            || i == w - 1
                                            || j == h - 1
                                            || k == d - 1
                                            || !mask[v - 1]
                                            || !mask[v + 1]
                                            || !mask[v - w]
                                            || !mask[v + w]
                                            || !mask[v - w * h]
                                            || !mask[v + w * h]);
                }
            }
        }
        return border;
    }

    /**
     * Overlap.
     *
     * @return 0 to 1
     */
    public double dice() {
        return first + second == 0 ? 1 : 2.0 * both / (first + second);
    }

    /**
     * Overlap against the union.
     *
     * @return 0 to 1
     */
    public double jaccard() {
        return first + second == 0 ? 1 : (double) both / (first + second - both);
    }

    /**
     * Largest distance of the borders.
     *
     * @return mm
     */
    public double hausdorffMm() {
        return hausdorffMm(1);
    }

    /**
     * The 95 % Hausdorff distance.
     *
     * @return mm
     */
    public double hausdorff95Mm() {
        return hausdorffMm(0.95);
    }

    private double hausdorffMm(double share) {
        return first + second == 0
                ? 0
                : Math.max(quantile(fromFirst, share), quantile(fromSecond, share));
    }

    private static double quantile(double[] sorted, double share) {
        if (sorted.length == 0 || sorted[sorted.length - 1] == Double.POSITIVE_INFINITY) {
            return Double.POSITIVE_INFINITY;
        }
        double at = share * (sorted.length - 1);
        int i = (int) at;
        return i + 1 == sorted.length
                ? sorted[i]
                : sorted[i] + (at - i) * (sorted[i + 1] - sorted[i]);
    }

    /**
     * Mean distance of the borders.
     *
     * @return mm
     */
    public double meanSurfaceDistanceMm() {
        if (first + second == 0) {
            return 0;
        }
        return (Arrays.stream(fromFirst).sum() + Arrays.stream(fromSecond).sum())
                / (fromFirst.length + fromSecond.length);
    }

    /**
     * Share of the borders that agree.
     *
     * @param toleranceMm largest distance that counts as agreement, at least 0
     * @return 0 to 1
     */
    public double surfaceDice(double toleranceMm) {
        if (!(toleranceMm >= 0)) {
            throw new IllegalArgumentException(
                    "toleranceMm is " + toleranceMm + ", allowed is 0 and up");
        }
        if (first + second == 0) {
            return 1;
        }
        double limit = toleranceMm + 1e-6;
        long near =
                Arrays.stream(fromFirst).filter(d -> d <= limit).count()
                        + Arrays.stream(fromSecond).filter(d -> d <= limit).count();
        return (double) near / (fromFirst.length + fromSecond.length);
    }

    /**
     * Volume of the second mask against the first, relative.
     *
     * @return (B - A) / A; NaN when A is empty
     */
    public double relativeVolumeDifference() {
        return first == 0 ? Double.NaN : (double) (second - first) / first;
    }

    /**
     * Volume of the second mask minus that of the first.
     *
     * @return ml
     */
    public double volumeDifferenceMl() {
        return (second - first) * voxelMl;
    }
}
