// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.survival.cox;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Options of an elastic net. Immutable; start from {@link #of(double)}.
 *
 * @since 0.1.0
 */
public final class ElasticNetOptions {
    private final double alpha;
    private final boolean standardise;
    private final double @Nullable [] penaltyFactors;
    private final double tolerance;

    private ElasticNetOptions(
            double alpha,
            boolean standardise,
            double @Nullable [] penaltyFactors,
            double tolerance) {
        this.alpha = alpha;
        this.standardise = standardise;
        this.penaltyFactors = penaltyFactors;
        this.tolerance = tolerance;
    }

    /**
     * Standardised columns, all penalised alike, solved to 1e-7.
     *
     * @param alpha 1 for the lasso, 0 for ridge, between for a mixture
     * @return the options
     * @throws IllegalArgumentException if alpha is outside [0, 1]
     */
    public static ElasticNetOptions of(double alpha) {
        if (!(alpha >= 0 && alpha <= 1)) {
            throw new IllegalArgumentException("alpha " + alpha + " is outside [0, 1]");
        }
        return new ElasticNetOptions(alpha, true, null, 1e-7);
    }

    /**
     * These options with the penalty on the columns as they are.
     *
     * @return a changed copy
     */
    public ElasticNetOptions withoutStandardising() {
        return new ElasticNetOptions(alpha, false, penaltyFactors, tolerance);
    }

    /**
     * These options with a factor of the penalty for each column; 0 keeps a column unpenalised.
     * Factors are rescaled to sum to the number of columns.
     *
     * @param factors 0 or more, not all 0
     * @return a changed copy
     * @throws IllegalArgumentException if a factor is negative or all are 0
     */
    public ElasticNetOptions withPenaltyFactors(double[] factors) {
        for (int j = 0; j < factors.length; j++) {
            if (!(factors[j] >= 0) || factors[j] == Double.POSITIVE_INFINITY) {
                throw new IllegalArgumentException(
                        "penalty factor "
                                + (j + 1)
                                + ": "
                                + factors[j]
                                + " is not a finite number >= 0");
            }
        }
        if (!(Arrays.stream(factors).sum() > 0)) {
            throw new IllegalArgumentException("every penalty factor is 0");
        }
        return new ElasticNetOptions(alpha, standardise, factors.clone(), tolerance);
    }

    /**
     * These options with another precision of the search.
     *
     * @param newTolerance bound on what is left of the way to the minimiser, per coefficient of a
     *     column of unit spread, relative to the largest or 1
     * @return a changed copy
     * @throws IllegalArgumentException if it is not in (0, 1)
     */
    public ElasticNetOptions withTolerance(double newTolerance) {
        if (!(newTolerance > 0 && newTolerance < 1)) {
            throw new IllegalArgumentException("tolerance " + newTolerance + " is outside (0, 1)");
        }
        return new ElasticNetOptions(alpha, standardise, penaltyFactors, newTolerance);
    }

    /**
     * The mixing of lasso and ridge.
     *
     * @return in [0, 1]
     */
    public double alpha() {
        return alpha;
    }

    /**
     * Whether the penalty acts on standardised columns.
     *
     * @return true by default
     */
    public boolean standardise() {
        return standardise;
    }

    double tolerance() {
        return tolerance;
    }

    /** The factors, rescaled to sum to the number of columns. */
    double[] factorsOf(int p) {
        double[] out = new double[p];
        Arrays.fill(out, 1);
        if (penaltyFactors == null) {
            return out;
        }
        if (penaltyFactors.length != p) {
            throw new IllegalArgumentException(
                    penaltyFactors.length + " penalty factors for " + p + " columns");
        }
        double sum = Arrays.stream(penaltyFactors).sum();
        for (int j = 0; j < p; j++) {
            out[j] = penaltyFactors[j] * p / sum;
        }
        return out;
    }
}
