// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.eval;

import org.jspecify.annotations.Nullable;

/** Checks that columns belong together, with messages that name the column and the row. */
final class Rows {
    private Rows() {}

    static void requireSameLength(String first, int length, String second, int other) {
        if (length != other) {
            throw new IllegalArgumentException(
                    first + " has " + length + " rows, " + second + " has " + other);
        }
    }

    static void requireProbabilities(String name, double[] probability) {
        for (int i = 0; i < probability.length; i++) {
            if (!(probability[i] >= 0 && probability[i] <= 1)) {
                throw new IllegalArgumentException(
                        name + " row " + i + " is " + probability[i] + ", outside [0, 1]");
            }
        }
    }

    static void requireFinite(String name, double[] values) {
        for (int i = 0; i < values.length; i++) {
            if (!Double.isFinite(values[i])) {
                throw new IllegalArgumentException(
                        name + " row " + i + " is " + values[i] + "; leave the row out or impute");
            }
        }
    }

    static void requireWeights(double @Nullable [] weights, int rows) {
        if (weights == null) {
            return;
        }
        requireSameLength("weights", weights.length, "the table", rows);
        for (int i = 0; i < rows; i++) {
            if (!(weights[i] >= 0) || Double.isInfinite(weights[i])) {
                throw new IllegalArgumentException(
                        "weights row " + i + " is " + weights[i] + ", outside [0, infinity)");
            }
        }
    }

    static void requireClasses(String name, int[] values, int classes) {
        for (int i = 0; i < values.length; i++) {
            if (values[i] < 0 || values[i] >= classes) {
                throw new IllegalArgumentException(
                        name + " row " + i + " is " + values[i] + ", outside [0, " + classes + ")");
            }
        }
    }

    /** Classes from 0 and one probability per class in every row. */
    static void requireClassProbabilities(int[] truth, double[][] probability) {
        requireSameLength("truth", truth.length, "probability", probability.length);
        if (truth.length == 0) {
            throw new IllegalArgumentException("truth has no rows");
        }
        int classes = probability[0].length;
        requireClasses("truth", truth, classes);
        for (int i = 0; i < probability.length; i++) {
            requireSameLength(
                    "probability row 0", classes, "probability row " + i, probability[i].length);
            requireProbabilities("probability row " + i + " column", probability[i]);
        }
    }

    static boolean[] pick(boolean[] values, int[] rows) {
        boolean[] picked = new boolean[rows.length];
        for (int i = 0; i < rows.length; i++) {
            picked[i] = values[rows[i]];
        }
        return picked;
    }

    static double[] pick(double[] values, int[] rows) {
        double[] picked = new double[rows.length];
        for (int i = 0; i < rows.length; i++) {
            picked[i] = values[rows[i]];
        }
        return picked;
    }

    static int count(boolean[] flags) {
        int count = 0;
        for (boolean flag : flags) {
            count += flag ? 1 : 0;
        }
        return count;
    }
}
