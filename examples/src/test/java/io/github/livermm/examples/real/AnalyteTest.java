// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.examples.real;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.livermm.examples.real.Analyte.Band;
import io.github.livermm.examples.real.Analyte.Outcome;
import io.github.livermm.examples.real.Analyte.Unit;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Proves that the unit of a value comes from the limits beside it and that doubt drops it. */
class AnalyteTest {
    private static final Analyte ALBUMIN =
            new Analyte(
                    "albumin",
                    List.of(
                            new Unit("g/dL", "1", new Band(2.5, 4), new Band(4, 6)),
                            new Unit("g/L", "10", new Band(25, 40), new Band(40, 60)),
                            new Unit("mg/dL", "1000", new Band(2500, 4000), new Band(4000, 6000))));

    @Test
    void keepsValueInTheUnitWritten() {
        Analyte.Reading reading = ALBUMIN.read("4.40", "3.5", "5.0");

        assertThat(reading.outcome()).isEqualTo(Outcome.KEPT);
        assertThat(reading.written()).isEqualTo("4.4");
    }

    @Test
    void convertsByTheUnitOfTheLimits() {
        assertThat(ALBUMIN.read("44", "36", "50").written()).isEqualTo("4.4");
        assertThat(ALBUMIN.read("5200", "3800", "5100").written()).isEqualTo("5.2");
        assertThat(ALBUMIN.read("5200", "3800", "5100").unit()).isEqualTo("mg/dL");
    }

    @Test
    void takesLimitOfZeroAsNoLowerLimit() {
        assertThat(ALBUMIN.read("4.1", "0", "5").outcome()).isEqualTo(Outcome.KEPT);
    }

    @Test
    void dropsValueWithoutLimits() {
        assertThat(ALBUMIN.read("4.0", "", "").outcome()).isEqualTo(Outcome.NO_LIMITS);
        assertThat(ALBUMIN.read("4.0", "", "").written()).isEmpty();
    }

    @Test
    void dropsValueWithLimitsOfNoUnit() {
        assertThat(ALBUMIN.read("0.4", "0.3", "0.5").outcome())
                .isEqualTo(Outcome.LIMITS_OF_NO_KNOWN_UNIT);
        assertThat(ALBUMIN.read("4.0", "35", "5").outcome())
                .isEqualTo(Outcome.LIMITS_OF_NO_KNOWN_UNIT);
    }

    @Test
    void dropsValueThatContradictsItsLimits() {
        assertThat(ALBUMIN.read("4000", "3.5", "5").outcome())
                .isEqualTo(Outcome.CONTRADICTS_LIMITS);
        assertThat(ALBUMIN.read("4", "3500", "5000").outcome())
                .isEqualTo(Outcome.CONTRADICTS_LIMITS);
    }

    @Test
    void dropsWordsAndKeepsAbsenceApart() {
        assertThat(ALBUMIN.read("high", "3.5", "5").outcome()).isEqualTo(Outcome.NOT_A_NUMBER);
        assertThat(ALBUMIN.read("", "3.5", "5").outcome()).isEqualTo(Outcome.ABSENT);
    }

    @Test
    void needsNoLimitsWhereThereIsOneUnit() {
        Analyte afp =
                new Analyte(
                        "afp", List.of(new Unit("ng/mL", "1", new Band(0, 10), new Band(5, 50))));

        assertThat(afp.read("20326", "", "").written()).isEqualTo("20326");
    }
}
