// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.examples.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Predictions and outcomes of a run, joined by patient into one table of one target. */
final class RunTables {
    private static final String DEFAULT_MODEL = "late";

    private final InputTable predictions;
    private final InputTable outcomes;
    private final InputProblems problems;

    /** Row of each patient in the outcomes. */
    private final Map<String, Integer> patients = new LinkedHashMap<>();

    /** Row in the predictions by model, then by patient. */
    private final Map<String, Map<String, Integer>> models = new LinkedHashMap<>();

    private RunTables(InputTable predictions, InputTable outcomes, InputProblems problems) {
        this.predictions = predictions;
        this.outcomes = outcomes;
        this.problems = problems;
    }

    /** What the join gives: a table as {@link ScoreTable} reads it. */
    record Joined(InputTable table, ScoreTable.Task task, String model, List<String> notes) {}

    static Joined join(
            InputTable predictions,
            InputTable outcomes,
            String target,
            String model,
            InputProblems problems) {
        return new RunTables(predictions, outcomes, problems).of(target, model);
    }

    private Joined of(String target, String model) {
        predictions.requires(problems, "patient_id");
        outcomes.requires(problems, "patient_id");
        problems.failIfAny();
        boolean binary = outcomes.has(target) && predictions.has("p_" + target);
        boolean survival =
                outcomes.has(target + "_time")
                        && outcomes.has(target + "_event")
                        && predictions.has(target + "_risk");
        if (!binary && !survival) {
            problems.add(
                    "--target",
                    InputTable.quote(target)
                            + " is not in both files, which hold "
                            + String.join(", ", targets())
                            + "; name one of them");
        }
        index();
        problems.failIfAny();
        String main = model;
        if (main.isEmpty()) {
            main =
                    models.containsKey(DEFAULT_MODEL)
                            ? DEFAULT_MODEL
                            : models.keySet().iterator().next();
        }
        if (!models.containsKey(main)) {
            problems.add(
                    "--model",
                    InputTable.quote(main)
                            + " is not in "
                            + predictions.file()
                            + ", which holds "
                            + String.join(", ", models.keySet()));
            problems.failIfAny();
        }
        return joined(target, main, survival);
    }

    private List<String> targets() {
        List<String> targets = new ArrayList<>();
        for (String column : outcomes.header()) {
            if (predictions.has("p_" + column)) {
                targets.add(column);
            }
            if (column.endsWith("_time")) {
                String endpoint = column.substring(0, column.length() - "_time".length());
                if (predictions.has(endpoint + "_risk")) {
                    targets.add(endpoint);
                }
            }
        }
        return targets;
    }

    private void index() {
        for (int row = 0; row < outcomes.size(); row++) {
            String id = outcomes.cell(row, "patient_id");
            Integer first = patients.putIfAbsent(id, row);
            if (first != null) {
                problems.add(
                        outcomes.where(row, "patient_id"),
                        InputTable.quote(id)
                                + " is already in row "
                                + outcomes.number(first)
                                + "; keep one row per patient");
            }
        }
        for (int row = 0; row < predictions.size(); row++) {
            String id = predictions.cell(row, "patient_id");
            String name = predictions.has("model") ? predictions.cell(row, "model") : "score";
            Integer first =
                    models.computeIfAbsent(name, n -> new LinkedHashMap<>()).putIfAbsent(id, row);
            if (first != null) {
                problems.add(
                        predictions.where(row, "patient_id"),
                        InputTable.quote(id)
                                + " of model "
                                + InputTable.quote(name)
                                + " is already in row "
                                + predictions.number(first)
                                + "; keep one row per patient and model");
            }
        }
    }

