// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.survival.competing;

import io.github.livermm.core.TrainingException;
import io.github.livermm.eval.CompetingOutcomes;
import io.github.livermm.eval.KaplanMeier;
import io.github.livermm.eval.ReverseKaplanMeier;
import io.github.livermm.eval.SortOrder;
import io.github.livermm.eval.TiedTimes;
import io.github.livermm.eval.cox.BaselineHazard;
import java.util.Arrays;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.CholeskyDecomposition;
import org.apache.commons.math3.linear.NonPositiveDefiniteMatrixException;
import org.apache.commons.math3.linear.RealMatrix;

/**
 * Fine and Gray's proportional subdistribution hazards: how covariates act on the absolute risk of
 * cause 1 itself. It says nothing about the rate among those still event-free; for that use {@link
 * CauseSpecificCox}.
 *
 * <p>A patient with a competing event at T stays in later risk sets with weight G(t-)/G(T-), G the
 * Kaplan-Meier curve of the censoring time in which events tied with a censoring are still at risk.
 * Breslow ties. The covariance is the sandwich that includes the estimation of G. Figures equal
 * those of {@code crr} of R's cmprsk; {@code finegray} of survival lets tied events go first and
 * differs with many ties.
 *
 * <p>Reference: Fine JP, Gray RJ (1999), A proportional hazards model for the subdistribution of a
 * competing risk, doi:10.1080/01621459.1999.10474144.
 *
 * @since 0.1.0
 */
public final class FineGray {
    private static final int MOST_STEPS = 100;

    private final double[] coefficients;
    private final double[][] covariance;
    private final double logLikelihood;
    private final double logLikelihoodNull;
    private final BaselineHazard hazard;

    private FineGray(
            double[] coefficients,
            double[][] covariance,
            double logLikelihood,
            double logLikelihoodNull,
            BaselineHazard hazard) {
        this.coefficients = coefficients;
        this.covariance = covariance;
        this.logLikelihood = logLikelihood;
        this.logLikelihoodNull = logLikelihoodNull;
        this.hazard = hazard;
    }

    /**
     * Fits the model for cause 1.
     *
     * @param outcomes follow-up with causes
     * @param x rows by columns, finite, at least one column
     * @return the fit; O(n p^2) per step
     * @throws TrainingException if cause 1 has no event, columns are collinear or the search did
     *     not converge
     * @throws IllegalArgumentException if lengths differ or a value is not finite
     */
    public static FineGray fit(CompetingOutcomes outcomes, double[][] x) {
        if (x.length != outcomes.size() || x.length == 0) {
            throw new IllegalArgumentException(
                    "x has " + x.length + " rows, outcomes " + outcomes.size());
        }
        for (int i = 0; i < x.length; i++) {
            for (int j = 0; j < x[i].length; j++) {
                if (!Double.isFinite(x[i][j])) {
                    throw new IllegalArgumentException(
                            "x row " + (i + 1) + ", column " + (j + 1) + " is " + x[i][j]);
                }
            }
        }
        return new Search(outcomes, x).fit();
    }

    /**
     * The log subdistribution hazard ratios.
     *
     * @return one per column
     */
    public double[] coefficients() {
        return coefficients.clone();
    }

    /**
     * The sandwich covariance.
     *
     * @return columns x columns
     */
    public double[][] covariance() {
        return Arrays.stream(covariance).map(double[]::clone).toArray(double[][]::new);
    }

    /**
     * The log pseudo-likelihood at the estimate.
     *
     * @return value
     */
    public double logLikelihood() {
        return logLikelihood;
    }

    /**
     * The log pseudo-likelihood with all coefficients 0.
     *
     * @return value
     */
    public double logLikelihoodNull() {
        return logLikelihoodNull;
    }

    /**
     * The absolute risk of cause 1 for a new patient.
     *
     * @param row one value per column
     * @param time any time; flat after the last event
     * @return probability in [0, 1]
     */
    public double risk(double[] row, double time) {
        double eta = 0;
        for (int j = 0; j < coefficients.length; j++) {
            eta += coefficients[j] * row[j];
        }
        return -Math.expm1(-hazard.cumulativeHazard(time) * Math.exp(eta));
    }

    /** Newton search and sandwich; rows in ascending order of time. */
    private static final class Search {
        private final int n;
        private final int p;
        private final double[] time;
        private final int[] cause;
        private final double[][] x;
        private final double[] mean;

        /** G just before each row's time. */
        private final double[] g;

        private double[] r = new double[0];
        private double[] score = new double[0];
        private RealMatrix information = new Array2DRowRealMatrix(1, 1);

        /** By distinct event time of cause 1, ascending. */
        private double[] eventTime = new double[0];

