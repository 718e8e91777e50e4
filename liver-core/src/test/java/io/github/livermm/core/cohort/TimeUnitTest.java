// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.core.cohort;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

/** Times of every unit become months of 30.4375 days. */
class TimeUnitTest {
    @Test
    void bringsTimesToMonths() {
        assertThat(TimeUnit.DAYS.toMonths(365.25)).isEqualTo(12);
        assertThat(TimeUnit.WEEKS.toMonths(365.25 / 7)).isCloseTo(12, within(1e-12));
        assertThat(TimeUnit.MONTHS.toMonths(12)).isEqualTo(12);
        assertThat(TimeUnit.YEARS.toMonths(1)).isEqualTo(12);
    }
}
