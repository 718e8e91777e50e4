// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.survival.cox;

import io.github.livermm.core.TrainingException;
import io.github.livermm.eval.SurvivalOutcomes;
import io.github.livermm.eval.cox.CoxData;
import io.github.livermm.eval.cox.CoxInformation;
import io.github.livermm.eval.cox.PartialLikelihood;
import io.github.livermm.eval.cox.Ties;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The elastic-net path of a Cox model: the penalty for more columns than the events allow. It
 * selects and shrinks; its coefficients have no valid standard errors.
 *
 * <p>For each lambda it minimises -(1/n) log partial likelihood (Breslow ties) + lambda * sum of
 * pf_j (alpha |g_j| + (1 - alpha)/2 g_j^2), with g_j = beta_j s_j, s_j the weighted population
 * standard deviation (1 without standardisation), weights rescaled to sum n and penalty factors to
 * sum p: glmnet's criterion, solved to its exact minimiser. Coefficients are on the scale of the
 * columns. Method: proximal Newton, coordinate descent inside on a p x p information that is made
 * anew only when steps no longer shrink well, warm starts along the path; O(n p) per step and O(n
 * p^2) for each of a few informations.
 *
 * <p>Reference: Simon N et al. (2011), Regularization paths for Cox's proportional hazards model
 * via coordinate descent, doi:10.18637/jss.v039.i05.
 *
 * @since 0.1.0
 */
public final class ElasticNetCox {
    private static final int MOST_STEPS = 200;
    private static final double CONVERGED = 1e-10;

    /** A step longer than this share of the last one asks for the information at its own point. */
    private static final double SHRINKS = 0.3;

    private final ElasticNetOptions options;
    private final double[] lambdas;
    private final double[][] coefficients;
    private final double[] logLikelihood;
    private final double logLikelihoodNull;
    private final double saturated;
    private final double lambdaMax;

    private ElasticNetCox(
            ElasticNetOptions options,
            double[] lambdas,
            double[][] coefficients,
            double[] logLikelihood,
            double logLikelihoodNull,
            double saturated,
            double lambdaMax) {
        this.options = options;
        this.lambdas = lambdas;
        this.coefficients = coefficients;
        this.logLikelihood = logLikelihood;
        this.logLikelihoodNull = logLikelihoodNull;
        this.saturated = saturated;
        this.lambdaMax = lambdaMax;
    }

    /**
     * Fits a path.
     *
     * @param outcomes follow-up of the training patients
     * @param x rows by columns, finite
     * @param lambdas penalties, 0 or more, best in falling order
     * @param options mixing, factors, weights
     * @return the path, in the order of the lambdas
     * @throws TrainingException if there is no event or a search did not converge
     * @throws IllegalArgumentException if lengths differ or a value is not allowed
     */
    public static ElasticNetCox fit(
            SurvivalOutcomes outcomes, double[][] x, double[] lambdas, ElasticNetOptions options) {
        for (double lambda : lambdas) {
            if (!(lambda >= 0) || lambda == Double.POSITIVE_INFINITY) {
                throw new IllegalArgumentException("lambda " + lambda + " is not >= 0");
            }
        }
        return new Search(outcomes, x, options).path(lambdas);
    }

    /**
     * A falling geometric sequence from the smallest lambda at which every penalised coefficient is
     * 0 (at alpha 0 the one of alpha 0.001), as glmnet chooses it.
     *
     * @param outcomes follow-up of the training patients
     * @param x rows by columns, finite
     * @param count how many, 2 or more
     * @param ratio last over first, in (0, 1); glmnet takes 1e-4, or 0.01 for n below p
     * @param options mixing, factors, weights
     * @return lambdas, falling
     */
    public static double[] lambdas(
            SurvivalOutcomes outcomes,
            double[][] x,
            int count,
            double ratio,
            ElasticNetOptions options) {
        if (count < 2 || !(ratio > 0 && ratio < 1)) {
            throw new IllegalArgumentException(
                    "count " + count + " is below 2, or ratio " + ratio + " is outside (0, 1)");
        }
        double top = new Search(outcomes, x, options).lambdaMax();
        double[] lambdas = new double[count];
        for (int k = 0; k < count; k++) {
            lambdas[k] = top * Math.pow(ratio, (double) k / (count - 1));
        }
        return lambdas;
    }

