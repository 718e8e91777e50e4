// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.core.cohort;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.livermm.core.cohort.Numbers.Bound;
import io.github.livermm.core.cohort.Numbers.Measured;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The ways in which laboratories write numbers. */
class NumbersTest {
    @ParameterizedTest
    @CsvSource({
        "12, 12, EXACT",
        "0.5, 0.5, EXACT",
        "-3, -3, EXACT",
        "3.5E+04, 35000, EXACT",
        "１２．５, 12.5, EXACT",
        "1.2↑, 1.2, EXACT",
        "<0.605, 0.605, BELOW",
        "≤ 0.6, 0.6, BELOW",
        "＜0.605, 0.605, BELOW",
        ">1210, 1210, ABOVE",
        ">=1210, 1210, ABOVE"
    })
    void readsNumbersAndBounds(String cell, double value, Bound bound) {
        assertThat(Numbers.parse(cell)).isEqualTo(new Measured(value, bound));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"1,210", "1 210", "阴性", "12 ng", "NaN", "Infinity", "1e999", "--1", "."})
    void refusesTheRest(String cell) {
        assertThat(Numbers.parse(cell)).isNull();
    }

    @Test
    void showsNumbersWithoutNeedlessDigits() {
        assertThat(Numbers.show(10)).isEqualTo("10");
        assertThat(Numbers.show(1e6)).isEqualTo("1000000");
        assertThat(Numbers.show(1e10)).isEqualTo("1E+10");
        assertThat(Numbers.show(0.25)).isEqualTo("0.25");
        assertThat(Numbers.show(Double.NaN)).isEqualTo("NaN");
    }
}
