// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.eval;

import java.util.Arrays;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.ArrayRealVector;
import org.apache.commons.math3.linear.CholeskyDecomposition;
import org.apache.commons.math3.linear.DecompositionSolver;
import org.apache.commons.math3.linear.NonPositiveDefiniteMatrixException;
import org.apache.commons.math3.linear.RealMatrix;
import org.apache.commons.math3.linear.SingularValueDecomposition;
import org.jspecify.annotations.Nullable;

/**
 * A fitted logistic regression with an optional ridge penalty. It is the model behind calibration
 * slopes, Platt scaling and the penalised heads of late fusion. It is not a path solver: one
 * penalty, one fit.
 *
 * <p>Minimises {@code sum_i w_i (log(1 + exp(eta_i)) - y_i eta_i) + ridge / 2 * |beta|^2} with
 * {@code eta_i = offset_i + intercept + x_i beta}; the intercept is not penalised. Newton's method
 * with step halving.
 *
 * <p>Reference: McCullagh, Nelder (1989), Generalized Linear Models; le Cessie, van Houwelingen
 * (1992), Ridge estimators in logistic regression, doi:10.2307/2347628.
 *
 * @since 0.1.0
 */
public final class LogisticRegression {
    private static final int MAX_ITERATIONS = 100;
    private static final double SHORTEST_STEP = 1e-9;

    /**
     * Newton steps converge quadratically: after a step of 1e-8 standard errors the remaining error
     * is below machine precision.
     */
    private static final double LAST_STEP = 1e-8;

    /** Relative rise of the objective that is rounding and no reason to halve a step. */
    private static final double ROUNDING = 1e-12;

    /** R's glm warns of fitted probabilities 0 or 1 at 10 machine epsilons; this is that bound. */
    private static final double NUMERICALLY_CERTAIN = 10 * Math.ulp(1.0);

    /** Share of a column's information not explained by the others below which it is collinear. */
    private static final double COLLINEAR = 1e-12;

    private final double intercept;
    private final double[] coefficients;
    private final RealMatrix covariance;
    private final double logLikelihood;
    private final int iterations;
    private final boolean converged;
    private final boolean separated;

    private LogisticRegression(Newton fit) {
        this.intercept = fit.theta[0];
        this.coefficients = Arrays.copyOfRange(fit.theta, 1, fit.theta.length);
        this.covariance = fit.inverseInformation();
        this.logLikelihood = fit.logLikelihood();
        this.iterations = fit.iterations;
        this.converged = fit.converged;
        this.separated = fit.separated();
    }

    /**
     * Fits to rows of equal weight.
     *
     * @param x predictors, one row per observation; rows may have no column (intercept only)
     * @param y whether the event happened, one per row
     * @param ridge the penalty, at least 0; 0 is maximum likelihood
     * @return the fitted model
     * @throws IllegalArgumentException when lengths differ, a value is not finite, there is no row
     *     or the penalty is negative
     */
    public static LogisticRegression fit(double[][] x, boolean[] y, double ridge) {
        return fit(x, y, ridge, null, null);
    }

    /**
     * Fits with weights and offsets.
     *
     * @param x predictors, one row per observation; rows may have no column (intercept only)
     * @param y whether the event happened, one per row
     * @param ridge the penalty, at least 0; 0 is maximum likelihood
     * @param weights one weight per row, at least 0, or {@code null} for equal weights
     * @param offset a term of the linear predictor with coefficient 1, or {@code null} for none
     * @return the fitted model
     * @throws IllegalArgumentException when lengths differ, a value is not finite, there is no row
     *     of positive weight, or the penalty or a weight is negative
     */
    public static LogisticRegression fit(
            double[][] x,
            boolean[] y,
            double ridge,
            double @Nullable [] weights,
            double @Nullable [] offset) {
        double[] target = new double[y.length];
        for (int i = 0; i < y.length; i++) {
            target[i] = y[i] ? 1 : 0;
        }
        return fitTargets(x, target, ridge, weights, offset);
    }

    /** Fits to targets in [0, 1]; Platt's smoothed labels are such targets. */
    static LogisticRegression fitTargets(
            double[][] x,
            double[] target,
            double ridge,
            double @Nullable [] weights,
            double @Nullable [] offset) {
        check(x, target, ridge, weights, offset);
        Newton newton = new Newton(x, target, ridge, weights, offset);
        newton.run();
        return new LogisticRegression(newton);
    }

    /**
     * The intercept.
     *
     * @return the intercept on the logit scale
     */
    public double intercept() {
        return intercept;
    }

    /**
     * The coefficients in the order of the columns.
     *
     * @return a new array of log odds ratios per unit
     */
    public double[] coefficients() {
        return coefficients.clone();
    }

    /**
     * The Wald standard error of a parameter, from the inverse of the (penalised) information.
     *
     * @param parameter 0 for the intercept, {@code j + 1} for column {@code j}
     * @return the standard error; {@code NaN} when the information is singular
     */
    public double standardError(int parameter) {
        return Math.sqrt(covariance.getEntry(parameter, parameter));
    }

