// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.eval.resample;

/**
 * The result of a permutation test.
 *
 * @param statistic as observed
 * @param permutations how many were drawn
 * @param reached how many gave a statistic at least as large
 * @param undefined how many left the statistic undefined; they count as reached, to be safe
 * @param pValue one-sided, {@code (1 + reached + undefined) / (1 + permutations)}; {@code NaN} when
 *     the observed statistic is undefined
 * @since 0.1.0
 */
public record PermutationTest(
        double statistic, int permutations, int reached, int undefined, double pValue) {}
