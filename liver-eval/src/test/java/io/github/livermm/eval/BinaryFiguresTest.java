// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.livermm.eval.resample.Bootstrap;
import io.github.livermm.eval.resample.BootstrapDistribution;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Proves closed forms, what is undefined, and that bad input is named. */
class BinaryFiguresTest {
    private static final boolean[] Y = {true, true, false, false};
    private static final double[] P = {0.9, 0.4, 0.6, 0.1};

    @Test
    void tableFiguresAreTheirDefinitions() {
        ConfusionTable table = new ConfusionTable(30, 10, 20, 40);

        assertThat(table.f1()).isCloseTo(60.0 / 90, within(1e-15));
        assertThat(table.mcc())
                .isCloseTo((30.0 * 40 - 10 * 20) / Math.sqrt(40.0 * 50 * 50 * 60), within(1e-15));
        assertThat(table.kappa()).isCloseTo((0.7 - 0.5) / 0.5, within(1e-15));
        assertThat(table.balancedAccuracy()).isCloseTo(0.7, within(1e-15));
        assertThat(table.prevalence()).isEqualTo(0.5);
        ClassTable classes = ClassTable.of(new int[] {0, 0, 1, 1}, new int[] {0, 1, 1, 1}, 2, null);
        ConfusionTable same =
                ConfusionTable.of(
                        new boolean[] {false, false, true, true},
                        new boolean[] {false, true, true, true});
        assertThat(classes.mcc()).isCloseTo(same.mcc(), within(1e-15));
        assertThat(classes.kappa()).isCloseTo(same.kappa(), within(1e-15));
        assertThat(classes.f1(1)).isCloseTo(same.f1(), within(1e-15));
    }

    @Test
    void emptyTablesAreUndefined() {
        ConfusionTable none = new ConfusionTable(0, 0, 0, 0);

        assertThat(none.accuracy()).isNaN();
        assertThat(none.f1()).isNaN();
        assertThat(none.mcc()).isNaN();
        assertThat(none.kappa()).isNaN();
        assertThat(new ConfusionTable(5, 0, 0, 0).kappa()).isNaN();
        assertThat(none.sensitivity(ProportionInterval.WILSON, 0.95).lower()).isNaN();
        ClassTable constant = ClassTable.of(new int[] {1, 1}, new int[] {1, 1}, 2, null);
        assertThat(constant.mcc()).isNaN();
        assertThat(constant.kappa()).isNaN();
        assertThat(constant.f1(0)).isZero();
    }

    @Test
    void thresholdsCallScoresAtThemPositive() {
        assertThat(ConfusionTable.of(Y, P, 0.6)).isEqualTo(new ConfusionTable(1, 1, 1, 1));
        RocCurve curve = RocCurve.of(Y, P);
        assertThat(curve.pointAtSensitivity(1).threshold()).isEqualTo(0.25);
        assertThat(curve.pointAtSpecificity(1).threshold()).isEqualTo(0.75);
        RocCurve close =
                RocCurve.of(new boolean[] {false, true}, new double[] {1, Math.nextUp(1.0)});
        assertThat(close.points().get(1).threshold()).isEqualTo(Math.nextUp(1.0));
        RocCurve endless =
                RocCurve.of(
                        new boolean[] {false, true},
                        new double[] {Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY});
        assertThat(endless.auc()).isEqualTo(1);
        assertThat(endless.points().get(1).table()).isEqualTo(new ConfusionTable(1, 0, 0, 1));
    }

    @Test
    void bandOfARocCurveHoldsTheCurve() {
        boolean[] y = new boolean[80];
        double[] s = new double[80];
        for (int i = 0; i < 80; i++) {
            y[i] = i % 2 == 0;
            s[i] = (i * 37 % 80) + (y[i] ? 20 : 0);
        }
        RocCurve curve = RocCurve.of(y, s);

        RocBand band = RocBand.of(y, s, 0.95, 400, 1);

        for (RocBand.Point point : band.points()) {
            double sensitivity = curve.sensitivityAtSpecificity(point.specificity());
            assertThat(point.lower()).isLessThanOrEqualTo(sensitivity + 0.05);
            assertThat(point.upper()).isGreaterThanOrEqualTo(sensitivity - 0.05);
        }
        assertThat(RocBand.of(new boolean[2], new double[2], 0.95, 10, 1).points()).isEmpty();
    }

    @Test
    void signedZerosAreTied() {
        assertThat(RocCurve.of(new boolean[] {true, false}, new double[] {0.0, -0.0}).auc())
                .isEqualTo(0.5);
        assertThat(
                        DeLongTest.covariance(
                                new boolean[] {true, true, false, false},
                                new double[] {0.0, -0.0, 0.0, -0.0})[0][0])
                .isZero();
    }

