// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.eval.cox;

import io.github.livermm.eval.Interval;
import java.util.Arrays;
import org.apache.commons.math3.distribution.ChiSquaredDistribution;

/**
 * Cox regression with Firth's penalty: for few events, and for columns that separate the events,
 * for which the ordinary estimate is infinite. It maximises log-likelihood + log det(information) /
 * 2, which takes away the first-order bias and always has a finite maximum for independent columns.
 *
 * <p>{@link #fit()} can be used like any other fit; its standard errors come from the information
 * at the estimate. With few events prefer {@link #interval} and {@link #test}, which follow the
 * profile of the penalised likelihood. Figures are those of {@code coxphf} by definition (there
 * with Breslow ties). Cost O(n p^2) per step.
 *
 * <p>Reference: Heinze G, Schemper M (2001), A solution to the problem of monotone likelihood in
 * Cox regression, doi:10.1111/j.0006-341X.2001.00114.x.
 *
 * @since 0.1.0
 */
public final class FirthCox {
    private static final int MOST_STEPS = 500;
    private static final double CONVERGED = 1e-11;

    /** Longest step, in standard deviations of a column. */
    private static final double LONGEST = 2;

    private static final double ALIAS = 1e-9;

    /** A profile that has not fallen at this many standard errors has no limit. */
    private static final double FARTHEST = 100;

    private final CoxData data;
    private final CoxOptions options;
    private final RiskSets sets;
    private final CoxRegression.Columns columns;
    private final int p;
    private final Sweep sweep;
    private final FirthScore firth;
    private final double[] eta;
    private final double unitShift;
    private final double[] estimate;
    private final double logLikelihoodNull;
    private final double penalisedNull;
    private final double penalised;
    private final CoxFit fit;

    /** Of the last point: the likelihood without penalty, and the steps that led there. */
    private double plain;

    private int steps;

    private FirthCox(CoxData data, CoxOptions options) {
        this.data = data;
        this.options = options;
        sets = new RiskSets(data.outcomes, data.entry, data.weights, data.strata);
        if (sets.groups() == 0) {
            throw new IllegalArgumentException(
                    "no events among the " + sets.size() + " rows of positive weight");
        }
        columns = CoxRegression.Columns.of(data, sets);
        p = columns.p;
        sweep = new Sweep(sets, options.ties(), columns.x, p);
        firth = new FirthScore(sets, options.ties(), columns.x, p);
        eta = new double[sets.size()];
        double shift = 0;
        for (double sd : columns.sd) {
            shift += Math.log(sd);
        }
        unitShift = shift;
        double[] start = new double[p];
        penalisedNull = value(start);
        logLikelihoodNull = plain;
        requireIndependent();
        estimate = maximise(start, -1);
        penalised = value(estimate);
        fit = result();
    }

    /**
     * Fits a model.
     *
     * @param data the rows; columns must be linearly independent
     * @param ties rule for tied events
     * @return the fit
     * @throws IllegalArgumentException if there is no event or a column is constant or a
     *     combination of earlier ones; the message names it
     * @throws IllegalStateException if the search did not converge
     */
    public static FirthCox fit(CoxData data, Ties ties) {
        return new FirthCox(data, CoxOptions.defaults().withTies(ties));
    }

    /**
     * The fit, for tables, curves and residuals.
     *
     * @return a converged fit; its penalty is -log det(information) / 2
     */
    public CoxFit fit() {
        return fit;
    }

    /**
     * The penalised log-likelihood at the estimate.
     *
     * @return log-likelihood + log det(information) / 2, on the scale of the columns
     */
    public double penalisedLogLikelihood() {
        return penalised + unitShift;
    }

    /**
     * The penalised log-likelihood with all coefficients 0.
     *
     * @return at most {@link #penalisedLogLikelihood()}
     */
    public double penalisedLogLikelihoodNull() {
        return penalisedNull + unitShift;
    }

    /**
     * The penalised likelihood-ratio test of all coefficients.
     *
     * @return the test
     */
    public CoxTest test() {
        return new CoxTest(2 * (penalised - penalisedNull), p);
    }

    /**
     * The penalised likelihood-ratio test of one coefficient, the others estimated anew.
     *
     * @param column from 0
     * @return the test that it is 0
     */
    public CoxTest test(int column) {
        return new CoxTest(2 * (penalised - profile(column, 0)), 1);
    }

