// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.examples.real;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A comma-separated table with every cell as text (RFC 4180, UTF-8, first row names the columns).
 * Text, because a cell that a reader turns into a number too early hides the word that stood there.
 */
public final class SourceTable {
    private final String file;
    private final List<String> columns;
    private final List<Map<String, String>> rows;

    private SourceTable(String file, List<String> columns, List<Map<String, String>> rows) {
        this.file = file;
        this.columns = columns;
        this.rows = rows;
    }

    /**
     * Reads a table.
     *
     * @param path the file
     * @return the table
     * @throws IOException when the file cannot be read, is cut off, or a row has another number of
     *     cells than the header
     */
    public static SourceTable read(Path path) throws IOException {
        return read(path, ',');
    }

    /** A table whose cells are parted by another character, such as a tabulator. */
    static SourceTable read(Path path, char separator) throws IOException {
        String file = String.valueOf(path.getFileName());
        List<List<String>> records =
                records(file, Files.readString(path, StandardCharsets.UTF_8), separator);
        if (records.isEmpty()) {
            throw new IOException(file + " is empty; expected a row of column names");
        }
        List<String> columns = List.copyOf(records.get(0));
        List<Map<String, String>> rows = new ArrayList<>();
        for (int i = 1; i < records.size(); i++) {
            List<String> cells = records.get(i);
            if (cells.size() != columns.size()) {
                throw new IOException(
                        "%s row %d has %d cells, the header has %d; is a quotation mark missing?"
                                .formatted(file, i + 1, cells.size(), columns.size()));
            }
            Map<String, String> row = new LinkedHashMap<>();
            for (int j = 0; j < cells.size(); j++) {
                row.put(columns.get(j), cells.get(j).strip());
            }
            rows.add(row);
        }
        return new SourceTable(file, columns, rows);
    }

    /**
     * The names of the columns.
     *
     * @return names in the order of the file
     */
    public List<String> columns() {
        return columns;
    }

    /**
     * The number of rows.
     *
     * @return rows without the header
     */
    public int size() {
        return rows.size();
    }

    /**
     * A cell without blanks around it.
     *
     * @param row counted from 0
     * @param column its name
     * @return the text
     * @throws IOException when there is no such column
     */
    public String cell(int row, String column) throws IOException {
        String cell = rows.get(row).get(column);
        if (cell == null) {
            throw new IOException(
                    "%s has no column %s; its columns are %s".formatted(file, column, columns));
        }
        return cell;
    }

    /** Rows by the value of a column that names each row once. */
    Map<String, Integer> index(String column) throws IOException {
        Map<String, Integer> index = new LinkedHashMap<>();
        for (int row = 0; row < size(); row++) {
            String key = cell(row, column);
            if (index.put(key, row) != null) {
                throw new IOException(
                        "%s row %d, column %s: %s stands there twice"
                                .formatted(file, row + 2, column, key));
            }
        }
        return index;
    }

    /** An exception that says where a cell stands that this converter cannot take. */
    IOException unexpected(int row, String column, String allowed) throws IOException {
        return new IOException(
                "%s row %d, column %s: found \"%s\", expected %s"
                        .formatted(file, row + 2, column, cell(row, column), allowed));
    }

    /**
     * The cells of every row, header included.
     *
     * @param file its name, for messages
     * @param text the table
     * @return one list for each row
     * @throws IOException when a quotation mark is not closed
     */
    public static List<List<String>> records(String file, String text) throws IOException {
        return records(file, text, ',');
    }

    private static List<List<String>> records(String file, String text, char separator)
            throws IOException {
        List<List<String>> records = new ArrayList<>();
        List<String> record = new ArrayList<>();
        StringBuilder cell = new StringBuilder();
        boolean quoted = false;
        for (int i = text.startsWith("\uFEFF") ? 1 : 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (quoted) {
                if (c != '"') {
                    cell.append(c);
                } else if (i + 1 < text.length() && text.charAt(i + 1) == '"') {
                    cell.append(c);
                    i++;
                } else {
                    quoted = false;
                }
            } else if (c == '"') {
                quoted = true;
            } else if (c == separator) {
                record.add(take(cell));
            } else if (c == '\n') {
                record.add(take(cell));
                records.add(record);
                record = new ArrayList<>();
            } else if (c != '\r') {
                cell.append(c);
            }
        }
        if (quoted) {
            throw new IOException(file + " ends inside a quoted cell; is it cut off?");
        }
        if (cell.length() > 0 || !record.isEmpty()) {
            record.add(take(cell));
            records.add(record);
        }
        return records;
    }

    private static String take(StringBuilder cell) {
        String text = cell.toString();
        cell.setLength(0);
        return text;
    }
}
