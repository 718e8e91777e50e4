// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.eval.study;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.SingularValueDecomposition;
import org.apache.commons.math3.stat.descriptive.rank.Percentile;
import org.apache.commons.math3.stat.descriptive.rank.Percentile.EstimationType;
import org.jspecify.annotations.Nullable;

/**
 * Table 1: who the patients are, by group, with what is missing and how far the groups are apart in
 * standard deviations. There are no p-values: a baseline table describes a sample.
 *
 * <p>Standardised difference of two groups: for numbers {@code |m1 - m2| / sqrt((s1^2 + s2^2) /
 * 2)}; for categories the Mahalanobis distance of the shares, all levels but the first, with the
 * mean of the two multinomial covariances. With more than two groups it is the largest of all
 * pairs. Above 0.1 is usually called imbalance. Missing values take no part and have a difference
 * of their own: that of the share missing.
 *
 * <p>Reference: Yang, Dalton (2012), A unified approach to measuring the effect size between two
 * groups using SAS, SAS Global Forum 335-2012; Austin (2009), doi:10.1002/sim.3697.
 *
 * @since 0.1.0
 */
public final class BaselineTable {
    private final List<String> groups;
    private final List<int[]> rows;
    private final int size;
    private final List<Variable> variables;

    private BaselineTable(
            List<String> groups, List<int[]> rows, int size, List<Variable> variables) {
        this.groups = groups;
        this.rows = rows;
        this.size = size;
        this.variables = variables;
    }

    /**
     * A table without variables.
     *
     * @param group the group of each row, none blank
     * @return the table; groups in the order of the alphabet
     * @throws IllegalArgumentException when there is no row
     */
    public static BaselineTable of(String[] group) {
        if (group.length == 0) {
            throw new IllegalArgumentException("group has no row; needed is at least one");
        }
        List<String> names = List.copyOf(new TreeSet<>(Arrays.asList(group)));
        List<int[]> rows = new ArrayList<>();
        for (String name : names) {
            rows.add(IntStream.range(0, group.length).filter(i -> group[i].equals(name)).toArray());
        }
        return new BaselineTable(names, rows, group.length, List.of());
    }

    /**
     * A variable in all groups.
     *
     * @param name its name
     * @param numbers by group when it is a number, the group {@code ""} is everybody; else empty
     * @param levels by group when it is a category: rows by level; else empty
     * @param present rows with a value by group
     * @param standardisedDifference at least 0; {@code NaN} with one group or when undefined
     * @param missingDifference that of the share missing
     * @since 0.1.0
     */
    public record Variable(
            String name,
            Map<String, Numbers> numbers,
            Map<String, Map<String, Integer>> levels,
            Map<String, Integer> present,
            double standardisedDifference,
            double missingDifference) {}

    /**
     * A number in one group.
     *
     * @param mean the mean; {@code NaN} without a value, as the others
     * @param standardDeviation with n - 1
     * @param lowerQuartile R's type 7
     * @param median the median
     * @param upperQuartile R's type 7
     * @since 0.1.0
     */
    public record Numbers(
            double mean,
            double standardDeviation,
            double lowerQuartile,
            double median,
            double upperQuartile) {}

    /**
     * The same table with one more number.
     *
     * @param name its name
     * @param values {@code NaN} is missing
     * @return the table
     * @throws IllegalArgumentException when the length differs
     */
    public BaselineTable withNumber(String name, double[] values) {
        require(name, values.length);
        Map<String, Numbers> numbers = new LinkedHashMap<>();
        Map<String, Integer> present = new LinkedHashMap<>();
        List<double[]> known = new ArrayList<>();
        for (int g = -1; g < groups.size(); g++) {
            double[] some =
                    Arrays.stream(Scored.pick(values, of(g)))
                            .filter(v -> !Double.isNaN(v))
                            .toArray();
            numbers.put(name(g), numbers(some));
            present.put(name(g), some.length);
            if (g >= 0) {
                known.add(some);
            }
        }
        double largest = Double.NaN;
        for (int a = 0; a < known.size(); a++) {
            for (int b = a + 1; b < known.size(); b++) {
                Numbers one = numbers(known.get(a));
                Numbers other = numbers(known.get(b));
                double s = Math.hypot(one.standardDeviation(), other.standardDeviation());
                largest = larger(largest, Math.abs(one.mean() - other.mean()) / (s / Math.sqrt(2)));
            }
        }
        return with(
                new Variable(
                        name,
                        Map.copyOf(numbers),
                        Map.of(),
                        Map.copyOf(present),
                        largest,
                        missing(present)));
    }

    private static Numbers numbers(double[] values) {
        int n = values.length;
        double mean = Arrays.stream(values).average().orElse(Double.NaN);
        double squares = Arrays.stream(values).map(v -> (v - mean) * (v - mean)).sum();
        Percentile percentile = new Percentile().withEstimationType(EstimationType.R_7);
        percentile.setData(values);
        return new Numbers(
                mean,
                n < 2 ? Double.NaN : Math.sqrt(squares / (n - 1)),
                n == 0 ? Double.NaN : percentile.evaluate(25),
                n == 0 ? Double.NaN : percentile.evaluate(50),
                n == 0 ? Double.NaN : percentile.evaluate(75));
    }

