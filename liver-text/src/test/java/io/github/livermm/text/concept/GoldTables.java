// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.text.concept;

import io.github.livermm.text.concept.GoldSet.Score;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** How well the parser meets a gold set, as tables for the log of the build. */
final class GoldTables {
    private GoldTables() {}

    /** One row per concept: precision, recall and F1 of each status, and how many it stands on. */
    static String perConcept(String name, GoldSet gold) {
        Map<String, StringBuilder> rows = new TreeMap<>();
        gold.byConceptAndStatus()
                .forEach(
                        (pair, score) -> {
                            String[] parts = pair.split(":", -1);
                            rows.computeIfAbsent(parts[0], c -> new StringBuilder(c))
                                    .append("  ")
                                    .append(parts[1])
                                    .append(' ')
                                    .append(figures(score));
                        });
        return total(name, gold) + String.join("\n", rows.values()) + "\n";
    }

    /** One row per trap. */
    static String perTrap(String name, GoldSet gold) {
        StringBuilder table = new StringBuilder(total(name, gold));
        gold.byTrap().forEach((trap, s) -> table.append(trap + "  " + figures(s) + "\n"));
        return table.toString();
    }

    private static String total(String name, GoldSet gold) {
        return name
                + ", "
                + gold.entries().size()
                + " entries (precision/recall/F1 of n): status "
                + figures(gold.statusScore())
                + ", concepts "
                + figures(gold.conceptScore())
                + "\n";
    }

    private static String figures(Score score) {
        return String.format(
                Locale.ROOT,
                "%.3f/%.3f/%.3f of %d",
                score.precision(),
                score.recall(),
                score.f1(),
                score.right() + score.missed());
    }
}