        private double[] increment = new double[0];
        private double[] gAtEvent = new double[0];
        private double[][] xbar = new double[0][];

        Search(CompetingOutcomes outcomes, double[][] rows) {
            n = rows.length;
            p = rows[0].length;
            double[] merged = TiedTimes.merge(outcomes.anyCause().times())[0];
            KaplanMeier censoring = ReverseKaplanMeier.of(outcomes.anyCause());
            int[] order = SortOrder.ascending(merged);
            time = new double[n];
            cause = new int[n];
            x = new double[n][p];
            mean = new double[p];
            g = new double[n];
            for (int i = 0; i < n; i++) {
                for (int j = 0; j < p; j++) {
                    mean[j] += rows[i][j] / n;
                }
            }
            for (int k = 0; k < n; k++) {
                int i = order[k];
                time[k] = merged[i];
                cause[k] = outcomes.cause(i);
                g[k] = censoring.survivalBefore(merged[i]);
                for (int j = 0; j < p; j++) {
                    x[k][j] = rows[i][j] - mean[j];
                }
            }
            if (Arrays.stream(cause).noneMatch(c -> c == 1)) {
                throw new TrainingException(
                        "no event of cause 1 among " + n + " patients; check the coding");
            }
        }

        FineGray fit() {
            double[] beta = new double[p];
            double value = evaluate(beta);
            double none = value;
            for (int step = 0; step < MOST_STEPS; step++) {
                RealMatrix inverse = inverse();
                double[] move = inverse.operate(score);
                double decrement = 0;
                for (int j = 0; j < p; j++) {
                    decrement += move[j] * score[j];
                }
                double length = 1;
                double[] origin = beta;
                double before = value;
                do {
                    beta = origin.clone();
                    for (int j = 0; j < p; j++) {
                        beta[j] += length * move[j];
                    }
                    value = evaluate(beta);
                    length /= 2;
                } while (!(value >= before - 1e-12 * Math.abs(before)) && length > 1e-9);
                if (decrement < 1e-16) {
                    return result(beta, value, none);
                }
            }
            throw new TrainingException(
                    "the Fine-Gray model did not converge in "
                            + MOST_STEPS
                            + " steps: a column may separate the events; leave it out");
        }

        private RealMatrix inverse() {
            try {
                return new CholeskyDecomposition(information, 1e-12, 1e-12)
                        .getSolver()
                        .getInverse();
            } catch (NonPositiveDefiniteMatrixException e) {
                throw new TrainingException(
                        "the columns of the Fine-Gray model are collinear or separate the events;"
                                + " leave one out");
            }
        }

        private double evaluate(double[] beta) {
            r = new double[n];
            double[] eta = new double[n];
            for (int i = 0; i < n; i++) {
                for (int j = 0; j < p; j++) {
                    eta[i] += beta[j] * x[i][j];
                }
                r[i] = Math.exp(eta[i]);
            }
            double[] at = new double[1 + p + p * p];
            for (int i = 0; i < n; i++) {
                add(at, i, r[i]);
            }
            double[] competing = new double[at.length];
            score = new double[p];
            double[][] info = new double[p][p];
            double value = 0;
            double[] times = new double[n];
            double[] steps = new double[n];
            double[] gs = new double[n];
            double[][] means = new double[n][];
            int m = 0;
            for (int a = 0; a < n; ) {
                int b = a;
                int d = 0;
                while (b < n && time[b] == time[a]) {
                    d += cause[b++] == 1 ? 1 : 0;
                }
                if (d > 0) {
                    double s0 = at[0] + g[a] * competing[0];
                    double[] xm = new double[p];
                    for (int j = 0; j < p; j++) {
                        xm[j] = (at[1 + j] + g[a] * competing[1 + j]) / s0;
                    }
                    for (int j = 0; j < p; j++) {
                        for (int k = 0; k < p; k++) {
                            int c = 1 + p + j * p + k;
                            double s2 = (at[c] + g[a] * competing[c]) / s0;
                            info[j][k] += d * (s2 - xm[j] * xm[k]);
                        }
                    }
                    for (int i = a; i < b; i++) {
                        if (cause[i] == 1) {
                            value += eta[i] - Math.log(s0);
                            for (int j = 0; j < p; j++) {
                                score[j] += x[i][j] - xm[j];
                            }
                        }
                    }
                    times[m] = time[a];
                    steps[m] = d / s0;
                    gs[m] = g[a];
                    means[m++] = xm;
                }
                for (int i = a; i < b; i++) {
                    add(at, i, -r[i]);
                    if (cause[i] > 1) {
                        add(competing, i, r[i] / g[i]);
                    }
                }
                a = b;
            }
            eventTime = Arrays.copyOf(times, m);
            increment = Arrays.copyOf(steps, m);
            gAtEvent = Arrays.copyOf(gs, m);
            xbar = Arrays.copyOf(means, m);
            information = new Array2DRowRealMatrix(info, false);
            return value;
        }

