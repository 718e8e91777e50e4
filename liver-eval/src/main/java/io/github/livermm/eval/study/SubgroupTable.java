// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.eval.study;

import io.github.livermm.eval.Interval;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * One score in every level of one column: rows, events, discrimination, observed over expected and
 * slope, each with limits, and one test of interaction over all levels. There is no p-value within
 * a level. A level with fewer than 30 events is marked as not conclusive.
 *
 * @param rows one for each level, in the order of the alphabet
 * @param missing rows without a level
 * @param interaction the test over all levels
 * @since 0.1.0
 */
public record SubgroupTable(List<Row> rows, int missing, Interaction interaction) {
    private static final int CONCLUSIVE = 30;

    /**
     * Copies the rows.
     *
     * @param rows one for each level
     * @param missing rows without a level
     * @param interaction the test
     */
    public SubgroupTable {
        rows = List.copyOf(rows);
    }

    /**
     * One level.
     *
     * @param level its name
     * @param n rows
     * @param events positive rows, or events of interest
     * @param discrimination AUC or C
     * @param standardError of the discrimination
     * @param observedToExpected observed over expected events
     * @param slope calibration slope
     * @since 0.1.0
     */
    public record Row(
            String level,
            int n,
            int events,
            Interval discrimination,
            double standardError,
            Interval observedToExpected,
            Interval slope) {
        /**
         * Whether there are events enough to say something.
         *
         * @return at least 30 events
         */
        public boolean conclusive() {
            return events >= CONCLUSIVE;
        }

        /**
         * The parts under the keys of {@code metrics.json}.
         *
         * @param measure {@code "auc"} or {@code "c_index"}
         * @return an unmodifiable ordered map
         */
        public Map<String, @Nullable Object> toMap(String measure) {
            Map<String, @Nullable Object> map = new LinkedHashMap<>();
            map.put("n", n);
            map.put("events", events);
            map.put(measure, discrimination.toMap());
            map.put("o_e", observedToExpected.toMap());
            map.put("slope", slope.toMap());
            map.put("conclusive", conclusive());
            return Collections.unmodifiableMap(map);
        }
    }

    /**
     * Evaluates every level of a column.
     *
     * @param scored outcomes and score
     * @param level the level of each row; {@code null} or blank is missing
     * @return the table
     * @throws IllegalArgumentException when lengths differ
     */
    public static SubgroupTable of(Scored scored, @Nullable String[] level) {
        Map<String, int[]> byLevel = rowsByLevel(scored.size(), level);
        int known = byLevel.values().stream().mapToInt(rows -> rows.length).sum();
        return new SubgroupTable(
                levels(scored, byLevel), scored.size() - known, Interaction.of(scored, level));
    }

    static List<Row> levels(Scored scored, Map<String, int[]> byLevel) {
        List<Row> rows = new ArrayList<>();
        byLevel.forEach(
                (name, some) -> {
                    Scored part = scored.select(some);
                    rows.add(
                            new Row(
                                    name,
                                    part.size(),
                                    part.events(),
                                    part.discrimination(),
                                    part.standardError(),
                                    part.observedToExpected(),
                                    part.slope()));
                });
        return rows;
    }

    /** Row numbers of each level, in the order of the alphabet. */
    static Map<String, int[]> rowsByLevel(int size, @Nullable String[] level) {
        if (level.length != size) {
            throw new IllegalArgumentException(
                    "outcomes have " + size + " rows, level has " + level.length);
        }
        Map<String, int[]> byLevel = new TreeMap<>();
        for (String name :
                new TreeSet<>(
                        Arrays.stream(level).filter(l -> l != null && !l.isBlank()).toList())) {
            byLevel.put(
                    name, IntStream.range(0, size).filter(i -> name.equals(level[i])).toArray());
        }
        return byLevel;
    }
}
