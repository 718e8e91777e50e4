// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.examples.cli;

import io.github.livermm.eval.CompetingOutcomes;
import io.github.livermm.eval.study.BinaryStudy;
import io.github.livermm.eval.study.MulticlassStudy;
import io.github.livermm.eval.study.RowColumns;
import io.github.livermm.eval.study.StudyEvaluation;
import io.github.livermm.eval.study.SurvivalStudy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/** The columns of a table of outcomes and scores, checked, for {@code liver evaluate}. */
final class ScoreTable {
    /** What is asked of the table. */
    enum Task {
        BINARY,
        MULTICLASS,
        SURVIVAL
    }

    private static final String SCORE = "score_";
    private static final String PROBABILITY = "p_";
    private static final String EVENT_BY = "p_event_";
    private static final Set<String> IDS = Set.of("patient_id", "id");

    /** A column with more levels is a measurement, not a subgroup. */
    private static final int MOST_LEVELS = 12;

    private final InputTable table;
    private final InputProblems problems;
    private final String mainName;
    private final List<String> used = new ArrayList<>(List.of("weight", "centre", "cluster"));

    private ScoreTable(InputTable table, String mainName, InputProblems problems) {
        this.table = table;
        this.mainName = mainName;
        this.problems = problems;
    }

    /** Reads and evaluates; ends with an {@link InputException} when anything is wrong. */
    static StudyEvaluation evaluate(
            InputTable table,
            Task task,
            String mainName,
            double threshold,
            List<String> notes,
            long seed,
            InputProblems problems) {
        ScoreTable reader = new ScoreTable(table, mainName, problems);
        return switch (task) {
            case BINARY -> reader.binary(threshold, notes, seed);
            case MULTICLASS -> reader.multiclass(notes, seed);
            case SURVIVAL -> reader.survival(notes, seed);
        };
    }

    private StudyEvaluation binary(double threshold, List<String> notes, long seed) {
        if (!table.requires(problems, "label", "score")) {
            problems.failIfAny();
        }
        double[] label = numbers("label", v -> v == 0 || v == 1, "0 or 1");
        Map<String, double[]> scores = scores("score", mainName);
        used.add("label");
        double[] main = scores.getOrDefault(mainName, new double[0]);
        int[] kept = known(label, main);
        RowColumns columns = columns(kept, "label or score", notes);
        problems.failIfAny();
        boolean[] positive = new boolean[kept.length];
        for (int i = 0; i < kept.length; i++) {
            positive[i] = label[kept[i]] == 1;
        }
        return BinaryStudy.of(positive, picked(scores, kept), columns, threshold, seed);
    }

    private StudyEvaluation survival(List<String> notes, long seed) {
        if (!table.requires(problems, "time", "event", "risk")) {
            problems.failIfAny();
        }
        double[] time = numbers("time", v -> v >= 0 && v < 1e300, "a time of 0 or more");
        double[] event =
                numbers("event", v -> v == 0 || v == 1 || v == 2, "0, 1 or 2 (2 = competing)");
        Map<String, double[]> risks = scores("risk", mainName);
        used.addAll(List.of("time", "event"));
        TreeMap<Double, double[]> byTime = new TreeMap<>();
        for (String column : table.header()) {
            if (column.startsWith(EVENT_BY)) {
                double t = horizon(column);
                double[] p = numbers(column, v -> v >= 0 && v <= 1, "a probability in [0, 1]");
                if (t > 0 && byTime.put(t, p) != null) {
                    problems.add(
                            table.file() + " row 1",
                            "two columns for the horizon " + t + "; remove one");
                }
                used.add(column);
            }
        }
        int[] kept = known(time, event, risks.getOrDefault(mainName, new double[0]));
        RowColumns columns = columns(kept, "time, event or risk", notes);
        problems.failIfAny();
        double[] horizons = byTime.keySet().stream().mapToDouble(Double::doubleValue).toArray();
        double[][] columnsByTime = byTime.values().toArray(double[][]::new);
        double[][] probability = new double[kept.length][horizons.length];
        for (int i = 0; i < kept.length; i++) {
            for (int h = 0; h < horizons.length; h++) {
                probability[i][h] = columnsByTime[h][kept[i]];
            }
        }
        CompetingOutcomes outcomes =
                CompetingOutcomes.of(
                        pick(time, kept), Arrays.stream(kept).map(i -> (int) event[i]).toArray());
        return SurvivalStudy.of(
                outcomes, picked(risks, kept), horizons, probability, columns, seed);
    }

    private double horizon(String column) {
        try {
            double t = Double.parseDouble(column.substring(EVENT_BY.length()));
            if (t > 0 && t < 1e300) {
                return t;
            }
        } catch (NumberFormatException e) {
            // named below
        }
        problems.add(
                table.file() + " row 1",
                "column "
                        + InputTable.quote(column)
                        + " names no time above 0; write p_event_<t>, t in the unit of time");
        return Double.NaN;
    }