        private void add(double[] sums, int i, double weight) {
            sums[0] += weight;
            for (int j = 0; j < p; j++) {
                sums[1 + j] += weight * x[i][j];
                for (int k = 0; k < p; k++) {
                    sums[1 + p + j * p + k] += weight * x[i][j] * x[i][k];
                }
            }
        }

        private FineGray result(double[] beta, double value, double none) {
            double centre = 0;
            for (int j = 0; j < p; j++) {
                centre += beta[j] * mean[j];
            }
            double[] cumulative = new double[increment.length];
            double sum = 0;
            for (int m = 0; m < cumulative.length; m++) {
                sum += increment[m] * Math.exp(-centre);
                cumulative[m] = sum;
            }
            double[][] influence = influence();
            RealMatrix middle = new Array2DRowRealMatrix(p, p);
            for (double[] row : influence) {
                for (int j = 0; j < p; j++) {
                    for (int k = 0; k < p; k++) {
                        middle.addToEntry(j, k, row[j] * row[k]);
                    }
                }
            }
            RealMatrix inverse = inverse();
            double[][] covariance = inverse.multiply(middle).multiply(inverse).getData();
            return new FineGray(
                    beta,
                    covariance,
                    value,
                    none,
                    BaselineHazard.of(eventTime, cumulative, time[n - 1]));
        }

        /** Each row's term of the score plus its term through the estimation of G. */
        private double[][] influence() {
            int m = eventTime.length;
            // sums up to (plain) and from (weighted by G) each event time
            double[][] upTo = new double[m + 1][p + 1];
            double[][] from = new double[m + 1][p + 1];
            for (int k = 0; k < m; k++) {
                for (int j = 0; j <= p; j++) {
                    double xm = j == 0 ? 1 : xbar[k][j - 1];
                    upTo[k + 1][j] = upTo[k][j] + increment[k] * xm;
                }
            }
            for (int k = m - 1; k >= 0; k--) {
                for (int j = 0; j <= p; j++) {
                    double xm = j == 0 ? 1 : xbar[k][j - 1];
                    from[k][j] = from[k + 1][j] + increment[k] * gAtEvent[k] * xm;
                }
            }
            double[][] terms = new double[n][p];
            for (int i = 0; i < n; i++) {
                int passed = eventsUpTo(time[i]);
                for (int j = 0; j < p; j++) {
                    double value = cause[i] == 1 ? x[i][j] - xbar[passed - 1][j] : 0;
                    value -= r[i] * (x[i][j] * upTo[passed][0] - upTo[passed][1 + j]);
                    if (cause[i] > 1) {
                        double weight = r[i] / g[i];
                        value -= weight * (x[i][j] * from[passed][0] - from[passed][1 + j]);
                    }
                    terms[i][j] = value;
                }
            }
            addCensoringTerms(terms, from);
            return terms;
        }

        private void addCensoringTerms(double[][] terms, double[][] from) {
            double[] b = new double[p + 1];
            double[] cumulative = new double[p];
            for (int a = 0; a < n; ) {
                int end = a;
                int censored = 0;
                while (end < n && time[end] == time[a]) {
                    censored += cause[end++] == 0 ? 1 : 0;
                }
                int atRisk = n - a;
                if (censored > 0) {
                    // event times at or after this one
                    int first = eventsUpTo(Math.nextDown(time[a]));
                    double[] q = new double[p];
                    for (int j = 0; j < p; j++) {
                        q[j] = (b[1 + j] * from[first][0] - b[0] * from[first][1 + j]) / atRisk;
                        cumulative[j] += q[j] * censored / atRisk;
                    }
                    for (int i = a; i < end; i++) {
                        for (int j = 0; j < p; j++) {
                            terms[i][j] += cause[i] == 0 ? q[j] : 0;
                        }
                    }
                }
                for (int i = a; i < end; i++) {
                    for (int j = 0; j < p; j++) {
                        terms[i][j] -= cumulative[j];
                    }
                    if (cause[i] > 1) {
                        b[0] += r[i] / g[i];
                        for (int j = 0; j < p; j++) {
                            b[1 + j] += r[i] / g[i] * x[i][j];
                        }
                    }
                }
                a = end;
            }
        }

        private int eventsUpTo(double t) {
            int at = Arrays.binarySearch(eventTime, t);
            return at >= 0 ? at + 1 : -at - 1;
        }
    }
}