    /**
     * The same table with one more category.
     *
     * @param name its name
     * @param values {@code null} or blank is missing
     * @return the table
     * @throws IllegalArgumentException when the length differs
     */
    public BaselineTable withCategory(String name, @Nullable String[] values) {
        require(name, values.length);
        List<String> levels = List.copyOf(SubgroupTable.rowsByLevel(size, values).keySet());
        Map<String, Map<String, Integer>> counts = new LinkedHashMap<>();
        Map<String, Integer> present = new LinkedHashMap<>();
        List<double[]> shares = new ArrayList<>();
        for (int g = -1; g < groups.size(); g++) {
            Map<String, Integer> count = new LinkedHashMap<>();
            levels.forEach(level -> count.put(level, 0));
            for (int i : of(g)) {
                String value = values[i];
                if (value != null && !value.isBlank()) {
                    count.merge(value, 1, Integer::sum);
                }
            }
            double sum = count.values().stream().mapToInt(Integer::intValue).sum();
            counts.put(name(g), count);
            present.put(name(g), (int) sum);
            if (g >= 0) {
                shares.add(count.values().stream().mapToDouble(c -> c / sum).toArray());
            }
        }
        return with(
                new Variable(
                        name,
                        Map.of(),
                        Map.copyOf(counts),
                        Map.copyOf(present),
                        largest(shares),
                        missing(present)));
    }

    private double missing(Map<String, Integer> present) {
        List<double[]> shares = new ArrayList<>();
        for (int g = 0; g < groups.size(); g++) {
            double share = (double) present.getOrDefault(groups.get(g), 0) / rows.get(g).length;
            shares.add(new double[] {share, 1 - share});
        }
        return largest(shares);
    }

    /** The largest distance of any two groups; shares that are all the same are 0 apart. */
    private static double largest(List<double[]> shares) {
        double largest = Double.NaN;
        for (int a = 0; a < shares.size(); a++) {
            for (int b = a + 1; b < shares.size(); b++) {
                largest = larger(largest, distance(shares.get(a), shares.get(b)));
            }
        }
        return largest;
    }

    private static double larger(double largest, double one) {
        return Double.isNaN(largest) || one > largest ? one : largest;
    }

    private static double distance(double[] p, double[] q) {
        int k = p.length - 1;
        if (k < 1 || Double.isNaN(p[0]) || Double.isNaN(q[0])) {
            return k < 1 && p.length > 0 ? 0 : Double.NaN;
        }
        double[] gap = new double[k];
        double[][] covariance = new double[k][k];
        double sum = 0;
        for (int i = 0; i < k; i++) {
            gap[i] = p[i + 1] - q[i + 1];
            sum += Math.abs(gap[i]);
            for (int j = 0; j < k; j++) {
                covariance[i][j] =
                        i == j
                                ? (p[i + 1] * (1 - p[i + 1]) + q[i + 1] * (1 - q[i + 1])) / 2
                                : -(p[i + 1] * p[j + 1] + q[i + 1] * q[j + 1]) / 2;
            }
        }
        if (sum == 0) {
            return 0;
        }
        // the pseudo-inverse: a level that nobody has must not make the others undefined
        double[] solved =
                new SingularValueDecomposition(new Array2DRowRealMatrix(covariance, false))
                        .getSolver()
                        .getInverse()
                        .operate(gap);
        double square = 0;
        for (int i = 0; i < k; i++) {
            square += gap[i] * solved[i];
        }
        return square > 0 ? Math.sqrt(square) : Double.POSITIVE_INFINITY;
    }

    private int[] of(int group) {
        return group < 0 ? IntStream.range(0, size).toArray() : rows.get(group);
    }

    private String name(int group) {
        return group < 0 ? "" : groups.get(group);
    }

    private void require(String name, int length) {
        if (length != size) {
            throw new IllegalArgumentException(
                    name + " has " + length + " rows, group has " + size);
        }
    }

    private BaselineTable with(Variable variable) {
        List<Variable> more = new ArrayList<>(variables);
        more.add(variable);
        return new BaselineTable(groups, rows, size, List.copyOf(more));
    }

    /**
     * The names of the groups.
     *
     * @return in the order of the alphabet
     */
    public List<String> groups() {
        return groups;
    }

    /**
     * The rows of a group.
     *
     * @param group its name; {@code ""} is everybody
     * @return their number, 0 for a stranger
     */
    public int size(String group) {
        int g = groups.indexOf(group);
        return group.isEmpty() ? size : g < 0 ? 0 : rows.get(g).length;
    }

    /**
     * The variables.
     *
     * @return in the order they were added
     */
    public List<Variable> variables() {
        return variables;
    }
}
