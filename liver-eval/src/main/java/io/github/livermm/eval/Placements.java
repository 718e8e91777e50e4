// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.eval;

/** The placement of each row among the rows of the other class, from which AUC variances come. */
final class Placements {
    private Placements() {}

    /** For each row the share of the other class ranked rightly, ties one half, less the area. */
    static double[] of(boolean[] positive, double[] score, String name) {
        Rows.requireSameLength("positive", positive.length, name, score.length);
        for (int i = 0; i < score.length; i++) {
            if (Double.isNaN(score[i])) {
                throw new IllegalArgumentException(
                        name + " row " + i + " is NaN; compare on rows that have both scores");
            }
        }
        int n = score.length;
        int positives = Rows.count(positive);
        double negatives = n - positives;
        int[] order = SortOrder.ascending(score);
        double[] placement = new double[n];
        int positivesBelow = 0;
        int negativesBelow = 0;
        double sum = 0;
        for (int from = 0, to; from < n; from = to) {
            int a = 0;
            for (to = from; to < n && score[order[to]] == score[order[from]]; to++) {
                a += positive[order[to]] ? 1 : 0;
            }
            int b = to - from - a;
            double ofPositive = (negativesBelow + b / 2.0) / negatives;
            double ofNegative = (positives - positivesBelow - a / 2.0) / positives;
            for (int k = from; k < to; k++) {
                placement[order[k]] = positive[order[k]] ? ofPositive : ofNegative;
            }
            sum += a * (negativesBelow + b / 2.0);
            positivesBelow += a;
            negativesBelow += b;
        }
        double area = sum / (positives * negatives);
        for (int i = 0; i < n; i++) {
            placement[i] -= area;
        }
        return placement;
    }
}
