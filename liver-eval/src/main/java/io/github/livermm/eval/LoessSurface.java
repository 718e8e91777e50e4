// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.eval;

import java.util.Arrays;

/**
 * A {@link Loess} smooth evaluated exactly at few vertices and by cubic blending of their values
 * and slopes between them: R's default {@code loess(surface = "interpolate")}. The range, widened
 * by half a per cent, is halved at medians until a cell holds at most a fifth of the neighbourhood,
 * so the cost is O(n) whatever the number of points asked for.
 *
 * <p>Reference: Cleveland WS, Grosse E (1991), Computational methods for local regression,
 * doi:10.1007/BF01890836.
 *
 * @since 0.1.0
 */
public final class LoessSurface {
    /** R's {@code loess.control(cell = 0.2)}: the share of the neighbourhood a cell may hold. */
    private static final double CELL = 0.2;

    private static final double MARGIN = 0.005;
    private static final double LEAST_RANGE = 1e-10;

    private final double[] vertex;
    private final double[] value;
    private final double[] slope;

    private LoessSurface(double[] vertex, double[] value, double[] slope) {
        this.vertex = vertex;
        this.value = value;
        this.slope = slope;
    }

    /**
     * The surface of a smoother.
     *
     * @param loess the smoother
     * @return the surface
     */
    public static LoessSurface of(Loess loess) {
        double[] x = loess.sorted();
        double low = x[0];
        double high = x[x.length - 1];
        double range =
                Math.max(high - low, LEAST_RANGE * Math.max(Math.abs(low), Math.abs(high)) + 1e-30);
        double[] cuts = new double[x.length + 2];
        cuts[0] = low - MARGIN * range;
        cuts[1] = high + MARGIN * range;
        int most = (int) Math.floor(loess.reach() * CELL);
        int count = split(x, 0, x.length - 1, most, cuts, 2);
        double[] vertex = Arrays.copyOf(cuts, count);
        Arrays.sort(vertex);
        double[] value = new double[count];
        double[] slope = new double[count];
        for (int v = 0; v < count; v++) {
            double[] local = loess.local(vertex[v]);
            value[v] = local[0];
            slope[v] = local[1];
        }
        return new LoessSurface(vertex, value, slope);
    }

    /** Halves the rows from..to at the x nearest to the median that differs from the next. */
    private static int split(double[] x, int from, int to, int most, double[] cuts, int count) {
        if (to - from + 1 <= most || x[from] == x[to]) {
            return count;
        }
        // the row below the median, counted from 1 as the reference does
        int middle = (from + to + 2) / 2 - 1;
        int offset = 0;
        while (middle + offset < to
                && middle + offset >= from
                && x[middle + offset] == x[middle + offset + 1]) {
            // 1, -1, 2, -2, ...
            offset = offset > 0 ? -offset : 1 - offset;
        }
        int cut = middle + offset;
        if (cut >= to || cut < from) {
            return count;
        }
        cuts[count] = x[cut];
        int left = split(x, from, cut, most, cuts, count + 1);
        return split(x, cut + 1, to, most, cuts, left);
    }

    /**
     * The smooth at a point.
     *
     * @param at where
     * @return the blended fit; {@code NaN} outside the widened range of x
     */
    public double at(double at) {
        int last = vertex.length - 1;
        if (!(at >= vertex[0] && at <= vertex[last])) {
            return Double.NaN;
        }
        int found = Arrays.binarySearch(vertex, at);
        if (found >= 0) {
            return value[found];
        }
        int b = -found - 1;
        int a = b - 1;
        double width = vertex[b] - vertex[a];
        double h = (at - vertex[a]) / width;
        double g = 1 - h;
        return g * g * (1 + 2 * h) * value[a]
                + h * h * (1 + 2 * g) * value[b]
                + h * g * (g * slope[a] - h * slope[b]) * width;
    }

    /**
     * Where the smooth was evaluated exactly.
     *
     * @return a new array, ascending, the ends of the widened range first and last
     */
    public double[] vertices() {
        return vertex.clone();
    }
}
