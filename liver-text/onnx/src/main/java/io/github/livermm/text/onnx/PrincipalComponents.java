// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.text.onnx;

import java.util.Arrays;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.EigenDecomposition;
import org.apache.commons.math3.linear.RealMatrix;

/**
 * The directions in which training vectors differ most, each score divided by its spread in
 * training. From the eigenvectors of {@code X X'} or {@code X' X}, whichever is smaller, with X the
 * centred vectors; the sign of a direction makes its largest value positive. Directions without
 * spread are left out.
 *
 * @param mean of the training vectors
 * @param axes [component][value], each divided by the spread of its scores
 */
@SuppressWarnings("ArrayRecordComponent") // inside this package, never compared nor changed
record PrincipalComponents(double[] mean, double[][] axes) {
    /** Below this share of the largest variance, a direction is rounding. */
    private static final double LEAST_SHARE = 1e-9;

    static PrincipalComponents of(double[][] rows, int most) {
        int n = rows.length;
        int width = rows[0].length;
        double[] mean = new double[width];
        for (double[] row : rows) {
            for (int j = 0; j < width; j++) {
                mean[j] += row[j] / n;
            }
        }
        double[][] centred = new double[n][width];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < width; j++) {
                centred[i][j] = rows[i][j] - mean[j];
            }
        }
        RealMatrix x = new Array2DRowRealMatrix(centred, false);
        boolean fewRows = n < width;
        RealMatrix square = fewRows ? x.multiply(x.transpose()) : x.transpose().multiply(x);
        EigenDecomposition eigen = new EigenDecomposition(square);
        double[] values = eigen.getRealEigenvalues();
        int kept = 0;
        while (kept < Math.min(most, values.length)
                && values[kept] > LEAST_SHARE * values[0]
                && values[kept] > 0) {
            kept++;
        }
        double[][] axes = new double[kept][];
        for (int k = 0; k < kept; k++) {
            double[] vector = eigen.getEigenvector(k).toArray();
            axes[k] = axis(fewRows ? x.preMultiply(vector) : vector, Math.sqrt(values[k] / n));
        }
        return new PrincipalComponents(mean, axes);
    }

    /** A direction of length one, its sign fixed, divided by the spread of its scores. */
    private static double[] axis(double[] direction, double spread) {
        double length = Math.sqrt(Arrays.stream(direction).map(v -> v * v).sum());
        double largest = 0;
        for (double value : direction) {
            largest = Math.abs(value) > Math.abs(largest) ? value : largest;
        }
        double scale = Math.signum(largest) / (length * spread);
        return Arrays.stream(direction).map(v -> v * scale).toArray();
    }

    double[] scores(double[] vector) {
        double[] scores = new double[axes.length];
        for (int k = 0; k < axes.length; k++) {
            for (int j = 0; j < vector.length; j++) {
                scores[k] += axes[k][j] * (vector[j] - mean[j]);
            }
        }
        return scores;
    }
}
