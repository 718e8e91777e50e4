// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.eval;

import org.jspecify.annotations.Nullable;

/**
 * How good predicted probabilities of several classes are. The called class is the most probable
 * one, the first of equals. Matches scikit-learn.
 *
 * @param table true against called class
 * @param logLoss the mean of {@code -log} of the probability of the truth; infinite when it was 0
 * @param clippedLogLoss the same with probabilities clipped to [eps, 1 - eps], eps the spacing of
 *     doubles at 1, as scikit-learn clips them
 * @param brier the mean over rows of the sum over classes of {@code (p - y)^2}; for two classes
 *     twice the usual Brier score
 * @param ovrMacroAuc the mean over classes of the area of one class against the rest; {@code NaN}
 *     when a class is absent
 * @param ovrWeightedAuc the same weighted by prevalence
 * @since 0.1.0
 */
public record MulticlassEvaluation(
        ClassTable table,
        double logLoss,
        double clippedLogLoss,
        double brier,
        double ovrMacroAuc,
        double ovrWeightedAuc) {
    private static final double EPSILON = Math.ulp(1.0);

    /**
     * Evaluates predictions.
     *
     * @param truth the true class of each row, from 0
     * @param probability one row per row and one column per class, in [0, 1]
     * @param weights one weight per row, or {@code null} for equal weights
     * @return the evaluation
     * @throws IllegalArgumentException when lengths differ, there is no row, a class or probability
     *     is out of range or a weight is negative or not finite
     */
    public static MulticlassEvaluation of(
            int[] truth, double[][] probability, double @Nullable [] weights) {
        Rows.requireSameLength("truth", truth.length, "probability", probability.length);
        if (truth.length == 0) {
            throw new IllegalArgumentException("truth has no rows");
        }
        Rows.requireWeights(weights, truth.length);
        int classes = probability[0].length;
        Rows.requireClasses("truth", truth, classes);
        double total = 0;
        double loss = 0;
        double clipped = 0;
        double brier = 0;
        for (int i = 0; i < truth.length; i++) {
            Rows.requireProbabilities("probability row " + i + " column", probability[i]);
            double weight = weights == null ? 1 : weights[i];
            double p = probability[i][truth[i]];
            total += weight;
            loss -= weight == 0 ? 0 : weight * Math.log(p);
            clipped -= weight * Math.log(Math.min(1 - EPSILON, Math.max(EPSILON, p)));
            for (int k = 0; k < classes; k++) {
                double error = probability[i][k] - (k == truth[i] ? 1 : 0);
                brier += weight * error * error;
            }
        }
        ClassTable table = ClassTable.of(truth, mostProbable(probability), classes, weights);
        double macro = 0;
        double weighted = 0;
        for (int k = 0; k < classes; k++) {
            double auc = auc(truth, probability, weights, k);
            macro += auc / classes;
            weighted += auc * table.support(k) / total;
        }
        return new MulticlassEvaluation(
                table, loss / total, clipped / total, brier / total, macro, weighted);
    }

    private static double auc(
            int[] truth, double[][] probability, double @Nullable [] weights, int k) {
        boolean[] positive = new boolean[truth.length];
        double[] score = new double[truth.length];
        for (int i = 0; i < truth.length; i++) {
            positive[i] = truth[i] == k;
            score[i] = probability[i][k];
        }
        return WeightedRoc.of(positive, score, weights).auc();
    }

    private static int[] mostProbable(double[][] probability) {
        int[] called = new int[probability.length];
        for (int i = 0; i < called.length; i++) {
            for (int k = 1; k < probability[i].length; k++) {
                if (probability[i][k] > probability[i][called[i]]) {
                    called[i] = k;
                }
            }
        }
        return called;
    }

    /**
     * The weighted share of rows whose true class is among the most probable ones; of equally
     * probable classes the later ones count first, as in scikit-learn.
     *
     * @param truth the true class of each row, from 0
     * @param probability one row per row and one column per class
     * @param k how many classes may be named
     * @param weights one weight per row, or {@code null} for equal weights
     * @return in [0, 1], {@code NaN} without rows
     * @throws IllegalArgumentException when lengths differ or a class is out of range
     */
    public static double topAccuracy(
            int[] truth, double[][] probability, int k, double @Nullable [] weights) {
        Rows.requireSameLength("truth", truth.length, "probability", probability.length);
        Rows.requireWeights(weights, truth.length);
        double hit = 0;
        double total = 0;
        for (int i = 0; i < truth.length; i++) {
            double weight = weights == null ? 1 : weights[i];
            int ahead = 0;
            for (int c = 0; c < probability[i].length; c++) {
                double own = probability[i][truth[i]];
                boolean first =
                        probability[i][c] > own || (probability[i][c] == own && c > truth[i]);
                ahead += first ? 1 : 0;
            }
            hit += ahead < k ? weight : 0;
            total += weight;
        }
        return hit / total;
    }
}
