// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.survival.cox;

import io.github.livermm.core.TrainingException;
import io.github.livermm.eval.cox.CoxData;
import io.github.livermm.eval.cox.CoxInformation;
import io.github.livermm.eval.cox.PartialLikelihood;
import io.github.livermm.eval.cox.Ties;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;

/**
 * The minimiser of the elastic-net criterion at one lambda after the other, on centred and scaled
 * columns: proximal Newton with coordinate descent inside.
 *
 * <p>What makes it fast: only a <em>working set</em> of columns takes part, those that the strong
 * rule of Tibshirani et al. (2012, doi:10.1111/j.1467-9868.2011.01004.x) lets hope for a
 * coefficient; the others are checked at the end, so that the rule changes no result. The
 * information of the working set is summed once, when the set grows (it then at least doubles), and
 * follows the search by the rank-two update of Broyden, Fletcher, Goldfarb and Shanno, across
 * lambdas. The score is always exact, so the end point does not depend on any of this. Per step O(n
 * m) for the m columns of the set, O(n m^2) for an information.
 */
final class ElasticNetSearch {
    private static final int MOST_STEPS = 200;
    private static final int MOST_SWEEPS = 10_000;

    /** The first working set. */
    private static final int FEW = 64;

    /** A step longer than this share of the last one asks for the information at its own point. */
    private static final double SHRINKS = 0.5;

    /** Rows summed at a time, so that their sums stay in the nearest cache. */
    private static final int ROWS = 1024;

    /** Multiplications below which another thread costs more than it saves. */
    private static final long WORTH_THREADS = 500_000;

    private final CoxData data;
    private final ElasticNetOptions options;
    private final int n;
    private final int p;

    /** Centred and scaled; all 0 for a column without spread. */
    private final double[][] column;

    private final double[] scale;
    private final double[] factor;
    private final double[] offset;
    private final PartialLikelihood partial;

    /** The current point, and what belongs to it. */
    private double[] beta;

    private double value;
    private final double[] eta;
    private final double[] residual;

    /** Of the columns of the working set; of all after {@link #completeScore}. */
    private final double[] score;

    private int[] working = {};
    private CoxInformation summed;

    /** Negative second derivative within the working set, by rows, divided by n. */
    private double[][] information = {};

    /** Rows of the data with their weights rescaled to sum to their number. */
    ElasticNetSearch(CoxData rows, ElasticNetOptions options) {
        n = rows.size();
        p = rows.names().size();
        this.options = options;
        if (rows.outcomes().events() == 0) {
            throw new TrainingException(
                    "no event among " + n + " patients: a Cox model needs at least one");
        }
        double[] weights = rows.weights();
        double sum = Arrays.stream(weights).sum();
        for (int i = 0; i < n; i++) {
            weights[i] *= n / sum;
        }
        data = rows.withWeights(weights);
        offset = rows.offset();
        factor = options.factorsOf(p);
        scale = new double[p];
        column = new double[p][];
        for (int j = 0; j < p; j++) {
            column[j] = rows.column(j);
            scale[j] = standardise(column[j], weights, options.standardise());
        }
        partial = PartialLikelihood.of(data, Ties.BRESLOW);
        summed = informationOf(working);
        beta = new double[p];
        eta = new double[n];
        residual = new double[n];
        score = new double[p];
        move(beta);
        completeScore();
    }

    /** Centres a column and, if asked, scales it; the scale, 0 for a column without spread. */
    private static double standardise(double[] values, double[] weights, boolean scaled) {
        double mean = 0;
        for (int i = 0; i < values.length; i++) {
            mean += weights[i] * values[i] / values.length;
        }
        double variance = 0;
        double largest = 0;
        for (int i = 0; i < values.length; i++) {
            largest = Math.max(largest, Math.abs(values[i]));
            double d = values[i] - mean;
            variance += weights[i] * d * d / values.length;
        }
        double sd = Math.sqrt(variance);
        double by = sd > 1e-12 * largest ? scaled ? sd : 1 : 0;
        for (int i = 0; i < values.length; i++) {
            values[i] = by == 0 ? 0 : (values[i] - mean) / by;
        }
        return by;
    }

