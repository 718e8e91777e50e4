// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.core.fusion;

/**
 * Mean and spread of the columns of a matrix, so that one penalty means the same for every column.
 * A column without spread keeps scale 1, so it stays at zero after centring.
 *
 * @since 0.1.0
 */
public final class ColumnScale {
    private final double[] mean;
    private final double[] scale;

    private ColumnScale(double[] mean, double[] scale) {
        this.mean = mean;
        this.scale = scale;
    }

    /**
     * Measures the columns in two passes.
     *
     * @param x rows by columns, at least one row, finite
     * @return mean and population standard deviation per column
     */
    public static ColumnScale of(double[][] x) {
        if (x.length == 0) {
            throw new IllegalArgumentException("x has no rows, at least one is needed");
        }
        int columns = x[0].length;
        double[] mean = new double[columns];
        double[] scale = new double[columns];
        for (double[] row : x) {
            for (int j = 0; j < columns; j++) {
                mean[j] += row[j] / x.length;
            }
        }
        for (double[] row : x) {
            for (int j = 0; j < columns; j++) {
                double d = row[j] - mean[j];
                scale[j] += d * d / x.length;
            }
        }
        for (int j = 0; j < columns; j++) {
            double sd = Math.sqrt(scale[j]);
            scale[j] = sd > 1e-12 * Math.max(1, Math.abs(mean[j])) ? sd : 1;
        }
        return new ColumnScale(mean, scale);
    }

    /**
     * Centres and scales rows.
     *
     * @param x rows of as many columns
     * @return a new matrix
     */
    public double[][] apply(double[][] x) {
        double[][] z = new double[x.length][];
        for (int i = 0; i < x.length; i++) {
            z[i] = new double[mean.length];
            for (int j = 0; j < mean.length; j++) {
                z[i][j] = (x[i][j] - mean[j]) / scale[j];
            }
        }
        return z;
    }

    /**
     * Turns weights of the standardised columns into weights of the columns themselves.
     *
     * @param standardised one per column
     * @return one per column
     */
    public double[] coefficients(double[] standardised) {
        double[] beta = new double[mean.length];
        for (int j = 0; j < beta.length; j++) {
            beta[j] = standardised[j] / scale[j];
        }
        return beta;
    }

    /**
     * The shift that goes with {@link #coefficients}: standardised sum = sum of weight times value
     * minus this.
     *
     * @param coefficients weights of the columns themselves
     * @return the weighted sum of the means
     */
    public double offset(double[] coefficients) {
        double sum = 0;
        for (int j = 0; j < mean.length; j++) {
            sum += coefficients[j] * mean[j];
        }
        return sum;
    }
}
