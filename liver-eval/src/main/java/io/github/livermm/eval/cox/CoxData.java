// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.eval.cox;

import io.github.livermm.eval.Concordance;
import io.github.livermm.eval.ConcordanceOptions;
import io.github.livermm.eval.SurvivalOutcomes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a Cox regression: outcomes, covariates and, where there are any, entry times, case
 * weights, strata and an offset. Values are checked once, here; a missing value is an error that
 * names its row and column, because leaving rows out is the caller's decision.
 *
 * @since 0.1.0
 */
public final class CoxData {
    final SurvivalOutcomes outcomes;
    final double[][] x;
    final List<String> names;
    final double @Nullable [] entry;
    final double @Nullable [] weights;
    final int @Nullable [] strata;
    final double @Nullable [] offset;

    private CoxData(
            SurvivalOutcomes outcomes,
            double[][] x,
            List<String> names,
            double @Nullable [] entry,
            double @Nullable [] weights,
            int @Nullable [] strata,
            double @Nullable [] offset) {
        this.outcomes = outcomes;
        this.x = x;
        this.names = names;
        this.entry = entry;
        this.weights = weights;
        this.strata = strata;
        this.offset = offset;
    }

    /**
     * Outcomes and covariates; columns are called x1, x2, ...
     *
     * @param outcomes follow-up per row
     * @param covariates rows x columns, finite, all rows of one length (which may be 0)
     * @return the data
     * @throws IllegalArgumentException if lengths differ or a value is NaN or infinite
     */
    public static CoxData of(SurvivalOutcomes outcomes, double[][] covariates) {
        int p = covariates.length == 0 ? 0 : covariates[0].length;
        List<String> names = new ArrayList<>();
        for (int j = 1; j <= p; j++) {
            names.add("x" + j);
        }
        return of(outcomes, covariates, names);
    }

    /**
     * Outcomes and named covariates.
     *
     * @param outcomes follow-up per row
     * @param covariates rows x columns, finite
     * @param names one name per column
     * @return the data
     * @throws IllegalArgumentException if lengths differ or a value is NaN or infinite
     */
    public static CoxData of(SurvivalOutcomes outcomes, double[][] covariates, List<String> names) {
        int n = outcomes.size();
        if (covariates.length != n) {
            throw new IllegalArgumentException(
                    "covariates have " + covariates.length + " rows but outcomes have " + n);
        }
        double[][] copy = new double[n][];
        for (int i = 0; i < n; i++) {
            copy[i] = covariates[i].clone();
            if (copy[i].length != names.size()) {
                throw new IllegalArgumentException(
                        "covariates row "
                                + (i + 1)
                                + " has "
                                + copy[i].length
                                + " values for "
                                + names.size()
                                + " columns");
            }
            for (int j = 0; j < copy[i].length; j++) {
                requireFinite(copy[i][j], names, j, i);
            }
        }
        return new CoxData(outcomes, copy, List.copyOf(names), null, null, null, null);
    }

    /**
     * These rows with entry times: a row is at risk on (entry, time].
     *
     * @param newEntry finite, each below the row's time
     * @return a changed copy
     * @throws IllegalArgumentException if lengths differ or an entry is not below its time
     */
    public CoxData withEntry(double[] newEntry) {
        requireLength(newEntry.length, "entry");
        for (int i = 0; i < newEntry.length; i++) {
            requireFinite(newEntry[i], "entry", i);
            if (!(newEntry[i] < outcomes.time(i))) {
                throw new IllegalArgumentException(
                        "entry row "
                                + (i + 1)
                                + ": "
                                + newEntry[i]
                                + " is not below the row's time "
                                + outcomes.time(i));
            }
        }
        return new CoxData(outcomes, x, names, newEntry.clone(), weights, strata, offset);
    }

    /**
     * These rows with case weights; a row of weight 0 has no influence at all.
     *
     * @param newWeights finite, 0 or more, not all 0
     * @return a changed copy
     * @throws IllegalArgumentException if lengths differ or a weight is not allowed
     */
    public CoxData withWeights(double[] newWeights) {
        requireLength(newWeights.length, "weights");
        for (int i = 0; i < newWeights.length; i++) {
            requireFinite(newWeights[i], "weights", i);
            if (newWeights[i] < 0) {
                throw new IllegalArgumentException(
                        "weights row " + (i + 1) + ": " + newWeights[i] + " is negative");
            }
        }
        return new CoxData(outcomes, x, names, entry, newWeights.clone(), strata, offset);
    }

    /**
     * These rows in strata, each with its own baseline hazard.
     *
     * @param newStrata a code per row; any integers
     * @return a changed copy
     * @throws IllegalArgumentException if lengths differ
     */
    public CoxData withStrata(int[] newStrata) {
        requireLength(newStrata.length, "strata");
        return new CoxData(outcomes, x, names, entry, weights, newStrata.clone(), offset);
    }