    /** The log-likelihood at the current point. */
    double value() {
        return value;
    }

    double saturated() {
        return partial.saturated();
    }

    /** The coefficients of the current point on the scale of the columns. */
    double[] coefficients() {
        double[] out = new double[p];
        for (int j = 0; j < p; j++) {
            out[j] = scale[j] == 0 ? 0 : beta[j] / scale[j];
        }
        return out;
    }

    /**
     * The smallest lambda at which every penalised coefficient is 0, at alpha 0 that of alpha
     * 0.001. Leaves the search there.
     */
    double lambdaMax() {
        if (Arrays.stream(factor).anyMatch(f -> f == 0)) {
            solve(Double.MAX_VALUE / 1e10, Double.MAX_VALUE / 1e10);
        }
        double top = 0;
        double alpha = Math.max(1e-3, options.alpha());
        for (int j = 0; j < p; j++) {
            if (factor[j] > 0) {
                top = Math.max(top, Math.abs(score[j]) / n / (alpha * factor[j]));
            }
        }
        return top;
    }

    /**
     * Moves to the minimiser.
     *
     * @param lambda the penalty
     * @param before the penalty of the current point, for the strong rule
     */
    void solve(double lambda, double before) {
        admit(2 * lambda - before);
        do {
            descend(lambda);
            completeScore();
        } while (admit(lambda));
    }

    /** Takes in the columns whose score is above a penalty; whether there were any. */
    private boolean admit(double lambda) {
        boolean[] in = new boolean[p];
        for (int j : working) {
            in[j] = true;
        }
        int[] wanted =
                IntStream.range(0, p)
                        .filter(j -> !in[j] && scale[j] > 0 && excess(j, lambda) > 0)
                        .toArray();
        if (wanted.length == 0) {
            return false;
        }
        int size = Math.max(FEW, 2 * (working.length + wanted.length));
        working =
                IntStream.concat(
                                IntStream.of(working),
                                IntStream.range(0, p)
                                        .filter(j -> !in[j] && scale[j] > 0)
                                        .boxed()
                                        .sorted((a, b) -> Double.compare(reach(b), reach(a)))
                                        .limit(Math.max(wanted.length, size - working.length))
                                        .mapToInt(Integer::intValue))
                        .sorted()
                        .toArray();
        summed = informationOf(working);
        refresh();
        return true;
    }

    /** By how much the score of a column exceeds what the penalty holds at 0. */
    private double excess(int j, double lambda) {
        double held = factor[j] == 0 ? 0 : lambda * factor[j] * options.alpha();
        return Math.abs(score[j]) / n - held;
    }

    /** The penalty at which a column would be let in. */
    private double reach(int j) {
        return factor[j] == 0 ? Double.POSITIVE_INFINITY : Math.abs(score[j]) / factor[j];
    }

    private CoxInformation informationOf(int[] columns) {
        double[][] some = Arrays.stream(columns).mapToObj(j -> column[j]).toArray(double[][]::new);
        List<String> names = Arrays.stream(columns).mapToObj(j -> data.names().get(j)).toList();
        return CoxInformation.of(data.withColumns(some, names), Ties.BRESLOW);
    }

    /** Sums the information of the working set at the current point. */
    private void refresh() {
        int m = working.length;
        summed.evaluate(Arrays.stream(working).mapToDouble(j -> beta[j]).toArray());
        double[] flat = summed.information();
        information = new double[m][m];
        for (int a = 0; a < m; a++) {
            for (int b = 0; b < m; b++) {
                information[a][b] = flat[a * m + b] / n;
            }
        }
    }

