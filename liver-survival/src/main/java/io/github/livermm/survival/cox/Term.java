// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.survival.cox;

import io.github.livermm.eval.SplineBasis;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.IntStream;

/**
 * How one column enters a model. A term is a wish; what it needs from the training patients (knots,
 * levels) is learned by {@link ModelDescription#learn}.
 *
 * @since 0.1.0
 */
public sealed interface Term {
    /**
     * The column of the covariates.
     *
     * @return its name
     */
    String column();

    /**
     * Learns knots or levels.
     *
     * @param training patients with complete values
     * @return the term that encodes patients
     * @throws IllegalArgumentException if the values cannot carry the term; the message names the
     *     column
     */
    LearnedTerm learn(Covariates training);

    /**
     * Whether a patient has a value.
     *
     * @param covariates the patients
     * @param row which patient, from 0
     * @return false if it is missing
     */
    default boolean present(Covariates covariates, int row) {
        return !Double.isNaN(covariates.number(column(), row));
    }

    /**
     * The number itself.
     *
     * @param column a column of numbers
     */
    record Linear(String column) implements Term {
        @Override
        public LearnedTerm learn(Covariates training) {
            return new LearnedTerm.Linear(column);
        }
    }

    /**
     * A restricted cubic spline with knots at Harrell's quantiles of the training patients.
     *
     * @param column a column of numbers
     * @param knots how many knots, 3 or more; the spline has one coefficient fewer
     */
    record Spline(String column, int knots) implements Term {
        /** Checks the number of knots. */
        public Spline {
            if (knots < 3) {
                throw new IllegalArgumentException(
                        "spline of " + column + ": " + knots + " knots, at least 3 are needed");
            }
        }

        @Override
        public LearnedTerm learn(Covariates training) {
            double[] x = new double[training.size()];
            for (int i = 0; i < x.length; i++) {
                x[i] = training.number(column, i);
            }
            try {
                return new LearnedTerm.Spline(column, SplineBasis.atQuantiles(x, knots));
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException(
                        "spline of column " + column + ": " + e.getMessage(), e);
            }
        }
    }

    /**
     * An indicator for each level but the first, which is the reference.
     *
     * @param column a column of words, or of numbers that are codes
     * @param levels the levels, reference first; empty for those of the training patients in
     *     alphabetical order (numerical for codes)
     */
    record Category(String column, List<String> levels) implements Term {
        /** Copies the levels. */
        public Category {
            levels = List.copyOf(levels);
            if (levels.size() == 1 || levels.stream().distinct().count() < levels.size()) {
                throw new IllegalArgumentException(
                        "category "
                                + column
                                + ": levels "
                                + levels
                                + " must be two or more, each once");
            }
        }

        @Override
        public LearnedTerm learn(Covariates training) {
            List<String> all = levels.isEmpty() ? found(training) : levels;
            if (all.size() < 2) {
                throw new IllegalArgumentException(
                        "category "
                                + column
                                + " has only the level "
                                + all
                                + " among the training patients; leave the column out");
            }
            LearnedTerm term = new LearnedTerm.Category(column, all);
            double[] seen = new double[all.size()];
            double[] row = new double[all.size() - 1];
            for (int i = 0; i < training.size(); i++) {
                term.fill(training, i, row, 0);
                int level =
                        1
                                + IntStream.range(0, row.length)
                                        .filter(j -> row[j] == 1)
                                        .findFirst()
                                        .orElse(-1);
                seen[level]++;
            }
            for (int k = 0; k < seen.length; k++) {
                if (seen[k] == 0) {
                    throw new IllegalArgumentException(
                            "category "
                                    + column
                                    + ": no training patient has level "
                                    + all.get(k)
                                    + "; join it to another or leave it out");
                }
            }
            return term;
        }

        @Override
        public boolean present(Covariates covariates, int row) {
            return !covariates.word(column, row).isEmpty();
        }

        private List<String> found(Covariates training) {
            TreeSet<String> sorted = new TreeSet<>(Category::compareLevels);
            for (int i = 0; i < training.size(); i++) {
                sorted.add(training.word(column, i));
            }
            return List.copyOf(sorted);
        }

        private static int compareLevels(String a, String b) {
            double[] codes =
                    Arrays.stream(new String[] {a, b}).mapToDouble(Category::code).toArray();
            return Double.isNaN(codes[0]) || Double.isNaN(codes[1])
                    ? a.compareTo(b)
                    : Double.compare(codes[0], codes[1]);
        }

        private static double code(String word) {
            return word.matches("-?\\d{1,15}(\\.\\d+)?") ? Double.parseDouble(word) : Double.NaN;
        }
    }
}