    @Test
    void scoresOfPerfectAndUselessPredictions() {
        BrierScore perfect = BrierScore.of(Y, new double[] {1, 1, 0, 0});
        BrierScore useless = BrierScore.of(Y, new double[] {0.5, 0.5, 0.5, 0.5});
        BrierScore wrong = BrierScore.of(Y, new double[] {0, 1, 0, 0});

        assertThat(perfect.score()).isZero();
        assertThat(perfect.scaled()).isEqualTo(1);
        assertThat(perfect.logLoss()).isZero();
        assertThat(useless.scaled()).isZero();
        assertThat(useless.logLoss()).isCloseTo(Math.log(2), within(1e-15));
        assertThat(wrong.logLoss()).isInfinite();
        assertThat(BrierScore.of(new boolean[] {true}, new double[] {1}).standardError()).isNaN();
        assertThat(Spiegelhalter.of(Y, new double[] {0.5, 0.5, 0.5, 0.5}).z()).isNaN();
    }

    @Test
    void temperatureHasItsLimits() {
        double[][] right = {{3, 0}, {0, 3}};
        int[] truth = {0, 1};

        assertThat(TemperatureScaling.fit(truth, right).temperature()).isZero();
        assertThat(TemperatureScaling.fit(new int[] {1, 0}, right).temperature()).isInfinite();
        assertThat(new TemperatureScaling(Double.POSITIVE_INFINITY).probabilities(right[0]))
                .containsExactly(0.5, 0.5);
    }

    @Test
    void isotonicFitIsRestoredFromItsKnots() {
        IsotonicCalibration fit = IsotonicCalibration.rising(Y, P, null);
        IsotonicCalibration restored = IsotonicCalibration.of(fit.knots(), fit.values());

        assertThat(restored.probability(0.3)).isEqualTo(fit.probability(0.3));
        assertThat(fit.values()).isSorted();
        assertThat(IsotonicCalibration.rising(Y, P, new double[] {1, 1, 0, 1}).knots())
                .containsExactly(0.1, 0.4, 0.9);
    }

    @Test
    void mcNemarCountsDiscordantRows() {
        McNemarTest found =
                McNemarTest.of(
                        Y,
                        new boolean[] {true, true, false, true},
                        new boolean[] {false, true, true, false});

        assertThat(found).isEqualTo(McNemarTest.of(2, 1));
        assertThat(McNemarTest.of(0, 0).exactPValue()).isNaN();
    }

    @Test
    void kappaOfCompleteChanceAgreementIsUndefined() {
        int[] same = {1, 1, 1};

        assertThat(CohenKappa.of(same, same, 2, CohenKappa.Credit.NONE).kappa()).isNaN();
        int[] mixed = {0, 1, 1, 0};
        Interval whole = CohenKappa.of(mixed, mixed, 2, CohenKappa.Credit.LINEAR).interval(0.95);
        assertThat(whole.estimate()).isEqualTo(1);
        assertThat(whole.lower()).isEqualTo(1);
    }

    @Test
    void pooledLimitsUseTheTDistribution() {
        RubinPooling pooled =
                RubinPooling.of(
                        new double[] {1, 2, 3}, new double[] {1, 1, 1}, Double.POSITIVE_INFINITY);

        assertThat(pooled.degreesOfFreedom())
                .isCloseTo(pooled.largeSampleDegreesOfFreedom(), within(1e-12));
        assertThat(pooled.interval(0.95).upper()).isGreaterThan(2 + 1.96 * Math.sqrt(7 / 3.0));
    }

    @Test
    void decisionCurveEndsAreKnown() {
        DecisionCurve curve = DecisionCurve.of(Y, P, 0, 0.5);

        assertThat(curve.points().get(0).netBenefit()).isEqualTo(0.5);
        assertThat(curve.points().get(0).interventionsAvoided()).isNaN();
        assertThat(curve.points().get(1).netBenefit()).isZero();
        assertThat(
                        DecisionCurve.of(new boolean[2], new double[2], 0.1)
                                .points()
                                .get(0)
                                .standardised())
                .isNaN();
    }

