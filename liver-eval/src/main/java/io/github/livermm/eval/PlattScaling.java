// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.eval;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Platt's sigmoid from score to probability, {@code 1 / (1 + exp(a score + b))}, fitted to smoothed
 * targets so that it stays finite when the score separates the classes. Fit it on other rows than
 * those the score was trained on.
 *
 * <p>Reference: Platt (1999), Probabilistic outputs for support vector machines; Lin, Lin, Weng
 * (2007), doi:10.1007/s10994-007-5018-6. Matches scikit-learn at full convergence.
 *
 * @param a negative when higher scores mean positive
 * @param b the offset
 * @since 0.1.0
 */
public record PlattScaling(double a, double b) implements Recalibration {
    /**
     * Fits the sigmoid.
     *
     * @param positive the truth of each row
     * @param score the score of each row, finite
     * @param weights one weight per row, or {@code null} for equal weights
     * @return the fitted sigmoid
     * @throws IllegalArgumentException when lengths differ, there is no row, a score is not finite
     *     or a weight is negative or not finite
     */
    public static PlattScaling fit(
            boolean[] positive, double[] score, double @Nullable [] weights) {
        Rows.requireSameLength("positive", positive.length, "score", score.length);
        Rows.requireWeights(weights, score.length);
        double ofPositive = 0;
        double ofNegative = 0;
        double[][] x = new double[score.length][];
        for (int i = 0; i < score.length; i++) {
            double weight = weights == null ? 1 : weights[i];
            ofPositive += positive[i] ? weight : 0;
            ofNegative += positive[i] ? 0 : weight;
            x[i] = new double[] {score[i]};
        }
        double[] target = new double[score.length];
        for (int i = 0; i < score.length; i++) {
            target[i] = positive[i] ? (ofPositive + 1) / (ofPositive + 2) : 1 / (ofNegative + 2);
        }
        LogisticRegression fit = LogisticRegression.fitTargets(x, target, 0, weights, null);
        return new PlattScaling(-fit.coefficients()[0], -fit.intercept());
    }

    @Override
    public double probability(double score) {
        return LogisticRegression.inverseLogit(-(a * score + b));
    }

    @Override
    public Map<String, Object> toMap() {
        return Map.of("type", "platt", "a", a, "b", b);
    }
}
