// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.eval.cox;

import java.util.Arrays;
import java.util.List;

/**
 * A fitted Cox model: coefficients with their covariance, likelihoods, and the baseline hazard that
 * turns a new row into a survival curve. Check {@link #status()} before using it; coefficients that
 * have no finite value are NaN (aliased, not converged) or infinite, never a large number.
 *
 * @since 0.1.0
 */
public final class CoxFit {
    /** How a fit ended. */
    public enum Status {
        /** All estimable coefficients are at the maximum. */
        CONVERGED,
        /**
         * The likelihood rises for ever along some columns (separation, monotone likelihood): those
         * coefficients are infinite. Use a ridge penalty.
         */
        INFINITE_COEFFICIENT,
        /** The steps ran out; no estimate. */
        NOT_CONVERGED
    }

    private final List<String> names;
    private final int n;
    private final int events;
    private final CoxOptions options;
    private final Status status;
    private final int iterations;
    private final double[] coefficients;
    private final double[] working;
    private final double[] mean;
    private final double[][] covariance;
    private final double[][] sandwich;
    private final double[] information;
    private final double logLikelihoodNull;
    private final double logLikelihood;
    private final double penalty;
    private final double scoreTest;
    private final double effectiveDf;
    private final boolean[] aliased;
    private final boolean[] infinite;
    private final List<BaselineHazard> centred;
    private final double centre;

    CoxFit(
            CoxData data,
            CoxOptions options,
            Status status,
            int iterations,
            double[] coefficients,
            double[] working,
            double[] mean,
            double[][] covariance,
            double[][] sandwich,
            double[] information,
            double logLikelihoodNull,
            double logLikelihood,
            double penalty,
            double scoreTest,
            double effectiveDf,
            boolean[] aliased,
            boolean[] infinite,
            List<BaselineHazard> centred) {
        this.names = data.names;
        int rows = 0;
        int happened = 0;
        for (int i = 0; i < data.size(); i++) {
            if (data.weight(i) > 0) {
                rows++;
                happened += data.outcomes.event(i) ? 1 : 0;
            }
        }
        this.n = rows;
        this.events = happened;
        this.options = options;
        this.status = status;
        this.iterations = iterations;
        this.coefficients = coefficients;
        this.working = working;
        this.mean = mean;
        this.covariance = covariance;
        this.sandwich = sandwich;
        this.information = information;
        this.logLikelihoodNull = logLikelihoodNull;
        this.logLikelihood = logLikelihood;
        this.penalty = penalty;
        this.scoreTest = scoreTest;
        this.effectiveDf = effectiveDf;
        this.aliased = aliased;
        this.infinite = infinite;
        this.centred = centred;
        double sum = 0;
        for (int j = 0; j < mean.length; j++) {
            sum += working[j] * mean[j];
        }
        this.centre = sum;
    }

    /**
     * The column names.
     *
     * @return names in column order
     */
    public List<String> names() {
        return names;
    }

    /**
     * The rows of positive weight.
     *
     * @return count
     */
    public int n() {
        return n;
    }

    /**
     * The events among them.
     *
     * @return count, 1 or more
     */
    public int events() {
        return events;
    }

    /**
     * The options of the fit.
     *
     * @return options
     */
    public CoxOptions options() {
        return options;
    }

    /**
     * How the fit ended.
     *
     * @return status
     */
    public Status status() {
        return status;
    }

    /**
     * Newton steps taken.
     *
     * @return count
     */
    public int iterations() {
        return iterations;
    }

    /**
     * Whether a column is a linear combination of columns before it (or constant), so that it has
     * no coefficient of its own.
     *
     * @param column from 0
     * @return true if aliased
     */
    public boolean aliased(int column) {
        return aliased[column];
    }

    /**
     * Whether the estimate of a column is infinite.
     *
     * @param column from 0
     * @return true if the likelihood has no maximum along it
     */
    public boolean infinite(int column) {
        return infinite[column];
    }

    /**
     * The coefficients, log hazard ratios per unit.
     *
     * @return a copy; NaN where aliased or not converged, infinite where {@link #infinite(int)}
     */
    public double[] coefficients() {
        return coefficients.clone();
    }

    /**
     * The inverse of the (penalised) information.
     *
     * @return a copy, columns x columns; 0 where aliased, NaN where there is no finite estimate
     */
    public double[][] covariance() {
        return copy(covariance);
    }

    /**
     * H^-1 I H^-1 with H the penalised and I the plain information: the variance of the penalised
     * estimate ({@code var2} of R's penalised fits). Equal to {@link #covariance()} without
     * penalty.
     *
     * @return a copy, columns x columns
     */
    public double[][] penalisedCovariance() {
        return copy(sandwich);
    }