    @Test
    void curvesNeedRowsOfBothClasses() {
        CalibrationCurve few = CalibrationCurve.of(Y, P);
        assertThat(few.defined()).isFalse();
        assertThat(few.ici()).isNaN();
        assertThat(few.emax()).isNaN();
        assertThat(few.e50()).isNaN();
        assertThat(few.points(11, 0.95)).isEmpty();
        assertThat(CalibrationCurve.of(new boolean[0], new double[0]).e90()).isNaN();
        assertThat(CalibrationGroups.of(Y, new double[] {0.5, 0.5, 0.5, 0.5}, 10).groups())
                .isEqualTo(List.of(new CalibrationGroups.Group(4, 2, 2)));
        assertThat(
                        CalibrationGroups.of(Y, new double[] {0.5, 0.5, 0.5, 0.5}, 10)
                                .hosmerLemeshowPValue(true))
                .isNaN();
    }

    @Test
    void intervalsWriteUndefinedAsNull() {
        assertThat(new Interval(1, Double.NaN, Double.POSITIVE_INFINITY, "m").toMap())
                .containsEntry("estimate", 1.0)
                .containsEntry("lower", null)
                .containsEntry("upper", null)
                .containsEntry("method", "m");
    }

    @Test
    void intervalsNameTheirBootstrap() {
        BootstrapDistribution mean =
                Bootstrap.of(100, 1)
                        .distribution(
                                4, rows -> Arrays.stream(rows).mapToDouble(r -> P[r]).sum() / 4);

        Interval percentile = Interval.percentile(mean, 0.9);
        Interval bca = Interval.bca(mean, 0.9);

        assertThat(percentile.method()).isEqualTo("bootstrap percentile, 100 replicates");
        assertThat(bca.method()).isEqualTo("bootstrap BCa, 100 replicates");
        assertThat(percentile.estimate()).isEqualTo(0.5);
        assertThat(bca.lower()).isLessThan(bca.upper());
    }

    @Test
    void multiclassTiesCallTheFirst() {
        MulticlassEvaluation found =
                MulticlassEvaluation.of(
                        new int[] {0, 1}, new double[][] {{0.5, 0.5}, {0.5, 0.5}}, null);

        assertThat(found.table().weight(1, 0)).isEqualTo(1);
        assertThat(found.table().weight(1, 1)).isZero();
    }

    @Test
    void badInputIsNamed() {
        boolean[] one = {true};
        double[] half = {0.5};
        double[] nan = {Double.NaN};
        assertThatThrownBy(() -> RocCurve.of(Y, half))
                .hasMessage("positive has 4 rows, score has 1");
        assertThatThrownBy(() -> ConfusionTable.of(one, nan, 0.5))
                .hasMessageContaining("score row 0 is NaN");
        assertThatThrownBy(() -> new ConfusionTable(0, 0, -1, 0)).hasMessageContaining("fn -1");
        assertThatThrownBy(() -> ProportionInterval.WILSON.of(3, 2, 0.95))
                .hasMessageContaining("successes 3");
        assertThatThrownBy(() -> ProportionInterval.WILSON.of(1, 2, 1))
                .hasMessageContaining("level 1.0");
        assertThatThrownBy(() -> RocCurve.of(one, half).pointAtSensitivity(0.9))
                .hasMessageContaining("no negative row");
        assertThatThrownBy(() -> RocCurve.of(new boolean[1], half).pointAtSpecificity(0.9))
                .hasMessageContaining("no positive row");
        assertThatThrownBy(() -> RocCurve.of(Y, P).pointAtSensitivity(1.1))
                .hasMessageContaining("sensitivity 1.1");
        assertThatThrownBy(() -> RocCurve.of(Y, P).partialAucOverSpecificity(0.5, 0.5))
                .hasMessageContaining("the range from 0.5 to 0.5");
        assertThatThrownBy(() -> DeLongTest.paired(one, half, nan, 0.95))
                .hasMessageContaining("score 1 row 0 is NaN");
        assertThatThrownBy(() -> Loess.fit(half, half, 0, 1)).hasMessageContaining("span 0.0");
        assertThatThrownBy(() -> Loess.fit(half, half, 1, 3)).hasMessageContaining("degree 3");
        assertThatThrownBy(() -> Loess.fit(new double[0], new double[0], 1, 1))
                .hasMessageContaining("no rows");
        assertThatThrownBy(() -> Loess.fit(nan, half, 1, 1)).hasMessageContaining("x row 0");
        assertThatThrownBy(() -> Lowess.smooth(half, half, 2, 0)).hasMessageContaining("span 2.0");
        assertThatThrownBy(() -> CalibrationCurve.of(one, half, 1))
                .hasMessageContaining("mostPoints 1");
        assertThatThrownBy(() -> CalibrationGroups.of(one, half, 1))
                .hasMessageContaining("count 1");
        assertThatThrownBy(() -> CalibrationError.equalWidth(one, half, 0))
                .hasMessageContaining("bins 0");
        assertThatThrownBy(() -> ValidationIndices.of(one, half))
                .hasMessageContaining("both classes");
        assertThatThrownBy(() -> ValidationIndices.of(Y, new double[] {0.1, 0.2, 1, 0.4}))
                .hasMessageContaining("probability row 2 is 1.0");
        assertThatThrownBy(() -> WeightedRoc.of(one, half, new double[] {-1}))
                .hasMessageContaining("weights row 0 is -1.0");
        assertThatThrownBy(() -> WeightedRoc.of(Y, P, null).partialAuc(0))
                .hasMessageContaining("most 0.0");
        assertThatThrownBy(() -> ClassTable.of(new int[] {2}, new int[] {0}, 2, null))
                .hasMessageContaining("truth row 0 is 2");
        assertThatThrownBy(() -> MulticlassEvaluation.of(new int[0], new double[0][], null))
                .hasMessageContaining("no rows");
        assertThatThrownBy(() -> TemperatureScaling.fit(new int[0], new double[0][]))
                .hasMessageContaining("no rows");
        assertThatThrownBy(() -> IsotonicCalibration.rising(new boolean[0], new double[0], null))
                .hasMessageContaining("no rows");
        assertThatThrownBy(() -> IsotonicCalibration.of(new double[0], new double[0]))
                .hasMessageContaining("no rows");
        assertThatThrownBy(() -> IsotonicCalibration.of(new double[] {1, 1}, new double[] {0, 1}))
                .hasMessageContaining("knots row 1");
        assertThatThrownBy(() -> DecisionCurve.of(Y, P, 1)).hasMessageContaining("threshold 1.0");
        assertThatThrownBy(() -> McNemarTest.of(-1, 0)).hasMessageContaining("negative");
        assertThatThrownBy(() -> RubinPooling.of(half, half, 10)).hasMessageContaining("needs 2");
        assertThatThrownBy(() -> SplineBasis.of(1, 2)).hasMessageContaining("needs 3");
        assertThatThrownBy(() -> SplineBasis.atQuantiles(new double[] {1, 1, 1, 2}, 3))
                .hasMessageContaining("do not ascend");
    }

