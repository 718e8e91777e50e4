// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.eval;

import java.util.ArrayList;
import java.util.List;

/**
 * Hand and Till's M: the mean over pairs of classes of {@code (A(i|j) + A(j|i)) / 2}, where A(i|j)
 * is the area under the ROC curve of the probability of class i among the rows of classes i and j.
 * It is scikit-learn's {@code ovo} macro average. Probabilities are used as given, never rescaled.
 *
 * <p>Reference: Hand, Till (2001), A simple generalisation of the area under the ROC curve for
 * multiple class classification problems, doi:10.1023/A:1010920819831.
 *
 * @param m the mean over pairs, {@code NaN} when a class is absent
 * @param pairs the areas of each pair, first class ascending
 * @since 0.1.0
 */
public record HandTill(double m, List<Pair> pairs) {

    /**
     * Copies the pairs.
     *
     * @param m the mean over pairs
     * @param pairs the areas of each pair
     */
    public HandTill {
        pairs = List.copyOf(pairs);
    }

    /**
     * The areas of one pair of classes.
     *
     * @param first the lower class
     * @param second the higher class
     * @param rows rows of either class
     * @param ofFirst the area of the first class's probability, A(i|j)
     * @param ofSecond the area of the second class's probability, A(j|i)
     */
    public record Pair(int first, int second, int rows, double ofFirst, double ofSecond) {
        double mean() {
            return (ofFirst + ofSecond) / 2;
        }
    }

    /**
     * Computes M.
     *
     * @param truth the true class of each row, from 0
     * @param probability one row per row and one column per class
     * @return M with its pairs
     * @throws IllegalArgumentException when lengths differ or a class is out of range
     */
    public static HandTill of(int[] truth, double[][] probability) {
        Rows.requireSameLength("truth", truth.length, "probability", probability.length);
        int classes = probability.length == 0 ? 0 : probability[0].length;
        Rows.requireClasses("truth", truth, classes);
        List<Pair> pairs = new ArrayList<>();
        double sum = 0;
        for (int i = 0; i < classes; i++) {
            for (int j = i + 1; j < classes; j++) {
                Pair pair = pair(truth, probability, i, j);
                pairs.add(pair);
                sum += pair.mean();
            }
        }
        return new HandTill(sum / pairs.size(), pairs);
    }

    private static Pair pair(int[] truth, double[][] probability, int i, int j) {
        boolean[] first = new boolean[truth.length];
        boolean[] second = new boolean[truth.length];
        double[] ofFirst = new double[truth.length];
        double[] ofSecond = new double[truth.length];
        int rows = 0;
        for (int r = 0; r < truth.length; r++) {
            boolean taken = truth[r] == i || truth[r] == j;
            rows += taken ? 1 : 0;
            first[r] = truth[r] == i;
            second[r] = truth[r] == j;
            ofFirst[r] = taken ? probability[r][i] : Double.NaN;
            ofSecond[r] = taken ? probability[r][j] : Double.NaN;
        }
        return new Pair(
                i, j, rows, RocCurve.of(first, ofFirst).auc(), RocCurve.of(second, ofSecond).auc());
    }

    /**
     * The mean over pairs weighted by the rows of each pair, scikit-learn's {@code ovo} weighted
     * average.
     *
     * @return in [0, 1], {@code NaN} when a class is absent
     */
    public double weighted() {
        double sum = 0;
        double total = 0;
        for (Pair pair : pairs) {
            sum += pair.rows() * pair.mean();
            total += pair.rows();
        }
        return sum / total;
    }
}