    /**
     * The inverse of the (penalised) information: the covariance of intercept and coefficients when
     * the penalty is 0.
     *
     * @return a new square array, the intercept first
     */
    public double[][] covariance() {
        return covariance.getData();
    }

    /**
     * The log-likelihood at the fit, without the penalty.
     *
     * @return the log-likelihood, at most 0
     */
    public double logLikelihood() {
        return logLikelihood;
    }

    /**
     * The number of Newton steps taken.
     *
     * @return the number of steps
     */
    public int iterations() {
        return iterations;
    }

    /**
     * Whether the objective stopped changing.
     *
     * @return false when the step limit ended the fit, as it may under separation
     */
    public boolean converged() {
        return converged;
    }

    /**
     * Whether predictors split the classes so that the maximum likelihood lies at infinity, which
     * shows as a fitted probability of 0 or 1 to machine precision in a fit without penalty.
     * Coefficients are then large and meaningless; a ridge above 0 is the remedy.
     *
     * @return true when separation was seen
     */
    public boolean separated() {
        return separated;
    }

    /**
     * The linear predictor of one row, without offset.
     *
     * @param row predictors in the order of the columns
     * @return {@code intercept + row . coefficients}
     * @throws IllegalArgumentException when the row has another length than the fit
     */
    public double linearPredictor(double[] row) {
        if (row.length != coefficients.length) {
            throw new IllegalArgumentException(
                    "row has " + row.length + " values, the fit has " + coefficients.length);
        }
        double sum = intercept;
        for (int j = 0; j < row.length; j++) {
            sum += coefficients[j] * row[j];
        }
        return sum;
    }

    /**
     * The predicted probability of one row, without offset.
     *
     * @param row predictors in the order of the columns
     * @return a probability in [0, 1]
     * @throws IllegalArgumentException when the row has another length than the fit
     */
    public double probability(double[] row) {
        return inverseLogit(linearPredictor(row));
    }

    static double inverseLogit(double eta) {
        if (eta >= 0) {
            return 1 / (1 + Math.exp(-eta));
        }
        double e = Math.exp(eta);
        return e / (1 + e);
    }

    static double logit(double probability) {
        return Math.log(probability) - Math.log1p(-probability);
    }

    private static void check(
            double[][] x,
            double[] target,
            double ridge,
            double @Nullable [] weights,
            double @Nullable [] offset) {
        if (x.length == 0) {
            throw new IllegalArgumentException("x has no rows");
        }
        if (!(ridge >= 0) || Double.isInfinite(ridge)) {
            throw new IllegalArgumentException("ridge " + ridge + " is outside [0, infinity)");
        }
        requireLength("y", target.length, x.length);
        int columns = x[0].length;
        for (int i = 0; i < x.length; i++) {
            if (x[i].length != columns) {
                throw new IllegalArgumentException(
                        "x row " + i + " has " + x[i].length + " columns, row 0 has " + columns);
            }
            for (int j = 0; j < columns; j++) {
                requireFinite("x row " + i + " column " + j, x[i][j]);
            }
        }
        if (weights != null) {
            requireLength("weights", weights.length, x.length);
            double total = 0;
            for (int i = 0; i < weights.length; i++) {
                requireFinite("weights row " + i, weights[i]);
                if (weights[i] < 0) {
                    throw new IllegalArgumentException(
                            "weights row " + i + " is " + weights[i] + ", below 0");
                }
                total += weights[i];
            }
            if (total <= 0) {
                throw new IllegalArgumentException("weights are all 0; give one row a weight");
            }
        }
        if (offset != null) {
            requireLength("offset", offset.length, x.length);
            for (int i = 0; i < offset.length; i++) {
                requireFinite("offset row " + i, offset[i]);
            }
        }
    }

    private static void requireLength(String name, int found, int rows) {
        if (found != rows) {
            throw new IllegalArgumentException(
                    name + " has " + found + " values for " + rows + " rows of x");
        }
    }

    private static void requireFinite(String where, double value) {
        if (!Double.isFinite(value)) {
            throw new IllegalArgumentException(
                    where + " is " + value + "; impute or drop the row before fitting");
        }
    }

    /** The state of one fit; theta holds the intercept first. */
    private static final class Newton {
        private final double[][] x;
        private final double[] target;
        private final double ridge;
        private final double @Nullable [] weights;
        private final double @Nullable [] offset;
        private final double[] theta;
        private int iterations;
        private boolean converged;

        Newton(
                double[][] x,
                double[] target,
                double ridge,
                double @Nullable [] weights,
                double @Nullable [] offset) {
            this.x = x;
            this.target = target;
            this.ridge = ridge;
            this.weights = weights;
            this.offset = offset;
            this.theta = new double[x[0].length + 1];
        }

