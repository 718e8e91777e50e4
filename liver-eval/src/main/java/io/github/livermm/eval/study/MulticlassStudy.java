// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.eval.study;

import io.github.livermm.eval.ClassTable;
import io.github.livermm.eval.HandTill;
import io.github.livermm.eval.Interval;
import io.github.livermm.eval.MulticlassEvaluation;
import io.github.livermm.eval.ProportionInterval;
import io.github.livermm.eval.RocCurve;
import io.github.livermm.eval.resample.Bootstrap;
import io.github.livermm.eval.resample.BootstrapDistribution;
import io.github.livermm.eval.resample.Limits;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A target of several classes: overall figures with bootstrap limits, each class against the rest,
 * and the confusion of classes. The called class is the most probable one, the first of equals.
 * Centres and subgroups are compared by accuracy, with Wilson's limits.
 *
 * @since 0.1.0
 */
public final class MulticlassStudy implements StudyEvaluation {
    private static final int REPLICATES = 1000;
    private static final List<String> FIGURES =
            List.of(
                    "accuracy",
                    "balanced_accuracy",
                    "mcc",
                    "kappa",
                    "auc_ovr_macro",
                    "auc_ovr_weighted",
                    "hand_till_m",
                    "brier",
                    "log_loss");

    private final int[] truth;
    private final List<String> classes;
    private final double[][] probability;
    private final RowColumns columns;
    private final ClassTable table;
    private final Map<String, Interval> figures = new LinkedHashMap<>();
    private final Map<String, Interval> oneAgainstRest = new LinkedHashMap<>();
    private final List<String> notes = new ArrayList<>();

    private MulticlassStudy(
            int[] truth,
            List<String> classes,
            double[][] probability,
            RowColumns columns,
            long seed) {
        columns.requireRows(truth.length);
        notes.addAll(columns.notes());
        this.truth = truth.clone();
        this.classes = List.copyOf(classes);
        this.probability = new double[probability.length][];
        Arrays.setAll(this.probability, i -> probability[i].clone());
        this.columns = columns;
        this.table = MulticlassEvaluation.of(truth, probability, columns.weights).table();
        String manner = columns.manner().isEmpty() ? "stratified" : columns.manner();
        String method = "bootstrap percentile, " + manner + ", " + REPLICATES + " replicates";
        Bootstrap plan = Bootstrap.of(REPLICATES, seed);
        plan =
                columns.clusters == null
                        ? plan.stratifiedBy(truth)
                        : plan.clusteredBy(columns.clusters);
        List<BootstrapDistribution> found = plan.distributions(truth.length, this::figuresOf);
        for (int f = 0; f < FIGURES.size(); f++) {
            BootstrapDistribution one = found.get(f);
            Limits limits = one.percentile(Scored.LEVEL);
            figures.put(
                    FIGURES.get(f),
                    Double.isFinite(one.estimate())
                            ? new Interval(one.estimate(), limits.lower(), limits.upper(), method)
                            : Interval.undefined(method));
        }
        for (int k = 0; k < classes.size(); k++) {
            oneAgainstRest.put(
                    classes.get(k), RocCurve.of(is(k), score(k)).aucLogitInterval(Scored.LEVEL));
        }
        note();
    }

    /**
     * Evaluates a table.
     *
     * @param truth the true class of each row, from 0; at least one row
     * @param classes the names of the classes, at least two
     * @param probability one row per row and one column per class, in [0, 1]
     * @param columns weights, centres, clusters and subgroups
     * @param seed of the bootstrap; the same seed gives the same limits for any number of threads
     * @return the evaluation
     * @throws IllegalArgumentException when lengths differ, there is no row, or a value is out of
     *     range
     */
    public static MulticlassStudy of(
            int[] truth,
            List<String> classes,
            double[][] probability,
            RowColumns columns,
            long seed) {
        for (int i = 0; i < probability.length; i++) {
            if (probability[i].length != classes.size()) {
                throw new IllegalArgumentException(
                        "probability row "
                                + i
                                + " has "
                                + probability[i].length
                                + " columns for the classes "
                                + classes);
            }
        }
        return new MulticlassStudy(truth, classes, probability, columns, seed);
    }

    private void note() {
        for (int k = 0; k < classes.size(); k++) {
            if (!(table.support(k) > 0)) {
                notes.add(
                        "no row of class "
                                + classes.get(k)
                                + ": its recall and auc, and the means of auc, are undefined");
            }
        }
        if (Double.isNaN(figures.getOrDefault("log_loss", Interval.undefined("")).estimate())) {
            notes.add("log_loss: a true class had probability 0: it is infinite");
        }
        if (columns.weights != null) {
            notes.add(
                    "hand_till_m, the auc of one class against the rest, centres and subgroups use"
                            + " no weights");
        }
    }

