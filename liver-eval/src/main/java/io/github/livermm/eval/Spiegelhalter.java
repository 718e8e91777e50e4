// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.eval;

/**
 * Spiegelhalter's test of calibration: the Brier score against what it would be were every
 * prediction right, {@code z = sum (y - p)(1 - 2p) / sqrt(sum (1 - 2p)^2 p (1 - p))}.
 *
 * <p>Reference: Spiegelhalter (1986), doi:10.1002/sim.4780050506.
 *
 * @param z standard normal when the predictions are right; {@code NaN} when every prediction is 0,
 *     one half or 1
 * @param pValue two-sided
 * @since 0.1.0
 */
public record Spiegelhalter(double z, double pValue) {
    /**
     * Tests predictions.
     *
     * @param positive the truth of each row
     * @param probability the predicted probability of each row, in [0, 1]
     * @return the test
     * @throws IllegalArgumentException when lengths differ or a probability is outside [0, 1]
     */
    public static Spiegelhalter of(boolean[] positive, double[] probability) {
        Rows.requireSameLength("positive", positive.length, "probability", probability.length);
        Rows.requireProbabilities("probability", probability);
        double sum = 0;
        double variance = 0;
        for (int i = 0; i < positive.length; i++) {
            double p = probability[i];
            double lean = 1 - 2 * p;
            sum += ((positive[i] ? 1 : 0) - p) * lean;
            variance += lean * lean * p * (1 - p);
        }
        double z = variance > 0 ? sum / Math.sqrt(variance) : Double.NaN;
        return new Spiegelhalter(z, Normal.pValue(z));
    }
}
