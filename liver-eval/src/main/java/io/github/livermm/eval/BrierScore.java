// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.eval;

/**
 * The mean squared error of predicted probabilities, and the scores that go with it. Lower is
 * better for the Brier score and the log loss, higher for the scaled Brier score.
 *
 * <p>Reference: Brier (1950), Verification of forecasts expressed in terms of probability;
 * Steyerberg et al. (2010), doi:10.1097/EDE.0b013e3181c30fb2.
 *
 * @param score the mean of {@code (y - p)^2}, in [0, 1]; {@code NaN} without rows
 * @param standardError of the mean, from the spread of the squared errors; {@code NaN} below two
 *     rows
 * @param scaled {@code 1 - score / (prevalence (1 - prevalence))}: 0 for the prevalence as the only
 *     prediction, 1 for a perfect one; {@code NaN} when a class is absent
 * @param logLoss the mean of {@code -log} of the probability of the truth; infinite when a row had
 *     probability 0 for what happened
 * @since 0.1.0
 */
public record BrierScore(double score, double standardError, double scaled, double logLoss) {

    /**
     * Scores predictions.
     *
     * @param positive the truth of each row
     * @param probability the predicted probability of each row, in [0, 1]
     * @return the scores
     * @throws IllegalArgumentException when lengths differ or a probability is outside [0, 1]
     */
    public static BrierScore of(boolean[] positive, double[] probability) {
        Rows.requireSameLength("positive", positive.length, "probability", probability.length);
        Rows.requireProbabilities("probability", probability);
        int n = positive.length;
        double sum = 0;
        double squares = 0;
        double loss = 0;
        for (int i = 0; i < n; i++) {
            double p = probability[i];
            double error = positive[i] ? 1 - p : p;
            sum += error * error;
            squares += error * error * error * error;
            loss -= positive[i] ? Math.log(p) : Math.log1p(-p);
        }
        double score = sum / n;
        double variance = Math.max(0, squares / n - score * score) * n / (n - 1.0);
        double prevalence = (double) Rows.count(positive) / n;
        double useless = prevalence * (1 - prevalence);
        return new BrierScore(
                score,
                n < 2 ? Double.NaN : Math.sqrt(variance / n),
                useless > 0 ? 1 - score / useless : Double.NaN,
                loss / n);
    }

    /**
     * The score with normal limits, clipped to [0, 1].
     *
     * @param level the confidence level in (0, 1)
     * @return the interval
     */
    public Interval interval(double level) {
        double half = Normal.twoSided(level) * standardError;
        return new Interval(score, Math.max(0, score - half), Math.min(1, score + half), "Wald");
    }
}
