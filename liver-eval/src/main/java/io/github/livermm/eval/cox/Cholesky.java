// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.eval.cox;

/**
 * The Cholesky factor of a symmetric non-negative matrix, with columns that depend on earlier ones
 * set aside: a pivot below a share of its original diagonal marks the column as aliased, and the
 * solution there is 0.
 */
final class Cholesky {
    private final int p;
    private final double[] l;
    private final boolean[] aliased;

    Cholesky(double[] matrix, int p, double tolerance) {
        this(matrix, p, tolerance, new boolean[p]);
    }

    Cholesky(double[] matrix, int p, double tolerance, boolean[] setAside) {
        this.p = p;
        l = new double[p * p];
        aliased = setAside.clone();
        for (int j = 0; j < p; j++) {
            if (aliased[j]) {
                continue;
            }
            double pivot = matrix[j * p + j];
            double original = pivot;
            for (int k = 0; k < j; k++) {
                pivot -= l[j * p + k] * l[j * p + k];
            }
            if (!(original > 0) || !(pivot > tolerance * original)) {
                aliased[j] = true;
                for (int k = 0; k < j; k++) {
                    l[j * p + k] = 0;
                }
                continue;
            }
            double root = Math.sqrt(pivot);
            l[j * p + j] = root;
            for (int i = j + 1; i < p; i++) {
                if (aliased[i]) {
                    continue;
                }
                double sum = matrix[i * p + j];
                for (int k = 0; k < j; k++) {
                    sum -= l[i * p + k] * l[j * p + k];
                }
                l[i * p + j] = sum / root;
            }
        }
    }

    boolean[] aliased() {
        return aliased.clone();
    }

    int rank() {
        int rank = 0;
        for (boolean set : aliased) {
            rank += set ? 0 : 1;
        }
        return rank;
    }

    /** The logarithm of the determinant; minus infinity if a column was set aside. */
    double logDeterminant() {
        double sum = 0;
        for (int j = 0; j < p; j++) {
            sum += aliased[j] ? Double.NEGATIVE_INFINITY : 2 * Math.log(l[j * p + j]);
        }
        return sum;
    }

    double[] solve(double[] right) {
        double[] y = new double[p];
        for (int i = 0; i < p; i++) {
            if (aliased[i]) {
                continue;
            }
            double sum = right[i];
            for (int k = 0; k < i; k++) {
                sum -= l[i * p + k] * y[k];
            }
            y[i] = sum / l[i * p + i];
        }
        for (int i = p - 1; i >= 0; i--) {
            if (aliased[i]) {
                continue;
            }
            double sum = y[i];
            for (int k = i + 1; k < p; k++) {
                sum -= l[k * p + i] * y[k];
            }
            y[i] = sum / l[i * p + i];
        }
        return y;
    }

    /** The inverse; rows and columns of aliased columns are 0. */
    double[][] inverse() {
        double[][] inverse = new double[p][];
        double[] unit = new double[p];
        for (int j = 0; j < p; j++) {
            if (aliased[j]) {
                inverse[j] = new double[p];
                continue;
            }
            unit[j] = 1;
            inverse[j] = solve(unit);
            unit[j] = 0;
        }
        for (int j = 0; j < p; j++) {
            for (int k = 0; k < j; k++) {
                double mean = (inverse[j][k] + inverse[k][j]) / 2;
                inverse[j][k] = mean;
                inverse[k][j] = mean;
            }
        }
        return inverse;
    }
}
