// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.survival.cox;

import io.github.livermm.core.TrainingException;
import io.github.livermm.eval.cox.CoxData;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The elastic-net path of a Cox model: the penalty for more columns than the events allow. It
 * selects and shrinks; its coefficients have no valid standard errors.
 *
 * <p>For each lambda it minimises -(1/n) log partial likelihood (Breslow ties) + lambda * sum of
 * pf_j (alpha |g_j| + (1 - alpha)/2 g_j^2), with g_j = beta_j s_j, s_j the weighted population
 * standard deviation (1 without standardisation), weights rescaled to sum n and penalty factors to
 * sum p: glmnet's criterion, solved to its exact minimiser. Coefficients are on the scale of the
 * columns. The predictor of a row is its offset plus x'beta; with strata each has risk sets of its
 * own. Cost O(n p) per step of the search, and O(n m^2) a few times for the m columns that come
 * into question.
 *
 * <p>Reference: Simon N et al. (2011), Regularization paths for Cox's proportional hazards model
 * via coordinate descent, doi:10.18637/jss.v039.i05.
 *
 * @since 0.1.0
 */
public final class ElasticNetCox {
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
     * @param data the training patients, with entry times, weights (rescaled to sum to the number
     *     of rows), strata or an offset if there are any
     * @param lambdas penalties, 0 or more, best in falling order
     * @param options mixing, factors, tolerance
     * @return the path, in the order of the lambdas
     * @throws TrainingException if there is no event or a search did not converge
     * @throws IllegalArgumentException if a lambda or the number of factors is not allowed
     */
    public static ElasticNetCox fit(CoxData data, double[] lambdas, ElasticNetOptions options) {
        for (double lambda : lambdas) {
            if (!(lambda >= 0) || lambda == Double.POSITIVE_INFINITY) {
                throw new IllegalArgumentException("lambda " + lambda + " is not >= 0");
            }
        }
        ElasticNetSearch search = new ElasticNetSearch(data, options);
        double none = search.value();
        double top = search.lambdaMax();
        double[][] coefficients = new double[lambdas.length][];
        double[] value = new double[lambdas.length];
        double before = top;
        for (int k = 0; k < lambdas.length; k++) {
            search.solve(lambdas[k], before);
            value[k] = search.value();
            coefficients[k] = search.coefficients();
            before = lambdas[k];
        }
        return new ElasticNetCox(
                options, lambdas.clone(), coefficients, value, none, search.saturated(), top);
    }

    /**
     * A falling geometric sequence from the smallest lambda at which every penalised coefficient is
     * 0 (at alpha 0 the one of alpha 0.001), as glmnet chooses it.
     *
     * @param data the training patients
     * @param count how many, 2 or more
     * @param ratio last over first, in (0, 1); glmnet takes 1e-4, or 0.01 for n below p
     * @param options mixing, factors
     * @return lambdas, falling
     * @throws TrainingException if there is no event or nothing to penalise varies
     */
    public static double[] lambdas(
            CoxData data, int count, double ratio, ElasticNetOptions options) {
        if (count < 2 || !(ratio > 0 && ratio < 1)) {
            throw new IllegalArgumentException(
                    "count " + count + " is below 2, or ratio " + ratio + " is outside (0, 1)");
        }
        double top = new ElasticNetSearch(data, options).lambdaMax();
        double[] lambdas = new double[count];
        for (int k = 0; k < count; k++) {
            lambdas[k] = top * Math.pow(ratio, (double) k / (count - 1));
        }
        return lambdas;
    }

    /**
     * Cross-validation over given folds, which run in parallel; the result does not depend on the
     * number of threads.
     *
     * @param data the training patients
     * @param lambdas penalties
     * @param fold the fold of each row, from 0; every fold needs an event
     * @param measure what is averaged over the folds
     * @param options mixing, factors, tolerance
     * @return the measure per lambda with its standard error
     * @throws TrainingException if a fold has no event or a search did not converge
     * @throws IllegalArgumentException if the number of folds is below 2 or lengths differ
     */
    public static CrossValidation crossValidate(
            CoxData data,
            double[] lambdas,
            int[] fold,
            CrossValidation.Measure measure,
            ElasticNetOptions options) {
        int folds = Arrays.stream(fold).max().orElse(-1) + 1;
        if (fold.length != data.size() || folds < 2) {
            throw new IllegalArgumentException(
                    "%d fold numbers for %d rows, %d folds; two folds or more are needed"
                            .formatted(fold.length, data.size(), folds));
        }
        double sum = Arrays.stream(data.weights()).sum();
        CoxData rows =
                data.withWeights(
                        Arrays.stream(data.weights()).map(w -> w * data.size() / sum).toArray());
        List<CrossValidation.Fold> measured =
                IntStream.range(0, folds)
                        .parallel()
                        .mapToObj(
                                f -> {
                                    int[] rest =
                                            IntStream.range(0, fold.length)
                                                    .filter(i -> fold[i] != f)
                                                    .toArray();
                                    int[] held =
                                            IntStream.range(0, fold.length)
                                                    .filter(i -> fold[i] == f)
                                                    .toArray();
                                    if (rows.select(held).outcomes().events() == 0) {
                                        throw new TrainingException(
                                                "fold "
                                                        + f
                                                        + " has no event; use fewer folds or"
                                                        + " stratify them by event");
                                    }
                                    ElasticNetCox path = fit(rows.select(rest), lambdas, options);
                                    return measure.of(rows, rest, held, path.coefficients);
                                })
                        .toList();
        return CrossValidation.of(measure, lambdas, measured);
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
}