    private double[] figuresOf(int[] drawn) {
        int[] t = Arrays.stream(drawn).map(i -> truth[i]).toArray();
        double[][] p = new double[drawn.length][];
        Arrays.setAll(p, i -> probability[drawn[i]]);
        double[] w = columns.weights == null ? null : Scored.pick(columns.weights, drawn);
        MulticlassEvaluation all = MulticlassEvaluation.of(t, p, w);
        ClassTable calls = all.table();
        return new double[] {
            calls.accuracy(),
            calls.balancedAccuracy(),
            calls.mcc(),
            calls.kappa(),
            all.ovrMacroAuc(),
            all.ovrWeightedAuc(),
            HandTill.of(t, p).m(),
            all.brier(),
            all.logLoss()
        };
    }

    /**
     * The names of the classes.
     *
     * @return in the order of the columns
     */
    public List<String> classes() {
        return classes;
    }

    /**
     * True against called classes, weighted.
     *
     * @return the table
     */
    public ClassTable table() {
        return table;
    }

    /**
     * The overall figures.
     *
     * @return by their keys in {@code metrics.json}
     */
    public Map<String, Interval> figures() {
        return Collections.unmodifiableMap(figures);
    }

    /**
     * The area under the curve of each class against the rest.
     *
     * @return by class
     */
    public Map<String, Interval> oneAgainstRest() {
        return Collections.unmodifiableMap(oneAgainstRest);
    }

    /**
     * Which rows are of a class.
     *
     * @param k the class, from 0
     * @return one value for each row
     */
    public boolean[] is(int k) {
        boolean[] is = new boolean[truth.length];
        for (int i = 0; i < is.length; i++) {
            is[i] = truth[i] == k;
        }
        return is;
    }

    /**
     * The probability of a class.
     *
     * @param k the class, from 0
     * @return one value for each row
     */
    public double[] score(int k) {
        return Arrays.stream(probability).mapToDouble(row -> row[k]).toArray();
    }

    @Override
    public Optional<CentreTable> centres() {
        return Optional.empty();
    }

    @Override
    public Map<String, SubgroupTable> subgroups() {
        return Map.of();
    }

    @Override
    public List<String> notes() {
        return List.copyOf(notes);
    }

    @Override
    public Map<String, @Nullable Object> toMap() {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        map.put("task", "multiclass");
        map.put("n", truth.length);
        figures.forEach((name, interval) -> map.put(name, interval.toMap()));
        Map<String, Object> byClass = new LinkedHashMap<>();
        Map<String, Object> confusion = new LinkedHashMap<>();
        for (int k = 0; k < classes.size(); k++) {
            Map<String, @Nullable Object> block = new LinkedHashMap<>();
            block.put("support", table.support(k));
            block.put("precision", orNull(table.precision(k)));
            block.put("recall", orNull(table.recall(k)));
            block.put("f1", orNull(table.f1(k)));
            block.put(
                    "auc",
                    oneAgainstRest.getOrDefault(classes.get(k), Interval.undefined("")).toMap());
            byClass.put(classes.get(k), block);
            Map<String, Object> row = new LinkedHashMap<>();
            for (int c = 0; c < classes.size(); c++) {
                row.put(classes.get(c), table.weight(k, c));
            }
            confusion.put(classes.get(k), row);
        }
        map.put("classes", byClass);
        map.put("confusion", confusion);
        if (columns.centres != null) {
            map.put("centres", accuracies(columns.centres));
        }
        if (!columns.levels().isEmpty()) {
            Map<String, Object> byColumn = new LinkedHashMap<>();
            columns.levels().forEach((name, level) -> byColumn.put(name, accuracies(level)));
            map.put("subgroups", byColumn);
        }
        map.put("notes", notes);
        return Collections.unmodifiableMap(map);
    }

    private Map<String, Object> accuracies(@Nullable String[] level) {
        Map<String, Object> byLevel = new LinkedHashMap<>();
        SubgroupTable.rowsByLevel(truth.length, level)
                .forEach(
                        (name, rows) -> {
                            long right =
                                    IntStream.of(rows).filter(i -> truth[i] == called(i)).count();
                            Map<String, Object> block = new LinkedHashMap<>();
                            block.put("n", rows.length);
                            block.put(
                                    "accuracy",
                                    ProportionInterval.WILSON
                                            .of(right, rows.length, Scored.LEVEL)
                                            .toMap());
                            byLevel.put(name, block);
                        });
        return byLevel;
    }

    private int called(int row) {
        int best = 0;
        for (int k = 1; k < classes.size(); k++) {
            best = probability[row][k] > probability[row][best] ? k : best;
        }
        return best;
    }

    private static @Nullable Object orNull(double value) {
        return Double.isFinite(value) ? value : null;
    }
}
