// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.eval.cox;

import java.util.Arrays;

/**
 * Fits the Cox proportional hazards model by Newton's method with step halving. Use it for a
 * handful to a few hundred columns; for selection among many columns use an elastic net.
 *
 * <p>Columns are centred and scaled inside; coefficients are on the scale given. What has no finite
 * answer is named in {@link CoxFit#status()}, {@link CoxFit#aliased(int)} and {@link
 * CoxFit#infinite(int)} and is not returned as a number. Cost O(n p^2) per step, O(n p) memory.
 *
 * <p>Reference: Cox DR (1972), Regression models and life-tables,
 * doi:10.1111/j.2517-6161.1972.tb00899.x; Therneau TM, Grambsch PM (2000), Modeling Survival Data,
 * doi:10.1007/978-1-4757-3294-8.
 *
 * @since 0.1.0
 */
public final class CoxRegression {
    /** A pivot below this share of its diagonal: the column is a combination of earlier ones. */
    private static final double ALIAS = 1e-9;

    /** A step of this many standard deviations of a column after convergence: it is unbounded. */
    private static final double UNBOUNDED_STEP = 1e-3;

    private CoxRegression() {}

    /**
     * Fits a model with the default options: Efron ties, no penalty.
     *
     * @param data the rows
     * @return the fit
     * @throws IllegalArgumentException if no row of positive weight has an event
     */
    public static CoxFit fit(CoxData data) {
        return fit(data, CoxOptions.defaults());
    }

    /**
     * Fits a model.
     *
     * @param data the rows
     * @param options ties, penalty, iterations
     * @return the fit
     * @throws IllegalArgumentException if no row of positive weight has an event
     */
    public static CoxFit fit(CoxData data, CoxOptions options) {
        RiskSets sets = new RiskSets(data.outcomes, data.entry, data.weights, data.strata);
        if (sets.groups() == 0) {
            throw new IllegalArgumentException(
                    "no events among the "
                            + sets.size()
                            + " rows of positive weight: a Cox model needs at least one; check the"
                            + " event coding");
        }
        Columns columns = Columns.of(data, sets);
        return new Newton(data, options, sets, columns).fit();
    }

    /** Centred and scaled covariates by position. */
    static final class Columns {
        final int p;
        final double[] mean;
        final double[] sd;

        /** Row-major by position. */
        final double[] x;

        final double[] offset;

        private Columns(int p, double[] mean, double[] sd, double[] x, double[] offset) {
            this.p = p;
            this.mean = mean;
            this.sd = sd;
            this.x = x;
            this.offset = offset;
        }

        static Columns of(CoxData data, RiskSets sets) {
            int n = sets.size();
            int p = data.names.size();
            double[] mean = new double[p];
            double[] sd = new double[p];
            double[] x = new double[n * p];
            for (int i = 0; i < n; i++) {
                double[] row = data.x[sets.row[i]];
                System.arraycopy(row, 0, x, i * p, p);
                for (int j = 0; j < p; j++) {
                    mean[j] += row[j];
                }
            }
            for (int j = 0; j < p; j++) {
                mean[j] /= n;
            }
            for (int at = 0; at < x.length; at += p) {
                for (int j = 0; j < p; j++) {
                    x[at + j] -= mean[j];
                    sd[j] += x[at + j] * x[at + j];
                }
            }
            double[] unit = new double[p];
            for (int j = 0; j < p; j++) {
                sd[j] = Math.sqrt(sd[j] / Math.max(1, n - 1));
                // constant up to rounding: no spread to scale by
                sd[j] = sd[j] > 1e-12 * Math.abs(mean[j]) ? sd[j] : 0;
                unit[j] = sd[j] == 0 ? 0 : 1 / sd[j];
            }
            for (int at = 0; at < x.length; at += p) {
                for (int j = 0; j < p; j++) {
                    x[at + j] *= unit[j];
                }
            }
            double[] offset = data.offset == null ? new double[n] : sets.toPositions(data.offset);
            return new Columns(p, mean, sd, x, offset);
        }

