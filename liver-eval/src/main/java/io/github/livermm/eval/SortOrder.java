// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.eval;

/**
 * The order that sorts an array of numbers, as row numbers, without boxing. Stable: equal numbers
 * keep their order, so results do not depend on anything but the input. It is a radix sort, O(n).
 *
 * @since 0.1.0
 */
public final class SortOrder {
    private static final int SMALL = 48;
    private static final int BITS = 11;
    private static final int BUCKETS = 1 << BITS;
    private static final int PASSES = (Long.SIZE + BITS - 1) / BITS;

    private SortOrder() {}

    /**
     * The rows in ascending order of their values; -0.0 equals 0.0 and NaN comes last.
     *
     * @param values any numbers
     * @return row numbers from 0
     */
    public static int[] ascending(double[] values) {
        long[] keys = new long[values.length];
        for (int i = 0; i < keys.length; i++) {
            keys[i] = key(values[i]);
        }
        return byUnsignedKeys(keys, identity(values.length));
    }

    /**
     * The rows in descending order of their values; rows of equal value keep their order.
     *
     * @param values any numbers
     * @return row numbers from 0; NaN first
     */
    public static int[] descending(double[] values) {
        long[] keys = new long[values.length];
        for (int i = 0; i < keys.length; i++) {
            keys[i] = ~key(values[i]);
        }
        return byUnsignedKeys(keys, identity(values.length));
    }

    /**
     * Sorts rows that are already in some order by a further, more important key, stably.
     *
     * @param codes the more important key of every row
     * @param order row numbers in their present order; not changed
     * @return the rows in ascending order of code, ties in their present order
     */
    public static int[] thenBy(int[] codes, int[] order) {
        long[] keys = new long[codes.length];
        for (int i = 0; i < keys.length; i++) {
            keys[i] = (long) codes[i] - Integer.MIN_VALUE;
        }
        return byUnsignedKeys(keys, order);
    }

    /**
     * Sorts rows that are already in some order by a further, more important number, stably.
     *
     * @param values the more important key of every row; NaN last
     * @param order row numbers in their present order; not changed
     * @return the rows in ascending order of value, ties in their present order
     */
    public static int[] thenBy(double[] values, int[] order) {
        long[] keys = new long[values.length];
        for (int i = 0; i < keys.length; i++) {
            keys[i] = key(values[i]);
        }
        return byUnsignedKeys(keys, order);
    }

    private static long key(double value) {
        long bits = Double.doubleToLongBits(value + 0.0);
        return bits ^ ((bits >> 63) | Long.MIN_VALUE);
    }

    private static int[] identity(int n) {
        int[] order = new int[n];
        for (int i = 0; i < n; i++) {
            order[i] = i;
        }
        return order;
    }

    /** Sorts by keys given in the order of the rows named, which is not changed. */
    private static int[] byUnsignedKeys(long[] keyOfRow, int[] order) {
        int n = order.length;
        int[] rows = order.clone();
        if (n <= SMALL) {
            insertionSort(keyOfRow, rows);
            return rows;
        }
        long[] keys = new long[n];
        int[][] start = new int[PASSES][BUCKETS + 1];
        for (int i = 0; i < n; i++) {
            long key = keyOfRow[rows[i]];
            keys[i] = key;
            for (int pass = 0; pass < PASSES; pass++) {
                start[pass][bucket(key, pass * BITS) + 1]++;
            }
        }
        // keys travel with their rows, so that every pass reads in sequence
        long[] otherKeys = new long[n];
        int[] otherRows = new int[n];
        for (int pass = 0; pass < PASSES; pass++) {
            int[] next = start[pass];
            int shift = pass * BITS;
            if (next[bucket(keys[0], shift) + 1] == n) {
                continue;
            }
            for (int b = 0; b < BUCKETS; b++) {
                next[b + 1] += next[b];
            }
            for (int i = 0; i < n; i++) {
                int at = next[bucket(keys[i], shift)]++;
                otherKeys[at] = keys[i];
                otherRows[at] = rows[i];
            }
            long[] swapKeys = keys;
            keys = otherKeys;
            otherKeys = swapKeys;
            int[] swapRows = rows;
            rows = otherRows;
            otherRows = swapRows;
        }
        return rows;
    }

    private static int bucket(long key, int shift) {
        return (int) (key >>> shift) & (BUCKETS - 1);
    }

    private static void insertionSort(long[] keys, int[] order) {
        for (int i = 1; i < order.length; i++) {
            int row = order[i];
            long key = keys[row];
            int j = i - 1;
            while (j >= 0 && Long.compareUnsigned(keys[order[j]], key) > 0) {
                order[j + 1] = order[j];
                j--;
            }
            order[j + 1] = row;
        }
    }
}
