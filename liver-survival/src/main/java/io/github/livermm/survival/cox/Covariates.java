// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.survival.cox;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Named columns of patients, each of numbers or of words: what a {@link ModelDescription} reads. A
 * single new patient is a table of one row. Missing is NaN or the empty word. Immutable; arrays are
 * copied at the door.
 *
 * <pre>{@code
 * Covariates patient = Covariates.of(1).withNumbers("age", 61).withWords("bclc", "B");
 * }</pre>
 *
 * @since 0.1.0
 */
public final class Covariates {
    private final int size;
    private final Map<String, double[]> numbers;
    private final Map<String, String[]> words;

    private Covariates(int size, Map<String, double[]> numbers, Map<String, String[]> words) {
        this.size = size;
        this.numbers = numbers;
        this.words = words;
    }

    /**
     * A table without columns.
     *
     * @param rows the number of patients
     * @return the table
     */
    public static Covariates of(int rows) {
        return new Covariates(rows, new LinkedHashMap<>(), new LinkedHashMap<>());
    }

    /**
     * This table with one more column of numbers.
     *
     * @param column its name
     * @param values one per patient; NaN is missing
     * @return a changed copy
     * @throws IllegalArgumentException if the length differs or there is such a column
     */
    public Covariates withNumbers(String column, double... values) {
        requireNew(column, values.length);
        Map<String, double[]> more = new LinkedHashMap<>(numbers);
        more.put(column, values.clone());
        return new Covariates(size, more, words);
    }

    /**
     * This table with one more column of words.
     *
     * @param column its name
     * @param values one per patient; an empty word is missing
     * @return a changed copy
     * @throws IllegalArgumentException if the length differs or there is such a column
     */
    public Covariates withWords(String column, String... values) {
        requireNew(column, values.length);
        Map<String, String[]> more = new LinkedHashMap<>(words);
        more.put(column, values.clone());
        return new Covariates(size, numbers, more);
    }

    private void requireNew(String column, int length) {
        if (length != size) {
            throw new IllegalArgumentException(
                    "column " + column + " has " + length + " values for " + size + " patients");
        }
        if (numbers.containsKey(column) || words.containsKey(column)) {
            throw new IllegalArgumentException("column " + column + " is there already");
        }
    }

    /**
     * The number of patients.
     *
     * @return rows
     */
    public int size() {
        return size;
    }

    /**
     * Some of the patients, in the order named; a row may repeat.
     *
     * @param rows row numbers from 0
     * @return the table of those rows
     */
    public Covariates select(int[] rows) {
        Map<String, double[]> n = new LinkedHashMap<>();
        numbers.forEach(
                (name, v) -> n.put(name, Arrays.stream(rows).mapToDouble(i -> v[i]).toArray()));
        Map<String, String[]> w = new LinkedHashMap<>();
        words.forEach(
                (name, v) ->
                        w.put(
                                name,
                                Arrays.stream(rows).mapToObj(i -> v[i]).toArray(String[]::new)));
        return new Covariates(rows.length, n, w);
    }

    /** The number of a patient; NaN is missing. */
    double number(String column, int row) {
        double[] values = numbers.get(column);
        if (values == null) {
            throw new IllegalArgumentException(
                    words.containsKey(column)
                            ? "column " + column + " holds words; describe it as a category"
                            : absent(column));
        }
        return values[row];
    }

    /** The word of a patient, or its number as a word (2, 2.5); empty is missing. */
    String word(String column, int row) {
        String[] values = words.get(column);
        if (values != null) {
            return values[row];
        }
        double[] coded = numbers.get(column);
        if (coded == null) {
            throw new IllegalArgumentException(absent(column));
        }
        double value = coded[row];
        if (Double.isNaN(value)) {
            return "";
        }
        return value == Math.rint(value) && Math.abs(value) < 1e15
                ? Long.toString((long) value)
                : Double.toString(value);
    }

    private String absent(String column) {
        List<String> all = new ArrayList<>(numbers.keySet());
        all.addAll(words.keySet());
        return "no column " + column + " among " + all;
    }
}
