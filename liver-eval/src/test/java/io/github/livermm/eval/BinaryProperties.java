// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.livermm.eval.resample.Bootstrap;
import io.github.livermm.eval.resample.BootstrapDistribution;
import java.util.Arrays;
import java.util.concurrent.ForkJoinPool;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.Tuple.Tuple2;

/** Proves what must hold of binary figures on any input, ties and small classes included. */
class BinaryProperties {

    @Provide
    Arbitrary<Tuple2<boolean[], double[]>> scored() {
        return Arbitraries.integers()
                .between(2, 60)
                .flatMap(
                        n ->
                                Arbitraries.of(true, false)
                                        .array(Boolean[].class)
                                        .ofSize(n)
                                        .flatMap(
                                                y ->
                                                        Arbitraries.integers()
                                                                .between(0, 20)
                                                                .array(Integer[].class)
                                                                .ofSize(n)
                                                                .map(s -> rows(y, s))));
    }

    private static Tuple2<boolean[], double[]> rows(Boolean[] y, Integer[] s) {
        boolean[] positive = new boolean[y.length];
        double[] score = new double[y.length];
        for (int i = 0; i < y.length; i++) {
            positive[i] = y[i];
            score[i] = s[i] / 20.0;
        }
        // both classes present
        positive[0] = true;
        positive[1] = false;
        return Tuple.of(positive, score);
    }

    @Property(tries = 300)
    void aucIsTheShareOfPairsRankedRightly(@ForAll("scored") Tuple2<boolean[], double[]> rows) {
        double right = 0;
        int pairs = 0;
        for (int i = 0; i < rows.get1().length; i++) {
            for (int j = 0; j < rows.get1().length; j++) {
                if (rows.get1()[i] && !rows.get1()[j]) {
                    pairs++;
                    right += (1 + Math.signum(rows.get2()[i] - rows.get2()[j])) / 2;
                }
            }
        }

        RocCurve curve = RocCurve.of(rows.get1(), rows.get2());

        assertThat(curve.auc()).isCloseTo(right / pairs, within(1e-12));
        assertThat(WeightedRoc.of(rows.get1(), rows.get2(), null).auc())
                .isCloseTo(right / pairs, within(1e-12));
        assertThat(curve.partialAucOverSpecificity(0, 1)).isCloseTo(right / pairs, within(1e-12));
        assertThat(curve.partialAucOverSensitivity(0, 1)).isCloseTo(right / pairs, within(1e-12));
    }

    @Property(tries = 300)
    void reversedScoresGiveOneMinusTheArea(@ForAll("scored") Tuple2<boolean[], double[]> rows) {
        double[] reversed = Arrays.stream(rows.get2()).map(s -> -s).toArray();

        RocCurve curve = RocCurve.of(rows.get1(), rows.get2());
        RocCurve mirror = RocCurve.of(rows.get1(), reversed);

        assertThat(mirror.auc()).isCloseTo(1 - curve.auc(), within(1e-12));
        if (curve.positives() > 1 && curve.negatives() > 1) {
            assertThat(mirror.delongVariance()).isCloseTo(curve.delongVariance(), within(1e-12));
        }
    }

    @Property(tries = 300)
    void monotoneMapsAndRowOrderChangeNothing(@ForAll("scored") Tuple2<boolean[], double[]> rows) {
        int n = rows.get1().length;
        boolean[] y = new boolean[n];
        double[] mapped = new double[n];
        for (int i = 0; i < n; i++) {
            y[n - 1 - i] = rows.get1()[i];
            mapped[n - 1 - i] = Math.exp(3 * rows.get2()[i]);
        }

        RocCurve before = RocCurve.of(rows.get1(), rows.get2());
        RocCurve after = RocCurve.of(y, mapped);

        assertThat(after.auc()).isEqualTo(before.auc());
        assertThat(Double.valueOf(after.delongVariance()))
                .isEqualTo(Double.valueOf(before.delongVariance()));
        assertThat(after.points().stream().map(OperatingPoint::table).toList())
                .isEqualTo(before.points().stream().map(OperatingPoint::table).toList());
    }

    @Property(tries = 300)
    void delongVarianceIsTheDiagonalOfItsCovariance(
            @ForAll("scored") Tuple2<boolean[], double[]> rows) {
        double direct = RocCurve.of(rows.get1(), rows.get2()).delongVariance();
        double[][] covariance = DeLongTest.covariance(rows.get1(), rows.get2(), rows.get2());

        if (Double.isNaN(direct)) {
            assertThat(covariance[0][1]).isNaN();
        } else {
            assertThat(covariance[0][0]).isCloseTo(direct, within(1e-14));
            assertThat(covariance[0][1]).isCloseTo(direct, within(1e-14));
        }
    }

    @Property(tries = 300)
    void figuresStayInTheirRange(@ForAll("scored") Tuple2<boolean[], double[]> rows) {
        RocCurve curve = RocCurve.of(rows.get1(), rows.get2());
        BrierScore brier = BrierScore.of(rows.get1(), rows.get2());

        assertThat(curve.auc()).isBetween(0.0, 1.0);
        assertThat(brier.score()).isBetween(0.0, 1.0);
        assertThat(brier.scaled()).isLessThanOrEqualTo(1);
        assertThat(brier.logLoss()).isNotNegative();
        for (OperatingPoint point : curve.youden()) {
            assertThat(point.sensitivity() + point.specificity()).isGreaterThanOrEqualTo(1);
            assertThat(point.table().kappa()).isLessThanOrEqualTo(1);
        }
        for (ProportionInterval method : ProportionInterval.values()) {
            Interval share = curve.points().get(0).table().accuracy(method, 0.9);
            assertThat(share.lower()).isLessThanOrEqualTo(share.upper());
            assertThat(share.lower()).isBetween(0.0, 1.0);
        }
    }

    @Property(tries = 100)
    void aWeightOfTwoIsTheRowTwice(@ForAll("scored") Tuple2<boolean[], double[]> rows) {
        int n = rows.get1().length;
        boolean[] y = Arrays.copyOf(rows.get1(), 2 * n);
        double[] s = Arrays.copyOf(rows.get2(), 2 * n);
        System.arraycopy(rows.get1(), 0, y, n, n);
        System.arraycopy(rows.get2(), 0, s, n, n);
        double[] two = new double[n];
        Arrays.fill(two, 2);

        WeightedRoc weighted = WeightedRoc.of(rows.get1(), rows.get2(), two);
        WeightedRoc repeated = WeightedRoc.of(y, s, null);

        assertThat(weighted.auc()).isCloseTo(repeated.auc(), within(1e-12));
        assertThat(weighted.averagePrecision())
                .isCloseTo(repeated.averagePrecision(), within(1e-12));
    }

    @Property(tries = 20)
    void resamplingDoesNotDependOnThreads(
            @ForAll("scored") Tuple2<boolean[], double[]> rows, @ForAll long seed)
            throws Exception {
        ForkJoinPool one = new ForkJoinPool(1);
        try {
            double[] narrow = one.submit(() -> bootstrap(rows, seed).values()).get();
            assertThat(bootstrap(rows, seed).values()).isEqualTo(narrow);
        } finally {
            one.shutdown();
        }
    }

    private static BootstrapDistribution bootstrap(Tuple2<boolean[], double[]> rows, long seed) {
        return Bootstrap.of(50, seed)
                .distribution(
                        rows.get1().length,
                        drawn ->
                                RocCurve.of(
                                                Rows.pick(rows.get1(), drawn),
                                                Rows.pick(rows.get2(), drawn))
                                        .auc());
    }
}
