// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.examples.cli;

import io.github.livermm.survival.cox.Covariates;
import io.github.livermm.survival.cox.ModelDescription;
import io.github.livermm.survival.cox.Term;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The terms of {@code --covariates}: {@code age}, {@code rcs(age,4)}, {@code factor(stage)}. A bare
 * column of words is a category.
 */
final class CoxTerms {
    private static final Pattern CALL = Pattern.compile("(rcs|factor)\\((.+?)(?:,\\s*(\\d+))?\\)");
    private static final int USUAL_KNOTS = 4;
    private static final int MANY_LEVELS = 20;

    private CoxTerms() {}

    /** The list of terms as written, split at commas outside brackets. */
    static List<String> split(String list) {
        List<String> terms = new ArrayList<>();
        for (String term : list.split(",(?![^(]*\\))", -1)) {
            terms.add(term.strip());
        }
        return terms;
    }

    static ModelDescription of(CoxInput table, List<String> written) {
        List<Term> terms = new ArrayList<>();
        for (String text : written) {
            Matcher call = CALL.matcher(text);
            boolean isCall = call.matches() && !table.columns().contains(text);
            String column = isCall ? call.group(2).strip() : text;
            if (!table.require("--covariates", column)) {
                continue;
            }
            if (isCall && call.group(1).equals("rcs")) {
                String knots = call.group(3);
                terms.add(
                        ModelDescription.spline(
                                column, knots == null ? USUAL_KNOTS : Integer.parseInt(knots)));
            } else if (isCall || table.holdsWords(column)) {
                requireFewLevels(table, column, isCall);
                terms.add(ModelDescription.category(column));
            } else {
                terms.add(ModelDescription.linear(column));
            }
        }
        table.failIfWrong();
        return new ModelDescription(terms);
    }

    private static void requireFewLevels(CoxInput table, String column, boolean asked) {
        long levels =
                Arrays.stream(table.text(column)).filter(t -> !t.isEmpty()).distinct().count();
        if (levels > MANY_LEVELS && !asked) {
            table.problem(
                    "column "
                            + column
                            + " holds "
                            + levels
                            + " different words: name the covariates with --covariates, and write"
                            + " factor("
                            + column
                            + ") if it is meant to be one");
        }
    }

    /** The columns of a table that a description reads. */
    static Covariates columns(CoxInput table, ModelDescription description) {
        Covariates covariates = Covariates.of(table.size());
        for (Term term : description.terms()) {
            String column = term.column();
            covariates =
                    term instanceof Term.Category
                            ? covariates.withWords(column, table.text(column))
                            : covariates.withNumbers(column, table.numbers(column));
        }
        return covariates;
    }
}
