// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.survival;

import io.github.livermm.core.HeadModel;
import io.github.livermm.core.ModelFileException;
import io.github.livermm.core.Prediction;
import io.github.livermm.core.StateReader;
import io.github.livermm.core.StateWriter;
import io.github.livermm.core.TrainingException;
import io.github.livermm.core.fusion.ColumnScale;
import io.github.livermm.eval.SurvivalOutcomes;
import io.github.livermm.survival.deep.TimeIntervals;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.ArrayRealVector;
import org.apache.commons.math3.linear.CholeskyDecomposition;
import org.apache.commons.math3.linear.NonPositiveDefiniteMatrixException;

/**
 * Penalised discrete-hazard regression: logit h_k(x) = a_k + x'b + s_k x'g, with s_k rising from -1
 * in the first interval to 1 in the last, so that b is an effect at mid-time and g its change. The
 * minimum of the mean negative log-likelihood plus {@code ridge / 2} times the squared weights of
 * standardised columns (b and g; the intercepts are free up to a penalty of 1e-6) by Newton's
 * method with step halving. O(n p^2 + p^3) per step.
 */
final class DiscreteHazardRegression implements HeadModel {
    private static final int MOST_STEPS = 100;
    private static final double INTERCEPT_RIDGE = 1e-6;

    private final TimeIntervals intervals;
    private final double[] intercepts;
    private final double[] effect;
    private final double[] change;
    private final List<Double> horizons;

    private DiscreteHazardRegression(
            TimeIntervals intervals,
            double[] intercepts,
            double[] effect,
            double[] change,
            List<Double> horizons) {
        this.intervals = intervals;
        this.intercepts = intercepts;
        this.effect = effect;
        this.change = change;
        this.horizons = horizons;
    }

    static DiscreteHazardRegression fit(
            double[][] x,
            SurvivalOutcomes outcomes,
            TimeIntervals intervals,
            double ridge,
            List<Double> horizons) {
        ColumnScale scale = ColumnScale.of(x);
        double[] theta = new Newton(scale.apply(x), outcomes, intervals, ridge).solve();
        int k = intervals.count();
        int p = x[0].length;
        double[] b = scale.coefficients(Arrays.copyOfRange(theta, k, k + p));
        double[] g = scale.coefficients(Arrays.copyOfRange(theta, k + p, k + 2 * p));
        double[] a = new double[k];
        for (int i = 0; i < k; i++) {
            a[i] = theta[i] - scale.offset(b) - place(i, k) * scale.offset(g);
        }
        return new DiscreteHazardRegression(intervals, a, b, g, horizons);
    }

    /** Where interval k of K stands between -1 and 1. */
    private static double place(int k, int count) {
        return count == 1 ? 0 : 2.0 * k / (count - 1) - 1;
    }

    private double[] logits(double[] x) {
        if (x.length != effect.length) {
            throw new IllegalArgumentException(
                    "x has " + x.length + " columns, the model has " + effect.length);
        }
        double level = 0;
        double slope = 0;
        for (int j = 0; j < x.length; j++) {
            level += effect[j] * x[j];
            slope += change[j] * x[j];
        }
        double[] z = new double[intercepts.length];
        for (int k = 0; k < z.length; k++) {
            z[k] = intercepts[k] + level + place(k, z.length) * slope;
        }
        return z;
    }

    @Override
    public double linearPredictor(double[] x) {
        return TimeIntervals.logCumulativeHazard(logits(x));
    }

    @Override
    public Prediction predict(double[] x) {
        double[] z = logits(x);
        List<Double> survival = new ArrayList<>();
        for (double horizon : horizons) {
            survival.add(Math.exp(-intervals.cumulativeHazard(z, horizon)));
        }
        return new Prediction.Survival(TimeIntervals.logCumulativeHazard(z), survival);
    }

    /** The log odds ratios of an interval's hazard at mid-time. */
    @Override
    public double[] coefficients() {
        return effect.clone();
    }

    @Override
    public void save(StateWriter out) {
        out.array("interval_ends", intervals.ends());
        out.array("intercepts", intercepts);
        out.array("coefficients", effect);
        out.array("coefficient_changes", change);
    }

    static DiscreteHazardRegression restore(StateReader in, List<Double> horizons) {
        double[] a = in.array("intercepts");
        double[] b = in.array("coefficients");
        double[] g = in.array("coefficient_changes");
        try {
            TimeIntervals intervals = TimeIntervals.of(in.array("interval_ends"));
            if (a.length != intervals.count() || b.length != g.length) {
                throw new IllegalArgumentException(
                        intervals.count()
                                + " intervals, "
                                + a.length
                                + " intercepts, "
                                + b.length
                                + " coefficients, "
                                + g.length
                                + " changes");
            }
            return new DiscreteHazardRegression(intervals, a, b, g, horizons);
        } catch (IllegalArgumentException e) {
            throw new ModelFileException(
                    "the discrete hazard model is damaged: " + e.getMessage(), e);
        }
    }

