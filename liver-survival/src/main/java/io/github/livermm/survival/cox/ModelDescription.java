// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.survival.cox;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Which columns enter a model, and how: the formula of a Cox model as a value. Knots and levels are
 * learned on the training patients only and saved with the model.
 *
 * <pre>{@code
 * ModelDescription model =
 *         ModelDescription.of(
 *                 ModelDescription.spline("age", 4),
 *                 ModelDescription.category("bclc", "0", "A", "B", "C"),
 *                 ModelDescription.linear("log_afp"));
 * }</pre>
 *
 * @param terms the terms in the order of their coefficients, each column once
 * @since 0.1.0
 */
public record ModelDescription(List<Term> terms) {
    /** Checks that there are terms and that no column is there twice. */
    public ModelDescription {
        terms = List.copyOf(terms);
        Set<String> seen = new HashSet<>();
        for (Term term : terms) {
            if (!seen.add(term.column())) {
                throw new IllegalArgumentException(
                        "column " + term.column() + " is described twice; name it once");
            }
        }
        if (terms.isEmpty()) {
            throw new IllegalArgumentException("a model description needs at least one term");
        }
    }

    /**
     * A description.
     *
     * @param terms one or more, each column once
     * @return the description
     * @throws IllegalArgumentException if there is none or a column is there twice
     */
    public static ModelDescription of(Term... terms) {
        return new ModelDescription(Arrays.asList(terms));
    }

    /**
     * A column as it is.
     *
     * @param column a column of numbers
     * @return the term
     */
    public static Term linear(String column) {
        return new Term.Linear(column);
    }

    /**
     * A restricted cubic spline.
     *
     * @param column a column of numbers
     * @param knots 3 or more; 4 is a good choice for a few hundred patients
     * @return the term
     */
    public static Term spline(String column, int knots) {
        return new Term.Spline(column, knots);
    }

    /**
     * Indicators of levels against the first.
     *
     * @param column a column of words, or of numbers that are codes
     * @param levels reference first; none for those found among the training patients
     * @return the term
     */
    public static Term category(String column, String... levels) {
        return new Term.Category(column, List.of(levels));
    }

    /**
     * The patients with a value in every column of the description.
     *
     * @param covariates the patients
     * @return row numbers from 0, ascending
     */
    public int[] completeRows(Covariates covariates) {
        int[] rows = new int[covariates.size()];
        int kept = 0;
        for (int i = 0; i < rows.length; i++) {
            boolean complete = true;
            for (Term term : terms) {
                complete &= term.present(covariates, i);
            }
            if (complete) {
                rows[kept++] = i;
            }
        }
        return Arrays.copyOf(rows, kept);
    }

    /**
     * Learns knots and levels.
     *
     * @param training the training patients, complete in every column of the description
     * @return the description that turns patients into numbers
     * @throws IllegalArgumentException if a value is missing or not allowed, or a column cannot
     *     carry its term; the message names column and row
     */
    public LearnedDescription learn(Covariates training) {
        List<LearnedTerm> learned = new ArrayList<>();
        for (Term term : terms) {
            LearnedTerm one = term.learn(training);
            double[] row = new double[one.names().size()];
            for (int i = 0; i < training.size(); i++) {
                one.fill(training, i, row, 0);
            }
            learned.add(one);
        }
        return new LearnedDescription(learned);
    }
}
