// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.eval;

import io.github.livermm.eval.resample.Bootstrap;
import io.github.livermm.eval.resample.BootstrapDistribution;
import java.util.Arrays;

/**
 * The bootstrap of an area under the ROC curve without sorting every replicate: the scores are
 * ranked once and each replicate counts how often it drew each row, O(n) instead of O(n log n). The
 * figures are those of resampling {@link RocCurve#auc()} by {@link Bootstrap#distribution}.
 *
 * @since 0.1.0
 */
public final class AucBootstrap {
    private AucBootstrap() {}

    /**
     * Resamples one area.
     *
     * @param positive the truth of each row
     * @param score the score of each row, higher for positive, not {@code NaN}
     * @param plan how to resample; stratify by {@code positive} to keep the class sizes, as pROC
     *     does
     * @return the distribution; replicates without one of the classes are undefined
     * @throws IllegalArgumentException when lengths differ, a score is {@code NaN} or the plan does
     *     not fit
     */
    public static BootstrapDistribution of(boolean[] positive, double[] score, Bootstrap plan) {
        Ranked ranked = new Ranked(positive, score, "score");
        return plan.distributionOfCounts(score.length, ranked::auc);
    }

    /**
     * Resamples the difference of two areas on the same rows.
     *
     * @param positive the truth of each row
     * @param first the first score, not {@code NaN}
     * @param second the second score, not {@code NaN}
     * @param plan how to resample
     * @return the distribution of first less second
     * @throws IllegalArgumentException when lengths differ, a score is {@code NaN} or the plan does
     *     not fit
     */
    public static BootstrapDistribution ofDifference(
            boolean[] positive, double[] first, double[] second, Bootstrap plan) {
        Ranked one = new Ranked(positive, first, "first");
        Ranked two = new Ranked(positive, second, "second");
        return plan.distributionOfCounts(
                positive.length, counts -> one.auc(counts) - two.auc(counts));
    }

    /** Rows in ascending order of score; the last of each run of equal scores is marked. */
    private static final class Ranked {
        private final int[] positiveRow;
        private final int[] negativeRow;
        private final int[] positiveEnd;
        private final int[] negativeEnd;

        Ranked(boolean[] positive, double[] score, String name) {
            Rows.requireSameLength("positive", positive.length, name, score.length);
            for (int i = 0; i < score.length; i++) {
                if (Double.isNaN(score[i])) {
                    throw new IllegalArgumentException(
                            name + " row " + i + " is NaN; resample rows that have a score");
                }
            }
            int n = score.length;
            int m = Rows.count(positive);
            int[] order = SortOrder.ascending(score);
            positiveRow = new int[m];
            negativeRow = new int[n - m];
            int[] endP = new int[n];
            int[] endN = new int[n];
            int groups = 0;
            int p = 0;
            int q = 0;
            for (int from = 0, to; from < n; from = to, groups++) {
                for (to = from; to < n && score[order[to]] == score[order[from]]; to++) {
                    if (positive[order[to]]) {
                        positiveRow[p++] = order[to];
                    } else {
                        negativeRow[q++] = order[to];
                    }
                }
                endP[groups] = p;
                endN[groups] = q;
            }
            positiveEnd = Arrays.copyOf(endP, groups);
            negativeEnd = Arrays.copyOf(endN, groups);
        }

        /** The area when each row counts as often as it was drawn. */
        double auc(int[] copies) {
            long below = 0;
            long all = 0;
            long twice = 0;
            int p = 0;
            int q = 0;
            for (int g = 0; g < positiveEnd.length; g++) {
                int a = 0;
                int b = 0;
                for (; p < positiveEnd[g]; p++) {
                    a += copies[positiveRow[p]];
                }
                for (; q < negativeEnd[g]; q++) {
                    b += copies[negativeRow[q]];
                }
                twice += a * (2 * below + b);
                below += b;
                all += a;
            }
            return twice / 2.0 / ((double) all * below);
        }
    }
}
