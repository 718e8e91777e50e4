// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.examples.cli;

import io.github.livermm.examples.real.SourceTable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.Predicate;

/**
 * A comma-separated table named on the command line (UTF-8 with or without mark, or GB18030). Cells
 * are text without blanks around them; an empty one, {@code NA} and {@code NaN} are missing. Rows
 * are named as a spreadsheet shows them, the header is row 1.
 */
final class InputTable {
    private static final int SHOWN = 40;

    private final String file;
    private final List<String> header;
    private final List<List<String>> rows;
    private final List<Integer> numbers;

    InputTable(String file, List<String> header, List<List<String>> rows, List<Integer> numbers) {
        this.file = file;
        this.header = header;
        this.rows = rows;
        this.numbers = numbers;
    }

    /** Reads a table; ragged rows, nameless and repeated columns are problems. */
    static InputTable read(Path path, InputProblems problems) throws IOException {
        if (Files.notExists(path)) {
            throw new NoSuchFileException(path.toString());
        }
        String file = String.valueOf(path.getFileName());
        List<List<String>> records =
                SourceTable.records(file, decode(file, Files.readAllBytes(path)));
        List<String> header =
                records.isEmpty() ? List.of() : records.get(0).stream().map(String::strip).toList();
        Set<String> seen = new HashSet<>();
        for (int c = 0; c < header.size(); c++) {
            if (header.get(c).isEmpty()) {
                problems.add(file + " row 1", "column " + (c + 1) + " has no name; give it one");
            } else if (!seen.add(header.get(c))) {
                problems.add(
                        file + " row 1",
                        "column " + quote(header.get(c)) + " is there twice; rename or remove one");
            }
        }
        List<List<String>> rows = new ArrayList<>();
        List<Integer> numbers = new ArrayList<>();
        for (int r = 1; r < records.size(); r++) {
            List<String> cells = records.get(r).stream().map(String::strip).toList();
            if (cells.stream().allMatch(String::isEmpty)
                    && (header.size() > 1 || cells.isEmpty())) {
                continue;
            }
            if (cells.size() != header.size()) {
                problems.add(
                        file + " row " + (r + 1),
                        "has "
                                + cells.size()
                                + " cells, the header has "
                                + header.size()
                                + "; put quotes around cells with commas, and fill up with empty"
                                + " cells");
                continue;
            }
            rows.add(cells);
            numbers.add(r + 1);
        }
        if (rows.isEmpty() && problems.none()) {
            problems.add(file, "has no row below the header; needed is at least one");
        }
        return new InputTable(file, header, rows, numbers);
    }

    private static String decode(String file, byte[] bytes) {
        for (Charset charset : List.of(StandardCharsets.UTF_8, Charset.forName("GB18030"))) {
            try {
                return charset.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
            } catch (CharacterCodingException e) {
                // the next one
            }
        }
        throw new InputException(file + ": is neither UTF-8 nor GB18030; save it as UTF-8");
    }

    String file() {
        return file;
    }

    List<String> header() {
        return header;
    }

    int size() {
        return rows.size();
    }

    boolean has(String column) {
        return header.contains(column);
    }

    /** Whether the columns are there; a missing one is a problem. */
    boolean requires(InputProblems problems, String... columns) {
        boolean all = true;
        for (String column : columns) {
            if (!has(column)) {
                all = false;
                problems.add(
                        file + " row 1",
                        "no column "
                                + quote(column)
                                + "; found are "
                                + String.join(", ", header)
                                + "; add the column or correct its name");
            }
        }
        return all;
    }

    /** The cell, empty when missing or when the table has no such column. */
    String cell(int row, String column) {
        int c = header.indexOf(column);
        String cell = c < 0 ? "" : rows.get(row).get(c);
        String word = cell.toLowerCase(Locale.ROOT);
        return word.equals("na") || word.equals("nan") ? "" : cell;
    }

    String where(int row, String column) {
        return file + " row " + numbers.get(row) + ", column " + column;
    }

    int number(int row) {
        return numbers.get(row);
    }

    /**
     * A number; empty when missing, or when it is none or not allowed, which is a problem.
     *
     * @param allowed what the message says of allowed numbers
     */
    OptionalDouble number(
            int row,
            String column,
            Predicate<Double> accepts,
            String allowed,
            InputProblems problems) {
        String cell = cell(row, column);
        if (cell.isEmpty()) {
            return OptionalDouble.empty();
        }
        try {
            double value = Double.parseDouble(cell);
            // Double.parseDouble takes "1d" and "0x1p3" too; a table with those is a mistake
            if (accepts.test(value) && !cell.matches(".*[dDfFxX].*")) {
                return OptionalDouble.of(value);
            }
        } catch (NumberFormatException e) {
            // named below
        }
        problems.add(
                where(row, column),
                quote(cell) + " is not allowed, allowed is " + allowed + "; correct or empty it");
        return OptionalDouble.empty();
    }

    static String quote(String cell) {
        String line = cell.replaceAll("\\p{Cntrl}+", " ");
        return '"' + (line.length() > SHOWN ? line.substring(0, SHOWN) + "..." : line) + '"';
    }
}
