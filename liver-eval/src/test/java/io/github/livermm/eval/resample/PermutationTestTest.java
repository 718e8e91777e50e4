// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.eval.resample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Proves the p-values against those of all permutations, and that draws respect strata. */
class PermutationTestTest {
    private static final double[] X = {1, 2, 3, 4, 5, 6, 7};
    private static final int FIRST = 3;

    /** The sum of the outcomes that land on the first rows. */
    private static double sum(int[] order) {
        return IntStream.range(0, FIRST).mapToDouble(i -> X[order[i]]).sum();
    }

    @Test
    void orderHasTheShareOfAllPermutations() {
        double[] y = {7, 5, 6, 1, 2, 3, 4};

        PermutationTest test =
                Permutation.of(20_000, 1)
                        .ofOrder(
                                7,
                                order -> IntStream.range(0, 3).mapToDouble(i -> y[order[i]]).sum());

        // of 35 triples of 1..7 only {5, 6, 7} reaches 18
        assertThat(test.statistic()).isEqualTo(18);
        assertThat(test.pValue()).isCloseTo(1 / 35.0, within(0.004));
        assertThat(test.undefined()).isZero();
    }

    @Test
    void swapsHaveTheShareOfAllSigns() {
        double[] difference = {3, 1, 4, 2, 5};

        PermutationTest test =
                Permutation.of(20_000, 2)
                        .ofSwaps(
                                5,
                                swap ->
                                        IntStream.range(0, 5)
                                                .mapToDouble(
                                                        i ->
                                                                swap[i]
                                                                        ? -difference[i]
                                                                        : difference[i])
                                                .sum());

        // all five signs must be positive: one of 32
        assertThat(test.pValue()).isCloseTo(1 / 32.0, within(0.004));
    }

    @Test
    void pValuesUnderTheNullAreUniform() {
        double mean =
                IntStream.range(0, 200)
                        .mapToDouble(
                                seed -> {
                                    var random = Bootstrap.generator(99, seed);
                                    double[] x = random.doubles(20).toArray();
                                    return Permutation.of(99, seed)
                                            .ofOrder(
                                                    20,
                                                    o ->
                                                            IntStream.range(0, 10)
                                                                    .mapToDouble(i -> x[o[i]])
                                                                    .sum())
                                            .pValue();
                                })
                        .average()
                        .orElseThrow();

        // standard deviation of a uniform mean of 200: 0.0204
        assertThat(mean).isCloseTo(0.5, within(0.07));
    }

    @Test
    void shufflingStaysWithinStrata() {
        int[] strata = {5, 2, 5, 2, 5, 2};

        PermutationTest test =
                Permutation.of(200, 3)
                        .within(strata)
                        .ofOrder(
                                6,
                                order ->
                                        IntStream.range(0, 6)
                                                .filter(i -> strata[order[i]] != strata[i])
                                                .count());

        assertThat(test.statistic()).isZero();
        assertThat(test.reached()).isEqualTo(200);
        assertThat(
                        Permutation.of(200, 3)
                                .within(strata)
                                .ofSwaps(6, s -> s[0] == s[2] && s[2] == s[4] ? 0 : 1)
                                .statistic())
                .isZero();
    }

    @Test
    void numbersDoNotDependOnThreadsAndProgressIsTold() {
        int[] last = new int[2];

        PermutationTest one =
                Permutation.of(500, 4)
                        .withThreads(1)
                        .withProgress(
                                (done, total) -> {
                                    assertThat(done).isEqualTo(last[0] + 1);
                                    last[0] = done;
                                    last[1] = total;
                                })
                        .ofOrder(7, PermutationTestTest::sum);
        PermutationTest four =
                Permutation.of(500, 4).withThreads(4).ofOrder(7, PermutationTestTest::sum);

        assertThat(four).isEqualTo(one);
        assertThat(last).containsExactly(500, 500);
    }

    @Test
    void undefinedStatisticsCountAgainstTheFinding() {
        PermutationTest test = Permutation.of(10, 5).ofOrder(3, o -> o[0] == 0 ? 1 : Double.NaN);

        assertThat(test.reached() + test.undefined()).isEqualTo(10);
        assertThat(test.pValue()).isEqualTo(1);
        assertThat(Permutation.of(10, 5).ofOrder(3, o -> Double.NaN).pValue()).isNaN();
    }

    @Test
    void rejectsWhatCannotBe() {
        assertThatThrownBy(() -> Permutation.of(0, 1)).hasMessageContaining("permutations 0");
        assertThatThrownBy(() -> Permutation.of(1, 1).withThreads(0))
                .hasMessageContaining("threads 0");
        assertThatThrownBy(() -> Permutation.of(1, 1).ofOrder(0, o -> 0))
                .hasMessageContaining("rows 0");
        assertThatThrownBy(() -> Permutation.of(1, 1).within(new int[2]).ofSwaps(3, o -> 0))
                .hasMessageContaining("strata has 2 values for 3 rows");
    }
}
