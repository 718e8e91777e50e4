// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.imaging.volume;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Exact Euclidean distance, in mm, from every voxel centre to the nearest chosen voxel centre.
 * Separable lower envelopes of parabolas: O(n) in the number of voxels.
 *
 * <p>Reference: Felzenszwalb PF, Huttenlocher DP 2012, doi:10.4086/toc.2012.v008a019.
 *
 * @since 0.1.0
 */
public final class DistanceMap {
    private DistanceMap() {}

    /**
     * Distances to a set of voxels.
     *
     * @param grid where the voxels lie; its axes must be at right angles
     * @param chosen one flag per voxel, in the order of the grid
     * @return mm per voxel, 0 on the chosen ones; infinite everywhere when none is chosen
     * @throws IllegalArgumentException when the lengths differ or the axes are sheared
     */
    public static float[] of(Grid grid, boolean[] chosen) {
        if (chosen.length != grid.voxels()) {
            throw new IllegalArgumentException(
                    "there are " + chosen.length + " flags, the grid has " + grid.voxels());
        }
        if (!grid.isOrthogonal()) {
            throw new IllegalArgumentException(
                    "the axes of the grid are sheared, distances need right angles; resample first");
        }
        float[] square = new float[chosen.length];
        for (int v = 0; v < chosen.length; v++) {
            square[v] = chosen[v] ? 0 : Float.POSITIVE_INFINITY;
        }
        int w = grid.width();
        int h = grid.height();
        int d = grid.depth();
        IntStream.range(0, d)
                .parallel()
                .forEach(
                        k -> {
                            Envelope line = new Envelope(Math.max(w, h));
                            for (int j = 0; j < h; j++) {
                                line.pass(square, (k * h + j) * w, 1, w, grid.spacingMm(0));
                            }
                            for (int i = 0; i < w; i++) {
                                line.pass(square, k * h * w + i, w, h, grid.spacingMm(1));
                            }
                        });
        IntStream.range(0, h)
                .parallel()
                .forEach(
                        j -> {
                            Envelope line = new Envelope(d);
                            for (int i = 0; i < w; i++) {
                                line.pass(square, j * w + i, w * h, d, grid.spacingMm(2));
                            }
                        });
        for (int v = 0; v < square.length; v++) {
            square[v] = (float) Math.sqrt(square[v]);
        }
        return square;
    }

    /** Lower envelope of the parabolas over one line. */
    private static final class Envelope {
        private final double[] value;
        private final int[] apex;
        private final double[] from;

        Envelope(int n) {
            value = new double[n];
            apex = new int[n];
            from = new double[n + 1];
        }

        void pass(float[] square, int start, int stride, int n, double spacing) {
            double s2 = spacing * spacing;
            int last = -1;
            for (int q = 0; q < n; q++) {
                value[q] = square[start + q * stride];
                if (value[q] == Double.POSITIVE_INFINITY) {
                    continue;
                }
                double meets = Double.NEGATIVE_INFINITY;
                while (last >= 0) {
                    int p = apex[last];
                    meets =
                            (value[q] - value[p] + s2 * ((double) q * q - (double) p * p))
                                    / (2 * s2 * (q - p));
                    if (meets > from[last]) {
                        break;
                    }
                    last--;
                    meets = Double.NEGATIVE_INFINITY;
                }
                last++;
                apex[last] = q;
                from[last] = meets;
            }
            if (last < 0) {
                return;
            }
            Arrays.fill(from, last + 1, last + 2, Double.POSITIVE_INFINITY);
            int k = 0;
            for (int q = 0; q < n; q++) {
                while (from[k + 1] < q) {
                    k++;
                }
                double along = (q - apex[k]) * spacing;
                square[start + q * stride] = (float) (along * along + value[apex[k]]);
            }
        }
    }
}