    /**
     * The standard errors, from {@link #covariance()}.
     *
     * @return square roots of the diagonal; NaN where there is no finite estimate
     */
    public double[] standardErrors() {
        double[] se = new double[coefficients.length];
        for (int j = 0; j < se.length; j++) {
            se[j] = aliased[j] ? Double.NaN : Math.sqrt(covariance[j][j]);
        }
        return se;
    }

    /** Plain information at the estimate on the scale of the columns, p x p. */
    double[] information() {
        return information;
    }

    /**
     * The log partial likelihood with all coefficients 0 (the offset stays).
     *
     * @return value
     */
    public double logLikelihoodNull() {
        return logLikelihoodNull;
    }

    /**
     * The log partial likelihood at the estimate, without the penalty.
     *
     * @return value
     */
    public double logLikelihood() {
        return logLikelihood;
    }

    /**
     * The penalty at the estimate; the fit maximises {@link #logLikelihood()} less this.
     *
     * @return 0 or more
     */
    public double penalty() {
        return penalty;
    }

    /**
     * Degrees of freedom: the number of estimable columns, or trace(I H^-1) under a penalty.
     *
     * @return 0 to the number of columns
     */
    public double degreesOfFreedom() {
        return effectiveDf;
    }

    /**
     * The score statistic at coefficients 0.
     *
     * @return chi-squared
     */
    public double scoreStatistic() {
        return scoreTest;
    }

    /**
     * The linear predictor of a new row: sum of coefficient times value, not centred.
     *
     * @param row one value per column, finite
     * @return higher for a higher hazard; NaN if the fit did not converge; aliased columns count
     *     nothing. With infinite coefficients it is the value of the last Newton step, which ranks
     *     rows but means nothing in size
     * @throws IllegalArgumentException if the length differs from the number of columns
     */
    public double linearPredictor(double[] row) {
        if (row.length != working.length) {
            throw new IllegalArgumentException(
                    "row has " + row.length + " values for " + working.length + " columns");
        }
        if (status == Status.NOT_CONVERGED) {
            return Double.NaN;
        }
        double sum = 0;
        for (int j = 0; j < working.length; j++) {
            sum += working[j] * row[j];
        }
        return sum;
    }

    /**
     * The linear predictor of the mean row; predictors less this are centred.
     *
     * @return value
     */
    public double meanLinearPredictor() {
        return centre;
    }

    /**
     * The baseline hazards at all covariates 0, one per stratum in the order of the codes.
     *
     * @return hazards; for covariates far from 0 prefer {@link #centredBaseline()}, which cannot
     *     overflow
     */
    public List<BaselineHazard> baseline() {
        return centred.stream().map(h -> h.scaled(Math.exp(-centre))).toList();
    }

    /**
     * The baseline hazards at the mean row, one per stratum in the order of the codes: use them
     * with linear predictors less {@link #meanLinearPredictor()}.
     *
     * @return hazards
     */
    public List<BaselineHazard> centredBaseline() {
        return centred;
    }

    /**
     * The survival probability of a new row, in the first stratum.
     *
     * @param row one value per column
     * @param time any time; after the last event the curve is flat
     * @return in [0, 1]; NaN if the fit did not converge
     */
    public double survival(double[] row, double time) {
        return survival(row, time, centred.get(0).stratum());
    }

    /**
     * The survival probability of a new row.
     *
     * @param row one value per column
     * @param time any time; after the last event the curve is flat
     * @param stratum code of a stratum of the fit
     * @return in [0, 1]; NaN if the fit did not converge
     * @throws IllegalArgumentException if the fit has no such stratum
     */
    public double survival(double[] row, double time, int stratum) {
        double eta = linearPredictor(row) - centre;
        for (BaselineHazard hazard : centred) {
            if (hazard.stratum() == stratum) {
                return Double.isNaN(eta) ? Double.NaN : hazard.survival(time, eta);
            }
        }
        throw new IllegalArgumentException(
                "stratum "
                        + stratum
                        + " is not in the fit; it has "
                        + Arrays.toString(
                                centred.stream().mapToInt(BaselineHazard::stratum).toArray()));
    }

    /**
     * The mean row, at which {@link #centredBaseline()} is.
     *
     * @return the mean of each column over the rows of positive weight, not weighted
     */
    public double[] means() {
        return mean.clone();
    }

    /** Finite coefficients for computations: 0 where aliased. */
    double[] workingCoefficients() {
        return working;
    }

    private static double[][] copy(double[][] matrix) {
        double[][] out = new double[matrix.length][];
        for (int j = 0; j < out.length; j++) {
            out[j] = matrix[j].clone();
        }
        return out;
    }
}
