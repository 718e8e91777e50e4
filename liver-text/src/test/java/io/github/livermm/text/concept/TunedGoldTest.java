// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.text.concept;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Proves the rules on short sentences for every row of the lexicon, every cue and every trap. The
 * rules were written with these sentences at hand; the held-out reports were not looked at.
 */
class TunedGoldTest {
    @ParameterizedTest
    @ValueSource(strings = {"tuned-zh", "tuned-en"})
    void conceptsAndStatusReachTheAim(String name) {
        GoldSet gold = GoldSet.read(name);
        System.out.println(GoldTables.perConcept(name, gold));

        assertThat(gold.entries()).hasSizeGreaterThanOrEqualTo(120);
        assertThat(gold.statusScore().f1())
                .as(() -> gold.statusScore() + "\n" + String.join("\n", gold.differences()))
                .isGreaterThanOrEqualTo(0.97);
        assertThat(gold.conceptScore().f1()).isGreaterThanOrEqualTo(0.98);
    }

    @ParameterizedTest
    @ValueSource(strings = {"tuned-zh", "tuned-en"})
    void sizesOfTheIndexLesionAgree(String name) {
        assertThat(GoldSet.read(name).sizeDifferences()).isEmpty();
        assertThat(GoldSet.read(name).otherDifferences()).isEmpty();
    }

    @Test
    void everyRowOfTheLexiconIsInBothSets() {
        Set<String> rows = new TreeSet<>();
        Lexicon.bundled().concepts().forEach(c -> rows.add(c.id()));
        rows.remove("segment");

        assertThat(named("held-out-zh", "tuned-zh")).containsAll(without(rows, "li_rads_category"));
        assertThat(named("held-out-en", "tuned-en")).containsAll(rows);
    }

    private static Set<String> without(Set<String> rows, String one) {
        Set<String> rest = new TreeSet<>(rows);
        rest.remove(one);
        return rest;
    }

    private static Set<String> named(String... sets) {
        Set<String> named = new TreeSet<>();
        for (String set : sets) {
            GoldSet.read(set).entries().forEach(e -> named.addAll(GoldSet.concepts(e.expected())));
        }
        return named;
    }
}
