// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.eval.cox;

import java.util.Arrays;

/**
 * One evaluation of the partial likelihood and its derivatives at a linear predictor.
 *
 * <p>Symbols: eta linear predictor, r = exp(eta), w case weight, S0 and S1 the sums of w r and w r
 * x over the risk set, E0 and E1 the same over the tied events, D_l = S0 - f_l E0 the denominator
 * that the l-th of d tied events meets (f_l = l/d for Efron, 0 for Breslow), mu a row's expected
 * number of events. The backward pass adds rows as time falls and takes the derivative's part that
 * needs S1; the forward pass cumulates the hazard, so that the score is sum of w (event - mu) x and
 * the information sum of w mu x x' less the outer products of the backward pass: no p x p sum is
 * ever removed from a risk set. All sums are kept relative to exp of a running maximum of eta,
 * hence exact in floating point however far the predictors lie apart.
 */
final class Sweep {
    /** A risk set that shrank below this share of its largest sum is summed afresh. */
    private static final double REFRESH = 1e-6;

    private final RiskSets sets;
    private final Ties ties;
    private final int p;
    private final double[] x;

    /** Expected number of events per position at the last evaluation. */
    final double[] mu;

    /** Log of the hazard increment of each group for rows without an event then. */
    final double[] logHazard;

    /** Log of the hazard increment that a row with an event in the group meets. */
    final double[] logEventHazard;

    /** Score vector, p. */
    final double[] score;

    /** Information, p x p, upper triangle filled then mirrored. */
    final double[] information;

    private final double[] s1;
    private final double[] e1;
    private final double[] entryLogHazard;
    private final double[] u;
    private final double[] v;

    /**
     * A sweep over sets with covariates.
     *
     * @param x row-major by position, p values per row; empty for p = 0
     */
    Sweep(RiskSets sets, Ties ties, double[] x, int p) {
        this.sets = sets;
        this.ties = ties;
        this.p = p;
        this.x = x;
        mu = new double[sets.size()];
        logHazard = new double[sets.groups()];
        logEventHazard = new double[sets.groups()];
        score = new double[p];
        information = new double[p * p];
        s1 = new double[p];
        e1 = new double[p];
        entryLogHazard = new double[sets.entry == null ? 0 : sets.size()];
        u = new double[p];
        v = new double[p];
    }

    /** The log partial likelihood at eta (by position); fills the fields of this object. */
    double evaluate(double[] eta) {
        Arrays.fill(score, 0);
        Arrays.fill(information, 0);
        double logLikelihood = 0;
        for (int s = 0; s < sets.strata(); s++) {
            logLikelihood += backward(eta, s);
            forward(eta, s);
        }
        if (p > 0) {
            addCrossProducts();
        }
        return logLikelihood;
    }

    private double backward(double[] eta, int s) {
        double logLikelihood = 0;
        double top = Double.NEGATIVE_INFINITY;
        double s0 = 0;
        double peak = 0;
        Arrays.fill(s1, 0);
        int added = sets.stratumStart[s];
        int left = added;
        int end = sets.stratumStart[s + 1];
        for (int g = sets.stratumGroup[s]; g < sets.stratumGroup[s + 1]; g++) {
            for (; added < sets.groupTo[g]; added++) {
                if (eta[added] > top) {
                    double factor = Math.exp(top - eta[added]);
                    top = eta[added];
                    s0 *= factor;
                    peak *= factor;
                    scale(s1, factor);
                }
                double wr = sets.weight[added] * Math.exp(eta[added] - top);
                s0 += wr;
                addRow(s1, added, wr);
            }
            peak = Math.max(peak, s0);
            if (sets.entry != null && sets.byEntry != null) {
                double now = sets.time[sets.groupFrom[g]];
                int before = left;
                for (; left < end && sets.entry[sets.byEntry[left]] >= now; left++) {
                    int gone = sets.byEntry[left];
                    double wr = sets.weight[gone] * Math.exp(eta[gone] - top);
                    s0 -= wr;
                    addRow(s1, gone, -wr);
                }
                if (left > before && !(s0 > REFRESH * peak)) {
                    top = Double.NEGATIVE_INFINITY;
                    for (int i = sets.stratumStart[s]; i < added; i++) {
                        top = sets.entry[i] < now ? Math.max(top, eta[i]) : top;
                    }
                    s0 = 0;
                    Arrays.fill(s1, 0);
                    for (int i = sets.stratumStart[s]; i < added; i++) {
                        if (sets.entry[i] < now) {
                            double wr = sets.weight[i] * Math.exp(eta[i] - top);
                            s0 += wr;
                            addRow(s1, i, wr);
                        }
                    }
                    peak = s0;
                }
            }
            logLikelihood += eventsOf(g, eta, s0, top);
        }
        return logLikelihood;
    }

