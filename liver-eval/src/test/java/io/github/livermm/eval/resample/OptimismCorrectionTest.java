// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.eval.resample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Proves the optimism of a procedure whose optimism is known. */
class OptimismCorrectionTest {
    private static final int N = 25;

    private static double[] sample() {
        SplittableRandom random = new SplittableRandom(7);
        return random.doubles(N).map(u -> -Math.log(u)).toArray();
    }

    private static double mean(double[] x, int[] rows) {
        return Arrays.stream(rows).mapToDouble(i -> x[i]).average().orElse(Double.NaN);
    }

    private static double squaredError(double[] x, double model, int[] rows) {
        return Arrays.stream(rows)
                .mapToDouble(i -> (x[i] - model) * (x[i] - model))
                .average()
                .orElse(Double.NaN);
    }

    @Test
    void optimismOfASampleMeanIsTwiceItsVariance() {
        double[] x = sample();

        OptimismCorrection found =
                OptimismCorrection.of(
                        Bootstrap.of(40_000, 1),
                        N,
                        rows -> mean(x, rows),
                        (model, rows) -> squaredError(x, model, rows));

        int[] all = new int[N];
        Arrays.setAll(all, i -> i);
        double variance = squaredError(x, mean(x, all), all);
        // E of the refit on its own sample: variance (1 - 1/n), on the original rows (1 + 1/n)
        assertThat(found.apparent()).isCloseTo(variance, within(1e-12));
        assertThat(found.optimism()).isCloseTo(-2 * variance / N, within(0.03 * variance / N));
        assertThat(found.corrected()).isEqualTo(found.apparent() - found.optimism());
        assertThat(found.limits(0.95).lower()).isLessThan(found.corrected());
        assertThat(found.limits(0.95).upper()).isGreaterThan(found.corrected());
    }

    @Test
    void aProcedureThatLearnsNothingHasNoOptimism() {
        double[] x = sample();

        OptimismCorrection found =
                OptimismCorrection.of(
                        Bootstrap.of(4000, 2),
                        N,
                        rows -> 1.0,
                        (m, rows) -> squaredError(x, m, rows));

        double se = found.onOwnSample().standardError() / Math.sqrt(4000);
        assertThat(found.optimism()).isCloseTo(0, within(4 * se));
    }

    @Test
    void undefinedRefitsAreCountedAndThreadsChangeNothing() {
        double[] x = sample();
        List<OptimismCorrection> runs =
                List.of(1, 3).stream()
                        .map(
                                threads ->
                                        OptimismCorrection.of(
                                                Bootstrap.of(300, 3).withThreads(threads),
                                                N,
                                                rows ->
                                                        rows[0] == 0 && rows[1] != 1
                                                                ? Double.NaN
                                                                : mean(x, rows),
                                                (m, rows) -> squaredError(x, m, rows)))
                        .toList();

        OptimismCorrection one = runs.get(0);
        assertThat(one.undefined()).isBetween(1, 50);
        assertThat(runs.get(1).optimism()).isEqualTo(one.optimism());
        assertThat(runs.get(1).undefined()).isEqualTo(one.undefined());
        assertThatThrownBy(() -> one.onOwnSample().bca(0.95))
                .isInstanceOfAny(UnsupportedOperationException.class, AssertionError.class);
    }
}
