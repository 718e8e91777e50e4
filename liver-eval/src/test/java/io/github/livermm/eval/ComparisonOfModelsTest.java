// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.apache.commons.math3.distribution.TDistribution;
import org.junit.jupiter.api.Test;

/** Non-inferiority and sample size against closed forms and simulations of known truth. */
class ComparisonOfModelsTest {
    @Test
    void nonInferiorityIsTheShiftedTest() {
        DeLongTest paired =
                new DeLongTest(
                        0.80,
                        0.82,
                        new Interval(-0.02, Double.NaN, Double.NaN, ""),
                        0.015,
                        -4 / 3.0,
                        Double.POSITIVE_INFINITY,
                        0.18);

        NonInferiority found = NonInferiority.of(paired, 0.05, 0.025);

        // (-0.02 + 0.05) / 0.015 = 2; P(Z > 2) = 0.02275013194817921
        assertThat(found.statistic()).isCloseTo(2, within(1e-12));
        assertThat(found.pValue()).isCloseTo(0.02275013194817921, within(1e-12));
        assertThat(found.lower()).isCloseTo(-0.02 - 1.959963984540054 * 0.015, within(1e-10));
        assertThat(found.shown()).isTrue();
        assertThat(NonInferiority.of(paired, 0.05, 0.02).shown()).isFalse();
    }

    @Test
    void unpairedNonInferiorityUsesWelchsDegreesOfFreedom() {
        DeLongTest unpaired =
                new DeLongTest(
                        0.8, 0.8, new Interval(0, Double.NaN, Double.NaN, ""), 0.02, 0, 12, 1);

        NonInferiority found = NonInferiority.of(unpaired, 0.04, 0.05);

        TDistribution t = new TDistribution(null, 12);
        assertThat(found.pValue()).isCloseTo(t.cumulativeProbability(-2), within(1e-14));
        assertThat(found.lower())
                .isCloseTo(-0.02 * t.inverseCumulativeProbability(0.95), within(1e-12));
    }

    @Test
    void nonInferiorityOfC() {
        ConcordanceDifference difference = new ConcordanceDifference(0.70, 0.71, 4e-4, 4e-4, 3e-4);

        NonInferiority found = NonInferiority.of(difference, 0.03, 0.05);

        assertThat(found.statistic()).isCloseTo(0.02 / Math.sqrt(2e-4), within(1e-12));
        ConcordanceDifference same = new ConcordanceDifference(0.7, 0.7, 0, 0, 0);
        assertThat(NonInferiority.of(same, 0.03, 0.05).shown()).isTrue();
        ConcordanceDifference unknown =
                new ConcordanceDifference(Double.NaN, 0.7, Double.NaN, 0, 0);
        assertThat(NonInferiority.of(unknown, 0.03, 0.05).pValue()).isNaN();
        assertThat(NonInferiority.of(unknown, 0.03, 0.05).shown()).isFalse();
    }

    @Test
    void typeOneErrorAtTheMarginIsAlpha() {
        // truth: the comparator's AUC is higher by exactly the margin
        double margin = BinormalAuc.of(0.8).auc() - BinormalAuc.of(0.75).auc();
        Random random = new Random(3);
        int shown = 0;
        for (int run = 0; run < 400; run++) {
            boolean[] positive = new boolean[200];
            double[] weak = new double[200];
            double[] strong = new double[200];
            for (int i = 0; i < 200; i++) {
                positive[i] = i < 80;
                double common = random.nextGaussian();
                weak[i] = mixed(common, random) + (positive[i] ? BinormalAuc.of(0.75).a() : 0);
                strong[i] = mixed(common, random) + (positive[i] ? BinormalAuc.of(0.8).a() : 0);
            }
            DeLongTest test = DeLongTest.paired(positive, weak, strong, 0.95);
            shown += NonInferiority.of(test, margin, 0.05).shown() ? 1 : 0;
        }

        // 400 runs: standard error 0.011
        assertThat(shown / 400.0).isBetween(0.02, 0.09);
    }

    private static double mixed(double common, Random random) {
        return Math.sqrt(0.5) * (common + random.nextGaussian());
    }

