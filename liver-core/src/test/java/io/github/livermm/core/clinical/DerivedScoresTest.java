// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.core.clinical;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/**
 * The two worked patients of the clinical field guide, given there with six decimals. A: man of 55,
 * albumin 40, bilirubin 17.1, AST 40, ALT 36, platelets 150, INR 1.1, creatinine 1.0 mg/dL, sodium
 * 140, neutrophils 3.6, lymphocytes 1.5. B: woman of 62, albumin 32, bilirubin 42.75, AST 80, ALT
 * 64, platelets 90, INR 1.5, creatinine 1.2 mg/dL, sodium 133.
 */
class DerivedScoresTest {
    /** The guide gives six decimals, some of them cut off rather than rounded. */
    private static final Offset<Double> DIGITS = within(1e-6);

    private static final double CREATININE_A = 88.4;
    private static final double CREATININE_B = 1.2 * 88.4;

    @Test
    void liverFunction() {
        assertThat(DerivedScores.albi(17.1, 40)).isCloseTo(-2.586222, DIGITS);
        assertThat(DerivedScores.albi(42.75, 32)).isCloseTo(-1.643582, DIGITS);
        assertThat(DerivedScores.palbi(17.1, 40, 150)).isCloseTo(-2.461922, DIGITS);
        assertThat(DerivedScores.palbi(42.75, 32, 90)).isCloseTo(-1.913201, DIGITS);
        assertThat(DerivedScores.ezAlbi(17.1, 40)).isCloseTo(1 - 36, DIGITS);
    }

    @Test
    void albiGrades() {
        assertThat(DerivedScores.albiGrade(-2.60)).isEqualTo(1);
        assertThat(DerivedScores.albiGrade(-2.586222)).isEqualTo(2);
        assertThat(DerivedScores.albiGrade(-1.39)).isEqualTo(2);
        assertThat(DerivedScores.albiGrade(-1.38)).isEqualTo(3);
        assertThatThrownBy(() -> DerivedScores.albiGrade(Double.NaN))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void fibrosis() {
        assertThat(DerivedScores.fib4(55, 40, 36, 150)).isCloseTo(2.444444, DIGITS);
        assertThat(DerivedScores.fib4(62, 80, 64, 90)).isCloseTo(6.888889, DIGITS);
        assertThat(DerivedScores.apri(40, 40, 150)).isCloseTo(0.666667, DIGITS);
        assertThat(DerivedScores.apri(80, 40, 90)).isCloseTo(2.222222, DIGITS);
        assertThat(DerivedScores.gpr(90, 60, 150)).isCloseTo(1, DIGITS);
    }

    @Test
    void endStageLiverDisease() {
        assertThat(DerivedScores.meld(17.1, 1.1, CREATININE_A)).isCloseTo(7.497474, DIGITS);
        assertThat(DerivedScores.meld(42.75, 1.5, CREATININE_B)).isCloseTo(16.179605, DIGITS);
        assertThat(DerivedScores.meldNa(17.1, 1.1, CREATININE_A, 140)).isCloseTo(7, DIGITS);
        assertThat(DerivedScores.meldNa(42.75, 1.5, CREATININE_B, 133)).isCloseTo(19.168, DIGITS);
        assertThat(DerivedScores.meld3(false, 17.1, 1.1, CREATININE_A, 140, 40))
                .isCloseTo(6.866370, DIGITS);
        assertThat(DerivedScores.meld3(true, 42.75, 1.5, CREATININE_B, 133, 32))
                .isCloseTo(20.080292, DIGITS);
    }

    @Test
    void floorsAndCapsOfMeld() {
        assertThat(DerivedScores.meld(5, 0.9, 40)).isCloseTo(6.43, DIGITS);
        assertThat(DerivedScores.meld(5, 0.9, 1000)).isCloseTo(9.57 * Math.log(4) + 6.43, DIGITS);
        assertThat(DerivedScores.meld3(false, 5, 0.9, 1000, 150, 50))
                .isCloseTo(11.14 * Math.log(3) + 6, DIGITS);
    }

    @Test
    void inflammationAndNutrition() {
        assertThat(DerivedScores.ratio(3.6, 1.5)).isCloseTo(2.4, DIGITS);
        assertThat(DerivedScores.pni(40, 1.5)).isCloseTo(47.5, DIGITS);
        assertThat(DerivedScores.sii(150, 3.6, 1.5)).isCloseTo(360, DIGITS);
    }

    @Test
    void undefinedWhereAValueIsMissingOrImpossible() {
        assertThat(DerivedScores.ratio(3.6, 0)).isNaN();
        assertThat(DerivedScores.albi(Double.NaN, 40)).isNaN();
        assertThat(DerivedScores.albi(0, 40)).isNaN();
        assertThat(DerivedScores.meldNa(17.1, 1.1, 88.4, Double.NaN)).isNaN();
        assertThat(DerivedScores.meldNa(17.1, Double.NaN, 88.4, 140)).isNaN();
        assertThat(DerivedScores.sii(-1, 3.6, 1.5)).isNaN();
    }
}
