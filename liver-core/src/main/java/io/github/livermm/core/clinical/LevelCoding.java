// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.core.clinical;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How one category becomes features: one per level seen in training, other than the most frequent.
 * A feature is 0, or the inverse of the level's standard deviation where the patient has the level.
 * A missing word, and a word never seen, count as the most frequent level.
 *
 * @param mode the most frequent level; empty when training held no word
 * @param levels the levels with a feature, in the order of the protocol
 * @param heights value of each level's feature where the patient has the level
 */
record LevelCoding(String mode, List<String> levels, List<Double> heights) {
    /** A level that one patient in twenty has; rarer ones are not blown up further. */
    private static final double RAREST = 0.05;

    LevelCoding {
        levels = List.copyOf(levels);
        heights = List.copyOf(heights);
    }

    static LevelCoding fit(List<String> words, List<String> order) {
        Map<String, Integer> counts = new LinkedHashMap<>();
        order.forEach(level -> counts.put(level, 0));
        words.stream().sorted().forEach(word -> counts.merge(word, 1, Integer::sum));
        String mode = "";
        for (var entry : counts.entrySet()) {
            if (entry.getValue() > counts.getOrDefault(mode, 0)) {
                mode = entry.getKey();
            }
        }
        List<String> levels = new ArrayList<>();
        List<Double> heights = new ArrayList<>();
        for (var entry : counts.entrySet()) {
            if (entry.getValue() > 0 && !entry.getKey().equals(mode)) {
                double share = Math.max(RAREST, (double) entry.getValue() / words.size());
                levels.add(entry.getKey());
                heights.add(1 / Math.sqrt(share * (1 - share)));
            }
        }
        return new LevelCoding(mode, levels, heights);
    }

    void apply(@Nullable String word, double[] out, int from) {
        int level = word == null ? -1 : levels.indexOf(word);
        if (level >= 0) {
            out[from + level] = heights.get(level);
        }
    }
}