    /**
     * The hazard ratio of a column with the limits of its profile.
     *
     * @param column from 0
     * @param level confidence level in (0, 1), for example 0.95
     * @return the interval; a limit is 0 or infinite if the profile does not fall that far
     * @throws IllegalArgumentException if the level is outside (0, 1)
     */
    public Interval interval(int column, double level) {
        if (!(level > 0 && level < 1)) {
            throw new IllegalArgumentException("level " + level + " is outside (0, 1)");
        }
        double drop = new ChiSquaredDistribution(1).inverseCumulativeProbability(level) / 2;
        return new Interval(
                Math.exp(fit.coefficients()[column]),
                Math.exp(limit(column, drop, -1)),
                Math.exp(limit(column, drop, 1)),
                "profile penalised likelihood");
    }

    private double limit(int column, double drop, int direction) {
        double sd = columns.sd[column];
        double step = fit.standardErrors()[column] * sd;
        double inside = estimate[column];
        double outside = inside;
        double reach = step;
        do {
            if (reach > FARTHEST * step) {
                return direction * Double.POSITIVE_INFINITY;
            }
            inside = outside;
            outside = estimate[column] + direction * reach;
            reach *= 1.6;
        } while (profile(column, outside) > penalised - drop);
        for (int k = 0; k < 60 && Math.abs(outside - inside) > 1e-11 * step; k++) {
            double middle = (inside + outside) / 2;
            if (profile(column, middle) > penalised - drop) {
                inside = middle;
            } else {
                outside = middle;
            }
        }
        return (inside + outside) / 2 / sd;
    }

    /** The largest penalised likelihood with one scaled coefficient held. */
    private double profile(int column, double held) {
        double[] start = estimate.clone();
        start[column] = held;
        return value(maximise(start, column));
    }

    /** Evaluates the penalised likelihood; the sweep keeps score and information. */
    private double value(double[] beta) {
        columns.predict(beta, eta);
        plain = sweep.evaluate(eta);
        return plain + new Cholesky(sweep.information, p, 0).logDeterminant() / 2;
    }

    private double[] maximise(double[] start, int held) {
        double[] beta = start;
        double now = value(beta);
        boolean[] aside = new boolean[p];
        if (held >= 0) {
            aside[held] = true;
        }
        for (steps = 1; steps <= MOST_STEPS; steps++) {
            double[][] inverse = new Cholesky(sweep.information, p, 0).inverse();
            double[] score = firth.correction(eta, inverse);
            for (int j = 0; j < p; j++) {
                score[j] += sweep.score[j];
            }
            double[] step = new Cholesky(sweep.information, p, 0, aside).solve(score);
            double longest = Arrays.stream(step).map(Math::abs).max().orElse(0);
            if (longest < CONVERGED) {
                return beta;
            }
            double length = Math.min(1, LONGEST / longest);
            double[] next = beta;
            double reached = Double.NEGATIVE_INFINITY;
            for (int halving = 0; halving < 40; halving++) {
                next = new double[p];
                for (int j = 0; j < p; j++) {
                    next[j] = beta[j] + length * step[j];
                }
                reached = value(next);
                if (reached >= now - 1e-13 * (1 + Math.abs(now))) {
                    break;
                }
                length /= 2;
            }
            if (!(reached >= now - 1e-13 * (1 + Math.abs(now)))) {
                // no better point along the step: as close as rounding allows
                value(beta);
                return beta;
            }
            beta = next;
            now = reached;
        }
        throw new IllegalStateException(
                "Firth's Cox regression of columns "
                        + data.names
                        + " did not converge in "
                        + MOST_STEPS
                        + " steps; use a ridge penalty");
    }

    private void requireIndependent() {
        boolean[] aliased = new Cholesky(sweep.information, p, ALIAS).aliased();
        for (int j = 0; j < p; j++) {
            if (aliased[j]) {
                throw new IllegalArgumentException(
                        "column "
                                + data.names.get(j)
                                + " is constant or a linear combination of the columns before it;"
                                + " leave it out");
            }
        }
    }

    private CoxFit result() {
        double[] sd = columns.sd;
        double[] coefficients = new double[p];
        double[][] covariance = new Cholesky(sweep.information, p, 0).inverse();
        double[] information = sweep.information.clone();
        for (int j = 0; j < p; j++) {
            coefficients[j] = estimate[j] / sd[j];
            for (int k = 0; k < p; k++) {
                covariance[j][k] /= sd[j] * sd[k];
                information[j * p + k] *= sd[j] * sd[k];
            }
        }
        return new CoxFit(
                data,
                options,
                CoxFit.Status.CONVERGED,
                steps,
                coefficients,
                coefficients.clone(),
                columns.mean,
                covariance,
                covariance,
                information,
                logLikelihoodNull,
                plain,
                plain - penalisedLogLikelihood(),
                Double.NaN,
                p,
                new boolean[p],
                new boolean[p],
                BaselineHazard.of(sets, sweep));
    }
}
