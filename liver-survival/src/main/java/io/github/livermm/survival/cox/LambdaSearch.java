// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.survival.cox;

import io.github.livermm.core.TrainingException;
import io.github.livermm.core.cohort.Folds;
import io.github.livermm.eval.cox.CoxData;
import java.util.ArrayList;
import java.util.List;

/**
 * How the penalty of an elastic net is chosen: by cross-validation along a path, in folds with
 * equal shares of events. Immutable; start from {@link #defaults(long)}.
 *
 * @param folds number of folds, 2 or more
 * @param lambdas number of penalties tried, 2 or more
 * @param ratio smallest penalty over largest, in (0, 1)
 * @param measure what is cross-validated
 * @param rule which penalty is taken
 * @param seed seed of the folds
 * @since 0.1.0
 */
public record LambdaSearch(
        int folds,
        int lambdas,
        double ratio,
        CrossValidation.Measure measure,
        Rule rule,
        long seed) {
    /** Which penalty is taken. */
    public enum Rule {
        /** The best: {@code lambda.min} of glmnet. */
        BEST {
            @Override
            double of(CrossValidation validation) {
                return validation.best();
            }
        },
        /** The largest within a standard error of the best: {@code lambda.1se} of glmnet. */
        ONE_STANDARD_ERROR {
            @Override
            double of(CrossValidation validation) {
                return validation.oneStandardError();
            }
        };

        abstract double of(CrossValidation validation);
    }

    /** Checks the ranges. */
    public LambdaSearch {
        if (folds < 2 || lambdas < 2 || !(ratio > 0 && ratio < 1)) {
            throw new IllegalArgumentException(
                    "folds %d and lambdas %d must be 2 or more, ratio %s inside (0, 1)"
                            .formatted(folds, lambdas, ratio));
        }
    }

    /**
     * Ten folds, 50 penalties down to a hundredth of the largest, the deviance, the best penalty.
     * The ratio is glmnet's for fewer rows than columns: with few events the smallest penalties are
     * of no use.
     *
     * @param seed seed of the folds
     * @return the search
     */
    public static LambdaSearch defaults(long seed) {
        return new LambdaSearch(10, 50, 0.01, CrossValidation.Measure.DEVIANCE, Rule.BEST, seed);
    }

    /**
     * This search with another measure.
     *
     * @param newMeasure what is cross-validated
     * @return a changed copy
     */
    public LambdaSearch withMeasure(CrossValidation.Measure newMeasure) {
        return new LambdaSearch(folds, lambdas, ratio, newMeasure, rule, seed);
    }

    /**
     * This search with another rule.
     *
     * @param newRule which penalty is taken
     * @return a changed copy
     */
    public LambdaSearch withRule(Rule newRule) {
        return new LambdaSearch(folds, lambdas, ratio, measure, newRule, seed);
    }

    /**
     * This search with other folds.
     *
     * @param newFolds number of folds, 2 or more
     * @return a changed copy
     */
    public LambdaSearch withFolds(int newFolds) {
        return new LambdaSearch(newFolds, lambdas, ratio, measure, rule, seed);
    }

    /**
     * Cross-validates the path.
     *
     * @param data the training patients, with entry times, weights, strata or an offset if there
     *     are any
     * @param options mixing, factors, tolerance
     * @return the measure at each penalty
     * @throws TrainingException if a fold has no event or a search did not converge
     */
    public CrossValidation run(CoxData data, ElasticNetOptions options) {
        double[] path = ElasticNetCox.lambdas(data, lambdas, ratio, options);
        List<String> events = new ArrayList<>();
        for (int i = 0; i < data.size(); i++) {
            events.add(data.outcomes().event(i) ? "event" : "censored");
        }
        int[] fold = Folds.stratified(events, folds, seed);
        return ElasticNetCox.crossValidate(data, path, fold, measure, options);
    }
}
