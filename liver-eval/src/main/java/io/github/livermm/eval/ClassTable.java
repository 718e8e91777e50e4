// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.eval;

import org.jspecify.annotations.Nullable;

/**
 * The table of true against called class for any number of classes, with weights where rows have
 * them. Precision and recall with denominator 0 count as 0, as scikit-learn counts them.
 *
 * <p>Reference: Gorodkin (2004), Comparing two K-category assignments by a K-category correlation
 * coefficient, doi:10.1016/j.compbiolchem.2004.09.006.
 *
 * @since 0.1.0
 */
public final class ClassTable {
    private final double[][] weight;

    private ClassTable(double[][] weight) {
        this.weight = weight;
    }

    /**
     * Counts rows.
     *
     * @param truth the true class of each row, in [0, classes)
     * @param called the called class of each row, in [0, classes)
     * @param classes how many classes there are, at least 2
     * @param weights one weight per row, or {@code null} for equal weights
     * @return the table
     * @throws IllegalArgumentException when lengths differ, a class is out of range or a weight is
     *     negative or not finite
     */
    public static ClassTable of(
            int[] truth, int[] called, int classes, double @Nullable [] weights) {
        Rows.requireSameLength("truth", truth.length, "called", called.length);
        Rows.requireWeights(weights, truth.length);
        Rows.requireClasses("truth", truth, classes);
        Rows.requireClasses("called", called, classes);
        double[][] table = new double[classes][classes];
        for (int i = 0; i < truth.length; i++) {
            table[truth[i]][called[i]] += weights == null ? 1 : weights[i];
        }
        return new ClassTable(table);
    }

    /**
     * The number of classes.
     *
     * @return at least 2
     */
    public int classes() {
        return weight.length;
    }

    /**
     * The weight of a cell.
     *
     * @param truth the true class
     * @param called the called class
     * @return the summed weight of its rows
     */
    public double weight(int truth, int called) {
        return weight[truth][called];
    }

    /**
     * The weight of a true class.
     *
     * @param k the class
     * @return the summed weight of its rows
     */
    public double support(int k) {
        double sum = 0;
        for (double value : weight[k]) {
            sum += value;
        }
        return sum;
    }

    private double called(int k) {
        double sum = 0;
        for (double[] row : weight) {
            sum += row[k];
        }
        return sum;
    }

    private double total() {
        double sum = 0;
        for (int k = 0; k < classes(); k++) {
            sum += support(k);
        }
        return sum;
    }

    private double agreement() {
        double sum = 0;
        for (int k = 0; k < classes(); k++) {
            sum += weight[k][k];
        }
        return sum;
    }

    /**
     * The share called right.
     *
     * @return in [0, 1], {@code NaN} without rows
     */
    public double accuracy() {
        return agreement() / total();
    }

    /**
     * The mean recall of the classes that are present.
     *
     * @return in [0, 1], {@code NaN} without rows
     */
    public double balancedAccuracy() {
        double sum = 0;
        int present = 0;
        for (int k = 0; k < classes(); k++) {
            if (support(k) > 0) {
                sum += recall(k);
                present++;
            }
        }
        return sum / present;
    }

    /**
     * The share of rows called a class that are of it.
     *
     * @param k the class
     * @return in [0, 1], 0 when the class is never called
     */
    public double precision(int k) {
        double called = called(k);
        return called > 0 ? weight[k][k] / called : 0;
    }

    /**
     * The share of rows of a class that are called it.
     *
     * @param k the class
     * @return in [0, 1], 0 when the class is absent
     */
    public double recall(int k) {
        double support = support(k);
        return support > 0 ? weight[k][k] / support : 0;
    }

    /**
     * The harmonic mean of precision and recall of a class.
     *
     * @param k the class
     * @return in [0, 1], 0 when the class is absent and never called
     */
    public double f1(int k) {
        double sum = support(k) + called(k);
        return sum > 0 ? 2 * weight[k][k] / sum : 0;
    }

    /**
     * Gorodkin's correlation of truth and call, Matthews' for two classes.
     *
     * @return in [-1, 1], {@code NaN} when truth or call is constant
     */
    public double mcc() {
        double total = total();
        double cross = 0;
        double ofTruth = total * total;
        double ofCalls = total * total;
        for (int k = 0; k < classes(); k++) {
            cross += support(k) * called(k);
            ofTruth -= support(k) * support(k);
            ofCalls -= called(k) * called(k);
        }
        double scale = Math.sqrt(ofTruth) * Math.sqrt(ofCalls);
        return scale > 0 ? (agreement() * total - cross) / scale : Double.NaN;
    }

    /**
     * Cohen's kappa of truth and call.
     *
     * @return at most 1, {@code NaN} when chance agreement is complete
     */
    public double kappa() {
        double total = total();
        double chance = 0;
        for (int k = 0; k < classes(); k++) {
            chance += support(k) * called(k);
        }
        chance /= total * total;
        return chance < 1 ? (accuracy() - chance) / (1 - chance) : Double.NaN;
    }
}
