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

    /** Passes over the leading bits; the rest of a double seldom decides. */
    private static final int COARSE = 3;

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
        Keyed keyed = new Keyed(keyOfRow, order);
        if (order.length <= SMALL) {
            keyed.insertion(Long.MAX_VALUE);
            return keyed.rows;
        }
        int highest = Long.SIZE - Long.numberOfLeadingZeros(keyed.differingBits());
        int coarse = Math.max(0, highest - COARSE * BITS);
        keyed.byBits(coarse, highest);
        // rows that agree in so many bits and not in the rest are few, unless numbers cluster
        if (coarse > 0 && !keyed.insertion(order.length)) {
            keyed.byBits(0, highest);
        }
        return keyed.rows;
    }

    /** Rows and their keys side by side, so that every pass reads in sequence. */
    private static final class Keyed {
        private final int n;
        private long[] keys;
        private int[] rows;

        Keyed(long[] keyOfRow, int[] order) {
            n = order.length;
            rows = order.clone();
            keys = new long[n];
            for (int i = 0; i < n; i++) {
                keys[i] = keyOfRow[rows[i]];
            }
        }

        long differingBits() {
            long bits = 0;
            for (long key : keys) {
                bits |= key ^ keys[0];
            }
            return bits;
        }

        /** Stable by the bits from one up to another, lowest first. */
        void byBits(int from, int to) {
            int[][] start = new int[(to - from + BITS - 1) / BITS][BUCKETS + 1];
            for (long key : keys) {
                for (int pass = 0; pass < start.length; pass++) {
                    start[pass][bucket(key, from + pass * BITS) + 1]++;
                }
            }
            long[] otherKeys = new long[n];
            int[] otherRows = new int[n];
            for (int pass = 0; pass < start.length; pass++) {
                int[] next = start[pass];
                int shift = from + pass * BITS;
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
        }

        /**
         * Stable by the whole key; false, and sorted in part, where it takes more moves than given.
         */
        boolean insertion(long moves) {
            for (int i = 1; i < n; i++) {
                int row = rows[i];
                long key = keys[i];
                int j = i - 1;
                for (; j >= 0 && Long.compareUnsigned(keys[j], key) > 0; j--) {
                    keys[j + 1] = keys[j];
                    rows[j + 1] = rows[j];
                }
                keys[j + 1] = key;
                rows[j + 1] = row;
                moves -= i - 1 - j;
                if (moves < 0) {
                    return false;
                }
            }
            return true;
        }

        private static int bucket(long key, int shift) {
            return (int) (key >>> shift) & (BUCKETS - 1);
        }
    }
}
