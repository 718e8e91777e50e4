// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.eval;

/**
 * Expected and maximum calibration error over bins of predicted probability. Equal-width bins are
 * closed to the right, {@code (i/k, (i+1)/k]}, with 0 in the first. They depend on the number of
 * bins; {@link CalibrationCurve#ici()} does not.
 *
 * <p>Reference: Naeini, Cooper, Hauskrecht (2015), Obtaining well calibrated probabilities using
 * Bayesian binning; Guo et al. (2017), arXiv:1706.04599.
 *
 * @param expected the mean over rows of the gap between observed share and mean prediction of their
 *     bin (ECE)
 * @param rootMeanSquare the root of the mean squared gap
 * @param maximum the largest gap (MCE)
 * @since 0.1.0
 */
public record CalibrationError(double expected, double rootMeanSquare, double maximum) {

    /**
     * Bins of equal width.
     *
     * @param positive the truth of each row
     * @param probability the predicted probability of each row, in [0, 1]
     * @param bins the number of bins, at least 1
     * @return the errors, {@code NaN} without rows
     * @throws IllegalArgumentException when lengths differ, a probability is outside [0, 1] or
     *     {@code bins < 1}
     */
    public static CalibrationError equalWidth(boolean[] positive, double[] probability, int bins) {
        check(positive, probability, bins);
        int[] bin = new int[probability.length];
        for (int i = 0; i < bin.length; i++) {
            int b = Math.max(0, (int) Math.ceil(probability[i] * bins) - 1);
            // the product may round across an edge; the edges are the doubles i / k
            if (b + 1 < bins && probability[i] > (b + 1.0) / bins) {
                b++;
            } else if (b > 0 && probability[i] <= (double) b / bins) {
                b--;
            }
            bin[i] = b;
        }
        return over(positive, probability, bin, bins);
    }

    /**
     * Bins of equal numbers of rows, in ascending order of prediction with ties in row order; when
     * rows do not divide evenly the first bins hold one more.
     *
     * @param positive the truth of each row
     * @param probability the predicted probability of each row, in [0, 1]
     * @param bins the number of bins, at least 1
     * @return the errors, {@code NaN} without rows
     * @throws IllegalArgumentException when lengths differ, a probability is outside [0, 1] or
     *     {@code bins < 1}
     */
    public static CalibrationError equalMass(boolean[] positive, double[] probability, int bins) {
        check(positive, probability, bins);
        int n = probability.length;
        int[] order = SortOrder.ascending(probability);
        int[] bin = new int[n];
        int larger = n % bins;
        int start = 0;
        for (int b = 0; b < bins; b++) {
            int end = start + n / bins + (b < larger ? 1 : 0);
            for (int i = start; i < end; i++) {
                bin[order[i]] = b;
            }
            start = end;
        }
        return over(positive, probability, bin, bins);
    }

    private static void check(boolean[] positive, double[] probability, int bins) {
        Rows.requireSameLength("positive", positive.length, "probability", probability.length);
        Rows.requireProbabilities("probability", probability);
        if (bins < 1) {
            throw new IllegalArgumentException("bins " + bins + " is below 1");
        }
    }

    private static CalibrationError over(
            boolean[] positive, double[] probability, int[] bin, int bins) {
        int n = positive.length;
        int[] rows = new int[bins];
        double[] difference = new double[bins];
        for (int i = 0; i < n; i++) {
            rows[bin[i]]++;
            difference[bin[i]] += (positive[i] ? 1 : 0) - probability[i];
        }
        double sum = 0;
        double squares = 0;
        double largest = n == 0 ? Double.NaN : 0;
        for (int b = 0; b < bins; b++) {
            if (rows[b] > 0) {
                double gap = Math.abs(difference[b]) / rows[b];
                sum += gap * rows[b];
                squares += gap * gap * rows[b];
                largest = Math.max(largest, gap);
            }
        }
        return new CalibrationError(sum / n, Math.sqrt(squares / n), largest);
    }
}
