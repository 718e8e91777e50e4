// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.eval;

import java.util.Arrays;

/**
 * The restricted cubic spline basis: cubic between the knots, linear outside them, with one column
 * fewer than knots of which the first is x itself. Matches R's {@code Hmisc::rcspline.eval(inclx =
 * TRUE)} with its scaling by the squared distance of the outer knots.
 *
 * <p>Reference: Stone, Koo (1985), Additive splines in statistics; Harrell (2015), Regression
 * Modeling Strategies, section 2.4.5.
 *
 * @since 0.1.0
 */
public final class SplineBasis {
    private final double[] knots;

    private SplineBasis(double[] knots) {
        this.knots = knots;
    }

    /**
     * A basis on given knots.
     *
     * @param knots ascending, at least three
     * @return the basis
     * @throws IllegalArgumentException when there are fewer than three or they do not ascend
     */
    public static SplineBasis of(double... knots) {
        if (knots.length < 3) {
            throw new IllegalArgumentException("knots has " + knots.length + " values, needs 3");
        }
        for (int k = 0; k < knots.length; k++) {
            if (!Double.isFinite(knots[k]) || (k > 0 && knots[k] <= knots[k - 1])) {
                throw new IllegalArgumentException(
                        "knots " + Arrays.toString(knots) + " do not ascend; use fewer of them");
            }
        }
        return new SplineBasis(knots.clone());
    }

    /**
     * A basis with knots at Harrell's quantiles: the outer ones at 10 and 90 % for three knots, 5
     * and 95 % for four to six, 2.5 and 97.5 % above, the others equally spaced between.
     *
     * @param x the values to cover; {@code NaN} is left out
     * @param count how many knots, at least three
     * @return the basis
     * @throws IllegalArgumentException when x has too few distinct values
     */
    public static SplineBasis atQuantiles(double[] x, int count) {
        return of(quantiles(x, count));
    }

    /** Whether the values are diverse enough for so many knots and as many columns. */
    static boolean fits(double[] x, int count) {
        double[] knots = quantiles(x, count);
        for (int k = 1; k < count; k++) {
            if (!(knots[k] > knots[k - 1])) {
                return false;
            }
        }
        return Arrays.stream(x).distinct().count() >= count;
    }

    private static double[] quantiles(double[] x, int count) {
        double[] sorted = Arrays.stream(x).filter(v -> !Double.isNaN(v)).sorted().toArray();
        double outer = count > 6 ? 0.025 : count > 3 ? 0.05 : 0.1;
        double[] knots = new double[count];
        for (int k = 0; k < count; k++) {
            knots[k] = Quantile.ofSorted(sorted, outer + (1 - 2 * outer) * k / (count - 1.0));
        }
        return knots;
    }

    /**
     * The knots.
     *
     * @return a new array, ascending
     */
    public double[] knots() {
        return knots.clone();
    }

    /**
     * The number of columns.
     *
     * @return one fewer than knots
     */
    public int width() {
        return knots.length - 1;
    }

    /**
     * The basis at a value.
     *
     * @param x the value
     * @return one number per column, the first {@code x} itself
     */
    public double[] at(double x) {
        int last = knots.length - 1;
        double scale = (knots[last] - knots[0]) * (knots[last] - knots[0]);
        double gap = knots[last] - knots[last - 1];
        double[] row = new double[width()];
        row[0] = x;
        for (int j = 0; j < last - 1; j++) {
            double bent =
                    cube(x - knots[j])
                            + ((knots[last - 1] - knots[j]) * cube(x - knots[last])
                                            - (knots[last] - knots[j]) * cube(x - knots[last - 1]))
                                    / gap;
            row[j + 1] = bent / scale;
        }
        return row;
    }

    private static double cube(double distance) {
        return distance > 0 ? distance * distance * distance : 0;
    }
}