        void predict(double[] beta, double[] eta) {
            for (int i = 0; i < eta.length; i++) {
                double sum = offset[i];
                int base = i * p;
                for (int j = 0; j < p; j++) {
                    sum += beta[j] * x[base + j];
                }
                eta[i] = sum;
            }
        }
    }

    /** One Newton search on the scaled columns. */
    private static final class Newton {
        private final CoxData data;
        private final CoxOptions options;
        private final RiskSets sets;
        private final Columns columns;
        private final int p;
        private final Sweep sweep;
        private final double[] penalty;
        private final double[] eta;
        private double[] beta;
        private double logLikelihood;
        private double criterion;

        Newton(CoxData data, CoxOptions options, RiskSets sets, Columns columns) {
            this.data = data;
            this.options = options;
            this.sets = sets;
            this.columns = columns;
            p = columns.p;
            sweep = new Sweep(sets, options.ties(), columns.x, p);
            penalty = new double[p];
            for (int j = 0; j < p; j++) {
                double s2 = columns.sd[j] * columns.sd[j];
                double theta = options.ridge().theta();
                penalty[j] = options.ridge().scaled() || s2 == 0 ? theta : theta / s2;
            }
            eta = new double[sets.size()];
            beta = new double[p];
        }

        CoxFit fit() {
            move(beta);
            double logLikelihoodNull = logLikelihood;
            double[] score = penalisedScore();
            Cholesky factor = new Cholesky(penalisedInformation(), p, ALIAS);
            boolean[] aliased = factor.aliased();
            double[] step = factor.solve(score);
            double scoreTest = dot(score, step);
            CoxFit.Status status = CoxFit.Status.NOT_CONVERGED;
            int iteration = 0;
            boolean[] infinite = new boolean[p];
            while (iteration < options.maxIterations()) {
                iteration++;
                boolean last = dot(score, step) < options.tolerance();
                double before = criterion;
                if (!advance(step)) {
                    // no better point along the step: as close as rounding allows
                    status = last || tiny(step) ? CoxFit.Status.CONVERGED : status;
                    break;
                }
                score = penalisedScore();
                factor = new Cholesky(penalisedInformation(), p, 1e-14, aliased);
                boolean collapsed = flagCollapsed(factor, aliased, infinite);
                if (last || collapsed || (criterion == before && tiny(step))) {
                    status = CoxFit.Status.CONVERGED;
                    if (!collapsed) {
                        flagUnbounded(step, infinite);
                    }
                    break;
                }
                step = factor.solve(score);
            }
            for (boolean unbounded : infinite) {
                status = unbounded ? CoxFit.Status.INFINITE_COEFFICIENT : status;
            }
            return result(
                    status, iteration, logLikelihoodNull, scoreTest, aliased, infinite, factor);
        }

        /** Evaluates a point: likelihood, score and information stay in the sweep. */
        private void move(double[] point) {
            columns.predict(point, eta);
            logLikelihood = sweep.evaluate(eta);
            criterion = logLikelihood - penaltyAt(point);
        }

        private double penaltyAt(double[] point) {
            double sum = 0;
            for (int j = 0; j < p; j++) {
                sum += penalty[j] * point[j] * point[j];
            }
            return sum / 2;
        }

        /** Takes the step, halved until the criterion does not fall; false if it always falls. */
        private boolean advance(double[] step) {
            double start = criterion;
            double[] origin = beta;
            double slack = 1e-13 * (1 + Math.abs(start));
            double length = 1;
            for (int halving = 0; halving < 30; halving++) {
                double[] point = new double[p];
                for (int j = 0; j < p; j++) {
                    point[j] = origin[j] + length * step[j];
                }
                move(point);
                if (criterion >= start - slack) {
                    beta = point;
                    return true;
                }
                length /= 2;
            }
            move(origin);
            return false;
        }

