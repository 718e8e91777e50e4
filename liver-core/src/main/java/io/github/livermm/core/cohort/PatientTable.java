// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.core.cohort;

import java.io.IOException;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tech.tablesaw.api.ColumnType;
import tech.tablesaw.api.Table;
import tech.tablesaw.io.csv.CsvReadOptions;

/**
 * The cells of {@code patients.csv} as text, with the row numbers that a spreadsheet shows. No type
 * is guessed: {@code 007} stays an id and {@code NA} stays a word until the protocol says what it
 * is.
 */
final class PatientTable {
    static final String FILE = "patients.csv";
    private static final int MAX_CELL = 1 << 16;
    private static final int MAX_COLUMNS = 20_000;

    private final Table table;
    private final Map<String, Integer> position;
    private final List<Integer> rowNumbers;

    private PatientTable(Table table, Map<String, Integer> position, List<Integer> rowNumbers) {
        this.table = table;
        this.position = position;
        this.rowNumbers = rowNumbers;
    }

    /** Null when there is no table to look at; the problems then say why. */
    static @Nullable PatientTable read(Path file, Problems problems) {
        if (!Files.isRegularFile(file)) {
            problems.add(FILE, "not found in the study folder; it holds one row per patient");
            return null;
        }
        try {
            String text = decode(Files.readAllBytes(file));
            if (text == null) {
                problems.add(FILE, "is neither UTF-8 nor GB18030; save it as UTF-8");
                return null;
            }
            return parse(text, problems);
        } catch (IOException e) {
            problems.add(FILE, "cannot be read; check the permissions of the file");
            return null;
        }
    }

    private static @Nullable PatientTable parse(String text, Problems problems) {
        List<CsvShape.Row> rows = CsvShape.of(text);
        if (rows.size() < 2) {
            problems.add(
                    FILE,
                    "holds " + rows.size() + " rows, needed are a header and at least one patient");
            return null;
        }
        int columns = rows.get(0).cells();
        boolean ragged = false;
        for (CsvShape.Row row : rows) {
            if (row.cells() != columns) {
                ragged = true;
                problems.add(
                        FILE + " row " + row.number(),
                        "has "
                                + row.cells()
                                + " cells, the header has "
                                + columns
                                + "; put quotes around cells with commas, and fill up with empty"
                                + " cells");
            }
        }
        if (ragged) {
            return null;
        }
        Table table =
                Table.read()
                        .usingOptions(
                                CsvReadOptions.builder(new StringReader(text))
                                        .header(false)
                                        .sample(false)
                                        .separator(',')
                                        // only the empty cell: other words are the protocol's
                                        .missingValueIndicator("")
                                        .maxCharsPerColumn(MAX_CELL)
                                        .maxNumberOfColumns(MAX_COLUMNS)
                                        .columnTypes(name -> ColumnType.STRING));
        if (table.rowCount() != rows.size()) {
            problems.add(FILE, "has an unclosed quotation mark; close it");
            return null;
        }
        Map<String, Integer> position = new LinkedHashMap<>();
        for (int c = 0; c < columns; c++) {
            String name = table.column(c).getString(0).strip();
            if (name.isEmpty()) {
                problems.add(FILE + " row 1", "column " + (c + 1) + " has no name; give it one");
            } else if (position.putIfAbsent(name, c) != null) {
                problems.add(
                        FILE + " row 1",
                        "column " + Problems.quote(name) + " is there twice; rename or remove one");
            }
        }
        return new PatientTable(table, position, rows.stream().map(CsvShape.Row::number).toList());
    }

    private static @Nullable String decode(byte[] bytes) {
        for (Charset charset : List.of(StandardCharsets.UTF_8, Charset.forName("GB18030"))) {
            try {
                String text = charset.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
                return text.startsWith("\uFEFF") ? text.substring(1) : text;
            } catch (CharacterCodingException e) {
                // the next one
            }
        }
        return null;
    }

    List<String> headers() {
        return List.copyOf(position.keySet());
    }

    boolean has(String column) {
        return position.containsKey(column);
    }

    /** Indices of the rows that hold anything, header left out. */
    List<Integer> patients() {
        List<Integer> out = new ArrayList<>();
        for (int row = 1; row < table.rowCount(); row++) {
            for (int c = 0; c < table.columnCount(); c++) {
                if (!table.column(c).getString(row).isBlank()) {
                    out.add(row);
                    break;
                }
            }
        }
        return out;
    }

    /** Number of the row as a spreadsheet shows it; the header is row 1. */
    int rowNumber(int row) {
        return rowNumbers.get(row);
    }

    /** A cell without blanks around it; empty when the table has no such column. */
    String cell(int row, String column) {
        Integer c = position.get(column);
        return c == null ? "" : table.column(c).getString(row).strip();
    }
}
