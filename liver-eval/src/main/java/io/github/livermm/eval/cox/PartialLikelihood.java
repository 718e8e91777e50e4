// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.eval.cox;

import io.github.livermm.eval.SurvivalOutcomes;
import java.util.Arrays;
import java.util.List;

/**
 * The Cox log partial likelihood of given linear predictors, with its gradient. Use it to train a
 * model whose predictor is not linear in known columns; for columns use {@link CoxRegression}.
 *
 * <p>With Breslow ties the value is the sum over events i of w_i (eta_i - log of the sum of w_j
 * exp(eta_j) over rows j at risk at i's time); Efron's rule lets tied events leave one after the
 * other. Exact for predictors of any size, because all sums are kept relative to a running maximum.
 * Without events the value and the gradient are 0.
 *
 * <p>Reference: Efron B (1977), The efficiency of Cox's likelihood function for censored data,
 * doi:10.1080/01621459.1977.10480613; Breslow N (1974), doi:10.2307/2529620.
 *
 * @since 0.1.0
 */
public final class PartialLikelihood {
    private final RiskSets sets;
    private final Ties ties;
    private final int rows;

    private PartialLikelihood(RiskSets sets, Ties ties, int rows) {
        this.sets = sets;
        this.ties = ties;
        this.rows = rows;
    }

    /**
     * The likelihood of outcomes in which everybody enters at time 0. O(n).
     *
     * @param outcomes follow-up
     * @param ties rule for tied events
     * @return the likelihood, sorted once
     */
    public static PartialLikelihood of(SurvivalOutcomes outcomes, Ties ties) {
        return new PartialLikelihood(
                new RiskSets(outcomes, null, null, null), ties, outcomes.size());
    }

    /**
     * The likelihood of rows with entry times, weights and strata; covariates and offset of the
     * data are not looked at.
     *
     * @param data the rows
     * @param ties rule for tied events
     * @return the likelihood, sorted once
     */
    public static PartialLikelihood of(CoxData data, Ties ties) {
        return new PartialLikelihood(
                new RiskSets(data.outcomes, data.entry, data.weights, data.strata),
                ties,
                data.size());
    }

    /**
     * The log partial likelihood.
     *
     * @param eta linear predictor per row, finite; higher means a higher hazard
     * @return the value, at most 0 for weights of 1; O(n)
     * @throws IllegalArgumentException if the length differs from the number of rows
     */
    public double value(double[] eta) {
        return sweep(eta).value;
    }

    /**
     * The log partial likelihood and its gradient.
     *
     * @param eta linear predictor per row, finite
     * @param gradient filled with the derivative by each row's predictor: weight times the
     *     martingale residual (event less expected events); 0 for rows of weight 0
     * @return the value; O(n)
     * @throws IllegalArgumentException if a length differs from the number of rows
     */
    public double value(double[] eta, double[] gradient) {
        if (gradient.length != rows) {
            throw new IllegalArgumentException(
                    "gradient has " + gradient.length + " rows, the outcomes have " + rows);
        }
        Evaluated evaluated = sweep(eta);
        Arrays.fill(gradient, 0);
        for (int i = 0; i < sets.size(); i++) {
            double residual = (sets.event[i] ? 1 : 0) - evaluated.sweep.mu[i];
            gradient[sets.row[i]] = sets.weight[i] * residual;
        }
        return evaluated.value;
    }

    /**
     * The value of the saturated model, in which nobody but the events of a time shares their risk:
     * minus the sum of d log d over the times, d the weight of the events (Breslow ties).
     *
     * @return the least upper bound of {@link #value(double[])} with Breslow ties
     */
    public double saturated() {
        double sum = 0;
        for (int g = 0; g < sets.groups(); g++) {
            double d = 0;
            for (int i = 0; i < sets.groupEvents[g]; i++) {
                d += sets.weight[sets.groupFrom[g] + i];
            }
            sum -= d * Math.log(d);
        }
        return sum;
    }

    /**
     * The cumulative baseline hazard that belongs to linear predictors (Breslow's estimator, or
     * Efron's for Efron ties), one per stratum.
     *
     * @param eta linear predictor per row, finite; centre it first if it is far from 0
     * @return hazards at predictor 0, in the order of the stratum codes
     */
    public List<BaselineHazard> baseline(double[] eta) {
        return BaselineHazard.of(sets, sweep(eta).sweep);
    }

    private Evaluated sweep(double[] eta) {
        if (eta.length != rows) {
            throw new IllegalArgumentException(
                    "eta has " + eta.length + " rows, the outcomes have " + rows);
        }
        for (int i = 0; i < rows; i++) {
            if (!(Math.abs(eta[i]) < Double.POSITIVE_INFINITY)) {
                throw new IllegalArgumentException(
                        "eta row " + (i + 1) + ": " + eta[i] + " is not finite");
            }
        }
        Sweep sweep = new Sweep(sets, ties, new double[0], 0);
        return new Evaluated(sweep.evaluate(sets.toPositions(eta)), sweep);
    }

    private record Evaluated(double value, Sweep sweep) {}
}