    /**
     * The cross-validated partial likelihood of Verweij and van Houwelingen: per fold the deviance
     * of all rows less that of the rows outside the fold, at the coefficients fitted outside it,
     * divided by the events (weight) in the fold and averaged with those weights.
     *
     * @param outcomes follow-up of the training patients
     * @param x rows by columns
     * @param lambdas penalties
     * @param fold the fold of each row, from 0; every fold needs an event
     * @param options mixing, factors, weights
     * @return mean deviance per lambda with its standard error; lower is better
     * @throws TrainingException if a fold has no event or a search did not converge
     */
    public static CrossValidation crossValidate(
            SurvivalOutcomes outcomes,
            double[][] x,
            double[] lambdas,
            int[] fold,
            ElasticNetOptions options) {
        int folds = Arrays.stream(fold).max().orElse(-1) + 1;
        double[][] deviance = new double[folds][lambdas.length];
        double[] events = new double[folds];
        PartialLikelihood all = likelihood(outcomes, options.weightsOf(outcomes.size()));
        double whole = saturated(outcomes, options.weightsOf(outcomes.size()));
        for (int f = 0; f < folds; f++) {
            int[] rest = rowsWithout(fold, f);
            double[] weights = options.weightsOf(outcomes.size());
            for (int i = 0; i < fold.length; i++) {
                events[f] += fold[i] == f && outcomes.event(i) ? weights[i] : 0;
            }
            if (!(events[f] > 0)) {
                throw new TrainingException(
                        "fold " + f + " has no event; use fewer folds or stratify them by event");
            }
            SurvivalOutcomes part = outcomes.select(rest);
            ElasticNetOptions inside = options.selectRows(rest);
            double[][] some = Arrays.stream(rest).mapToObj(i -> x[i]).toArray(double[][]::new);
            ElasticNetCox path = fit(part, some, lambdas, inside);
            double[] partWeights = Arrays.stream(rest).mapToDouble(i -> weights[i]).toArray();
            PartialLikelihood without = likelihood(part, partWeights);
            double attainable = whole - saturated(part, partWeights);
            for (int k = 0; k < lambdas.length; k++) {
                double[] eta = new double[x.length];
                for (int i = 0; i < eta.length; i++) {
                    eta[i] = dot(path.coefficients[k], x[i]);
                }
                double[] etaRest = Arrays.stream(rest).mapToDouble(i -> eta[i]).toArray();
                double reached = all.value(eta) - without.value(etaRest);
                deviance[f][k] = 2 * (attainable - reached) / events[f];
            }
        }
        return CrossValidation.of(lambdas, deviance, events);
    }

    private static PartialLikelihood likelihood(SurvivalOutcomes outcomes, double[] weights) {
        double[][] none = new double[outcomes.size()][0];
        return PartialLikelihood.of(CoxData.of(outcomes, none).withWeights(weights), Ties.BRESLOW);
    }

    /** The value when every tied set of events shares its risk alone: -sum of d log d. */
    private static double saturated(SurvivalOutcomes outcomes, double[] weights) {
        Map<Double, Double> byTime = new TreeMap<>();
        for (int i = 0; i < weights.length; i++) {
            if (outcomes.event(i)) {
                byTime.merge(outcomes.time(i), weights[i], Double::sum);
            }
        }
        double sum = 0;
        for (double d : byTime.values()) {
            sum -= d > 0 ? d * Math.log(d) : 0;
        }
        return sum;
    }

