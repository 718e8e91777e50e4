// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.eval.resample;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** The units that are drawn, each a set of rows, grouped by stratum. */
final class Units {
    private final int rows;
    private final int[][] rowsOfUnit;
    private final int[][] unitsOfStratum;

    private Units(int rows, int[][] rowsOfUnit, int[][] unitsOfStratum) {
        this.rows = rows;
        this.rowsOfUnit = rowsOfUnit;
        this.unitsOfStratum = unitsOfStratum;
    }

    static Units of(int rows, int @Nullable [] strata, int @Nullable [] clusters) {
        if (rows < 1) {
            throw new IllegalArgumentException("rows " + rows + " is below 1");
        }
        requireLength("strata", strata, rows);
        requireLength("clusters", clusters, rows);
        Map<Integer, List<Integer>> byCluster = new LinkedHashMap<>();
        for (int i = 0; i < rows; i++) {
            byCluster
                    .computeIfAbsent(clusters == null ? i : clusters[i], k -> new ArrayList<>())
                    .add(i);
        }
        int[][] rowsOfUnit = new int[byCluster.size()][];
        Map<Integer, List<Integer>> byStratum = new LinkedHashMap<>();
        int unit = 0;
        for (List<Integer> members : byCluster.values()) {
            int first = members.get(0);
            for (int row : members) {
                if (strata != null && strata[row] != strata[first]) {
                    throw new IllegalArgumentException(
                            "rows "
                                    + first
                                    + " and "
                                    + row
                                    + " share a cluster but not a stratum;"
                                    + " strata must be constant within clusters");
                }
            }
            rowsOfUnit[unit] = toArray(members);
            byStratum
                    .computeIfAbsent(strata == null ? 0 : strata[first], k -> new ArrayList<>())
                    .add(unit);
            unit++;
        }
        int[][] unitsOfStratum =
                byStratum.values().stream().map(Units::toArray).toArray(int[][]::new);
        return new Units(rows, rowsOfUnit, unitsOfStratum);
    }

    private static void requireLength(String name, int @Nullable [] codes, int rows) {
        if (codes != null && codes.length != rows) {
            throw new IllegalArgumentException(
                    name + " has " + codes.length + " values for " + rows + " rows");
        }
    }

    private static int[] toArray(List<Integer> values) {
        return values.stream().mapToInt(Integer::intValue).toArray();
    }

    int count() {
        return rowsOfUnit.length;
    }

    int[] draw(SplittableRandom random) {
        int[][] drawn = new int[count()][];
        int length = 0;
        int k = 0;
        for (int[] stratum : unitsOfStratum) {
            for (int j = 0; j < stratum.length; j++) {
                drawn[k] = rowsOfUnit[stratum[random.nextInt(stratum.length)]];
                length += drawn[k].length;
                k++;
            }
        }
        return concatenate(drawn, length);
    }

    /** How often each row is drawn, by the same draws as {@link #draw}. */
    int[] counts(SplittableRandom random) {
        int[] counts = new int[rows];
        for (int[] stratum : unitsOfStratum) {
            for (int j = 0; j < stratum.length; j++) {
                for (int row : rowsOfUnit[stratum[random.nextInt(stratum.length)]]) {
                    counts[row]++;
                }
            }
        }
        return counts;
    }

    int[] countsWithout(int unit) {
        int[] counts = new int[rows];
        Arrays.fill(counts, 1);
        for (int row : rowsOfUnit[unit]) {
            counts[row] = 0;
        }
        return counts;
    }

    int[] without(int unit) {
        int[][] kept = new int[count() - 1][];
        int length = 0;
        int k = 0;
        for (int u = 0; u < count(); u++) {
            if (u != unit) {
                kept[k++] = rowsOfUnit[u];
                length += rowsOfUnit[u].length;
            }
        }
        return concatenate(kept, length);
    }

    private static int[] concatenate(int[][] parts, int length) {
        int[] rows = new int[length];
        int at = 0;
        for (int[] part : parts) {
            System.arraycopy(part, 0, rows, at, part.length);
            at += part.length;
        }
        return rows;
    }
}
