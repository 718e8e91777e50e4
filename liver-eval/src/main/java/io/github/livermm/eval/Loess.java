// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.eval;

import java.util.Arrays;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.ArrayRealVector;
import org.apache.commons.math3.linear.SingularValueDecomposition;

/**
 * Local polynomial regression in one predictor with tricube weights over the nearest share of rows.
 * Evaluated directly at every point asked for: equals R's {@code loess(surface = "direct", family =
 * "gaussian")}; {@link LoessSurface} is its interpolated default. Rows with equal x are merged, so
 * cost depends on distinct values.
 *
 * <p>Reference: Cleveland, Devlin (1988), Locally weighted regression, doi:10.2307/2289282.
 *
 * @since 0.1.0
 */
public final class Loess {
    /** R's own slack when it turns the span into a number of neighbours. */
    private static final double SPAN_SLACK = 1e-5;

    /** Pivot of the equilibrated normal equations below which the least-norm solution is taken. */
    private static final double SINGULAR = 1e-9;

    private final double[] x;
    private final double[] mean;
    private final int[] copies;
    private final int rows;
    private final int neighbours;
    private final int degree;
    private final double reach;

    private Loess(double[] x, double[] mean, int[] copies, int rows, double reach, int degree) {
        this.x = x;
        this.mean = mean;
        this.copies = copies;
        this.rows = rows;
        this.reach = reach;
        this.neighbours = Math.max(1, Math.min(rows, (int) Math.floor(reach + SPAN_SLACK)));
        this.degree = degree;
    }

    /**
     * Prepares the smoother.
     *
     * @param x the predictor
     * @param y the response, one per row
     * @param span the share of rows in each neighbourhood, in (0, 1]
     * @param degree of the local polynomial: 0, 1 or 2
     * @return the smoother
     * @throws IllegalArgumentException when lengths differ, there is no row, a value is not finite,
     *     or span or degree is out of range
     */
    public static Loess fit(double[] x, double[] y, double span, int degree) {
        Rows.requireSameLength("x", x.length, "y", y.length);
        Rows.requireFinite("x", x);
        Rows.requireFinite("y", y);
        if (x.length == 0) {
            throw new IllegalArgumentException("x has no rows");
        }
        if (!(span > 0 && span <= 1)) {
            throw new IllegalArgumentException("span " + span + " is outside (0, 1]");
        }
        if (degree < 0 || degree > 2) {
            throw new IllegalArgumentException("degree " + degree + " is not 0, 1 or 2");
        }
        int n = x.length;
        int[] order = SortOrder.ascending(x);
        double[] value = new double[n];
        double[] sum = new double[n];
        int[] copies = new int[n];
        int groups = 0;
        for (int i : order) {
            if (groups == 0 || x[i] != value[groups - 1]) {
                value[groups++] = x[i];
            }
            sum[groups - 1] += y[i];
            copies[groups - 1]++;
        }
        for (int g = 0; g < groups; g++) {
            sum[g] /= copies[g];
        }
        return new Loess(
                Arrays.copyOf(value, groups),
                Arrays.copyOf(sum, groups),
                Arrays.copyOf(copies, groups),
                n,
                n * span,
                degree);
    }

    /**
     * The distinct values of the predictor.
     *
     * @return a new array, ascending
     */
    public double[] distinct() {
        return x.clone();
    }

    /**
     * The smooth at a point.
     *
     * @param at where, inside or outside the range of x
     * @return the local fit; {@code NaN} when every neighbour has the same x and it is not {@code
     *     at}
     */
    public double at(double at) {
        return local(at)[0];
    }

    /** Value and slope of the local polynomial at a point. */
    double[] local(double at) {
        Window window = window(at);
        double[] moments = new double[5];
        double[] cross = new double[3];
        sums(window, at, moments, cross);
        double[] c = coefficients(Arrays.copyOf(moments, 2 * degree + 1), cross);
        return new double[] {c[0], degree > 0 && window.width() > 0 ? c[1] / window.width() : 0};
    }

    /** Moments up to the fourth of the weights, and up to the second of weights times y. */
    private void sums(Window window, double at, double[] moments, double[] cross) {
        double inverse = window.width() > 0 ? 1 / window.width() : 0;
        double m0 = 0;
        double m1 = 0;
        double m2 = 0;
        double m3 = 0;
        double m4 = 0;
        double c0 = 0;
        double c1 = 0;
        double c2 = 0;
        for (int g = window.from(); g <= window.to(); g++) {
            double u = (x[g] - at) * inverse;
            double r = Math.abs(u);
            double t = 1 - r * r * r;
            double w = r < 1 ? copies[g] * t * t * t : 0;
            double wu = w * u;
            double wuu = wu * u;
            m0 += w;
            m1 += wu;
            m2 += wuu;
            m3 += wuu * u;
            m4 += wuu * u * u;
            double y = mean[g];
            c0 += w * y;
            c1 += wu * y;
            c2 += wuu * y;
        }
        moments[0] = m0;
        moments[1] = m1;
        moments[2] = m2;
        moments[3] = m3;
        moments[4] = m4;
        cross[0] = c0;
        cross[1] = c1;
        cross[2] = c2;
    }

