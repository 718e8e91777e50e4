// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.eval.resample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Proves that draws keep strata and clusters whole and that limits have their known size. */
class BootstrapTest {

    @Test
    void standardErrorOfTheMeanIsTheKnownOne() {
        double[] x = normal(200, 1);

        BootstrapDistribution mean = Bootstrap.of(4000, 2).distribution(200, rows -> mean(x, rows));

        double known = Math.sqrt(variance(x) * 199 / 200 / 200);
        assertThat(mean.standardError()).isCloseTo(known, within(0.03 * known));
        assertThat(mean.percentile(0.95).lower())
                .isCloseTo(mean.estimate() - 1.96 * known, within(0.08 * known));
        assertThat(mean.bca(0.95).upper())
                .isCloseTo(mean.estimate() + 1.96 * known, within(0.15 * known));
        assertThat(mean.undefined()).isZero();
        assertThat(mean.replicates()).isEqualTo(4000);
    }

    @Test
    void bcaOfAVarianceIsSkewedToTheRightAsItMustBe() {
        double[] x = normal(40, 3);

        BootstrapDistribution variance =
                Bootstrap.of(4000, 4)
                        .distribution(
                                40,
                                rows ->
                                        variance(
                                                Arrays.stream(rows)
                                                        .mapToDouble(r -> x[r])
                                                        .toArray()));

        assertThat(variance.bca(0.95).upper()).isGreaterThan(variance.percentile(0.95).upper());
        assertThat(variance.biasCorrected(0.95).upper())
                .isGreaterThan(variance.percentile(0.95).upper());
    }

    @Test
    void strataKeepTheirSize() {
        boolean[] stratum = {true, false, false, true, false, false};

        BootstrapDistribution positives =
                Bootstrap.of(100, 5)
                        .stratifiedBy(stratum)
                        .distribution(
                                6, rows -> Arrays.stream(rows).filter(r -> stratum[r]).count());

        assertThat(positives.values()).containsOnly(2);
    }

    @Test
    void clustersAreDrawnWhole() {
        int[] cluster = {7, 7, 7, 8, 9, 9};

        List<BootstrapDistribution> found =
                Bootstrap.of(200, 6)
                        .clusteredBy(cluster)
                        .distributions(
                                6,
                                rows ->
                                        new double[] {
                                            count(rows, 0) - count(rows, 1),
                                            count(rows, 0) - count(rows, 2),
                                            rows.length
                                        });

        assertThat(found.get(0).values()).containsOnly(0);
        assertThat(found.get(1).values()).containsOnly(0);
        assertThat(found.get(2).values()).contains(3, 9);
        assertThat(found.get(2).bca(0.9).lower()).isBetween(3.0, 6.0);
    }

    @Test
    void undefinedReplicatesAreCountedAndLeftOut() {
        BootstrapDistribution found =
                Bootstrap.of(500, 7).distribution(2, rows -> count(rows, 0) == 1 ? 1 : Double.NaN);

        assertThat(found.undefined()).isBetween(200, 300);
        assertThat(found.values()).containsOnly(1);
        assertThat(found.percentile(0.95)).isEqualTo(new Limits(1, 1));
        assertThat(found.bca(0.95)).isEqualTo(new Limits(1, 1));
    }

    @Test
    void whatIsNeverDefinedHasNoLimits() {
        BootstrapDistribution found = Bootstrap.of(10, 8).distribution(3, rows -> Double.NaN);

        assertThat(found.estimate()).isNaN();
        assertThat(found.percentile(0.95).lower()).isNaN();
        assertThat(found.bca(0.95).upper()).isNaN();
        assertThat(found.biasCorrected(0.95).upper()).isNaN();
        assertThat(found.quantile(0.5)).isNaN();
        assertThat(found.standardError()).isNaN();
    }

    @Test
    void seedsDecide() {
        double[] x = normal(30, 9);

        double[] first = Bootstrap.of(20, 10).distribution(30, rows -> mean(x, rows)).values();
        double[] same = Bootstrap.of(20, 10).distribution(30, rows -> mean(x, rows)).values();
        double[] other = Bootstrap.of(20, 11).distribution(30, rows -> mean(x, rows)).values();

        assertThat(same).isEqualTo(first);
        assertThat(other).isNotEqualTo(first);
    }

    @Test
    void namesWhatIsWrong() {
        assertThatThrownBy(() -> Bootstrap.of(0, 1)).hasMessageContaining("replicates 0");
        assertThatThrownBy(() -> Bootstrap.of(1, 1).distribution(0, rows -> 0))
                .hasMessageContaining("rows 0");
        assertThatThrownBy(
                        () ->
                                Bootstrap.of(1, 1)
                                        .stratifiedBy(new int[2])
                                        .distribution(3, rows -> 0))
                .hasMessage("strata has 2 values for 3 rows");
        assertThatThrownBy(
                        () ->
                                Bootstrap.of(1, 1)
                                        .stratifiedBy(new int[] {0, 1})
                                        .clusteredBy(new int[] {5, 5})
                                        .distribution(2, rows -> 0))
                .hasMessageContaining("rows 0 and 1 share a cluster but not a stratum");
        assertThatThrownBy(() -> Bootstrap.of(1, 1).distribution(2, rows -> 0).percentile(1.5))
                .hasMessageContaining("level 1.5");
    }

    private static double count(int[] rows, int row) {
        return Arrays.stream(rows).filter(r -> r == row).count();
    }

    private static double mean(double[] x, int[] rows) {
        return Arrays.stream(rows).mapToDouble(r -> x[r]).average().orElseThrow();
    }

    private static double variance(double[] x) {
        double mean = Arrays.stream(x).average().orElseThrow();
        return Arrays.stream(x).map(v -> (v - mean) * (v - mean)).sum() / (x.length - 1);
    }

    private static double[] normal(int n, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        double[] x = new double[n];
        for (int i = 0; i < n; i++) {
            x[i] =
                    Math.sqrt(-2 * Math.log(1 - random.nextDouble()))
                            * Math.cos(2 * Math.PI * random.nextDouble());
        }
        return x;
    }
}