    /** Likelihood, hazard increments and outer products of the events of one group. */
    private double eventsOf(int g, double[] eta, double s0, double top) {
        int from = sets.groupFrom[g];
        int d = sets.groupEvents[g];
        double logLikelihood = 0;
        double e0 = 0;
        double weight = 0;
        boolean efron = ties == Ties.EFRON && d > 1;
        if (efron) {
            Arrays.fill(e1, 0);
        }
        for (int i = from; i < from + d; i++) {
            double w = sets.weight[i];
            weight += w;
            logLikelihood += w * (eta[i] - top);
            if (efron) {
                double wr = w * Math.exp(eta[i] - top);
                e0 += wr;
                addRow(e1, i, wr);
            }
        }
        if (!efron) {
            logLikelihood -= weight * Math.log(s0);
            logHazard[g] = Math.log(weight / s0) - top;
            logEventHazard[g] = logHazard[g];
            if (p > 0) {
                subtractOuter(weight / (s0 * s0));
            }
            return logLikelihood;
        }
        double rest = Math.max(0, s0 - e0);
        double mean = weight / d;
        double hazard = 0;
        double eventHazard = 0;
        double alpha = 0;
        double beta = 0;
        double gamma = 0;
        for (int l = 0; l < d; l++) {
            double f = (double) l / d;
            double stay = 1 - f;
            double denominator = rest + stay * e0;
            logLikelihood -= mean * Math.log(denominator);
            double h = mean / denominator;
            hazard += h;
            eventHazard += stay * h;
            double h2 = h / denominator;
            alpha += h2;
            beta -= f * h2;
            gamma += f * f * h2;
        }
        logHazard[g] = Math.log(hazard) - top;
        logEventHazard[g] = Math.log(eventHazard) - top;
        if (p > 0) {
            subtractOuter(alpha, beta, gamma);
        }
        return logLikelihood;
    }

    private void subtractOuter(double alpha) {
        for (int j = 0; j < p; j++) {
            double c = alpha * s1[j];
            int base = j * p;
            for (int k = j; k < p; k++) {
                information[base + k] -= c * s1[k];
            }
        }
    }

    private void subtractOuter(double alpha, double beta, double gamma) {
        for (int j = 0; j < p; j++) {
            u[j] = alpha * s1[j] + beta * e1[j];
            v[j] = beta * s1[j] + gamma * e1[j];
        }
        for (int j = 0; j < p; j++) {
            int base = j * p;
            for (int k = j; k < p; k++) {
                information[base + k] -= u[j] * s1[k] + v[j] * e1[k];
            }
        }
    }