    @Test
    void undefinedWhereAGroupIsEmpty() {
        assertThat(ProportionDifference.NEWCOMBE.of(0, 0, 1, 2, 0.95).lower()).isNaN();
        assertThat(
                        Reclassification.of(
                                        new boolean[] {true, true}, new double[2], new double[2])
                                .idi(0.95)
                                .lower())
                .isNaN();
        assertThat(WeightedRoc.of(new boolean[0], new double[0], null).auc()).isNaN();
        assertThat(WeightedRoc.of(new boolean[0], new double[0], null).prevalence()).isNaN();
        assertThat(WeightedRoc.of(new boolean[0], new double[0], null).averagePrecision()).isNaN();
        assertThat(WeightedRoc.of(new boolean[0], new double[0], null).precisionRecallTrapezoid())
                .isNaN();
        assertThat(Lowess.smooth(new double[] {1}, new double[] {2}, 1, 3)).containsExactly(2);
        assertThat(
                        LogisticCalibration.of(new boolean[3], new double[] {0.1, 0.2, 0}, 0.95)
                                .omitted())
                .isEqualTo(1);
        assertThat(
                        DeLongTest.unpaired(
                                        RocCurve.of(Y, new double[] {1, 1, 0, 0}),
                                        RocCurve.of(Y, new double[] {1, 1, 0, 0}),
                                        0.95)
                                .statistic())
                .isNaN();
        assertThat(
                        DeLongTest.paired(
                                        new boolean[] {true, false},
                                        new double[] {1, 0},
                                        new double[] {0, 1},
                                        0.95)
                                .standardError())
                .isNaN();
    }

    @Test
    void smoothersOfFewDistinctValuesStayFinite() {
        double[] x = {1, 1, 1, 2, 2, 2, 3, 3};
        double[] y = {0, 1, 0, 1, 1, 0, 1, 1};

        Loess loess = Loess.fit(x, y, 0.5, 2);

        assertThat(loess.at(1)).isCloseTo(1 / 3.0, within(1e-9));
        assertThat(loess.binomialStandardError(1)).isPositive();
        assertThat(loess.sorted().length).isEqualTo(8);
        assertThat(Loess.fit(x, y, 1, 0).at(2)).isBetween(0.0, 1.0);
        assertThat(Lowess.smooth(x, y, 0.3, 3)).hasSize(8).doesNotContain(Double.NaN);
    }
}
