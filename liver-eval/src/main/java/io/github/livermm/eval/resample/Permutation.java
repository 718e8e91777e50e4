// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.eval.resample;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * Permutation tests. {@link #ofOrder} shuffles which outcome goes with which row: does the score
 * say anything at all? {@link #ofSwaps} exchanges two models row by row: do they differ on the same
 * patients? The statistic should be large when the null hypothesis is wrong; give an absolute value
 * for a two-sided test. Draws depend on seed and number only, not on the number of threads.
 *
 * <p>The p-value is {@code (1 + b) / (1 + m)}, b of m permutations reaching the observed statistic:
 * never 0, and valid for any m.
 *
 * <p>Reference: Phipson B, Smyth GK (2010), Permutation p-values should never be zero,
 * doi:10.2202/1544-6115.1585.
 *
 * @since 0.1.0
 */
public final class Permutation {
    /** Statistics closer than this share of the observed one count as reached: rounding. */
    private static final double ROUNDING = 1e-12;

    private final int permutations;
    private final long seed;
    private final int @Nullable [] strata;
    private final Workers workers;

    private Permutation(int permutations, long seed, int @Nullable [] strata, Workers workers) {
        this.permutations = permutations;
        this.seed = seed;
        this.strata = strata;
        this.workers = workers;
    }

    /**
     * A plan.
     *
     * @param permutations how many to draw, at least 1
     * @param seed the seed; the same seed gives the same numbers
     * @return the plan
     * @throws IllegalArgumentException when {@code permutations < 1}
     */
    public static Permutation of(int permutations, long seed) {
        if (permutations < 1) {
            throw new IllegalArgumentException("permutations " + permutations + " is below 1");
        }
        return new Permutation(permutations, seed, null, Workers.ALL);
    }

    /**
     * The same plan shuffling within strata only, such as centres; swaps are made by stratum as a
     * whole, as befits several lesions of one patient.
     *
     * @param codes the stratum of each row
     * @return the plan
     */
    public Permutation within(int[] codes) {
        return new Permutation(permutations, seed, codes.clone(), workers);
    }

    /**
     * The same plan on a number of threads of its own.
     *
     * @param threads at least 1
     * @return the plan
     * @throws IllegalArgumentException when {@code threads < 1}
     */
    public Permutation withThreads(int threads) {
        return new Permutation(permutations, seed, strata, workers.withThreads(threads));
    }

    /**
     * The same plan telling how far it is.
     *
     * @param progress called after every permutation
     * @return the plan
     */
    public Permutation withProgress(Progress progress) {
        return new Permutation(permutations, seed, strata, workers.withProgress(progress));
    }

    /**
     * Shuffles the order of rows.
     *
     * @param rows the number of rows
     * @param statistic a pure function of where each row gets its outcome from, a permutation of
     *     row numbers
     * @return the test
     * @throws IllegalArgumentException when rows is below 1 or differs from the length of the
     *     strata
     */
    public PermutationTest ofOrder(int rows, ToDoubleFunction<int[]> statistic) {
        List<int[]> groups = groups(rows, strata == null ? new int[rows] : strata);
        int[] identity = new int[rows];
        Arrays.setAll(identity, i -> i);
        return test(
                statistic.applyAsDouble(identity),
                random -> {
                    int[] order = identity.clone();
                    for (int[] group : groups) {
                        for (int k = group.length - 1; k > 0; k--) {
                            int other = random.nextInt(k + 1);
                            int kept = order[group[k]];
                            order[group[k]] = order[group[other]];
                            order[group[other]] = kept;
                        }
                    }
                    return statistic.applyAsDouble(order);
                });
    }

    /**
     * Exchanges two alternatives row by row, or stratum by stratum, with probability one half.
     *
     * @param rows the number of rows
     * @param statistic a pure function of whether each row is exchanged
     * @return the test
     * @throws IllegalArgumentException when rows is below 1 or differs from the length of the
     *     strata
     */
    public PermutationTest ofSwaps(int rows, ToDoubleFunction<boolean[]> statistic) {
        int[] each = new int[rows];
        Arrays.setAll(each, i -> i);
        List<int[]> groups = groups(rows, strata == null ? each : strata);
        return test(
                statistic.applyAsDouble(new boolean[rows]),
                random -> {
                    boolean[] swapped = new boolean[rows];
                    for (int[] group : groups) {
                        boolean swap = random.nextBoolean();
                        for (int row : group) {
                            swapped[row] = swap;
                        }
                    }
                    return statistic.applyAsDouble(swapped);
                });
    }

    private PermutationTest test(double observed, ToDoubleFunction<SplittableRandom> permuted) {
        double[] values = new double[permutations];
        workers.run(
                permutations,
                r -> values[r] = permuted.applyAsDouble(Bootstrap.generator(seed, r)));
        int reached = 0;
        int undefined = 0;
        double bound = observed - ROUNDING * Math.abs(observed);
        for (double value : values) {
            reached += value >= bound ? 1 : 0;
            undefined += Double.isNaN(value) ? 1 : 0;
        }
        double p =
                Double.isNaN(observed)
                        ? Double.NaN
                        : (1.0 + reached + undefined) / (1.0 + permutations);
        return new PermutationTest(observed, permutations, reached, undefined, p);
    }

    private static List<int[]> groups(int rows, int[] codes) {
        if (rows < 1) {
            throw new IllegalArgumentException("rows " + rows + " is below 1");
        }
        if (codes.length != rows) {
            throw new IllegalArgumentException(
                    "strata has " + codes.length + " values for " + rows + " rows");
        }
        Map<Integer, Integer> size = new LinkedHashMap<>();
        for (int code : codes) {
            size.merge(code, 1, Integer::sum);
        }
        Map<Integer, int[]> groups = new LinkedHashMap<>();
        size.forEach((code, n) -> groups.put(code, new int[n]));
        for (int i = rows - 1; i >= 0; i--) {
            int at = size.merge(codes[i], -1, Integer::sum);
            Objects.requireNonNull(groups.get(codes[i]))[at] = i;
        }
        return List.copyOf(groups.values());
    }
}
