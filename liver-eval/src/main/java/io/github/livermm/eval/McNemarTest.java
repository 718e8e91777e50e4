// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.eval;

import org.apache.commons.math3.distribution.BinomialDistribution;

/**
 * McNemar's test of two classifiers on the same rows: only rows that one of them gets right speak.
 * Without such a row every part is {@code NaN}.
 *
 * <p>Reference: McNemar (1947), doi:10.1007/BF02295996; Fagerland, Lydersen, Laake (2013),
 * doi:10.1186/1471-2288-13-91 on the mid-p version.
 *
 * @param chiSquare {@code (b - c)^2 / (b + c)}
 * @param pValue of {@code chiSquare} on one degree of freedom
 * @param correctedChiSquare {@code (|b - c| - 1)^2 / (b + c)}, 0 when {@code b = c}
 * @param correctedPValue of {@code correctedChiSquare}
 * @param exactPValue two-sided, from the binomial distribution
 * @param midPValue the exact p-value less the probability of what was observed; the choice for
 *     reports
 * @since 0.1.0
 */
public record McNemarTest(
        double chiSquare,
        double pValue,
        double correctedChiSquare,
        double correctedPValue,
        double exactPValue,
        double midPValue) {

    /**
     * Tests the counts of discordant rows.
     *
     * @param firstOnly rows only the first gets right, at least 0
     * @param secondOnly rows only the second gets right, at least 0
     * @return the test
     * @throws IllegalArgumentException when a count is negative
     */
    public static McNemarTest of(int firstOnly, int secondOnly) {
        if (firstOnly < 0 || secondOnly < 0) {
            throw new IllegalArgumentException(
                    "a count is negative: " + firstOnly + ", " + secondOnly);
        }
        int n = firstOnly + secondOnly;
        if (n == 0) {
            double nan = Double.NaN;
            return new McNemarTest(nan, nan, nan, nan, nan, nan);
        }
        double gap = Math.abs((double) firstOnly - secondOnly);
        double plain = gap * gap / n;
        double corrected = gap == 0 ? 0 : (gap - 1) * (gap - 1) / n;
        BinomialDistribution binomial = new BinomialDistribution(null, n, 0.5);
        int fewer = Math.min(firstOnly, secondOnly);
        double twoSided = 2 * binomial.cumulativeProbability(fewer);
        return new McNemarTest(
                plain,
                CalibrationGroups.chiSquarePValue(plain, 1),
                corrected,
                CalibrationGroups.chiSquarePValue(corrected, 1),
                Math.min(1, twoSided),
                twoSided - binomial.probability(fewer));
    }

    /**
     * Tests two classifiers.
     *
     * @param positive the truth of each row
     * @param first what the first said of each row
     * @param second what the second said of each row
     * @return the test
     * @throws IllegalArgumentException when lengths differ
     */
    public static McNemarTest of(boolean[] positive, boolean[] first, boolean[] second) {
        Rows.requireSameLength("positive", positive.length, "first", first.length);
        Rows.requireSameLength("positive", positive.length, "second", second.length);
        int firstOnly = 0;
        int secondOnly = 0;
        for (int i = 0; i < positive.length; i++) {
            if (first[i] != second[i]) {
                firstOnly += first[i] == positive[i] ? 1 : 0;
                secondOnly += second[i] == positive[i] ? 1 : 0;
            }
        }
        return of(firstOnly, secondOnly);
    }
}