    private static int[] rowsWithout(int[] fold, int left) {
        List<Integer> rows = new ArrayList<>();
        for (int i = 0; i < fold.length; i++) {
            if (fold[i] != left) {
                rows.add(i);
            }
        }
        return rows.stream().mapToInt(Integer::intValue).toArray();
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int j = 0; j < a.length; j++) {
            sum += a[j] * b[j];
        }
        return sum;
    }

    /**
     * The penalties.
     *
     * @return as given
     */
    public double[] lambdas() {
        return lambdas.clone();
    }

    /**
     * The options of the fit.
     *
     * @return options
     */
    public ElasticNetOptions options() {
        return options;
    }

    /**
     * The coefficients at one penalty.
     *
     * @param step index of the lambda
     * @return log hazard ratios on the scale of the columns; exactly 0 where not selected
     */
    public double[] coefficients(int step) {
        return coefficients[step].clone();
    }

    /**
     * The log partial likelihood at one penalty, weights rescaled to sum n.
     *
     * @param step index of the lambda
     * @return value
     */
    public double logLikelihood(int step) {
        return logLikelihood[step];
    }

    /**
     * The log partial likelihood with all coefficients 0.
     *
     * @return value
     */
    public double logLikelihoodNull() {
        return logLikelihoodNull;
    }

    /**
     * The share of the null deviance explained, relative to the saturated model.
     *
     * @param step index of the lambda
     * @return at most 1: {@code dev.ratio} of glmnet
     */
    public double devianceRatio(int step) {
        return (logLikelihood[step] - logLikelihoodNull) / (saturated - logLikelihoodNull);
    }

    /**
     * The smallest lambda at which every penalised coefficient is 0.
     *
     * @return lambda; infinite at alpha 0
     */
    public double lambdaMax() {
        return options.alpha() == 0 ? Double.POSITIVE_INFINITY : lambdaMax;
    }

    /** One search on scaled columns. */
    private static final class Search {
        private final ElasticNetOptions options;
        private final int n;
        private final int p;
        private final double[][] z;
        private final double[] scale;
        private final double[] factor;
        private final CoxInformation likelihood;
        private final double[] weights;
        private final SurvivalOutcomes outcomes;
        private final PartialLikelihood partial;
        private final double[] eta;
        private final double[] residual;

        /** At the last point evaluated. */
        private final double[] score;

        /** At the last point refreshed; empty before the first. */
        private double[] information = new double[0];

        Search(SurvivalOutcomes outcomes, double[][] x, ElasticNetOptions options) {
            this.outcomes = outcomes;
            this.options = options;
            n = outcomes.size();
            if (outcomes.events() == 0) {
                throw new TrainingException(
                        "no event among " + n + " patients: a Cox model needs at least one");
            }
            // checks lengths and finiteness
            p = CoxData.of(outcomes, x).names().size();
            weights = options.weightsOf(n);
            factor = options.factorsOf(p);
            scale = new double[p];
            double[] mean = new double[p];
            for (int j = 0; j < p; j++) {
                for (int i = 0; i < n; i++) {
                    mean[j] += weights[i] * x[i][j] / n;
                }
                double variance = 0;
                for (int i = 0; i < n; i++) {
                    double d = x[i][j] - mean[j];
                    variance += weights[i] * d * d / n;
                }
                scale[j] = options.standardise() ? Math.sqrt(variance) : 1;
                scale[j] = variance > 0 ? scale[j] : 0;
            }
            z = new double[n][p];
            for (int i = 0; i < n; i++) {
                for (int j = 0; j < p; j++) {
                    z[i][j] = scale[j] == 0 ? 0 : (x[i][j] - mean[j]) / scale[j];
                }
            }
            CoxData data = CoxData.of(outcomes, z).withWeights(weights);
            likelihood = CoxInformation.of(data, Ties.BRESLOW);
            partial = PartialLikelihood.of(data, Ties.BRESLOW);
            eta = new double[n];
            residual = new double[n];
            score = new double[p];
        }

        double lambdaMax() {
            double[] beta = new double[p];
            for (int j = 0; j < p; j++) {
                if (factor[j] == 0) {
                    beta = solve(beta, Double.MAX_VALUE / 1e10);
                    break;
                }
            }
            evaluate(beta);
            double top = 0;
            double alpha = Math.max(1e-3, options.alpha());
            for (int j = 0; j < p; j++) {
                if (factor[j] > 0) {
                    top = Math.max(top, Math.abs(score[j]) / n / (alpha * factor[j]));
                }
            }
            return top;
        }

        ElasticNetCox path(double[] lambdas) {
            double[][] coefficients = new double[lambdas.length][];
            double[] value = new double[lambdas.length];
            double[] beta = new double[p];
            double none = evaluate(beta);
            for (int k = 0; k < lambdas.length; k++) {
                beta = solve(beta, lambdas[k]);
                value[k] = evaluate(beta);
                coefficients[k] = new double[p];
                for (int j = 0; j < p; j++) {
                    coefficients[k][j] = scale[j] == 0 ? 0 : beta[j] / scale[j];
                }
            }
            return new ElasticNetCox(
                    options,
                    lambdas.clone(),
                    coefficients,
                    value,
                    none,
                    saturated(outcomes, weights),
                    lambdaMax());
        }

        /** The log-likelihood of scaled coefficients; fills the score. O(n p). */
        private double evaluate(double[] beta) {
            Arrays.fill(score, 0);
            for (int i = 0; i < n; i++) {
                double sum = 0;
                for (int j = 0; j < p; j++) {
                    sum += beta[j] * z[i][j];
                }
                eta[i] = sum;
            }
            double value = partial.value(eta, residual);
            for (int i = 0; i < n; i++) {
                for (int j = 0; j < p; j++) {
                    score[j] += residual[i] * z[i][j];
                }
            }
            return value;
        }

        private void refresh(double[] beta) {
            likelihood.evaluate(beta);
            information = likelihood.information();
        }

        /**
         * Proximal Newton with halving from a start. The information is that of an earlier point,
         * of an earlier lambda even, as long as the steps shrink well; the score is always exact,
         * so the end point does not depend on it.
         */
        private double[] solve(double[] start, double lambda) {
            double[] beta = start.clone();
            double objective = objective(beta, lambda);
            double lastMove = Double.POSITIVE_INFINITY;
            for (int step = 0; step < MOST_STEPS; step++) {
                if (information.length == 0) {
                    refresh(beta);
                }
                double[] target = quadratic(beta, lambda);
                double move = distance(target, beta);
                if (move > SHRINKS * lastMove) {
                    refresh(beta);
                    target = quadratic(beta, lambda);
                    move = distance(target, beta);
                }
                lastMove = move;
                if (move < CONVERGED * (1 + norm(beta))) {
                    return target;
                }
                double length = 1;
                double[] next = target;
                double reached = objective(next, lambda);
                while (!(reached <= objective + 1e-13 * Math.abs(objective)) && length > 1e-10) {
                    length /= 2;
                    next = new double[p];
                    for (int j = 0; j < p; j++) {
                        next[j] = beta[j] + length * (target[j] - beta[j]);
                    }
                    reached = objective(next, lambda);
                }
                if (length <= 1e-10) {
                    objective(beta, lambda);
                    return beta;
                }
                beta = next;
                objective = reached;
            }
            throw new TrainingException(
                    "the elastic net did not converge at lambda "
                            + lambda
                            + "; columns may separate the events: raise lambda");
        }

        private static double distance(double[] a, double[] b) {
            double largest = 0;
            for (int j = 0; j < a.length; j++) {
                largest = Math.max(largest, Math.abs(a[j] - b[j]));
            }
            return largest;
        }

        private double objective(double[] beta, double lambda) {
            double value = -evaluate(beta) / n;
            for (int j = 0; j < p; j++) {
                if (factor[j] > 0 && beta[j] != 0) {
                    value +=
                            lambda
                                    * factor[j]
                                    * (options.alpha() * Math.abs(beta[j])
                                            + (1 - options.alpha()) / 2 * beta[j] * beta[j]);
                }
            }
            return value;
        }

        /**
         * Coordinate descent on the quadratic approximation at beta, already evaluated: over the
         * columns in the model until they rest, then over all.
         */
        private double[] quadratic(double[] beta, double lambda) {
            double[] next = beta.clone();
            double[] gradient = new double[p];
            for (int j = 0; j < p; j++) {
                gradient[j] = score[j] / n;
            }
            boolean all = true;
            for (int sweep = 0; sweep < 10_000; sweep++) {
                double largest = 0;
                for (int j = 0; j < p; j++) {
                    if (all || next[j] != 0) {
                        double change = descend(j, next, gradient, lambda);
                        double curve = information[j * p + j] / n;
                        largest = Math.max(largest, Math.abs(change) * Math.sqrt(curve));
                    }
                }
                boolean rests = largest < 1e-14;
                if (rests && all) {
                    break;
                }
                all = rests;
            }
            return next;
        }

        /** Moves one coordinate to its minimum; returns by how much. */
        private double descend(int j, double[] next, double[] gradient, double lambda) {
            double curve = information[j * p + j] / n;
            if (!(curve > 0)) {
                return 0;
            }
            double l1 = factor[j] == 0 ? 0 : lambda * factor[j] * options.alpha();
            double l2 = factor[j] == 0 ? 0 : lambda * factor[j] * (1 - options.alpha());
            double u = gradient[j] + curve * next[j];
            double shrunk = Math.signum(u) * Math.max(0, Math.abs(u) - l1);
            double change = shrunk / (curve + l2) - next[j];
            if (change != 0) {
                next[j] += change;
                if (shrunk == 0) {
                    next[j] = 0;
                }
                double share = change / n;
                int row = j * p;
                for (int k = 0; k < p; k++) {
                    gradient[k] -= share * information[row + k];
                }
            }
            return change;
        }

        private static double norm(double[] beta) {
            return Arrays.stream(beta).map(Math::abs).max().orElse(0);
        }
    }
}