    /** Proximal Newton with step halving within the working set. */
    private void descend(double lambda) {
        double objective = penalty(beta, lambda) - value / n;
        double lastMove = Double.POSITIVE_INFINITY;
        for (int step = 0; step < MOST_STEPS; step++) {
            double[] target = quadratic(lambda);
            double move = distance(target, beta);
            if (move > SHRINKS * lastMove) {
                refresh();
                target = quadratic(lambda);
                move = distance(target, beta);
            }
            if (move == 0) {
                return;
            }
            // a step shrinks the error about as much as the step before it did
            double ahead = step == 0 ? move : move * Math.max(0.1, Math.min(1, move / lastMove));
            lastMove = move;
            double[] from = beta;
            double[] scoreFrom = score.clone();
            double length = 1;
            move(target);
            double reached = penalty(beta, lambda) - value / n;
            while (!(reached <= objective + 1e-13 * Math.abs(objective)) && length > 1e-10) {
                length /= 2;
                double[] nearer = new double[p];
                for (int j : working) {
                    nearer[j] = from[j] + length * (target[j] - from[j]);
                }
                move(nearer);
                reached = penalty(beta, lambda) - value / n;
            }
            if (length <= 1e-10) {
                move(from);
                return;
            }
            if (ahead < options.tolerance() * (1 + largest(beta))) {
                return;
            }
            learn(from, scoreFrom);
            objective = reached;
        }
        throw new TrainingException(
                "the elastic net did not converge at lambda "
                        + lambda
                        + "; columns may separate the events: raise lambda");
    }

    private double penalty(double[] at, double lambda) {
        double sum = 0;
        for (int j : working) {
            if (factor[j] > 0 && at[j] != 0) {
                double l1 = options.alpha() * Math.abs(at[j]);
                sum += factor[j] * (l1 + (1 - options.alpha()) / 2 * at[j] * at[j]);
            }
        }
        // an infinite penalty holds all it applies to at 0
        return sum == 0 ? 0 : lambda * sum;
    }

    private static double distance(double[] a, double[] b) {
        double largest = 0;
        for (int j = 0; j < a.length; j++) {
            largest = Math.max(largest, Math.abs(a[j] - b[j]));
        }
        return largest;
    }

    private static double largest(double[] a) {
        return distance(a, new double[a.length]);
    }

    /** Evaluates a point and makes it the current one. */
    private void move(double[] to) {
        beta = to;
        int[] active = Arrays.stream(working).filter(j -> to[j] != 0).toArray();
        System.arraycopy(offset, 0, eta, 0, n);
        inParallel(
                (n + ROWS - 1) / ROWS,
                (long) n * active.length,
                block -> addColumns(active, block * ROWS, Math.min(n, (block + 1) * ROWS)));
        value = partial.value(eta, residual);
        fillScore(working);
    }

    /** Each result belongs to one piece of work, so that threads change no digit. */
    private static void inParallel(int pieces, long multiplications, IntConsumer work) {
        IntStream all = IntStream.range(0, pieces);
        (multiplications > WORTH_THREADS ? all.parallel() : all).forEach(work);
    }

    private void addColumns(int[] active, int start, int end) {
        int k = 0;
        for (; k + 3 < active.length; k += 4) {
            addFour(active, k, start, end);
        }
        for (; k < active.length; k++) {
            double[] x = column[active[k]];
            double b = beta[active[k]];
            for (int i = start; i < end; i++) {
                eta[i] += b * x[i];
            }
        }
    }

    private void addFour(int[] active, int k, int start, int end) {
        double[] x0 = column[active[k]];
        double[] x1 = column[active[k + 1]];
        double[] x2 = column[active[k + 2]];
        double[] x3 = column[active[k + 3]];
        double b0 = beta[active[k]];
        double b1 = beta[active[k + 1]];
        double b2 = beta[active[k + 2]];
        double b3 = beta[active[k + 3]];
        for (int i = start; i < end; i++) {
            eta[i] += (b0 * x0[i] + b1 * x1[i]) + (b2 * x2[i] + b3 * x3[i]);
        }
    }

    private void completeScore() {
        boolean[] in = new boolean[p];
        for (int j : working) {
            in[j] = true;
        }
        fillScore(IntStream.range(0, p).filter(j -> !in[j]).toArray());
    }