    @Test
    void plannedPowerIsThePowerOfSimulatedStudies() {
        double pairedPower = AucSampleSize.paired(0.85, 0.75, 0.4, 1.5).power(0.05, 60);
        double single = AucSampleSize.against(0.8, 0.7, 2).power(0.05, 50);
        Random random = new Random(4);
        int significant = 0;
        int above = 0;
        double correlation = 0;
        int runs = 500;
        for (int run = 0; run < runs; run++) {
            boolean[] positive = new boolean[150];
            double[] a = new double[150];
            double[] b = new double[150];
            for (int i = 0; i < 150; i++) {
                positive[i] = i < 60;
                double common = random.nextGaussian();
                a[i] = mixed(common, random) + (positive[i] ? BinormalAuc.of(0.85).a() : 0);
                b[i] = mixed(common, random) + (positive[i] ? BinormalAuc.of(0.75).a() : 0);
            }
            DeLongTest test = DeLongTest.paired(positive, a, b, 0.95);
            significant += test.pValue() < 0.05 ? 1 : 0;
            double[][] v = DeLongTest.covariance(positive, a, b);
            correlation += v[0][1] / Math.sqrt(v[0][0] * v[1][1]) / runs;
            RocCurve roc = RocCurve.of(positive, b);
            above += (roc.auc() - 0.65) / Math.sqrt(roc.delongVariance()) > 1.96 ? 1 : 0;
        }

        double planned = AucSampleSize.paired(0.85, 0.75, correlation, 1.5).power(0.05, 60);
        assertThat(significant / (double) runs).isCloseTo(planned, within(0.08));
        assertThat(pairedPower).isBetween(0.4, 0.95);
        assertThat(single).isBetween(0.3, 0.95);
        assertThat(above / (double) runs)
                .isCloseTo(AucSampleSize.against(0.75, 0.65, 1.5).power(0.05, 60), within(0.1));
    }

    @Test
    void sizeAndPowerAreInverse() {
        AucSampleSize design = AucSampleSize.against(0.85, 0.75, 2.5);

        double positives = design.positives(0.05, 0.9);

        assertThat(design.power(0.05, positives)).isCloseTo(0.9, within(1e-12));
    }

    @Test
    void precisionIsThatOfHanleyAndMcNeil() {
        double m = AucSampleSize.positivesForPrecision(0.85, 3, 0.05, 0.95);

        int cases = (int) Math.ceil(m);
        // the formula of hanleyMcNeilStandardError at this area
        double a = 0.85;
        double sum =
                a * (1 - a)
                        + (m - 1) * (a / (2 - a) - a * a)
                        + (3 * m - 1) * (2 * a * a / (1 + a) - a * a);
        assertThat(1.959963984540054 * Math.sqrt(sum / (3 * m * m))).isCloseTo(0.05, within(1e-10));
        assertThat(cases).isBetween(60, 120);
    }

    @Test
    void rejectsImpossibleDesigns() {
        assertThatThrownBy(() -> AucSampleSize.against(1, 0.5, 1)).hasMessageContaining("auc 1.0");
        assertThatThrownBy(() -> AucSampleSize.against(0.7, 0.7, 1))
                .hasMessageContaining("difference");
        assertThatThrownBy(() -> AucSampleSize.againstChance(0.7, 0))
                .hasMessageContaining("ratio 0.0");
        assertThatThrownBy(() -> AucSampleSize.paired(0.7, 0.8, 2, 1))
                .hasMessageContaining("correlation 2.0");
        assertThatThrownBy(() -> AucSampleSize.against(0.7, 0.6, 1).positives(0.05, 1))
                .hasMessageContaining("power 1.0");
        assertThatThrownBy(() -> new BinormalAuc(1, 0)).hasMessageContaining("b 0.0");
        assertThatThrownBy(() -> new BinormalAuc(Double.NaN, 1)).hasMessageContaining("a NaN");
        ConcordanceDifference difference = new ConcordanceDifference(0.7, 0.7, 0, 0, 0);
        assertThatThrownBy(() -> NonInferiority.of(difference, 0, 0.05))
                .hasMessageContaining("margin 0.0");
        assertThatThrownBy(() -> NonInferiority.of(difference, 0.1, 0.6))
                .hasMessageContaining("alpha 0.6");
    }
}