    /** The search, on standardised columns; parameters are intercepts, effects, changes. */
    private static final class Newton {
        private final double[][] x;
        private final float[][] label;
        private final int k;
        private final int p;
        private final double[] penalty;

        Newton(double[][] x, SurvivalOutcomes outcomes, TimeIntervals intervals, double ridge) {
            this.x = x;
            k = intervals.count();
            p = x[0].length;
            label = new float[x.length][];
            for (int i = 0; i < x.length; i++) {
                label[i] = intervals.label(outcomes.time(i), outcomes.event(i));
            }
            penalty = new double[k + 2 * p];
            Arrays.fill(penalty, 0, k, INTERCEPT_RIDGE);
            Arrays.fill(penalty, k, penalty.length, ridge);
        }

        double[] solve() {
            double[] theta = new double[penalty.length];
            Arrays.fill(theta, 0, k, -2);
            double value = value(theta);
            for (int step = 0; step < MOST_STEPS; step++) {
                double[] direction = direction(theta);
                double factor = 1;
                double[] moved = move(theta, direction, factor);
                double next = value(moved);
                while (!(next <= value) && factor > 1e-10) {
                    factor /= 2;
                    moved = move(theta, direction, factor);
                    next = value(moved);
                }
                boolean done = value - next <= 1e-12 * Math.max(1, Math.abs(value));
                theta = next <= value ? moved : theta;
                value = Math.min(value, next);
                if (done) {
                    return theta;
                }
            }
            throw new TrainingException(
                    "the discrete hazard model did not converge in "
                            + MOST_STEPS
                            + " steps; a column may separate the events: add a ridge penalty");
        }

        private static double[] move(double[] theta, double[] direction, double factor) {
            double[] moved = theta.clone();
            for (int j = 0; j < moved.length; j++) {
                moved[j] -= factor * direction[j];
            }
            return moved;
        }

        private double logit(double[] theta, int i, int interval) {
            double s = place(interval, k);
            double z = theta[interval];
            for (int j = 0; j < p; j++) {
                z += (theta[k + j] + s * theta[k + p + j]) * x[i][j];
            }
            return z;
        }

        private double value(double[] theta) {
            double sum = 0;
            for (int i = 0; i < x.length; i++) {
                for (int m = 0; m < k && label[i][m] > 0; m++) {
                    double z = logit(theta, i, m);
                    sum +=
                            label[i][m] * (Math.max(z, 0) + Math.log1p(Math.exp(-Math.abs(z))))
                                    - label[i][k + m] * z;
                }
            }
            sum /= x.length;
            for (int j = 0; j < theta.length; j++) {
                sum += penalty[j] / 2 * theta[j] * theta[j];
            }
            return sum;
        }

        private double[] direction(double[] theta) {
            int d = theta.length;
            double[] gradient = new double[d];
            double[][] hessian = new double[d][d];
            for (int i = 0; i < x.length; i++) {
                add(theta, i, gradient, hessian);
            }
            for (int r = 0; r < d; r++) {
                gradient[r] = gradient[r] / x.length + penalty[r] * theta[r];
                for (int c = 0; c <= r; c++) {
                    hessian[r][c] /= x.length;
                    hessian[c][r] = hessian[r][c];
                }
                // keeps a column without spread, or no penalty and no events, solvable
                hessian[r][r] += penalty[r] + 1e-12;
            }
            try {
                return new CholeskyDecomposition(new Array2DRowRealMatrix(hessian, false))
                        .getSolver()
                        .solve(new ArrayRealVector(gradient, false))
                        .toArray();
            } catch (NonPositiveDefiniteMatrixException e) {
                throw new TrainingException(
                        "the columns of the discrete hazard model are collinear; add a ridge"
                                + " penalty");
            }
        }

        /** A patient's part of gradient and lower triangle; effects gathered over intervals. */
        private void add(double[] theta, int i, double[] gradient, double[][] hessian) {
            double[] residual = new double[2];
            double[] weight = new double[3];
            for (int m = 0; m < k && label[i][m] > 0; m++) {
                double s = place(m, k);
                double h = 1 / (1 + Math.exp(-logit(theta, i, m)));
                double r = label[i][m] * h - label[i][k + m];
                double w = label[i][m] * h * (1 - h);
                gradient[m] += r;
                hessian[m][m] += w;
                residual[0] += r;
                residual[1] += s * r;
                weight[0] += w;
                weight[1] += s * w;
                weight[2] += s * s * w;
                for (int j = 0; j < p; j++) {
                    hessian[k + j][m] += w * x[i][j];
                    hessian[k + p + j][m] += s * w * x[i][j];
                }
            }
            for (int j = 0; j < p; j++) {
                gradient[k + j] += residual[0] * x[i][j];
                gradient[k + p + j] += residual[1] * x[i][j];
                for (int l = 0; l < p; l++) {
                    double product = x[i][j] * x[i][l];
                    hessian[k + p + j][k + l] += weight[1] * product;
                    if (l <= j) {
                        hessian[k + j][k + l] += weight[0] * product;
                        hessian[k + p + j][k + p + l] += weight[2] * product;
                    }
                }
            }
        }
    }
}
