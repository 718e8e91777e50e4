// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.core.cohort;

import java.util.ArrayList;
import java.util.List;

/**
 * Counts the cells of each row of a comma separated text. Tablesaw reads the cells; it cannot say
 * which rows are too long or too short without showing what stands in them.
 */
final class CsvShape {
    private CsvShape() {}

    /** One row that is not blank: its number as a spreadsheet shows it, and how many cells. */
    record Row(int number, int cells) {}

    static List<Row> of(String text) {
        List<Row> rows = new ArrayList<>();
        int number = 1;
        int cells = 1;
        boolean quoted = false;
        boolean blank = true;
        for (int i = 0; i <= text.length(); i++) {
            boolean end = i == text.length();
            char c = end ? '\n' : text.charAt(i);
            if (c == '"') {
                quoted = !quoted;
            }
            if (c == ',' && !quoted) {
                cells++;
            }
            boolean lineEnd = c == '\n' || (c == '\r' && (end || !text.startsWith("\n", i + 1)));
            if (lineEnd && (!quoted || end)) {
                if (!blank) {
                    rows.add(new Row(number, cells));
                }
                number++;
                cells = 1;
                blank = true;
            } else if (!Character.isWhitespace(c)) {
                blank = false;
            }
        }
        return rows;
    }
}
