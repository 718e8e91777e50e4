// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.imaging.dicom;

import java.util.List;
import java.util.function.IntConsumer;

/**
 * The voxels of a slice whose centres lie inside an odd number of closed contours. Every crossing
 * of an edge with a line of voxels turns the rest of the line; all turns are noted first and then
 * summed once, so that the cost is O(crossings + voxels) and not their product.
 */
final class EvenOddFill {
    private EvenOddFill() {}

    /** Contours in voxel indices, x and y alternating; a line of the result after the other. */
    static boolean[] inside(List<double[]> contours, int width, int height) {
        boolean[] slice = new boolean[width * height];
        for (double[] contour : contours) {
            crossings(contour, width, height, n -> slice[n] = !slice[n]);
        }
        for (int n = 1; n < slice.length; n++) {
            slice[n] ^= n % width != 0 && slice[n - 1];
        }
        return slice;
    }

    /**
     * Tells the first voxel at or right of each crossing of an edge with a line; crossings right of
     * the last voxel turn nothing and are not told.
     */
    static void crossings(double[] contour, int width, int height, IntConsumer turn) {
        int points = contour.length / 2;
        for (int n = 0; n < points; n++) {
            int m = (n + 1) % points;
            double x0 = contour[2 * n];
            double y0 = contour[2 * n + 1];
            double x1 = contour[2 * m];
            double y1 = contour[2 * m + 1];
            // an edge covers the lines from its lower end up to, but without, its upper end
            int from = (int) Math.max(0, Math.ceil(Math.min(y0, y1)));
            int to = (int) Math.min(height, Math.ceil(Math.max(y0, y1)));
            for (int y = from; y < to; y++) {
                double x = x0 + (y - y0) / (y1 - y0) * (x1 - x0);
                int first = (int) Math.max(0, Math.ceil(x));
                if (first < width) {
                    turn.accept(y * width + first);
                }
            }
        }
    }
}