        void run() {
            double objective = objective(theta);
            while (iterations < MAX_ITERATIONS && !converged) {
                RealMatrix information = information();
                double[] scale = scale(information);
                double[] step = step(information, scale);
                double[] next = new double[theta.length];
                double allowed = objective + ROUNDING * (1 + Math.abs(objective));
                double length = 2;
                do {
                    length /= 2;
                    for (int j = 0; j < next.length; j++) {
                        next[j] = theta[j] + length * scale[j] * step[j];
                    }
                    objective = objective(next);
                } while (!(objective <= allowed) && length > SHORTEST_STEP);
                iterations++;
                if (!(objective <= allowed)) {
                    return;
                }
                System.arraycopy(next, 0, theta, 0, next.length);
                converged = new ArrayRealVector(step, false).getLInfNorm() * length <= LAST_STEP;
            }
        }

        private double weight(int i) {
            return weights == null ? 1 : weights[i];
        }

        private double eta(double[] parameters, int i) {
            double sum = parameters[0] + (offset == null ? 0 : offset[i]);
            for (int j = 0; j < x[i].length; j++) {
                sum += parameters[j + 1] * x[i][j];
            }
            return sum;
        }

        private double loss(double[] parameters) {
            double sum = 0;
            for (int i = 0; i < x.length; i++) {
                double eta = eta(parameters, i);
                double softplus = Math.max(eta, 0) + Math.log1p(Math.exp(-Math.abs(eta)));
                sum += weight(i) * (softplus - target[i] * eta);
            }
            return sum;
        }

        private double objective(double[] parameters) {
            double penalty = 0;
            for (int j = 1; j < parameters.length; j++) {
                penalty += parameters[j] * parameters[j];
            }
            return loss(parameters) + ridge / 2 * penalty;
        }

        double logLikelihood() {
            return -loss(theta);
        }

        /** The Newton step in units of 1 / root of the information's diagonal. */
        private double[] step(RealMatrix information, double[] scale) {
            double[] gradient = new double[theta.length];
            for (int i = 0; i < x.length; i++) {
                double residual = weight(i) * (target[i] - inverseLogit(eta(theta, i)));
                gradient[0] += residual;
                for (int j = 0; j < x[i].length; j++) {
                    gradient[j + 1] += residual * x[i][j];
                }
            }
            for (int j = 0; j < theta.length; j++) {
                gradient[j] = scale[j] * (gradient[j] - (j == 0 ? 0 : ridge * theta[j]));
            }
            RealMatrix scaled = scaled(information, scale);
            return solver(scaled).solve(new ArrayRealVector(gradient, false)).toArray();
        }

        private RealMatrix information() {
            int size = theta.length;
            double[][] h = new double[size][size];
            for (int i = 0; i < x.length; i++) {
                double p = inverseLogit(eta(theta, i));
                double w = weight(i) * p * (1 - p);
                h[0][0] += w;
                for (int j = 1; j < size; j++) {
                    double wx = w * x[i][j - 1];
                    h[j][0] += wx;
                    for (int k = 1; k <= j; k++) {
                        h[j][k] += wx * x[i][k - 1];
                    }
                }
            }
            for (int j = 0; j < size; j++) {
                h[j][j] += j == 0 ? 0 : ridge;
                for (int k = 0; k < j; k++) {
                    h[k][j] = h[j][k];
                }
            }
            return new Array2DRowRealMatrix(h, false);
        }

        /**
         * One over the root of the information's diagonal: makes columns of any unit comparable.
         */
        private static double[] scale(RealMatrix information) {
            double[] scale = new double[information.getRowDimension()];
            for (int j = 0; j < scale.length; j++) {
                double diagonal = information.getEntry(j, j);
                scale[j] = diagonal > 0 ? 1 / Math.sqrt(diagonal) : 1;
            }
            return scale;
        }

        private static RealMatrix scaled(RealMatrix information, double[] scale) {
            RealMatrix result = information.copy();
            for (int j = 0; j < scale.length; j++) {
                for (int k = 0; k < scale.length; k++) {
                    result.setEntry(j, k, information.getEntry(j, k) * (scale[j] * scale[k]));
                }
            }
            return result;
        }

        /** Cholesky, or least squares of least norm when columns are collinear. */
        private static DecompositionSolver solver(RealMatrix scaled) {
            try {
                return new CholeskyDecomposition(scaled, 1e-12, COLLINEAR).getSolver();
            } catch (NonPositiveDefiniteMatrixException singular) {
                return new SingularValueDecomposition(scaled).getSolver();
            }
        }

        RealMatrix inverseInformation() {
            RealMatrix information = information();
            double[] scale = scale(information);
            try {
                RealMatrix scaled = scaled(information, scale);
                RealMatrix inverse =
                        new CholeskyDecomposition(scaled, 1e-12, COLLINEAR)
                                .getSolver()
                                .getInverse();
                return scaled(inverse, scale);
            } catch (NonPositiveDefiniteMatrixException singular) {
                return new Array2DRowRealMatrix(theta.length, theta.length).scalarAdd(Double.NaN);
            }
        }

        boolean separated() {
            if (ridge > 0) {
                return false;
            }
            for (int i = 0; i < x.length; i++) {
                double p = inverseLogit(eta(theta, i));
                if (weight(i) > 0 && Math.min(p, 1 - p) < NUMERICALLY_CERTAIN) {
                    return true;
                }
            }
            return false;
        }
    }
}
