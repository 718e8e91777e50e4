// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.examples.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * A table read column by column, with what is wrong in it: {@link #failIfWrong()} ends the command
 * before anything is computed, with one line for each problem.
 */
final class CoxInput {
    private final InputTable table;
    private final InputProblems problems;

    private CoxInput(InputTable table, InputProblems problems) {
        this.table = table;
        this.problems = problems;
    }

    static CoxInput read(Path path) throws IOException {
        InputProblems problems = new InputProblems();
        CoxInput input = new CoxInput(InputTable.read(path, problems), problems);
        input.failIfWrong();
        return input;
    }

    int size() {
        return table.size();
    }

    List<String> columns() {
        return table.header();
    }

    /** Notes a problem of the whole table. */
    void problem(String what) {
        problems.add(table.file(), what);
    }

    /** Notes a problem of one cell; rows count from 0. */
    void problem(int row, String column, String what) {
        problems.add(table.where(row, column), what);
    }

    void failIfWrong() {
        problems.failIfAny();
    }

    /** Whether there is a column; notes a problem if not, with the option that names it. */
    boolean require(String option, String column) {
        boolean there = table.has(column);
        if (!there) {
            problem("has no column " + column + " (" + option + "); its columns are " + columns());
        }
        return there;
    }

    /** The cells of a column; missing ones are empty. */
    String[] text(String column) {
        String[] cells = new String[size()];
        for (int i = 0; i < cells.length; i++) {
            cells[i] = table.cell(i, column);
        }
        return cells;
    }

    /** Whether a column holds words only: no cell is a number, and one is not missing. */
    boolean holdsWords(String column) {
        boolean words = false;
        for (String cell : text(column)) {
            if (!cell.isEmpty()) {
                words = true;
                if (!Double.isNaN(parse(cell))) {
                    return false;
                }
            }
        }
        return words;
    }

    /** The numbers of a column; missing ones are NaN. Notes what is no finite number. */
    double[] numbers(String column) {
        String[] cells = text(column);
        double[] values = new double[cells.length];
        for (int i = 0; i < cells.length; i++) {
            values[i] = cells[i].isEmpty() ? Double.NaN : parse(cells[i]);
            if (!cells[i].isEmpty() && !Double.isFinite(values[i])) {
                String found = InputTable.quote(cells[i]);
                problem(i, column, found + " is not a finite number; correct or empty it");
            }
        }
        return values;
    }

    private static double parse(String cell) {
        try {
            return switch (cell) {
                case "Inf" -> Double.POSITIVE_INFINITY;
                case "-Inf" -> Double.NEGATIVE_INFINITY;
                case "TRUE", "true" -> 1;
                case "FALSE", "false" -> 0;
                default -> Double.parseDouble(cell);
            };
        } catch (NumberFormatException e) {
            return Double.NaN;
        }
    }
}
