// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/**
 * The corrected limits against the formula, and against the truth of a simulation without signal.
 */
class CrossValidationCorrectionTest {
    @Test
    void tenFoldsGiveNadeauAndBengiosFactor() {
        // (1/J + n2/n1) / (1/J) with J = 10, n2/n1 = 1/9
        assertThat(new CrossValidationCorrection(100, 90).factor())
                .isCloseTo(Math.sqrt(1 + 10.0 / 9), within(1e-15));
    }

    @Test
    void limitsOfASharesStayInsideAndGrowOnTheLogitScale() {
        CrossValidationCorrection twofold = new CrossValidationCorrection(3, 1);

        Interval wide = twofold.share(new Interval(0.5, 0.25, 0.75, "x"));

        assertThat(wide.lower()).isCloseTo(0.1, within(1e-12)); // odds 1/3 squared
        assertThat(wide.upper()).isCloseTo(0.9, within(1e-12));
        assertThat(twofold.share(new Interval(0.5, 0, 1, "x")).lower()).isZero();
        assertThat(twofold.share(new Interval(1, 1, 1, "x"))).isEqualTo(new Interval(1, 1, 1, "x"));
        assertThat(twofold.difference(new Interval(1, 0, 3, "x")).upper()).isEqualTo(5);
    }

    @Test
    void undefinedStaysUndefined() {
        CrossValidationCorrection any = new CrossValidationCorrection(3, 1);

        assertThat(any.share(Interval.undefined("x"))).isEqualTo(Interval.undefined("x"));
        assertThat(any.difference(Interval.undefined("x")).upper()).isNaN();
        assertThatThrownBy(() -> new CrossValidationCorrection(3, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("training is 0.0");
    }

    /**
     * Linear scores of 20 columns of noise, ten folds, 120 patients: the limits that take the
     * models as given cover one half far too rarely, the corrected ones about as often as they say.
     */
    @Test
    void withoutSignalTheCorrectedLimitsCoverOneHalf() {
        int runs = 400;
        int plain = 0;
        int corrected = 0;
        CrossValidationCorrection correction = new CrossValidationCorrection(120, 108);
        for (int run = 0; run < runs; run++) {
            Interval auc = aucOfNoise(new SplittableRandom(run));
            plain += covers(auc) ? 1 : 0;
            corrected += covers(correction.share(auc)) ? 1 : 0;
        }
        assertThat((double) plain / runs).isLessThan(0.88);
        assertThat((double) corrected / runs).isBetween(0.925, 0.985);
    }

    private static boolean covers(Interval i) {
        return i.lower() <= 0.5 && i.upper() >= 0.5;
    }

    /** The AUC of difference-of-means scores out of fold. */
    private static Interval aucOfNoise(SplittableRandom random) {
        int n = 120;
        int columns = 20;
        double[][] x = new double[n][columns];
        boolean[] y = new boolean[n];
        for (int i = 0; i < n; i++) {
            y[i] = i / 10 % 2 == 0; // each fold i % 10 has six of each class
            for (int j = 0; j < columns; j++) {
                x[i][j] = random.nextGaussian();
            }
        }
        double[] score = new double[n];
        for (int fold = 0; fold < 10; fold++) {
            double[] w = new double[columns];
            for (int i = 0; i < n; i++) {
                for (int j = 0; i % 10 != fold && j < columns; j++) {
                    w[j] += y[i] ? x[i][j] : -x[i][j];
                }
            }
            for (int i = fold; i < n; i += 10) {
                for (int j = 0; j < columns; j++) {
                    score[i] += w[j] * x[i][j];
                }
            }
        }
        return RocCurve.of(y, score).aucLogitInterval(0.95);
    }
}
