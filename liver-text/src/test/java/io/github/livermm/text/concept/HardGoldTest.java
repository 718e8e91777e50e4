// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.text.concept;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HardGoldTest {
    @ParameterizedTest
    @ValueSource(strings = {"hard-zh", "hard-en", "held-out-zh", "held-out-en", "tuned-zh", "tuned-en"})
    void show(String name) {
        GoldSet gold = GoldSet.read(name);
        System.out.println("@@ " + name + " " + gold.statusScore() + " " + gold.statusScore().f1() + " c " + gold.conceptScore() + " " + gold.conceptScore().f1());
        gold.differences().forEach(l -> System.out.println("@@ " + l));
        gold.sizeDifferences().forEach(l -> System.out.println("@@ size " + l));
        gold.otherDifferences().forEach(l -> System.out.println("@@ other " + l));
    }
}