    private void fillScore(int[] columns) {
        inParallel(
                (columns.length + 3) / 4,
                (long) n * columns.length,
                four -> {
                    int k = 4 * four;
                    if (k + 3 < columns.length) {
                        fillFour(columns, k);
                    } else {
                        for (; k < columns.length; k++) {
                            double[] x = column[columns[k]];
                            double sum = 0;
                            for (int i = 0; i < n; i++) {
                                sum += residual[i] * x[i];
                            }
                            score[columns[k]] = sum;
                        }
                    }
                });
    }

    /** Four columns at a time, so that their sums do not wait for each other. */
    private void fillFour(int[] columns, int k) {
        double[] x0 = column[columns[k]];
        double[] x1 = column[columns[k + 1]];
        double[] x2 = column[columns[k + 2]];
        double[] x3 = column[columns[k + 3]];
        double s0 = 0;
        double s1 = 0;
        double s2 = 0;
        double s3 = 0;
        for (int i = 0; i < n; i++) {
            double r = residual[i];
            s0 += r * x0[i];
            s1 += r * x1[i];
            s2 += r * x2[i];
            s3 += r * x3[i];
        }
        score[columns[k]] = s0;
        score[columns[k + 1]] = s1;
        score[columns[k + 2]] = s2;
        score[columns[k + 3]] = s3;
    }

    /** Makes the information map the last step to the change of the score along it. */
    private void learn(double[] from, double[] scoreFrom) {
        int m = working.length;
        double[] step = new double[m];
        double[] change = new double[m];
        double[] mapped = new double[m];
        double along = 0;
        for (int a = 0; a < m; a++) {
            step[a] = beta[working[a]] - from[working[a]];
            change[a] = (scoreFrom[working[a]] - score[working[a]]) / n;
            along += step[a] * change[a];
        }
        double was = 0;
        for (int a = 0; a < m; a++) {
            double sum = 0;
            for (int b = 0; b < m; b++) {
                sum += information[a][b] * step[b];
            }
            mapped[a] = sum;
            was += sum * step[a];
        }
        // what rounding leaves of a tiny step teaches nothing
        if (!(along > 1e-3 * was && was > 0)) {
            return;
        }
        for (int a = 0; a < m; a++) {
            double u = change[a] / along;
            double v = mapped[a] / was;
            double[] row = information[a];
            for (int b = 0; b < m; b++) {
                row[b] += u * change[b] - v * mapped[b];
            }
        }
    }

    /**
     * Coordinate descent on the quadratic approximation at the current point: over the columns in
     * the model until they rest, then over the working set.
     */
    private double[] quadratic(double lambda) {
        int m = working.length;
        double[] next = new double[m];
        double[] gradient = new double[m];
        for (int a = 0; a < m; a++) {
            next[a] = beta[working[a]];
            gradient[a] = score[working[a]] / n;
        }
        double rest = Math.min(1e-10, options.tolerance() / 100);
        boolean all = true;
        for (int sweep = 0; sweep < MOST_SWEEPS; sweep++) {
            double largest = 0;
            for (int a = 0; a < m; a++) {
                if (all || next[a] != 0) {
                    double change = minimise(a, next, gradient, lambda);
                    largest = Math.max(largest, Math.abs(change) * Math.sqrt(information[a][a]));
                }
            }
            boolean rests = largest < rest;
            if (rests && all) {
                break;
            }
            all = rests;
        }
        double[] target = new double[p];
        for (int a = 0; a < m; a++) {
            target[working[a]] = next[a];
        }
        return target;
    }

    /** Moves one coordinate to its minimum; returns by how much. */
    private double minimise(int a, double[] next, double[] gradient, double lambda) {
        double[] row = information[a];
        double curve = row[a];
        if (!(curve > 0)) {
            return 0;
        }
        double penalty = factor[working[a]] == 0 ? 0 : lambda * factor[working[a]];
        double u = gradient[a] + curve * next[a];
        double shrunk = Math.signum(u) * Math.max(0, Math.abs(u) - penalty * options.alpha());
        double to = shrunk == 0 ? 0 : shrunk / (curve + penalty * (1 - options.alpha()));
        double change = to - next[a];
        if (change != 0) {
            next[a] = to;
            for (int b = 0; b < row.length; b++) {
                gradient[b] -= change * row[b];
            }
        }
        return change;
    }
}
