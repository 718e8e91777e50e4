// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.core.report;

import io.github.livermm.core.Diagnosis;
import io.github.livermm.core.Patient;
import io.github.livermm.core.cohort.Column;
import io.github.livermm.core.cohort.Role;
import io.github.livermm.eval.report.ReportTable;
import io.github.livermm.eval.study.BaselineTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Table 1 of a run: the eligible patients by centre, with what is missing. */
final class PatientsTable {
    /** With more centres the table is about everybody. */
    private static final int MOST_CENTRES = 6;

    private PatientsTable() {}

    static ReportTable of(StudyRun run) {
        List<Patient> patients = run.inputs().patients();
        BaselineTable table = figures(run, patients);
        List<String> groups = new ArrayList<>(table.groups());
        if (groups.size() > 1) {
            groups.add("");
        }
        List<String> header = new ArrayList<>(List.of("Variable"));
        groups.forEach(g -> header.add((g.isEmpty() ? "All" : g) + ", n = " + table.size(g)));
        if (groups.size() > 1) {
            header.add("Difference");
        }
        ReportTable out =
                ReportTable.of("Eligible patients by centre", header.toArray(String[]::new));
        for (BaselineTable.Variable v : table.variables()) {
            for (List<String> row : rows(v, groups, table)) {
                out = out.withRow(row);
            }
        }
        return out.withNote(
                "Numbers: median (quartiles); categories: count (share of the known). Difference:"
                        + " largest standardised difference of two centres.");
    }

    private static BaselineTable figures(StudyRun run, List<Patient> patients) {
        boolean few =
                new TreeSet<>(patients.stream().map(Patient::centre).toList()).size()
                        <= MOST_CENTRES;
        BaselineTable table =
                BaselineTable.of(
                        patients.stream()
                                .map(p -> few ? p.centre() : "all centres")
                                .toArray(String[]::new));
        table = table.withCategory("diagnosis", words(patients, PatientsTable::diagnosis));
        for (Column column : run.protocol().columns()) {
            String name = column.name();
            if (column.numericPredictor()) {
                String unit = column.measure().unit();
                table =
                        table.withNumber(
                                unit.isEmpty() ? name : name + ", " + unit,
                                patients.stream()
                                        .mapToDouble(p -> number(p.clinical().numbers(), name))
                                        .toArray());
            } else if (column.categoricalPredictor()) {
                table =
                        table.withCategory(
                                name, words(patients, p -> p.clinical().categories().get(name)));
            } else if (column.role() == Role.SUBGROUP) {
                table = table.withCategory(name, words(patients, p -> p.subgroups().get(name)));
            }
        }
        return table;
    }

    private static List<List<String>> rows(
            BaselineTable.Variable v, List<String> groups, BaselineTable table) {
        List<List<String>> rows = new ArrayList<>();
        if (!v.numbers().isEmpty()) {
            rows.add(row(v.name(), groups, g -> quartiles(v.numbers().get(g))));
        } else {
            for (String level : v.levels().getOrDefault("", Map.of()).keySet()) {
                rows.add(
                        row(
                                v.name() + ": " + level,
                                groups,
                                g ->
                                        share(
                                                v.levels().getOrDefault(g, Map.of()).get(level),
                                                v.present().getOrDefault(g, 0))));
            }
        }
        if (v.present().getOrDefault("", 0) < table.size("")) {
            rows.add(
                    row(
                            v.name() + ": missing",
                            groups,
                            g ->
                                    share(
                                            table.size(g) - v.present().getOrDefault(g, 0),
                                            table.size(g))));
        }
        if (groups.size() > 1) {
            for (int i = 0; i < rows.size(); i++) {
                boolean missing = rows.get(i).get(0).endsWith(": missing");
                double difference = missing ? v.missingDifference() : v.standardisedDifference();
                rows.get(i).add(i == 0 || missing ? Figures.number(difference, 2) : "");
            }
        }
        return rows;
    }

    private static List<String> row(
            String label, List<String> groups, Function<String, String> cell) {
        List<String> row = new ArrayList<>(List.of(label));
        groups.forEach(g -> row.add(cell.apply(g)));
        return row;
    }

    private static String quartiles(BaselineTable.@Nullable Numbers n) {
        if (n == null || Double.isNaN(n.median())) {
            return "-";
        }
        return significant(n.median())
                + " ("
                + significant(n.lowerQuartile())
                + "–"
                + significant(n.upperQuartile())
                + ")";
    }

    /** Three digits, as many as anybody compares. */
    private static String significant(double value) {
        int decimals = value == 0 ? 0 : 2 - (int) Math.floor(Math.log10(Math.abs(value)));
        return Figures.number(value, Math.max(0, Math.min(3, decimals)));
    }

    private static String share(@Nullable Integer count, int of) {
        int n = count == null ? 0 : count;
        return of == 0
                ? String.valueOf(n)
                : n + String.format(Locale.ROOT, " (%.0f %%)", 100.0 * n / of);
    }

    private static double number(Map<String, Double> numbers, String name) {
        Double value = numbers.get(name);
        return value == null ? Double.NaN : value;
    }

    private static @Nullable String diagnosis(Patient patient) {
        Diagnosis diagnosis = patient.labels().diagnosis();
        return diagnosis == null
                ? null
                : diagnosis.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    private static @Nullable String[] words(
            List<Patient> patients, Function<Patient, @Nullable String> word) {
        @Nullable String[] out = new String[patients.size()];
        for (int i = 0; i < out.length; i++) {
            out[i] = word.apply(patients.get(i));
        }
        return out;
    }
}
