// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.eval.cox;

/**
 * Options of a Cox fit.
 *
 * @param ties how tied events are treated
 * @param ridge the penalty
 * @param maxIterations Newton steps at most, 1 or more
 * @param tolerance a fit has converged when the Newton decrement U'I^-1U, the squared length of the
 *     next step in standard errors, is below this; positive
 * @since 0.1.0
 */
public record CoxOptions(Ties ties, Ridge ridge, int maxIterations, double tolerance) {
    public CoxOptions {
        if (maxIterations < 1) {
            throw new IllegalArgumentException("maxIterations " + maxIterations + " is below 1");
        }
        if (!(tolerance > 0)) {
            throw new IllegalArgumentException("tolerance " + tolerance + " is not positive");
        }
    }

    /**
     * Efron ties as in R's {@code coxph}, no penalty, at most 100 steps (a separated fit needs
     * about 30 to show itself, an ordinary one 4 to 8), decrement 1e-14: the last step then leaves
     * an error far below the rounding of the covariance.
     *
     * @return the defaults
     */
    public static CoxOptions defaults() {
        return new CoxOptions(Ties.EFRON, Ridge.NONE, 100, 1e-14);
    }

    /**
     * These options with another rule for ties.
     *
     * @param newTies the rule
     * @return a changed copy
     */
    public CoxOptions withTies(Ties newTies) {
        return new CoxOptions(newTies, ridge, maxIterations, tolerance);
    }

    /**
     * These options with another penalty.
     *
     * @param newRidge the penalty
     * @return a changed copy
     */
    public CoxOptions withRidge(Ridge newRidge) {
        return new CoxOptions(ties, newRidge, maxIterations, tolerance);
    }

    /**
     * These options with another limit of Newton steps.
     *
     * @param newMaxIterations steps, 1 or more
     * @return a changed copy
     */
    public CoxOptions withMaxIterations(int newMaxIterations) {
        return new CoxOptions(ties, ridge, newMaxIterations, tolerance);
    }
}
