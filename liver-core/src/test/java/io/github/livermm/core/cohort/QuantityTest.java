// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.core.cohort;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Conversions between the units that hospitals use; the factors are those of the laboratory texts.
 */
class QuantityTest {
    @ParameterizedTest
    @CsvSource({
        "afp, IU/mL, ng/mL, 1.21",
        "AFP, ng/mL, ug/L, 1",
        "TBIL, mg/dL, umol/L, 17.1",
        "总胆红素, mg/dL, μmol/L, 17.1",
        "serum albumin, g/dL, g/L, 10",
        "alb, G/DL, g / L, 10",
        "creatinine, mg/dL, µmol/L, 88.4",
        "plt, /uL, 10^9/L, 0.001",
        "platelets, 10³/µL, ×10⁹/L, 1",
        "platelets, x10^3/uL, 10*9/L, 1",
        "platelets, K/uL, 10e9/L, 1",
        "sodium, mEq/L, mmol/L, 1",
        "alt, ukat/L, U/L, 60",
        "tumour size, mm, cm, 0.1",
        "CA19-9, kU/L, U/mL, 1",
        "urea, mg/dL, mmol/L, 0.357"
    })
    void convertsBetweenUnits(String name, String from, String to, double factor) {
        Quantity quantity = Quantity.named(name).orElseThrow();

        assertThat(quantity.factor(from, to).orElseThrow()).isCloseTo(factor, within(1e-12));
        assertThat(quantity.factor(to, from).orElseThrow()).isCloseTo(1 / factor, within(1e-9));
    }

    @Test
    void doesNotConvertWhatDoesNotBelong() {
        Quantity pivka = Quantity.named("PIVKA-II").orElseThrow();

        assertThat(pivka.factor("mAU/mL", "ng/mL")).isEmpty();
        assertThat(Quantity.named("hbv_dna")).isEmpty();
        assertThat(Quantity.all()).extracting(Quantity::id).doesNotHaveDuplicates();
    }
}