    /** Expected events: the hazard met between entry and exit, times exp(eta). */
    private void forward(double[] eta, int s) {
        int begin = sets.stratumStart[s];
        int last = sets.stratumStart[s + 1] - 1;
        double top = Double.NEGATIVE_INFINITY;
        double cumulative = 0;
        int g = sets.stratumGroup[s + 1] - 1;
        int firstGroup = sets.stratumGroup[s];
        int entering = last;
        int i = last;
        Arrays.fill(entryLogHazard, Double.NEGATIVE_INFINITY);
        while (g >= firstGroup) {
            entering = enter(entering, begin, sets.time[sets.groupFrom[g]], cumulative, top);
            for (int to = sets.groupTo[g]; i >= to; i--) {
                mu[i] = expected(i, eta[i], top, cumulative);
            }
            if (logHazard[g] > top) {
                cumulative *= Math.exp(top - logHazard[g]);
                top = logHazard[g];
            }
            double withEvent = cumulative + Math.exp(logEventHazard[g] - top);
            cumulative += Math.exp(logHazard[g] - top);
            int from = sets.groupFrom[g];
            int d = sets.groupEvents[g];
            for (; i >= from; i--) {
                mu[i] = expected(i, eta[i], top, i < from + d ? withEvent : cumulative);
            }
            g--;
        }
        enter(entering, begin, Double.POSITIVE_INFINITY, cumulative, top);
        for (; i >= begin; i--) {
            mu[i] = expected(i, eta[i], top, cumulative);
        }
    }

    /** Notes for each row that enters before now the cumulative hazard that it is not under. */
    private int enter(int entering, int begin, double now, double cumulative, double top) {
        if (sets.entry == null || sets.byEntry == null) {
            return entering;
        }
        int next = entering;
        for (; next >= begin && sets.entry[sets.byEntry[next]] < now; next--) {
            entryLogHazard[sets.byEntry[next]] =
                    cumulative == 0 ? Double.NEGATIVE_INFINITY : Math.log(cumulative) + top;
        }
        return next;
    }

    private double expected(int i, double etaI, double top, double cumulative) {
        double hazard = cumulative;
        if (sets.entry != null && cumulative > 0) {
            hazard -= Math.exp(entryLogHazard[i] - top);
        }
        return hazard <= 0 ? 0 : hazard * Math.exp(etaI + top);
    }

    private void addCrossProducts() {
        int n = sets.size();
        double[] a = information;
        int i = 0;
        for (; i + 1 < n; i += 2) {
            double w0 = sets.weight[i];
            double w1 = sets.weight[i + 1];
            double v0 = w0 * mu[i];
            double v1 = w1 * mu[i + 1];
            double r0 = (sets.event[i] ? w0 : 0) - v0;
            double r1 = (sets.event[i + 1] ? w1 : 0) - v1;
            int b0 = i * p;
            int b1 = b0 + p;
            for (int j = 0; j < p; j++) {
                double x0 = x[b0 + j];
                double x1 = x[b1 + j];
                score[j] += r0 * x0 + r1 * x1;
                double c0 = v0 * x0;
                double c1 = v1 * x1;
                int base = j * p;
                for (int k = j; k < p; k++) {
                    a[base + k] += c0 * x[b0 + k] + c1 * x[b1 + k];
                }
            }
        }
        if (i < n) {
            double v0 = sets.weight[i] * mu[i];
            double r0 = (sets.event[i] ? sets.weight[i] : 0) - v0;
            int b0 = i * p;
            for (int j = 0; j < p; j++) {
                score[j] += r0 * x[b0 + j];
                double c0 = v0 * x[b0 + j];
                for (int k = j; k < p; k++) {
                    a[j * p + k] += c0 * x[b0 + k];
                }
            }
        }
        for (int j = 0; j < p; j++) {
            for (int k = 0; k < j; k++) {
                a[j * p + k] = a[k * p + j];
            }
        }
    }

    private void addRow(double[] sum, int position, double wr) {
        int base = position * p;
        for (int j = 0; j < p; j++) {
            sum[j] += wr * x[base + j];
        }
    }

    private static void scale(double[] sum, double factor) {
        for (int j = 0; j < sum.length; j++) {
            sum[j] *= factor;
        }
    }
}
