// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.eval.study;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a table says of its rows beside outcome and score: weights, centres, clusters (several rows
 * of one patient) and subgroups. Immutable; start from {@link #none(int)}.
 *
 * @since 0.1.0
 */
public final class RowColumns {
    private final int rows;
    final double @Nullable [] weights;
    final @Nullable String @Nullable [] centres;
    final int @Nullable [] clusters;
    private final Map<String, @Nullable String[]> subgroups;
    private final List<String> notes;

    private RowColumns(
            int rows,
            double @Nullable [] weights,
            @Nullable String @Nullable [] centres,
            int @Nullable [] clusters,
            Map<String, @Nullable String[]> subgroups,
            List<String> notes) {
        this.rows = rows;
        this.weights = weights;
        this.centres = centres;
        this.clusters = clusters;
        this.subgroups = subgroups;
        this.notes = notes;
    }

    /**
     * No further column.
     *
     * @param rows how many rows the table has
     * @return the columns
     */
    public static RowColumns none(int rows) {
        return new RowColumns(rows, null, null, null, Map.of(), List.of());
    }

    /**
     * These columns with case weights. Limits then come from a bootstrap of rows.
     *
     * @param weights finite, 0 or more, not all 0
     * @return a changed copy
     * @throws IllegalArgumentException when the length differs or a weight is not allowed
     */
    public RowColumns withWeights(double[] weights) {
        require("weights", weights.length);
        double sum = 0;
        for (int i = 0; i < rows; i++) {
            if (!(weights[i] >= 0) || Double.isInfinite(weights[i])) {
                throw new IllegalArgumentException(
                        "weights row " + i + " is " + weights[i] + ", outside [0, infinity)");
            }
            sum += weights[i];
        }
        if (rows > 0 && !(sum > 0)) {
            throw new IllegalArgumentException("weights are all 0; leave them out or mend them");
        }
        return new RowColumns(rows, weights.clone(), centres, clusters, subgroups, notes);
    }

    /**
     * These columns with a centre for each row.
     *
     * @param centres names; {@code null} or blank is unknown
     * @return a changed copy
     * @throws IllegalArgumentException when the length differs
     */
    public RowColumns withCentres(@Nullable String[] centres) {
        require("centres", centres.length);
        return new RowColumns(rows, weights, centres.clone(), clusters, subgroups, notes);
    }

    /**
     * These columns with a cluster for each row: limits then come from whole clusters.
     *
     * @param clusters names, none blank
     * @return a changed copy
     * @throws IllegalArgumentException when the length differs
     */
    public RowColumns withClusters(String[] clusters) {
        require("clusters", clusters.length);
        Map<String, Integer> codes = new LinkedHashMap<>();
        int[] code = new int[rows];
        for (int i = 0; i < rows; i++) {
            codes.putIfAbsent(clusters[i], codes.size());
            code[i] = codes.getOrDefault(clusters[i], 0);
        }
        return new RowColumns(rows, weights, centres, code, subgroups, notes);
    }

    /**
     * These columns with one more subgroup.
     *
     * @param name of the column
     * @param levels the level of each row; {@code null} or blank is unknown
     * @return a changed copy
     * @throws IllegalArgumentException when the length differs
     */
    public RowColumns withSubgroup(String name, @Nullable String[] levels) {
        require(name, levels.length);
        Map<String, @Nullable String[]> more = new LinkedHashMap<>(subgroups);
        more.put(name, levels.clone());
        return new RowColumns(rows, weights, centres, clusters, more, notes);
    }

    /**
     * These columns with a remark of whoever read the table, such as rows left out; it comes first
     * among the notes of an evaluation.
     *
     * @param note one sentence
     * @return a changed copy
     */
    public RowColumns withNote(String note) {
        List<String> more = new ArrayList<>(notes);
        more.add(note);
        return new RowColumns(rows, weights, centres, clusters, subgroups, List.copyOf(more));
    }

    private void require(String name, int length) {
        if (length != rows) {
            throw new IllegalArgumentException(
                    name + " has " + length + " rows, the table has " + rows);
        }
    }

    /**
     * The names of the subgroup columns.
     *
     * @return in the order they were added
     */
    public List<String> subgroups() {
        return List.copyOf(subgroups.keySet());
    }

    List<String> notes() {
        return notes;
    }

    Map<String, @Nullable String[]> levels() {
        return Collections.unmodifiableMap(subgroups);
    }

    /** The columns of some rows. */
    RowColumns select(int[] some) {
        Map<String, @Nullable String[]> levels = new LinkedHashMap<>();
        subgroups.forEach((name, level) -> levels.put(name, pick(level, some)));
        return new RowColumns(
                some.length,
                weights == null ? null : Scored.pick(weights, some),
                centres == null ? null : pick(centres, some),
                clusters == null ? null : Arrays.stream(some).map(i -> clusters[i]).toArray(),
                levels,
                List.of());
    }

    private static @Nullable String[] pick(@Nullable String[] values, int[] some) {
        return Arrays.stream(some).mapToObj(i -> values[i]).toArray(String[]::new);
    }

    void requireRows(int expected) {
        if (rows != expected) {
            throw new IllegalArgumentException(
                    "outcomes have " + expected + " rows, the further columns have " + rows);
        }
    }

    /** What of these columns the limits of a figure have to follow; blank for neither. */
    String manner() {
        List<String> words = new ArrayList<>();
        if (weights != null) {
            words.add("weighted");
        }
        if (clusters != null) {
            words.add("clustered");
        }
        return String.join(", ", words);
    }
}
