// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/**
 * Proves that the fit solves its score equations, equals closed forms, honours weights, offsets and
 * penalty, and names separation.
 */
class LogisticRegressionTest {

    @Test
    void oneBinaryPredictorGivesTheLogOddsRatio() {
        double[][] x = new double[20][1];
        boolean[] y = new boolean[20];
        for (int i = 0; i < 20; i++) {
            x[i][0] = i < 10 ? 0 : 1;
            y[i] = i < 3 || i >= 13;
        }

        LogisticRegression fit = LogisticRegression.fit(x, y, 0);

        assertThat(fit.intercept()).isCloseTo(Math.log(3.0 / 7), within(1e-12));
        assertThat(fit.coefficients()[0]).isCloseTo(2 * Math.log(7.0 / 3), within(1e-12));
        assertThat(fit.standardError(1))
                .isCloseTo(Math.sqrt(2 * (1 / 3.0 + 1 / 7.0)), within(1e-10));
        assertThat(fit.converged()).isTrue();
        assertThat(fit.separated()).isFalse();
    }

    @Test
    void solvesThePenalisedScoreEquations() {
        double[][] x = rows(200, 3, 1);
        boolean[] y = outcomes(x, 2);
        double ridge = 2.5;

        LogisticRegression fit = LogisticRegression.fit(x, y, ridge);

        double[] score = new double[4];
        for (int i = 0; i < x.length; i++) {
            double residual = (y[i] ? 1 : 0) - fit.probability(x[i]);
            score[0] += residual;
            for (int j = 0; j < 3; j++) {
                score[j + 1] += residual * x[i][j];
            }
        }
        for (int j = 0; j < 3; j++) {
            score[j + 1] -= ridge * fit.coefficients()[j];
        }
        assertThat(score).containsExactly(new double[4], within(1e-9));
    }

    @Test
    void aWeightOfTwoIsTheRowTwice() {
        double[][] x = rows(60, 2, 3);
        boolean[] y = outcomes(x, 4);
        double[] weights = new double[60];
        double[][] twice = new double[80][];
        boolean[] twiceY = new boolean[80];
        for (int i = 0; i < 60; i++) {
            weights[i] = i < 20 ? 2 : 1;
            twice[i] = x[i];
            twiceY[i] = y[i];
            if (i < 20) {
                twice[60 + i] = x[i];
                twiceY[60 + i] = y[i];
            }
        }

        LogisticRegression weighted = LogisticRegression.fit(x, y, 0, weights, null);
        LogisticRegression repeated = LogisticRegression.fit(twice, twiceY, 0);

        assertThat(weighted.coefficients()).containsExactly(repeated.coefficients(), within(1e-10));
        assertThat(weighted.logLikelihood()).isCloseTo(repeated.logLikelihood(), within(1e-10));
    }

    @Test
    void anOffsetIsAPredictorWithCoefficientOne() {
        double[][] x = rows(100, 1, 5);
        boolean[] y = outcomes(x, 6);
        LogisticRegression free = LogisticRegression.fit(x, y, 0);
        double[] offset = new double[100];
        for (int i = 0; i < 100; i++) {
            offset[i] = free.coefficients()[0] * x[i][0];
        }

        LogisticRegression fit = LogisticRegression.fit(new double[100][0], y, 0, null, offset);

        assertThat(fit.intercept()).isCloseTo(free.intercept(), within(1e-10));
    }

    @Test
    void coefficientsFollowTheUnitOfTheirColumn() {
        double[][] x = rows(100, 2, 7);
        boolean[] y = outcomes(x, 8);
        double[][] scaled = new double[100][];
        for (int i = 0; i < 100; i++) {
            scaled[i] = new double[] {x[i][0] * 1e6, x[i][1] * 1e-6};
        }

        double[] plain = LogisticRegression.fit(x, y, 0).coefficients();
        double[] other = LogisticRegression.fit(scaled, y, 0).coefficients();

        assertThat(other[0] * 1e6).isCloseTo(plain[0], within(1e-9));
        assertThat(other[1] * 1e-6).isCloseTo(plain[1], within(1e-9));
    }

