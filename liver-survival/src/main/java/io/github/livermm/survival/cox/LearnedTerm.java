// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.survival.cox;

import io.github.livermm.eval.SplineBasis;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A term with what it learned from the training patients: it turns a patient into one or more
 * numbers. Part of a {@link LearnedDescription}.
 *
 * @since 0.1.0
 */
public sealed interface LearnedTerm {
    /**
     * The column of the covariates.
     *
     * @return its name
     */
    String column();

    /**
     * The names of the numbers that the term makes, as they stand in a table of coefficients.
     *
     * @return one or more names
     */
    List<String> names();

    /**
     * Writes a patient's numbers.
     *
     * @param covariates the patients
     * @param row which patient, from 0
     * @param out takes the numbers
     * @param at index of the first
     * @throws IllegalArgumentException if the value is missing or not allowed; the message names
     *     column and row
     */
    void fill(Covariates covariates, int row, double[] out, int at);

    /**
     * The term as a JSON tree.
     *
     * @return maps, lists, numbers and texts
     */
    Map<String, Object> toMap();

    /**
     * The term that {@link #toMap} wrote.
     *
     * @param tree the JSON tree
     * @return an equal term
     * @throws IllegalArgumentException if the tree is none
     */
    static LearnedTerm of(Map<?, ?> tree) {
        String column = String.valueOf(tree.get("column"));
        String kind = String.valueOf(tree.get("kind"));
        return switch (kind) {
            case "linear" -> new Linear(column);
            case "spline" ->
                    new Spline(
                            column,
                            SplineBasis.of(
                                    list(tree, "knots").stream()
                                            .mapToDouble(k -> ((Number) k).doubleValue())
                                            .toArray()));
            case "category" ->
                    new Category(
                            column, list(tree, "levels").stream().map(String::valueOf).toList());
            default ->
                    throw new IllegalArgumentException(
                            "term of column " + column + " is of the unknown kind " + kind);
        };
    }

    private static List<?> list(Map<?, ?> tree, String key) {
        if (tree.get(key) instanceof List<?> list) {
            return list;
        }
        throw new IllegalArgumentException("term without " + key);
    }

    private static Map<String, Object> tree(String kind, String column) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("kind", kind);
        tree.put("column", column);
        return tree;
    }

    private static double finite(Covariates covariates, String column, int row) {
        double value = covariates.number(column, row);
        if (!Double.isFinite(value)) {
            throw new IllegalArgumentException(
                    "column "
                            + column
                            + ", row "
                            + (row + 1)
                            + ": "
                            + (Double.isNaN(value) ? "missing" : String.valueOf(value))
                            + "; a finite number is needed: impute it or leave the row out");
        }
        return value;
    }

    /**
     * The number itself.
     *
     * @param column its name
     */
    record Linear(String column) implements LearnedTerm {
        @Override
        public List<String> names() {
            return List.of(column);
        }

        @Override
        public void fill(Covariates covariates, int row, double[] out, int at) {
            out[at] = finite(covariates, column, row);
        }

        @Override
        public Map<String, Object> toMap() {
            return tree("linear", column);
        }
    }

    /**
     * A restricted cubic spline: the number itself and one bend per inner knot.
     *
     * @param column its name
     * @param basis the basis on the learned knots
     */
    record Spline(String column, SplineBasis basis) implements LearnedTerm {
        @Override
        public List<String> names() {
            String[] names = new String[basis.width()];
            Arrays.setAll(names, j -> column + "'".repeat(j));
            return List.of(names);
        }

        @Override
        public void fill(Covariates covariates, int row, double[] out, int at) {
            double[] values = basis.at(finite(covariates, column, row));
            System.arraycopy(values, 0, out, at, values.length);
        }

        @Override
        public Map<String, Object> toMap() {
            Map<String, Object> tree = tree("spline", column);
            tree.put("knots", Arrays.stream(basis.knots()).boxed().toList());
            return tree;
        }
    }

    /**
     * An indicator for each level but the first.
     *
     * @param column its name
     * @param levels two or more, reference first
     */
    record Category(String column, List<String> levels) implements LearnedTerm {
        /** Copies the levels. */
        public Category {
            levels = List.copyOf(levels);
        }

        @Override
        public List<String> names() {
            return levels.stream().skip(1).map(level -> column + "=" + level).toList();
        }

        @Override
        public void fill(Covariates covariates, int row, double[] out, int at) {
            String word = covariates.word(column, row);
            int level = levels.indexOf(word);
            if (level < 0) {
                throw new IllegalArgumentException(
                        "column "
                                + column
                                + ", row "
                                + (row + 1)
                                + ": "
                                + (word.isEmpty() ? "missing" : '"' + word + '"')
                                + ", allowed are "
                                + levels
                                + "; correct the word or leave the row out");
            }
            Arrays.fill(out, at, at + levels.size() - 1, 0);
            if (level > 0) {
                out[at + level - 1] = 1;
            }
        }

        @Override
        public Map<String, Object> toMap() {
            Map<String, Object> tree = tree("category", column);
            tree.put("levels", levels);
            return tree;
        }
    }
}
