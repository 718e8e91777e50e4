// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ForkJoinPool;
import org.junit.jupiter.api.Test;

/** Proves the keys of the block, the reasons for what is undefined, and that seeds decide. */
class BinaryEvaluationTest {

    @Test
    void figuresOfARightModelAreRight() {
        Drawn drawn = draw(1000, 1);

        BinaryEvaluation found =
                BinaryEvaluation.of(drawn.positive, drawn.probability, 0.5, "fixed", 1);

        assertThat(found.calibrationIntercept().lower()).isLessThan(0);
        assertThat(found.calibrationIntercept().upper()).isGreaterThan(0);
        assertThat(found.calibrationSlope().lower()).isLessThan(1);
        assertThat(found.calibrationSlope().upper()).isGreaterThan(1);
        assertThat(found.ici().estimate()).isLessThan(0.05);
        assertThat(found.ici().lower()).isLessThanOrEqualTo(found.ici().estimate());
        assertThat(found.ici().upper()).isGreaterThanOrEqualTo(found.ici().estimate());
        assertThat(found.auc().estimate()).isBetween(0.7, 0.9);
        assertThat(found.notes()).isEmpty();
    }

    @Test
    void mapHasTheKeysOfTheFormatInOrder() {
        Drawn drawn = draw(100, 2);

        Map<String, ?> map =
                BinaryEvaluation.of(drawn.positive, drawn.probability, 0.5, "fixed", 1).toMap();

        assertThat(map.keySet())
                .containsExactly(
                        "n",
                        "events",
                        "auc",
                        "accuracy",
                        "sensitivity",
                        "specificity",
                        "ppv",
                        "npv",
                        "threshold",
                        "threshold_from",
                        "brier",
                        "calibration");
        assertThat((Map<?, ?>) map.get("calibration"))
                .extracting(m -> List.copyOf(m.keySet()))
                .isEqualTo(List.of("intercept", "slope", "ici"));
        assertThat((Map<?, ?>) map.get("auc"))
                .extracting(m -> List.copyOf(m.keySet()))
                .isEqualTo(List.of("estimate", "lower", "upper", "method"));
    }

    @Test
    void oneClassIsUndefinedWithAReason() {
        BinaryEvaluation found =
                BinaryEvaluation.of(
                        new boolean[] {true, true, true},
                        new double[] {0.2, 0.6, 0.9},
                        0.5,
                        "fixed",
                        1);

        assertThat(found.auc().estimate()).isNaN();
        assertThat(found.specificity().estimate()).isNaN();
        assertThat(found.sensitivity().estimate()).isEqualTo(2 / 3.0);
        assertThat(found.notes())
                .containsExactly("no negative row: auc and calibration are undefined");
        assertThat(found.auc().toMap())
                .containsEntry("estimate", null)
                .containsEntry("method", "DeLong, logit scale");
    }

    @Test
    void eachReasonIsNoted() {
        boolean[] y = {true, false, false, false};
        assertThat(
                        BinaryEvaluation.of(y, new double[] {0.5, 0.5, 0.5, 0.5}, 0.9, "fixed", 1)
                                .notes())
                .containsExactly(
                        "one row only in a class: the limits of auc are undefined",
                        "no row reaches the threshold: ppv is undefined",
                        "calibration slope is undefined: predictions are constant, separate the"
                                + " classes, or leave one class only inside (0, 1)",
                        "fewer than 10 rows: ici is undefined");
        assertThat(BinaryEvaluation.of(y, new double[] {1, 0.5, 0.4, 0.3}, 0.1, "fixed", 1).notes())
                .contains(
                        "no row lies below the threshold: npv is undefined",
                        "1 rows predicted exactly 0 or 1 take no part in calibration intercept and"
                                + " slope");
        assertThat(
                        BinaryEvaluation.of(
                                        y, new double[] {1, 0.5, 0.4, 0.3}, Double.NaN, "none", 1)
                                .notes())
                .contains(
                        "no threshold: accuracy, sensitivity, specificity, ppv, npv are undefined");
        assertThat(BinaryEvaluation.of(new boolean[0], new double[0], 0.5, "fixed", 1).notes())
                .contains("no row: every figure is undefined");
    }

    @Test
    void limitsDoNotDependOnTheNumberOfThreads() throws Exception {
        Drawn drawn = draw(300, 3);
        BinaryEvaluation wide =
                BinaryEvaluation.of(drawn.positive, drawn.probability, 0.5, "fixed", 7);
        ForkJoinPool one = new ForkJoinPool(1);

        BinaryEvaluation narrow =
                one.submit(
                                () ->
                                        BinaryEvaluation.of(
                                                drawn.positive, drawn.probability, 0.5, "fixed", 7))
                        .get();

        one.shutdown();
        assertThat(narrow).isEqualTo(wide);
    }

    @Test
    void rejectsAProbabilityOutsideItsRange() {
        assertThatThrownBy(
                        () ->
                                BinaryEvaluation.of(
                                        new boolean[] {true}, new double[] {1.2}, 0.5, "", 1))
                .hasMessage("probability row 0 is 1.2, outside [0, 1]");
    }

    private static final class Drawn {
        final boolean[] positive;
        final double[] probability;

        Drawn(boolean[] positive, double[] probability) {
            this.positive = positive;
            this.probability = probability;
        }
    }

    private static Drawn draw(int n, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        boolean[] y = new boolean[n];
        double[] p = new double[n];
        for (int i = 0; i < n; i++) {
            p[i] = 0.02 + 0.96 * random.nextDouble();
            y[i] = random.nextDouble() < p[i];
        }
        return new Drawn(y, p);
    }
}
