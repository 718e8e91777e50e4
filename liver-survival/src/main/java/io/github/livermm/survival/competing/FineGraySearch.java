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
import java.util.List;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.CholeskyDecomposition;
import org.apache.commons.math3.linear.NonPositiveDefiniteMatrixException;
import org.apache.commons.math3.linear.RealMatrix;

/** Newton search and sandwich; rows in ascending order of time. */
final class FineGraySearch {
    private static final int MOST_STEPS = 100;

    private final List<String> names;
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

    FineGraySearch(CompetingOutcomes outcomes, double[][] rows, List<String> names) {
        this.names = names;
        n = rows.length;
        p = names.size();
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
                "the Fine-Gray model of columns "
                        + names
                        + " did not converge in "
                        + MOST_STEPS
                        + " steps: a column may separate the events; leave it out");
    }

    private RealMatrix inverse() {
        try {
            return new CholeskyDecomposition(information, 1e-12, 1e-12).getSolver().getInverse();
        } catch (NonPositiveDefiniteMatrixException e) {
            throw new TrainingException(
                    "the columns "
                            + names
                            + " of the Fine-Gray model are collinear or separate the events;"
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
                names,
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
