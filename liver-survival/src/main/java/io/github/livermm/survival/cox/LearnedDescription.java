// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.survival.cox;

import io.github.livermm.core.ModelFileException;
import io.github.livermm.core.StateReader;
import io.github.livermm.core.StateWriter;
import io.github.livermm.eval.SurvivalOutcomes;
import io.github.livermm.eval.cox.CoxData;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * A model description with the knots and levels of its training patients: it turns patients into
 * rows of numbers. Rows never depend on the other patients of a table.
 *
 * @param terms the learned terms in the order of their coefficients
 * @since 0.1.0
 */
public record LearnedDescription(List<LearnedTerm> terms) {
    /** Copies the terms. */
    public LearnedDescription {
        terms = List.copyOf(terms);
    }

    /**
     * The names of the numbers of a row: {@code age}, {@code age'} for the bends of a spline,
     * {@code bclc=B} for a level.
     *
     * @return one per coefficient
     */
    public List<String> names() {
        return terms.stream().flatMap(term -> term.names().stream()).toList();
    }

    void requireNames(List<String> ofModel) {
        if (!names().equals(ofModel)) {
            throw new IllegalArgumentException(
                    "the description gives " + names() + ", the model has " + ofModel);
        }
    }

    /**
     * Which numbers of a row come from a column: what a test of the whole term tests.
     *
     * @param column a column of the description
     * @return indices into {@link #names()}
     * @throws IllegalArgumentException if the description has no such column
     */
    public int[] columnsOf(String column) {
        int at = 0;
        for (LearnedTerm term : terms) {
            int from = at;
            at += term.names().size();
            if (term.column().equals(column)) {
                return IntStream.range(from, at).toArray();
            }
        }
        throw new IllegalArgumentException("no term of column " + column + " in " + names());
    }

    /**
     * The numbers of every patient.
     *
     * @param covariates the patients, complete in every column of the description
     * @return patients x names
     * @throws IllegalArgumentException if a value is missing or not allowed; the message names
     *     column and row
     */
    public double[][] matrix(Covariates covariates) {
        double[][] x = new double[covariates.size()][];
        for (int i = 0; i < x.length; i++) {
            x[i] = row(covariates, i);
        }
        return x;
    }

    /**
     * The numbers of one patient.
     *
     * @param covariates the patients
     * @param row which one, from 0
     * @return one number per name
     * @throws IllegalArgumentException if a value is missing or not allowed; the message names
     *     column and row
     */
    public double[] row(Covariates covariates, int row) {
        double[] out = new double[names().size()];
        int at = 0;
        for (LearnedTerm term : terms) {
            term.fill(covariates, row, out, at);
            at += term.names().size();
        }
        return out;
    }

    /** A figure of every patient, from the patient's numbers. */
    double[] each(Covariates patients, ToDoubleFunction<double[]> figure) {
        return Arrays.stream(matrix(patients)).mapToDouble(figure).toArray();
    }

    /**
     * The rows of a Cox regression.
     *
     * @param outcomes follow-up of the patients
     * @param covariates the patients, complete in every column of the description
     * @return outcomes and named numbers, to which entry times, weights, strata and an offset can
     *     be added
     * @throws IllegalArgumentException if a value is missing or not allowed, or lengths differ
     */
    public CoxData data(SurvivalOutcomes outcomes, Covariates covariates) {
        return CoxData.of(outcomes, matrix(covariates), names());
    }

    /**
     * Writes the description as a JSON tree.
     *
     * @param out where to write
     */
    public void save(StateWriter out) {
        out.json("description", Map.of("terms", terms.stream().map(LearnedTerm::toMap).toList()));
    }

    /**
     * Restores what {@link #save} wrote.
     *
     * @param in where to read
     * @return an equal description
     * @throws ModelFileException if the tree is no description
     */
    public static LearnedDescription restore(StateReader in) {
        try {
            List<LearnedTerm> terms = new ArrayList<>();
            if (in.json("description").get("terms") instanceof List<?> list) {
                list.forEach(term -> terms.add(LearnedTerm.of((Map<?, ?>) term)));
            }
            return new LearnedDescription(terms);
        } catch (IllegalArgumentException | ClassCastException e) {
            throw new ModelFileException(
                    "the saved model description is damaged: " + e.getMessage(), e);
        }
    }
}
