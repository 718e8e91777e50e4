// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.eval.cox;

import java.util.Arrays;
import java.util.stream.IntStream;

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

    /**
     * Predictors no further apart than this need one common reference: the square of e^300, which
     * the information needs, neither overflows nor vanishes.
     */
    private static final double NARROW = 300;

    /** Rows of cross-products summed together; fixed, so that threads change no digit. */
    private static final int CHUNK = 4096;

    private static final int MOST_CHUNKS = 64;

    /** Multiplications below which another thread costs more than it saves. */
    private static final long WORTH_THREADS = 2_000_000;

    private final RiskSets sets;
    private final Ties ties;
    private final int p;
    private final double[] x;

    /** Expected number of events per position at the last evaluation. */
    final double[] mu;

    /**
     * Hazard increment of each group for rows without an event then: times exp(top) when the
     * predictors are narrow, else its logarithm.
     */
    private final double[] hazard;

    /** The same that a row with an event in the group meets. */
    private final double[] eventHazard;

    /** Score vector, p. */
    final double[] score;

    /** Information, p x p, upper triangle filled then mirrored. */
    final double[] information;

    /** exp(eta - top) per position when the predictors are narrow. */
    private final double[] r;

    private boolean narrow;
    private double highest;
    private final double[] s1;
    private final double[] e1;
    private final double[] entryHazard;
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
        r = new double[sets.size()];
        hazard = new double[sets.groups()];
        eventHazard = new double[sets.groups()];
        score = new double[p];
        information = new double[p * p];
        s1 = new double[p];
        e1 = new double[p];
        entryHazard = new double[sets.entry == null ? 0 : sets.size()];
        u = new double[p];
        v = new double[p];
    }

    /** The log partial likelihood at eta (by position); fills the fields of this object. */
    double evaluate(double[] eta) {
        Arrays.fill(score, 0);
        Arrays.fill(information, 0);
        refer(eta);
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

    /** Chooses one reference for all predictors when they lie near enough to each other. */
    private void refer(double[] eta) {
        double low = Double.POSITIVE_INFINITY;
        highest = Double.NEGATIVE_INFINITY;
        for (double e : eta) {
            low = Math.min(low, e);
            highest = Math.max(highest, e);
        }
        narrow = highest - low <= NARROW;
        if (narrow) {
            inChunks(
                    eta.length,
                    20,
                    (chunk, from, to) -> {
                        for (int i = from; i < to; i++) {
                            r[i] = Math.exp(eta[i] - highest);
                        }
                    });
        }
    }

    private double relative(double[] eta, int i, double top) {
        return narrow ? r[i] : Math.exp(eta[i] - top);
    }

    private double backward(double[] eta, int s) {
        double logLikelihood = 0;
        double top = narrow ? highest : Double.NEGATIVE_INFINITY;
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
                double wr = sets.weight[added] * relative(eta, added, top);
                s0 += wr;
                addRow(s1, added, wr);
            }
            peak = Math.max(peak, s0);
            if (sets.entry != null && sets.byEntry != null) {
                double now = sets.time[sets.groupFrom[g]];
                int before = left;
                for (; left < end && sets.entry[sets.byEntry[left]] >= now; left++) {
                    int gone = sets.byEntry[left];
                    double wr = sets.weight[gone] * relative(eta, gone, top);
                    s0 -= wr;
                    addRow(s1, gone, -wr);
                }
                if (left > before && !(s0 > REFRESH * peak)) {
                    top = narrow ? highest : Double.NEGATIVE_INFINITY;
                    for (int i = sets.stratumStart[s]; !narrow && i < added; i++) {
                        top = sets.entry[i] < now ? Math.max(top, eta[i]) : top;
                    }
                    s0 = 0;
                    Arrays.fill(s1, 0);
                    for (int i = sets.stratumStart[s]; i < added; i++) {
                        if (sets.entry[i] < now) {
                            double wr = sets.weight[i] * relative(eta, i, top);
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
                double wr = w * relative(eta, i, top);
                e0 += wr;
                addRow(e1, i, wr);
            }
        }
        if (!efron) {
            logLikelihood -= weight * Math.log(s0);
            put(g, weight / s0, weight / s0, top);
            if (p > 0) {
                subtractOuter(weight / (s0 * s0));
            }
            return logLikelihood;
        }
        double rest = Math.max(0, s0 - e0);
        double mean = weight / d;
        double all = 0;
        double withEvent = 0;
        double alpha = 0;
        double beta = 0;
        double gamma = 0;
        for (int l = 0; l < d; l++) {
            double f = (double) l / d;
            double stay = 1 - f;
            double denominator = rest + stay * e0;
            logLikelihood -= mean * Math.log(denominator);
            double h = mean / denominator;
            all += h;
            withEvent += stay * h;
            double h2 = h / denominator;
            alpha += h2;
            beta -= f * h2;
            gamma += f * f * h2;
        }
        put(g, all, withEvent, top);
        if (p > 0) {
            subtractOuter(alpha, beta, gamma);
        }
        return logLikelihood;
    }

    private void put(int g, double now, double nowWithEvent, double top) {
        hazard[g] = narrow ? now : Math.log(now) - top;
        eventHazard[g] = narrow ? nowWithEvent : Math.log(nowWithEvent) - top;
    }

    /** Log of the hazard increment of a group for rows without an event then. */
    double logHazard(int g) {
        return narrow ? Math.log(hazard[g]) - highest : hazard[g];
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
        Arrays.fill(entryHazard, narrow ? 0 : Double.NEGATIVE_INFINITY);
        while (g >= firstGroup) {
            entering = enter(entering, begin, sets.time[sets.groupFrom[g]], cumulative, top);
            for (int to = sets.groupTo[g]; i >= to; i--) {
                mu[i] = expected(i, eta[i], top, cumulative);
            }
            if (!narrow && hazard[g] > top) {
                cumulative *= Math.exp(top - hazard[g]);
                top = hazard[g];
            }
            double withEvent =
                    cumulative + (narrow ? eventHazard[g] : Math.exp(eventHazard[g] - top));
            cumulative += narrow ? hazard[g] : Math.exp(hazard[g] - top);
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
            entryHazard[sets.byEntry[next]] = narrow ? cumulative : Math.log(cumulative) + top;
        }
        return next;
    }

    private double expected(int i, double etaI, double top, double cumulative) {
        double met = cumulative;
        if (sets.entry != null && cumulative > 0) {
            met -= narrow ? entryHazard[i] : Math.exp(entryHazard[i] - top);
        }
        if (met <= 0) {
            return 0;
        }
        return narrow ? met * r[i] : met * Math.exp(etaI + top);
    }

    /** Adds sum of w (event - mu) x to the score and sum of w mu x x' to the information. */
    private void addCrossProducts() {
        int n = sets.size();
        int chunks = chunks(n);
        double[][] scores = new double[chunks][p];
        double[][] products = new double[chunks][chunks == 1 ? 0 : p * p];
        inChunks(
                n,
                (p + 1L) * p / 2,
                (chunk, from, to) ->
                        crossProducts(
                                from,
                                to,
                                scores[chunk],
                                chunks == 1 ? information : products[chunk]));
        for (int c = 0; c < chunks; c++) {
            for (int j = 0; j < p; j++) {
                score[j] += scores[c][j];
            }
            for (int k = 0; k < products[c].length; k++) {
                information[k] += products[c][k];
            }
        }
        for (int j = 0; j < p; j++) {
            for (int k = 0; k < j; k++) {
                information[j * p + k] = information[k * p + j];
            }
        }
    }

    /** Four rows at a time, so that each sum is loaded and stored once for four products. */
    private void crossProducts(int from, int to, double[] u, double[] a) {
        int i = from;
        for (; i + 3 < to; i += 4) {
            double v0 = sets.weight[i] * mu[i];
            double v1 = sets.weight[i + 1] * mu[i + 1];
            double v2 = sets.weight[i + 2] * mu[i + 2];
            double v3 = sets.weight[i + 3] * mu[i + 3];
            double r0 = (sets.event[i] ? sets.weight[i] : 0) - v0;
            double r1 = (sets.event[i + 1] ? sets.weight[i + 1] : 0) - v1;
            double r2 = (sets.event[i + 2] ? sets.weight[i + 2] : 0) - v2;
            double r3 = (sets.event[i + 3] ? sets.weight[i + 3] : 0) - v3;
            int b0 = i * p;
            int b1 = b0 + p;
            int b2 = b1 + p;
            int b3 = b2 + p;
            for (int j = 0; j < p; j++) {
                double x0 = x[b0 + j];
                double x1 = x[b1 + j];
                double x2 = x[b2 + j];
                double x3 = x[b3 + j];
                u[j] += r0 * x0 + r1 * x1 + (r2 * x2 + r3 * x3);
                addFour(a, j * p, j, v0 * x0, v1 * x1, v2 * x2, v3 * x3, b0);
            }
        }
        for (; i < to; i++) {
            double v = sets.weight[i] * mu[i];
            double residual = (sets.event[i] ? sets.weight[i] : 0) - v;
            int b = i * p;
            for (int j = 0; j < p; j++) {
                u[j] += residual * x[b + j];
                double c = v * x[b + j];
                for (int k = j; k < p; k++) {
                    a[j * p + k] += c * x[b + k];
                }
            }
        }
    }

    private void addFour(
            double[] a, int base, int from, double c0, double c1, double c2, double c3, int b0) {
        int b1 = b0 + p;
        int b2 = b1 + p;
        int b3 = b2 + p;
        for (int k = from; k < p; k++) {
            a[base + k] += c0 * x[b0 + k] + c1 * x[b1 + k] + (c2 * x[b2 + k] + c3 * x[b3 + k]);
        }
    }

    private interface Range {
        void run(int chunk, int from, int to);
    }

    private static int chunks(int n) {
        return Math.max(1, Math.min(MOST_CHUNKS, n / CHUNK));
    }

    /** Runs over the positions in chunks that depend on n alone, on several threads if it pays. */
    private static void inChunks(int n, long workPerRow, Range range) {
        int chunks = chunks(n);
        IntStream all = IntStream.range(0, chunks);
        (n * workPerRow > WORTH_THREADS ? all.parallel() : all)
                .forEach(
                        c ->
                                range.run(
                                        c,
                                        (int) ((long) n * c / chunks),
                                        (int) ((long) n * (c + 1) / chunks)));
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