    @Test
    void namesSeparationAndRidgeCuresIt() {
        double[][] x = {{0}, {1}, {2}, {3}, {4}, {5}};
        boolean[] y = {false, false, false, true, true, true};

        assertThat(LogisticRegression.fit(x, y, 0).separated()).isTrue();
        LogisticRegression ridge = LogisticRegression.fit(x, y, 1);
        assertThat(ridge.separated()).isFalse();
        assertThat(ridge.coefficients()[0]).isBetween(0.1, 2.0);
    }

    @Test
    void oneClassOnlyIsNamedAsSeparation() {
        LogisticRegression fit =
                LogisticRegression.fit(new double[5][0], new boolean[5], 0, null, null);

        assertThat(fit.separated()).isTrue();
        assertThat(fit.probability(new double[0])).isLessThan(1e-6);
    }

    @Test
    void collinearColumnsShareTheirCoefficient() {
        double[][] x = rows(80, 1, 9);
        boolean[] y = outcomes(x, 10);
        double[][] doubled = new double[80][];
        for (int i = 0; i < 80; i++) {
            doubled[i] = new double[] {x[i][0], x[i][0]};
        }

        double single = LogisticRegression.fit(x, y, 0).coefficients()[0];
        LogisticRegression fit = LogisticRegression.fit(doubled, y, 0);

        assertThat(fit.coefficients()[0] + fit.coefficients()[1]).isCloseTo(single, within(1e-8));
        assertThat(fit.standardError(1)).isNaN();
    }

    @Test
    void extremeLinearPredictorsStayFinite() {
        double[][] x = {{-1e4}, {1e4}, {-1e4}, {1e4}};
        boolean[] y = {false, true, true, false};

        LogisticRegression fit = LogisticRegression.fit(x, y, 0);

        assertThat(fit.probability(new double[] {1e4})).isCloseTo(0.5, within(1e-9));
    }

    @Test
    void rejectsBadInputByName() {
        double[][] x = {{1}, {2}};
        boolean[] y = {true, false};

        assertThatThrownBy(() -> LogisticRegression.fit(new double[0][], new boolean[0], 0))
                .hasMessageContaining("no rows");
        assertThatThrownBy(() -> LogisticRegression.fit(x, new boolean[1], 0))
                .hasMessageContaining("y has 1 values for 2 rows");
        assertThatThrownBy(() -> LogisticRegression.fit(x, y, -1)).hasMessageContaining("ridge");
        assertThatThrownBy(() -> LogisticRegression.fit(new double[][] {{1}, {Double.NaN}}, y, 0))
                .hasMessageContaining("x row 1 column 0");
        assertThatThrownBy(() -> LogisticRegression.fit(new double[][] {{1}, {1, 2}}, y, 0))
                .hasMessageContaining("x row 1 has 2 columns");
        assertThatThrownBy(() -> LogisticRegression.fit(x, y, 0, new double[] {1, -1}, null))
                .hasMessageContaining("weights row 1");
        assertThatThrownBy(() -> LogisticRegression.fit(x, y, 0, new double[2], null))
                .hasMessageContaining("weights are all 0");
        assertThatThrownBy(() -> LogisticRegression.fit(x, y, 0, null, new double[1]))
                .hasMessageContaining("offset has 1 values");
        assertThatThrownBy(
                        () -> LogisticRegression.fit(x, y, 0, null, new double[] {Double.NaN, 0}))
                .hasMessageContaining("offset row 0");
        assertThatThrownBy(() -> LogisticRegression.fit(x, y, 0).probability(new double[2]))
                .hasMessageContaining("row has 2 values");
    }

    private static double[][] rows(int n, int columns, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        double[][] x = new double[n][columns];
        for (double[] row : x) {
            for (int j = 0; j < columns; j++) {
                row[j] = random.nextDouble() * 4 - 2;
            }
        }
        return x;
    }

    private static boolean[] outcomes(double[][] x, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        boolean[] y = new boolean[x.length];
        for (int i = 0; i < y.length; i++) {
            double eta = 0.5;
            for (double value : x[i]) {
                eta += 0.8 * value;
            }
            y[i] = random.nextDouble() < 1 / (1 + Math.exp(-eta));
        }
        return y;
    }
}
