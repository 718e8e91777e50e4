// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.eval;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.commons.math3.special.Gamma;

/**
 * Rows grouped by quantiles of the predicted probability, with Hosmer and Lemeshow's test. Breaks
 * are type 7 quantiles, groups closed to the right with the lowest value included, equal breaks
 * merged; so ties may leave fewer groups than asked for. The test is given for completeness: its
 * result depends on the number of groups, the curve of {@link CalibrationCurve} does not.
 *
 * <p>Reference: Hosmer, Lemeshow (1980), doi:10.1080/03610928008827941.
 *
 * @param groups the groups in ascending order of prediction
 * @param chiSquare the sum of {@code (observed - expected)^2 / (expected (1 - expected / n))};
 *     infinite when a group with certain predictions was wrong
 * @since 0.1.0
 */
public record CalibrationGroups(List<Group> groups, double chiSquare) {

    /**
     * Copies the groups.
     *
     * @param groups the groups in ascending order of prediction
     * @param chiSquare Hosmer and Lemeshow's statistic
     */
    public CalibrationGroups {
        groups = List.copyOf(groups);
    }

    /**
     * One group of rows.
     *
     * @param rows how many rows
     * @param observed how many events
     * @param expected the sum of the predicted probabilities
     */
    public record Group(int rows, int observed, double expected) {
        /**
         * The mean prediction.
         *
         * @return in [0, 1]
         */
        public double meanPredicted() {
            return expected / rows;
        }

        /**
         * The observed share with Wilson's limits.
         *
         * @param level the confidence level in (0, 1)
         * @return the interval
         */
        public Interval observedShare(double level) {
            return ProportionInterval.WILSON.of(observed, rows, level);
        }
    }

    /**
     * Groups rows by quantiles of the prediction.
     *
     * @param positive the truth of each row
     * @param probability the predicted probability of each row, in [0, 1]
     * @param count the number of groups asked for, at least 2
     * @return the groups
     * @throws IllegalArgumentException when lengths differ, there is no row, a probability is
     *     outside [0, 1] or {@code count < 2}
     */
    public static CalibrationGroups of(boolean[] positive, double[] probability, int count) {
        Rows.requireSameLength("positive", positive.length, "probability", probability.length);
        Rows.requireProbabilities("probability", probability);
        if (count < 2 || positive.length == 0) {
            throw new IllegalArgumentException(
                    "count " + count + " is below 2, or there is no row");
        }
        double[] sorted = probability.clone();
        Arrays.sort(sorted);
        double[] upper = new double[count];
        int groups = 0;
        double previous = sorted[0];
        for (int g = 1; g <= count; g++) {
            double value = Quantile.ofSorted(sorted, (double) g / count);
            if (value > previous) {
                upper[groups++] = value;
                previous = value;
            }
        }
        if (groups == 0) {
            upper[groups++] = previous;
        }
        int[] rows = new int[groups];
        int[] observed = new int[groups];
        double[] expected = new double[groups];
        for (int i = 0; i < probability.length; i++) {
            int g = Arrays.binarySearch(upper, 0, groups, probability[i]);
            int at = Math.min(groups - 1, g >= 0 ? g : -g - 1);
            rows[at]++;
            observed[at] += positive[i] ? 1 : 0;
            expected[at] += probability[i];
        }
        List<Group> result = new ArrayList<>();
        double chiSquare = 0;
        for (int g = 0; g < groups; g++) {
            if (rows[g] == 0) {
                continue;
            }
            result.add(new Group(rows[g], observed[g], expected[g]));
            double difference = observed[g] - expected[g];
            double variance = expected[g] * (1 - expected[g] / rows[g]);
            chiSquare += difference == 0 ? 0 : difference * difference / Math.max(0, variance);
        }
        return new CalibrationGroups(result, chiSquare);
    }

    /**
     * The p-value of Hosmer and Lemeshow's test.
     *
     * @param developedHere whether the model was fitted to these very rows; then groups - 2 degrees
     *     of freedom, else as many as groups
     * @return in [0, 1], {@code NaN} without degrees of freedom
     */
    public double hosmerLemeshowPValue(boolean developedHere) {
        int df = groups.size() - (developedHere ? 2 : 0);
        return chiSquarePValue(chiSquare, df);
    }

    static double chiSquarePValue(double chiSquare, int df) {
        if (df < 1 || Double.isNaN(chiSquare)) {
            return Double.NaN;
        }
        return Double.isInfinite(chiSquare)
                ? 0
                : Gamma.regularizedGammaQ(df / 2.0, Math.max(0, chiSquare) / 2);
    }
}