    private StudyEvaluation multiclass(List<String> notes, long seed) {
        List<String> classes =
                table.header().stream()
                        .filter(c -> c.startsWith(PROBABILITY) && c.length() > PROBABILITY.length())
                        .map(c -> c.substring(PROBABILITY.length()))
                        .toList();
        table.requires(problems, "label");
        if (classes.size() < 2) {
            problems.add(
                    table.file() + " row 1",
                    "has "
                            + classes.size()
                            + " columns p_<class>; needed are at least two, one for each class");
        }
        if (!table.has("label") || classes.size() < 2) {
            problems.failIfAny();
        }
        used.add("label");
        double[][] byClass = new double[classes.size()][];
        for (int k = 0; k < byClass.length; k++) {
            String column = PROBABILITY + classes.get(k);
            byClass[k] = numbers(column, v -> v >= 0 && v <= 1, "a probability in [0, 1]");
            used.add(column);
        }
        int[] truth = new int[table.size()];
        double[] known = new double[table.size()];
        for (int i = 0; i < truth.length; i++) {
            truth[i] = label(i, classes);
            known[i] = truth[i] < 0 ? Double.NaN : sum(i, byClass);
        }
        int[] kept = known(known);
        RowColumns columns = columns(kept, "label or a probability", notes);
        if (kept.length == 0) {
            problems.add(table.file(), "has no row with a label and all probabilities");
        }
        problems.failIfAny();
        double[][] probability = new double[kept.length][classes.size()];
        for (int i = 0; i < kept.length; i++) {
            for (int k = 0; k < byClass.length; k++) {
                probability[i][k] = byClass[k][kept[i]];
            }
        }
        return MulticlassStudy.of(
                Arrays.stream(kept).map(i -> truth[i]).toArray(),
                classes,
                probability,
                columns,
                seed);
    }

    private int label(int row, List<String> classes) {
        String word = table.cell(row, "label");
        int k = classes.indexOf(word);
        if (k < 0 && !word.isEmpty()) {
            problems.add(
                    table.where(row, "label"),
                    InputTable.quote(word)
                            + " has no column p_"
                            + word
                            + ", allowed are "
                            + String.join(", ", classes)
                            + "; correct the label or add the column");
        }
        return k;
    }

    /** The sum of a row; NaN when a probability is missing, a problem when it is not near 1. */
    private double sum(int row, double[][] byClass) {
        double sum = 0;
        for (double[] column : byClass) {
            sum += column[row];
        }
        if (Math.abs(sum - 1) > 0.02) {
            problems.add(
                    table.file() + " row " + table.number(row),
                    "probabilities sum to " + sum + ", allowed is 1 within 0.02; mend the row");
        }
        return sum;
    }

    private Map<String, double[]> scores(String main, String name) {
        Map<String, double[]> scores = new LinkedHashMap<>();
        Predicate<Double> finite = v -> Double.isFinite(v);
        scores.put(name, numbers(main, finite, "a finite number"));
        used.add(main);
        for (String column : table.header()) {
            if (column.startsWith(SCORE) && column.length() > SCORE.length()) {
                String word = column.substring(SCORE.length());
                scores.put(
                        scores.containsKey(word) ? column : word,
                        numbers(column, finite, "a finite number"));
                used.add(column);
            }
        }
        return scores;
    }

    private double[] numbers(String column, Predicate<Double> accepts, String allowed) {
        double[] values = new double[table.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = table.number(i, column, accepts, allowed, problems).orElse(Double.NaN);
        }
        return values;
    }

    private static int[] known(double[]... columns) {
        return IntStream.range(0, columns[0].length)
                .filter(i -> Arrays.stream(columns).noneMatch(c -> Double.isNaN(c[i])))
                .toArray();
    }

    private static double[] pick(double[] values, int[] rows) {
        return Arrays.stream(rows).mapToDouble(i -> values[i]).toArray();
    }

    private static Map<String, double[]> picked(Map<String, double[]> scores, int[] rows) {
        Map<String, double[]> out = new LinkedHashMap<>();
        scores.forEach((name, values) -> out.put(name, pick(values, rows)));
        return out;
    }

    private RowColumns columns(int[] kept, String needed, List<String> notes) {
        RowColumns columns = RowColumns.none(kept.length);
        for (String note : notes) {
            columns = columns.withNote(note);
        }
        if (kept.length < table.size()) {
            columns =
                    columns.withNote(
                            (table.size() - kept.length)
                                    + " of "
                                    + table.size()
                                    + " rows without "
                                    + needed
                                    + " are left out");
        }
        if (table.has("weight")) {
            double[] weight = numbers("weight", v -> v >= 0 && v < 1e300, "0 or more");
            requireFilled("weight", kept);
            if (problems.none() && Arrays.stream(pick(weight, kept)).sum() == 0) {
                problems.add(table.file(), "every weight is 0; mend the column or remove it");
            }
            if (problems.none()) {
                columns = columns.withWeights(pick(weight, kept));
            }
        }
        if (table.has("centre")) {
            columns = columns.withCentres(words("centre", kept));
        }
        if (table.has("cluster")) {
            requireFilled("cluster", kept);
            columns = columns.withClusters(words("cluster", kept));
        }
        for (String column : table.header()) {
            if (!used.contains(column) && !IDS.contains(column)) {
                columns = subgroup(columns, column, words(column, kept));
            }
        }
        return columns;
    }

    private static RowColumns subgroup(RowColumns columns, String name, String[] words) {
        long filled = Arrays.stream(words).filter(w -> !w.isEmpty()).count();
        int levels = new TreeSet<>(Arrays.stream(words).filter(w -> !w.isEmpty()).toList()).size();
        if (levels < 2 || levels > MOST_LEVELS || 2 * levels > filled) {
            return columns.withNote(
                    "column "
                            + name
                            + " has "
                            + levels
                            + " levels in "
                            + filled
                            + " rows: not evaluated as a subgroup");
        }
        return columns.withSubgroup(name, words);
    }

    private void requireFilled(String column, int[] rows) {
        for (int row : rows) {
            if (table.cell(row, column).isEmpty()) {
                problems.add(table.where(row, column), "is empty; fill it in or remove the column");
            }
        }
    }

    private String[] words(String column, int[] rows) {
        return Arrays.stream(rows).mapToObj(i -> table.cell(i, column)).toArray(String[]::new);
    }
}
