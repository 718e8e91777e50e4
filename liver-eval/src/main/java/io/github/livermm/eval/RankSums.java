// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.eval;

import java.util.Arrays;

/** Sums of weights by rank with prefix sums in O(log ranks): a Fenwick tree. */
final class RankSums {
    private final double[] tree;
    private final double[] single;
    private double total;

    RankSums(int ranks) {
        tree = new double[ranks + 1];
        single = new double[ranks];
    }

    void clear() {
        Arrays.fill(tree, 0);
        Arrays.fill(single, 0);
        total = 0;
    }

    void add(int rank, double weight) {
        single[rank] += weight;
        total += weight;
        for (int k = rank + 1; k < tree.length; k += k & -k) {
            tree[k] += weight;
        }
    }

    double below(int rank) {
        double sum = 0;
        for (int k = rank; k > 0; k -= k & -k) {
            sum += tree[k];
        }
        return sum;
    }

    double at(int rank) {
        return single[rank];
    }

    double total() {
        return total;
    }
}
