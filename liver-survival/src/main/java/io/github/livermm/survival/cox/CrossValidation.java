// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.survival.cox;

import io.github.livermm.eval.cox.CoxData;
import io.github.livermm.eval.cox.PartialLikelihood;
import io.github.livermm.eval.cox.Ties;
import java.util.Arrays;
import java.util.List;

/**
 * A measure of fit along an elastic-net path, averaged over the folds of a cross-validation.
 *
 * @since 0.1.0
 */
public final class CrossValidation {
    private final Measure measure;
    private final double[] lambdas;
    private final double[] mean;
    private final double[] standardError;

    /** What is averaged over the folds. */
    public enum Measure {
        /**
         * The cross-validated partial likelihood of Verweij and van Houwelingen: the deviance of
         * all rows less that of the rows outside the fold, at the coefficients fitted outside it,
         * per event (weight) in the fold and averaged with those weights; lower is better.
         */
        DEVIANCE {
            @Override
            Fold of(CoxData rows, int[] rest, int[] held, double[][] coefficients) {
                CoxData outside = rows.select(rest);
                PartialLikelihood all = PartialLikelihood.of(rows, Ties.BRESLOW);
                PartialLikelihood without = PartialLikelihood.of(outside, Ties.BRESLOW);
                double events = eventWeight(rows) - eventWeight(outside);
                double attainable = all.saturated() - without.saturated();
                double[][] eta = predictors(rows, coefficients);
                double[] values = new double[coefficients.length];
                for (int k = 0; k < values.length; k++) {
                    double reached = all.value(eta[k]) - without.value(pick(eta[k], rest));
                    values[k] = 2 * (attainable - reached) / events;
                }
                return new Fold(values, events);
            }
        },

        /**
         * Harrell's C of the rows in the fold, averaged with their weights; higher is better. A
         * path whose best lambda hardly differs from the others says little here: C of a few events
         * is coarse.
         */
        CONCORDANCE {
            @Override
            Fold of(CoxData rows, int[] rest, int[] held, double[][] coefficients) {
                CoxData inside = rows.select(held);
                double[][] eta = predictors(inside, coefficients);
                double[] values = new double[coefficients.length];
                for (int k = 0; k < values.length; k++) {
                    values[k] = inside.concordance(eta[k]).estimate();
                }
                return new Fold(values, Arrays.stream(inside.weights()).sum());
            }
        };

        abstract Fold of(CoxData rows, int[] rest, int[] held, double[][] coefficients);

        private static double eventWeight(CoxData rows) {
            double[] weights = rows.weights();
            double sum = 0;
            for (int i = 0; i < weights.length; i++) {
                sum += rows.outcomes().event(i) ? weights[i] : 0;
            }
            return sum;
        }

        private static double[][] predictors(CoxData rows, double[][] coefficients) {
            double[][] eta = new double[coefficients.length][];
            Arrays.setAll(eta, k -> rows.offset());
            for (int j = 0; j < rows.names().size(); j++) {
                double[] column = rows.column(j);
                for (int k = 0; k < eta.length; k++) {
                    double b = coefficients[k][j];
                    for (int i = 0; b != 0 && i < column.length; i++) {
                        eta[k][i] += b * column[i];
                    }
                }
            }
            return eta;
        }

        private static double[] pick(double[] values, int[] rows) {
            return Arrays.stream(rows).mapToDouble(i -> values[i]).toArray();
        }
    }

    /** The measure of one fold at each lambda, and the weight of the fold. */
    @SuppressWarnings("ArrayRecordComponent") // never compared, stays in this package
    record Fold(double[] values, double weight) {}

    private CrossValidation(
            Measure measure, double[] lambdas, double[] mean, double[] standardError) {
        this.measure = measure;
        this.lambdas = lambdas;
        this.mean = mean;
        this.standardError = standardError;
    }

    static CrossValidation of(Measure measure, double[] lambdas, List<Fold> folds) {
        double total = folds.stream().mapToDouble(Fold::weight).sum();
        double[] mean = new double[lambdas.length];
        double[] se = new double[lambdas.length];
        for (int k = 0; k < lambdas.length; k++) {
            for (Fold fold : folds) {
                mean[k] += fold.weight * fold.values[k] / total;
            }
            for (Fold fold : folds) {
                double d = fold.values[k] - mean[k];
                se[k] += fold.weight * d * d / total;
            }
            se[k] = Math.sqrt(se[k] / (folds.size() - 1));
        }
        return new CrossValidation(measure, lambdas.clone(), mean, se);
    }

    /**
     * What was measured.
     *
     * @return the measure
     */
    public Measure measure() {
        return measure;
    }

    /**
     * The penalties.
     *
     * @return in the order of {@link #mean()}
     */
    public double[] lambdas() {
        return lambdas.clone();
    }

    /**
     * The mean over the folds at each lambda.
     *
     * @return mean deviance per event, or mean C
     */
    public double[] mean() {
        return mean.clone();
    }

    /**
     * The standard error of the mean over folds.
     *
     * @return as long as {@link #mean()}
     */
    public double[] standardErrors() {
        return standardError.clone();
    }

    /**
     * The best lambda, the largest of equally good ones: {@code lambda.min} of glmnet.
     *
     * @return lambda
     */
    public double best() {
        return lambdas[bestIndex()];
    }

    /**
     * The largest lambda within one standard error of the best: a smaller model that is hardly
     * worse, {@code lambda.1se} of glmnet.
     *
     * @return lambda
     */
    public double oneStandardError() {
        int best = bestIndex();
        double largest = lambdas[best];
        for (int k = 0; k < lambdas.length; k++) {
            if (loss(k) <= loss(best) + standardError[best]) {
                largest = Math.max(largest, lambdas[k]);
            }
        }
        return largest;
    }

    private int bestIndex() {
        int best = 0;
        for (int k = 1; k < mean.length; k++) {
            if (loss(k) < loss(best) || (loss(k) == loss(best) && lambdas[k] > lambdas[best])) {
                best = k;
            }
        }
        return best;
    }

    private double loss(int k) {
        return measure == Measure.CONCORDANCE ? -mean[k] : mean[k];
    }
}
