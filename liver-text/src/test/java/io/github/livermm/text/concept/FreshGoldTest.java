// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.text.concept;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Measures what is left after the rules were mended with the hard set: thirty entries per language,
 * mostly small reports, written afterwards. The first run gave status F1 0.949 in Chinese and 0.924
 * in English; then the gravest of what it showed was mended, and the limit keeps it so.
 */
class FreshGoldTest {
    @ParameterizedTest
    @ValueSource(strings = {"fresh-zh", "fresh-en"})
    void conceptsAndStatusKeepTheirFigures(String name) {
        GoldSet gold = GoldSet.read(name);
        System.out.println(GoldTables.perTrap(name, gold));

        assertThat(gold.statusScore().f1()).isGreaterThanOrEqualTo(0.96);
    }
}
