// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.survival.reference;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A comma separated table with a header, read as text; an empty field is missing. */
public final class CsvTable {
    private final List<String> header;
    private final List<String[]> rows;

    private CsvTable(List<String> header, List<String[]> rows) {
        this.header = header;
        this.rows = rows;
    }

    public static CsvTable read(Path file) throws IOException {
        List<String> lines = Files.readAllLines(file);
        List<String> header = Arrays.asList(split(lines.get(0)));
        List<String[]> rows = new ArrayList<>();
        for (String line : lines.subList(1, lines.size())) {
            if (!line.isEmpty() || header.size() == 1) {
                rows.add(split(line));
            }
        }
        return new CsvTable(header, rows);
    }

    private static String[] split(String line) {
        List<String> fields = new ArrayList<>();
        StringBuilder field = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (c == '"') {
                quoted = !quoted;
            } else if (c == ',' && !quoted) {
                fields.add(field.toString());
                field.setLength(0);
            } else {
                field.append(c);
            }
        }
        fields.add(field.toString());
        return fields.toArray(String[]::new);
    }

    /** The column names. */
    public List<String> header() {
        return header;
    }

    /** The number of rows. */
    public int size() {
        return rows.size();
    }

    /** Whether there is a column of this name. */
    public boolean has(String column) {
        return header.contains(column);
    }

    /** A column as text; missing is the empty string. */
    public String[] text(String column) {
        int at = header.indexOf(column);
        if (at < 0) {
            throw new AssertionError("no column " + column + " in " + header);
        }
        return rows.stream().map(row -> at < row.length ? row[at] : "").toArray(String[]::new);
    }

    /** A column as numbers; missing is {@code NaN}. */
    public double[] numbers(String column) {
        return Arrays.stream(text(column)).mapToDouble(CsvTable::number).toArray();
    }

    /** A column of 0 and 1 (or FALSE and TRUE) as booleans. */
    public boolean[] flags(String column) {
        String[] text = text(column);
        boolean[] flags = new boolean[text.length];
        for (int i = 0; i < text.length; i++) {
            flags[i] = text[i].equals("1") || text[i].equalsIgnoreCase("true");
        }
        return flags;
    }

    private static double number(String text) {
        return switch (text) {
            case "", "NA", "NaN" -> Double.NaN;
            case "Inf", "inf" -> Double.POSITIVE_INFINITY;
            case "-Inf", "-inf" -> Double.NEGATIVE_INFINITY;
            case "TRUE" -> 1;
            case "FALSE" -> 0;
            default -> Double.parseDouble(text);
        };
    }
}
