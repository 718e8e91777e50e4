// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.eval.cox;

/**
 * The partial likelihood of coefficients with its score and information: what an optimiser with a
 * penalty of its own needs. For an ordinary fit use {@link CoxRegression}. Not thread-safe: it
 * keeps the last evaluation.
 *
 * @since 0.1.0
 */
public final class CoxInformation {
    private final RiskSets sets;
    private final Sweep sweep;
    private final double[] x;
    private final double[] offset;
    private final int p;
    private final double[] eta;

    private CoxInformation(CoxData data, Ties ties) {
        sets = new RiskSets(data.outcomes, data.entry, data.weights, data.strata);
        p = data.names.size();
        x = new double[sets.size() * p];
        for (int i = 0; i < sets.size(); i++) {
            System.arraycopy(data.x[sets.row[i]], 0, x, i * p, p);
        }
        offset = data.offset == null ? new double[sets.size()] : sets.toPositions(data.offset);
        sweep = new Sweep(sets, ties, x, p);
        eta = new double[sets.size()];
    }

    /**
     * The likelihood of rows; columns are best centred and scaled by the caller.
     *
     * @param data the rows
     * @param ties rule for tied events
     * @return the likelihood, sorted once
     */
    public static CoxInformation of(CoxData data, Ties ties) {
        return new CoxInformation(data, ties);
    }

    /**
     * Evaluates coefficients.
     *
     * @param coefficients one per column
     * @return the log partial likelihood; O(n p^2)
     * @throws IllegalArgumentException if the length differs from the number of columns
     */
    public double evaluate(double[] coefficients) {
        if (coefficients.length != p) {
            throw new IllegalArgumentException(
                    coefficients.length + " coefficients for " + p + " columns");
        }
        for (int i = 0; i < eta.length; i++) {
            double sum = offset[i];
            for (int j = 0; j < p; j++) {
                sum += coefficients[j] * x[i * p + j];
            }
            eta[i] = sum;
        }
        return sweep.evaluate(eta);
    }

    /**
     * The score at the last evaluation.
     *
     * @return derivative by each coefficient
     */
    public double[] score() {
        return sweep.score.clone();
    }

    /**
     * The information at the last evaluation.
     *
     * @return row-major, columns x columns
     */
    public double[] information() {
        return sweep.information.clone();
    }
}
