// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.eval;

import java.util.Arrays;

/**
 * Areas under ROC curves when several rows belong to one unit, such as lesions of a patient or
 * repeated readings: the area is the usual one over all pairs of rows, its variance counts units.
 * Use {@link RocCurve} or {@link DeLongTest} when rows are independent; with one row per unit the
 * figures are theirs.
 *
 * <p>With V the placements of the rows, m positive and n negative rows, {@code var = S10/m + S01/n
 * + 2 S11/(m n)}; S10 is {@code I10 / ((I10 - 1) m)} times the sum over units of (sum of V - m_i
 * AUC)^2, I10 the number of units with a positive row, S01 likewise of negative rows, and S11
 * {@code I / (I - 1)} times the sum of the products over all I units. Ties count one half. O(n log
 * n).
 *
 * <p>Reference: Obuchowski NA (1997), Nonparametric analysis of clustered ROC curve data,
 * doi:10.2307/2533958.
 *
 * @since 0.1.0
 */
public final class ClusteredAuc {
    private ClusteredAuc() {}

    /**
     * The area of one score with normal limits.
     *
     * @param positive the truth of each row
     * @param cluster the code of the unit of each row, any numbers
     * @param score the score of each row, not {@code NaN}, higher for positive
     * @param level the confidence level in (0, 1)
     * @return the area, limits clipped to [0, 1]; {@code NaN} when a class is absent, limits {@code
     *     NaN} when it is in one unit only
     * @throws IllegalArgumentException when lengths differ or a score is {@code NaN}
     */
    public static Interval of(boolean[] positive, int[] cluster, double[] score, double level) {
        double area = RocCurve.of(positive, score).auc();
        double se = Math.sqrt(covariance(positive, cluster, score)[0][0]);
        double half = Normal.twoSided(level) * se;
        return new Interval(
                area,
                Math.max(0, area - half),
                Math.min(1, area + half),
                "DeLong, clustered (Obuchowski)");
    }

    /**
     * Compares two scores of the same rows.
     *
     * @param positive the truth of each row
     * @param cluster the code of the unit of each row
     * @param first the first score, not {@code NaN}
     * @param second the second score, likewise
     * @param level the confidence level of the difference, in (0, 1)
     * @return the test
     * @throws IllegalArgumentException when lengths differ or a score is {@code NaN}
     */
    public static DeLongTest paired(
            boolean[] positive, int[] cluster, double[] first, double[] second, double level) {
        return DeLongTest.paired(
                RocCurve.of(positive, first).auc(),
                RocCurve.of(positive, second).auc(),
                covariance(positive, cluster, first, second),
                level,
                "DeLong, paired and clustered (Obuchowski)");
    }

    /**
     * The covariance matrix of the areas of several scores of the same rows.
     *
     * @param positive the truth of each row
     * @param cluster the code of the unit of each row
     * @param scores one array per score, none {@code NaN}
     * @return a square array in the order of the scores; {@code NaN} when a class is in fewer than
     *     two units
     * @throws IllegalArgumentException when lengths differ or a score is {@code NaN}
     */
    public static double[][] covariance(boolean[] positive, int[] cluster, double[]... scores) {
        Rows.requireSameLength("positive", positive.length, "cluster", cluster.length);
        int[] codes = Arrays.stream(cluster).distinct().sorted().toArray();
        int units = codes.length;
        int[] unit = Arrays.stream(cluster).map(c -> Arrays.binarySearch(codes, c)).toArray();
        boolean[] withPositive = new boolean[units];
        boolean[] withNegative = new boolean[units];
        for (int i = 0; i < unit.length; i++) {
            withPositive[unit[i]] |= positive[i];
            withNegative[unit[i]] |= !positive[i];
        }
        double m = Rows.count(positive);
        double n = positive.length - m;
        // sums of placements less the area: of each score, of positive and negative rows, by unit
        double[][][] sums = new double[scores.length][2][units];
        for (int s = 0; s < scores.length; s++) {
            double[] placement = Placements.of(positive, scores[s], "score " + s);
            for (int i = 0; i < unit.length; i++) {
                sums[s][positive[i] ? 1 : 0][unit[i]] += placement[i];
            }
        }
        double i10 = Rows.count(withPositive);
        double i01 = Rows.count(withNegative);
        double[][] result = new double[scores.length][scores.length];
        for (int a = 0; a < scores.length; a++) {
            for (int b = 0; b < scores.length; b++) {
                double s10 = i10 / (i10 - 1) / m * dot(sums[a][1], sums[b][1]);
                double s01 = i01 / (i01 - 1) / n * dot(sums[a][0], sums[b][0]);
                double cross = dot(sums[a][1], sums[b][0]) + dot(sums[a][0], sums[b][1]);
                double s11 = units / (units - 1.0) * cross / 2;
                double value = s10 / m + s01 / n + 2 * s11 / (m * n);
                result[a][b] = i10 > 1 && i01 > 1 ? value : Double.NaN;
            }
        }
        return result;
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }
}
