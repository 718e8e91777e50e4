// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.imaging.preprocess;

import java.util.stream.IntStream;

/**
 * Cubic B-spline over a grid with few control points, fitted to scattered voxels by the
 * approximation of Lee, Wolberg and Shin (1997) and added up over fits. A mesh of m spans per axis
 * has m + 3 control points.
 */
final class SplineLattice {
    private final int[] size;
    private final int[] places;
    private final int points;
    private final int[][] first = new int[3][];
    private final double[][] weight = new double[3][];
    private final double[] total;
    private final double[] squares;

    SplineLattice(int[] size, int[] places, int spans) {
        this.size = size.clone();
        this.places = places;
        this.points = spans + 3;
        this.total = new double[points * points * points];
        this.squares = new double[total.length];
        for (int a = 0; a < 3; a++) {
            axis(a, spans);
        }
        double[] w = new double[64];
        int[] c = new int[64];
        for (int place : places) {
            weights(place, c, w);
            for (int m = 0; m < 64; m++) {
                squares[c[m]] += w[m] * w[m];
            }
        }
    }

    private void axis(int a, int spans) {
        first[a] = new int[size[a]];
        weight[a] = new double[4 * size[a]];
        for (int i = 0; i < size[a]; i++) {
            double x = size[a] == 1 ? 0 : (double) i * spans / (size[a] - 1);
            int span = Math.min((int) x, spans - 1);
            double t = x - span;
            double u = 1 - t;
            first[a][i] = span;
            weight[a][4 * i] = u * u * u / 6;
            weight[a][4 * i + 1] = 2.0 / 3 - t * t * (2 - t) / 2;
            weight[a][4 * i + 2] = 2.0 / 3 - u * u * (2 - u) / 2;
            weight[a][4 * i + 3] = t * t * t / 6;
        }
    }

    private void weights(int place, int[] c, double[] w) {
        int i = place % size[0];
        int j = place / size[0] % size[1];
        int k = place / size[0] / size[1];
        int n = 0;
        for (int z = 0; z < 4; z++) {
            for (int y = 0; y < 4; y++) {
                double wzy = weight[2][4 * k + z] * weight[1][4 * j + y];
                int row = ((first[2][k] + z) * points + first[1][j] + y) * points + first[0][i];
                for (int x = 0; x < 4; x++) {
                    c[n] = row + x;
                    w[n++] = wzy * weight[0][4 * i + x];
                }
            }
        }
    }

    /** Fits the values at the places, adds the fit to the lattice and gives it at the places. */
    double[] fit(double[] values) {
        double[] sum = new double[total.length];
        double[] w = new double[64];
        int[] c = new int[64];
        for (int n = 0; n < values.length; n++) {
            weights(places[n], c, w);
            double norm = 0;
            for (int m = 0; m < 64; m++) {
                norm += w[m] * w[m];
            }
            double share = values[n] / norm;
            for (int m = 0; m < 64; m++) {
                sum[c[m]] += w[m] * w[m] * w[m] * share;
            }
        }
        for (int p = 0; p < sum.length; p++) {
            sum[p] = squares[p] > 0 ? sum[p] / squares[p] : 0;
            total[p] += sum[p];
        }
        double[] fitted = new double[values.length];
        for (int n = 0; n < values.length; n++) {
            weights(places[n], c, w);
            double f = 0;
            for (int m = 0; m < 64; m++) {
                f += w[m] * sum[c[m]];
            }
            fitted[n] = f;
        }
        return fitted;
    }

    /** Adds the spline at every voxel, one axis after the other. */
    void addTo(float[] field) {
        IntStream.range(0, size[2])
                .parallel()
                .forEach(
                        k -> {
                            double[] plane = contract(total, 2, k, points * points);
                            for (int j = 0; j < size[1]; j++) {
                                double[] row = contract(plane, 1, j, points);
                                int at = (k * size[1] + j) * size[0];
                                for (int i = 0; i < size[0]; i++) {
                                    field[at + i] += (float) contract(row, 0, i, 1)[0];
                                }
                            }
                        });
    }

    private double[] contract(double[] from, int axis, int at, int length) {
        double[] out = new double[length];
        for (int m = 0; m < 4; m++) {
            double w = weight[axis][4 * at + m];
            int start = (first[axis][at] + m) * length;
            for (int n = 0; n < length; n++) {
                out[n] += w * from[start + n];
            }
        }
        return out;
    }
}
