// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.eval.report;

import io.github.livermm.eval.plot.Language;
import io.github.livermm.eval.study.BaselineTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * Table 1 as a report shows it: numbers as median with quartiles, categories as counts with shares
 * of the rows that have a value, what is missing, and the standardised difference of the groups.
 *
 * @since 0.1.0
 */
public final class BaselineReport {
    private BaselineReport() {}

    /**
     * Lays a table out, everybody first, then one column for each group.
     *
     * @param caption above the table, translated where the dictionary has it
     * @param table the figures
     * @param words the language
     * @return the table
     */
    public static ReportTable table(String caption, BaselineTable table, Language words) {
        List<String> groups = new ArrayList<>(List.of(""));
        groups.addAll(table.groups());
        List<String> header = new ArrayList<>(List.of(words.text("Variable")));
        for (String group : groups) {
            String name = group.isEmpty() ? words.text("All") : group;
            header.add(words.text("{0} (n = {1})", name, table.size(group)));
        }
        header.add(words.text("Standardised difference"));
        ReportTable shown =
                ReportTable.of(words.text(caption), header.toArray(String[]::new))
                        .withNote(
                                words.text(
                                        "Numbers: median (quartiles). Categories: count (share of"
                                                + " rows with a value). Standardised difference: the"
                                                + " largest of all pairs of groups."));
        for (BaselineTable.Variable variable : table.variables()) {
            shown = with(shown, variable, table, groups, words);
        }
        return shown;
    }

    private static ReportTable with(
            ReportTable table,
            BaselineTable.Variable variable,
            BaselineTable figures,
            List<String> groups,
            Language words) {
        String distance = words.number(variable.standardisedDifference(), 2);
        ReportTable more = table;
        if (variable.levels().isEmpty()) {
            List<String> cells = new ArrayList<>(List.of(variable.name()));
            for (String group : groups) {
                BaselineTable.Numbers numbers = variable.numbers().get(group);
                cells.add(numbers == null ? "" : quartiles(numbers, words));
            }
            cells.add(distance);
            more = more.withRow(cells);
        }
        TreeSet<String> levels = new TreeSet<>();
        variable.levels().values().forEach(count -> levels.addAll(count.keySet()));
        for (String level : levels) {
            List<String> cells = new ArrayList<>(List.of(variable.name() + ": " + level));
            for (String group : groups) {
                int count = variable.levels().getOrDefault(group, Map.of()).getOrDefault(level, 0);
                cells.add(share(count, variable.present().getOrDefault(group, 0), words));
            }
            cells.add(level.equals(levels.first()) ? distance : "");
            more = more.withRow(cells);
        }
        List<String> missing = new ArrayList<>();
        boolean any = false;
        for (String group : groups) {
            int n = figures.size(group);
            int without = n - variable.present().getOrDefault(group, 0);
            any |= without > 0;
            missing.add(share(without, n, words));
        }
        if (any) {
            missing.add(0, words.text("{0}: missing", variable.name()));
            missing.add(words.number(variable.missingDifference(), 2));
            more = more.withRow(missing);
        }
        return more;
    }

    private static String quartiles(BaselineTable.Numbers numbers, Language words) {
        return words.text(
                "{0} ({1} to {2})",
                words.number(numbers.median(), 1),
                words.number(numbers.lowerQuartile(), 1),
                words.number(numbers.upperQuartile(), 1));
    }

    private static String share(int part, int whole, Language words) {
        return whole == 0
                ? Integer.toString(part)
                : part + " (" + words.number(100.0 * part / whole, 1) + " %)";
    }
}