    private Joined joined(String target, String main, boolean survival) {
        // name in the joined table, and the column it comes from
        Map<String, String> ofOutcomes = new LinkedHashMap<>();
        Map<String, String> ofMain = new LinkedHashMap<>();
        String score = survival ? target + "_risk" : "p_" + target;
        Map<Double, String> survivalColumns = new TreeMap<>();
        if (survival) {
            ofOutcomes.put("time", target + "_time");
            ofOutcomes.put("event", target + "_event");
            ofMain.put("risk", score);
            String prefix = target + "_survival_";
            for (String column : predictions.header()) {
                if (column.startsWith(prefix)) {
                    try {
                        survivalColumns.put(
                                Double.parseDouble(column.substring(prefix.length())), column);
                    } catch (NumberFormatException e) {
                        problems.add(
                                predictions.file() + " row 1",
                                "column " + InputTable.quote(column) + " names no time; rename it");
                    }
                }
            }
        } else {
            ofOutcomes.put("label", target);
            ofMain.put("score", score);
        }
        for (String column : outcomes.header()) {
            if (!ofTargets(column) && !column.equals("patient_id")) {
                ofOutcomes.put(column, column);
            }
        }
        List<String> header = new ArrayList<>(ofOutcomes.keySet());
        header.addAll(ofMain.keySet());
        survivalColumns.forEach((t, column) -> header.add("p_event_" + t));
        List<String> others = models.keySet().stream().filter(m -> !m.equals(main)).toList();
        others.forEach(m -> header.add("score_" + m));
        List<List<String>> rows = new ArrayList<>();
        List<Integer> numbers = new ArrayList<>();
        Map<String, Integer> mainRows = models.getOrDefault(main, Map.of());
        for (Map.Entry<String, Integer> patient : patients.entrySet()) {
            List<String> row = new ArrayList<>();
            ofOutcomes.values().forEach(c -> row.add(outcomes.cell(patient.getValue(), c)));
            Integer at = mainRows.get(patient.getKey());
            row.add(at == null ? "" : checked(at, score));
            for (String column : survivalColumns.values()) {
                row.add(at == null ? "" : complement(at, column));
            }
            for (String other : others) {
                Integer atOther = models.getOrDefault(other, Map.of()).get(patient.getKey());
                row.add(atOther == null ? "" : checked(atOther, score));
            }
            rows.add(row);
            numbers.add(outcomes.number(patient.getValue()));
        }
        problems.failIfAny();
        long strangers = mainRows.keySet().stream().filter(id -> !patients.containsKey(id)).count();
        List<String> notes = new ArrayList<>();
        if (strangers > 0) {
            notes.add(
                    strangers
                            + " patients of "
                            + predictions.file()
                            + " are not in "
                            + outcomes.file()
                            + " and are left out");
        }
        if (mainRows.values().stream().anyMatch(row -> !predictions.cell(row, "fold").isEmpty())) {
            notes.add(
                    "predictions are out of fold: limits here are those of one test set, the run's"
                            + " own metrics.json widens them for cross-validation");
        }
        return new Joined(
                new InputTable(outcomes.file(), List.copyOf(header), rows, numbers),
                survival ? ScoreTable.Task.SURVIVAL : ScoreTable.Task.BINARY,
                main,
                notes);
    }

    /** Whether a column of the outcomes is what some target is judged by, and so no subgroup. */
    private boolean ofTargets(String column) {
        return column.equals("malignant")
                || column.equals("hcc_vs_icc")
                || predictions.has("p_" + column)
                || (column.endsWith("_time") && outcomes.has(column.replace("_time", "_event")))
                || (column.endsWith("_event") && outcomes.has(column.replace("_event", "_time")));
    }

    private String checked(int row, String column) {
        predictions.number(row, column, v -> Double.isFinite(v), "a finite number", problems);
        return predictions.cell(row, column);
    }

    /** The probability of the event, from that of being free of it. */
    private String complement(int row, String column) {
        var survival =
                predictions.number(
                        row, column, v -> v >= 0 && v <= 1, "a probability in [0, 1]", problems);
        return survival.isPresent() ? String.valueOf(1 - survival.getAsDouble()) : "";
    }
}
