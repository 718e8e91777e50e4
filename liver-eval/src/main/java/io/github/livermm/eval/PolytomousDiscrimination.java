// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.eval;

import java.util.Arrays;

/**
 * The polytomous discrimination index: given one patient of each class, the chance that the highest
 * predicted probability of a class belongs to the patient who is of that class, averaged over the
 * classes. 1/k for no discrimination among k classes, 1 for perfect; with two classes and
 * complementary probabilities it is the AUC. t tied highest values count 1/t each.
 *
 * <p>By sorting, O(k^2 n log n), instead of over all sets of patients. Reference: Van Calster B,
 * Van Belle V, Vergouwe Y, Timmerman D, Van Huffel S, Steyerberg EW (2012), Extending the
 * c-statistic to nominal polytomous outcomes: the Polytomous Discrimination Index,
 * doi:10.1002/sim.5321.
 *
 * @since 0.1.0
 */
public final class PolytomousDiscrimination {
    private final double[] ofClass;

    private PolytomousDiscrimination(double[] ofClass) {
        this.ofClass = ofClass;
    }

    /**
     * The index of predictions.
     *
     * @param truth the true class of each row, from 0
     * @param probability one row per row and one column per class, in [0, 1]
     * @return the index; {@code NaN} when a class has no row
     * @throws IllegalArgumentException when lengths differ, there is no row, or a class or
     *     probability is out of range
     */
    public static PolytomousDiscrimination of(int[] truth, double[][] probability) {
        Rows.requireClassProbabilities(truth, probability);
        int classes = probability[0].length;
        double[] size = new double[classes];
        for (int c : truth) {
            size[c]++;
        }
        double[] ofClass = new double[classes];
        for (int k = 0; k < classes; k++) {
            ofClass[k] = ofClass(truth, probability, k, size);
        }
        return new PolytomousDiscrimination(ofClass);
    }

    private static double ofClass(int[] truth, double[][] probability, int k, double[] size) {
        double[] p = new double[truth.length];
        for (int i = 0; i < p.length; i++) {
            p[i] = probability[i][k];
        }
        int[] order = SortOrder.ascending(p);
        double[] below = new double[size.length];
        double[] tied = new double[size.length];
        double sum = 0;
        for (int from = 0, to; from < p.length; from = to) {
            Arrays.fill(tied, 0);
            for (to = from; to < p.length && p[order[to]] == p[order[from]]; to++) {
                tied[truth[order[to]]]++;
            }
            if (tied[k] > 0) {
                sum += tied[k] * chance(below, tied, size, k);
            }
            for (int c = 0; c < size.length; c++) {
                below[c] += tied[c];
            }
        }
        return sum / size[k];
    }

    /** The chance to be highest, or one of t highest times 1/t, among one patient of each class. */
    private static double chance(double[] below, double[] tied, double[] size, int k) {
        // of[t]: chance that t others tie and the rest lie below
        double[] of = new double[size.length];
        of[0] = 1;
        for (int c = 0; c < size.length; c++) {
            if (c != k) {
                for (int t = size.length - 1; t >= 0; t--) {
                    of[t] =
                            of[t] * below[c] / size[c]
                                    + (t > 0 ? of[t - 1] * tied[c] / size[c] : 0);
                }
            }
        }
        double chance = 0;
        for (int t = 0; t < of.length; t++) {
            chance += of[t] / (t + 1);
        }
        return chance;
    }

    /**
     * The index: the mean over the classes.
     *
     * @return in [0, 1]
     */
    public double index() {
        double sum = 0;
        for (double value : ofClass) {
            sum += value;
        }
        return sum / ofClass.length;
    }

    /**
     * The chance that the patient of each class has the highest probability of it.
     *
     * @return one value per class, in [0, 1]
     */
    public double[] ofClass() {
        return ofClass.clone();
    }
}