    /**
     * The smooth at many points.
     *
     * @param at where
     * @return one value for each
     */
    public double[] at(double[] at) {
        return Arrays.stream(at).map(this::at).toArray();
    }

    /**
     * The standard error at a point when the responses are 0 or 1 and independent: the root of the
     * sum of squared operator weights times {@code p (1 - p)} with p the smooth there.
     *
     * @param at where
     * @return the standard error on the scale of y
     */
    public double binomialStandardError(double at) {
        Window window = window(at);
        double[] moments = new double[5];
        sums(window, at, moments, new double[3]);
        double[] row = coefficients(Arrays.copyOf(moments, 2 * degree + 1), new double[] {1, 0, 0});
        double squares = 0;
        double fitted = 0;
        for (int g = window.from(); g <= window.to(); g++) {
            double u = window.scaled(x[g] - at);
            double polynomial = row[degree];
            for (int d = degree - 1; d >= 0; d--) {
                polynomial = polynomial * u + row[d];
            }
            double operator = copies[g] * tricube(u) * polynomial;
            squares += operator * operator / copies[g];
            fitted += operator * mean[g];
        }
        double p = Math.min(1, Math.max(0, fitted));
        return Math.sqrt(squares * p * (1 - p));
    }

    /** The distinct x among the nearest neighbours of a point, and the farthest one's distance. */
    private record Window(int from, int to, double width) {
        /** Distances in units of the width: columns of comparable size condition well. */
        double scaled(double distance) {
            return width > 0 ? distance / width : 0;
        }
    }

    private Window window(double at) {
        int found = Arrays.binarySearch(x, at);
        int right = found >= 0 ? found : -found - 1;
        int left = right - 1;
        int count = 0;
        while (count < neighbours) {
            boolean takeLeft = right >= x.length || (left >= 0 && at - x[left] <= x[right] - at);
            count += takeLeft ? copies[left--] : copies[right++];
        }
        double width = Math.max(at - x[left + 1], x[right - 1] - at);
        return new Window(left + 1, right - 1, width);
    }

    private static double tricube(double u) {
        double r = Math.abs(u);
        double c = 1 - r * r * r;
        return r < 1 ? c * c * c : 0;
    }

    /** Solves the normal equations, whose entries are moments. */
    private static double[] coefficients(double[] moments, double[] cross) {
        int size = moments.length / 2 + 1;
        double[] scale = new double[size];
        for (int a = 0; a < size; a++) {
            scale[a] = moments[2 * a] > 0 ? 1 / Math.sqrt(moments[2 * a]) : 1;
        }
        double[][] scaled = new double[size][size];
        for (int a = 0; a < size; a++) {
            for (int b = 0; b < size; b++) {
                scaled[a][b] = moments[a + b] * scale[a] * scale[b];
            }
        }
        double[] right = new double[size];
        for (int a = 0; a < size; a++) {
            right[a] = cross[a] * scale[a];
        }
        double[] solution = solve(scaled, right);
        for (int a = 0; a < size; a++) {
            solution[a] *= scale[a];
        }
        return solution;
    }

    /** Cholesky by hand for these tiny systems; least norm when too few distinct x carry weight. */
    private static double[] solve(double[][] a, double[] right) {
        int size = right.length;
        double[][] l = new double[size][size];
        for (int i = 0; i < size; i++) {
            for (int j = 0; j <= i; j++) {
                double sum = a[i][j];
                for (int k = 0; k < j; k++) {
                    sum -= l[i][k] * l[j][k];
                }
                if (i == j && !(sum > SINGULAR)) {
                    return leastNorm(a, right);
                }
                l[i][j] = i == j ? Math.sqrt(sum) : sum / l[j][j];
            }
        }
        double[] z = right.clone();
        for (int i = 0; i < size; i++) {
            for (int k = 0; k < i; k++) {
                z[i] -= l[i][k] * z[k];
            }
            z[i] /= l[i][i];
        }
        for (int i = size - 1; i >= 0; i--) {
            for (int k = i + 1; k < size; k++) {
                z[i] -= l[k][i] * z[k];
            }
            z[i] /= l[i][i];
        }
        return z;
    }

    private static double[] leastNorm(double[][] a, double[] right) {
        SingularValueDecomposition svd =
                new SingularValueDecomposition(new Array2DRowRealMatrix(a, false));
        double[] singular = svd.getSingularValues();
        ArrayRealVector u = new ArrayRealVector(svd.getUT().operate(right), false);
        for (int k = 0; k < singular.length; k++) {
            double value = singular[k];
            u.setEntry(k, value > SINGULAR * singular[0] ? u.getEntry(k) / value : 0);
        }
        return svd.getV().operate(u).toArray();
    }

    /** The predictor of every row, ascending. */
    double[] sorted() {
        double[] sorted = new double[rows];
        int row = 0;
        for (int g = 0; g < x.length; g++) {
            Arrays.fill(sorted, row, row + copies[g], x[g]);
            row += copies[g];
        }
        return sorted;
    }

    /** Span times rows, before it is rounded to a number of neighbours. */
    double reach() {
        return reach;
    }
}