    /**
     * These rows with a known part of the linear predictor.
     *
     * @param newOffset finite, added to every row's linear predictor
     * @return a changed copy
     * @throws IllegalArgumentException if lengths differ or a value is not finite
     */
    public CoxData withOffset(double[] newOffset) {
        requireLength(newOffset.length, "offset");
        for (int i = 0; i < newOffset.length; i++) {
            requireFinite(newOffset[i], "offset", i);
        }
        return new CoxData(outcomes, x, names, entry, weights, strata, newOffset.clone());
    }

    /**
     * The number of rows.
     *
     * @return rows
     */
    public int size() {
        return outcomes.size();
    }

    /**
     * The names of the columns.
     *
     * @return names in column order
     */
    public List<String> names() {
        return names;
    }

    /**
     * The outcomes.
     *
     * @return outcomes in row order
     */
    public SurvivalOutcomes outcomes() {
        return outcomes;
    }

    /**
     * The values of a column.
     *
     * @param column from 0
     * @return one per row
     */
    public double[] column(int column) {
        double[] values = new double[x.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = x[i][column];
        }
        return values;
    }

    /**
     * The case weights.
     *
     * @return one per row; 1 where none were given
     */
    public double[] weights() {
        double[] values = new double[size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = weight(i);
        }
        return values;
    }

    /**
     * The known part of the linear predictor.
     *
     * @return one per row; 0 where none was given
     */
    public double[] offset() {
        double[] known = offset;
        return known == null ? new double[size()] : known.clone();
    }

    /**
     * Some of the rows, in the order named, with all that belongs to them; a row may repeat.
     *
     * @param rows row numbers from 0
     * @return the data of those rows
     */
    public CoxData select(int[] rows) {
        double[][] some = new double[rows.length][];
        for (int i = 0; i < rows.length; i++) {
            some[i] = x[rows[i]];
        }
        int[] codes = strata;
        return new CoxData(
                outcomes.select(rows),
                some,
                names,
                pick(entry, rows),
                pick(weights, rows),
                codes == null ? null : Arrays.stream(rows).map(i -> codes[i]).toArray(),
                pick(offset, rows));
    }

    private static double @Nullable [] pick(double @Nullable [] values, int[] rows) {
        return values == null ? null : Arrays.stream(rows).mapToDouble(i -> values[i]).toArray();
    }

    /**
     * Other columns of the same rows.
     *
     * @param columns each one value per row, finite
     * @param newNames one per column
     * @return a changed copy
     * @throws IllegalArgumentException if lengths differ or a value is not finite
     */
    public CoxData withColumns(double[][] columns, List<String> newNames) {
        if (columns.length != newNames.size()) {
            throw new IllegalArgumentException(
                    columns.length + " columns for " + newNames.size() + " names");
        }
        for (int j = 0; j < columns.length; j++) {
            requireLength(columns[j].length, "column " + newNames.get(j));
        }
        double[][] rows = new double[size()][columns.length];
        for (int i = 0; i < rows.length; i++) {
            for (int j = 0; j < columns.length; j++) {
                rows[i][j] = columns[j][i];
                requireFinite(rows[i][j], newNames, j, i);
            }
        }
        return new CoxData(outcomes, rows, List.copyOf(newNames), entry, weights, strata, offset);
    }

    /**
     * Harrell's C of predictors on these rows, with their weights, strata and entry times.
     *
     * @param eta one predictor per row, higher for a higher hazard
     * @return the concordance
     * @throws IllegalArgumentException if the length differs or a predictor is NaN
     */
    public Concordance concordance(double[] eta) {
        ConcordanceOptions options = ConcordanceOptions.defaults();
        options = weights == null ? options : options.withWeights(weights);
        options = entry == null ? options : options.withEntry(entry);
        options = strata == null ? options : options.withStrata(strata);
        return Concordance.of(outcomes, eta, options);
    }

    double weight(int row) {
        return weights == null ? 1 : weights[row];
    }

    private void requireLength(int length, String what) {
        if (length != outcomes.size()) {
            throw new IllegalArgumentException(
                    what + " has " + length + " rows but outcomes have " + outcomes.size());
        }
    }

    private static void requireFinite(double value, List<String> names, int column, int row) {
        if (!(Math.abs(value) < Double.POSITIVE_INFINITY)) {
            requireFinite(value, "column " + names.get(column), row);
        }
    }

    private static void requireFinite(double value, String what, int row) {
        if (!(Math.abs(value) < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(
                    what
                            + ", row "
                            + (row + 1)
                            + ": "
                            + value
                            + " is not finite; impute it or leave the row out");
        }
    }
}