        private double[] penalisedScore() {
            double[] u = sweep.score.clone();
            for (int j = 0; j < p; j++) {
                u[j] -= penalty[j] * beta[j];
            }
            return u;
        }

        private double[] penalisedInformation() {
            double[] h = sweep.information.clone();
            for (int j = 0; j < p; j++) {
                h[j * p + j] += columns.sd[j] == 0 ? 0 : penalty[j];
            }
            return h;
        }

        /** Information that vanished on the way marks a coefficient on its way to infinity. */
        private boolean flagCollapsed(Cholesky factor, boolean[] aliased, boolean[] infinite) {
            boolean[] now = factor.aliased();
            boolean any = false;
            for (int j = 0; j < p; j++) {
                if (now[j] && !aliased[j]) {
                    infinite[j] = true;
                    any = true;
                }
            }
            return any;
        }

        private void flagUnbounded(double[] step, boolean[] infinite) {
            for (int j = 0; j < p; j++) {
                infinite[j] = Math.abs(step[j]) > UNBOUNDED_STEP;
            }
        }

        private static boolean tiny(double[] step) {
            return Arrays.stream(step).allMatch(s -> Math.abs(s) < 1e-6);
        }

        private CoxFit result(
                CoxFit.Status status,
                int iterations,
                double logLikelihoodNull,
                double scoreTest,
                boolean[] aliased,
                boolean[] infinite,
                Cholesky factor) {
            double[] coefficients = new double[p];
            double[] working = new double[p];
            double[] sd = columns.sd;
            for (int j = 0; j < p; j++) {
                working[j] = aliased[j] ? 0 : beta[j] / sd[j];
                coefficients[j] = working[j];
                if (aliased[j] || status == CoxFit.Status.NOT_CONVERGED) {
                    coefficients[j] = Double.NaN;
                } else if (infinite[j]) {
                    coefficients[j] = Math.copySign(Double.POSITIVE_INFINITY, beta[j]);
                }
            }
            double[][] covariance = factor.inverse();
            double[][] half = multiply(covariance, sweep.information);
            double effectiveDf = 0;
            double[][] sandwich = new double[p][p];
            for (int j = 0; j < p; j++) {
                effectiveDf += half[j][j];
                for (int k = 0; k < p; k++) {
                    for (int m = 0; m < p; m++) {
                        sandwich[j][k] += half[j][m] * covariance[m][k];
                    }
                }
            }
            double[] information = sweep.information.clone();
            for (int j = 0; j < p; j++) {
                for (int k = 0; k < p; k++) {
                    double unit = aliased[j] || aliased[k] ? 0 : 1 / (sd[j] * sd[k]);
                    covariance[j][k] *= unit;
                    sandwich[j][k] *= unit;
                    information[j * p + k] *= sd[j] * sd[k];
                    if (infinite[j] || infinite[k] || status == CoxFit.Status.NOT_CONVERGED) {
                        covariance[j][k] = Double.NaN;
                        sandwich[j][k] = Double.NaN;
                    }
                }
            }
            return new CoxFit(
                    data,
                    options,
                    status,
                    iterations,
                    coefficients,
                    working,
                    columns.mean,
                    covariance,
                    sandwich,
                    information,
                    logLikelihoodNull,
                    logLikelihood,
                    penaltyAt(beta),
                    scoreTest,
                    effectiveDf,
                    aliased,
                    infinite,
                    BaselineHazard.of(sets, sweep));
        }

        private static double[][] multiply(double[][] a, double[] b) {
            int p = a.length;
            double[][] product = new double[p][p];
            for (int j = 0; j < p; j++) {
                for (int m = 0; m < p; m++) {
                    for (int k = 0; k < p; k++) {
                        product[j][k] += a[j][m] * b[m * p + k];
                    }
                }
            }
            return product;
        }

        private static double dot(double[] a, double[] b) {
            double sum = 0;
            for (int j = 0; j < a.length; j++) {
                sum += a[j] * b[j];
            }
            return sum;
        }
    }
}
