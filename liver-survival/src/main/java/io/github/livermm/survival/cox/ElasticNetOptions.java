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
    private final double @Nullable [] weights;

    private ElasticNetOptions(
            double alpha,
            boolean standardise,
            double @Nullable [] penaltyFactors,
            double @Nullable [] weights) {
        this.alpha = alpha;
        this.standardise = standardise;
        this.penaltyFactors = penaltyFactors;
        this.weights = weights;
    }

    /**
     * Standardised columns, all penalised alike, no weights.
     *
     * @param alpha 1 for the lasso, 0 for ridge, between for a mixture
     * @return the options
     * @throws IllegalArgumentException if alpha is outside [0, 1]
     */
    public static ElasticNetOptions of(double alpha) {
        if (!(alpha >= 0 && alpha <= 1)) {
            throw new IllegalArgumentException("alpha " + alpha + " is outside [0, 1]");
        }
        return new ElasticNetOptions(alpha, true, null, null);
    }

    /**
     * These options with the penalty on the columns as they are.
     *
     * @return a changed copy
     */
    public ElasticNetOptions withoutStandardising() {
        return new ElasticNetOptions(alpha, false, penaltyFactors, weights);
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
        requireWeights(factors, "penalty factor");
        return new ElasticNetOptions(alpha, standardise, factors.clone(), weights);
    }

    /**
     * These options with case weights, which are rescaled to sum to the number of rows.
     *
     * @param newWeights 0 or more, not all 0
     * @return a changed copy
     * @throws IllegalArgumentException if a weight is negative or all are 0
     */
    public ElasticNetOptions withWeights(double[] newWeights) {
        requireWeights(newWeights, "weight");
        return new ElasticNetOptions(alpha, standardise, penaltyFactors, newWeights.clone());
    }

    private static void requireWeights(double[] values, String what) {
        for (int i = 0; i < values.length; i++) {
            if (!(values[i] >= 0) || values[i] == Double.POSITIVE_INFINITY) {
                throw new IllegalArgumentException(
                        what + " " + (i + 1) + ": " + values[i] + " is not a finite number >= 0");
            }
        }
        if (!(Arrays.stream(values).sum() > 0)) {
            throw new IllegalArgumentException("every " + what + " is 0");
        }
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

    ElasticNetOptions selectRows(int[] rows) {
        double[] old = weights;
        return old == null
                ? this
                : new ElasticNetOptions(
                        alpha,
                        standardise,
                        penaltyFactors,
                        Arrays.stream(rows).mapToDouble(i -> old[i]).toArray());
    }

    double[] weightsOf(int n) {
        return rescaled(weights, n, "weights");
    }

    double[] factorsOf(int p) {
        return rescaled(penaltyFactors, p, "penalty factors");
    }

    private static double[] rescaled(double @Nullable [] values, int size, String what) {
        double[] out = new double[size];
        Arrays.fill(out, 1);
        if (values == null) {
            return out;
        }
        if (values.length != size) {
            throw new IllegalArgumentException(what + ": " + values.length + " values for " + size);
        }
        double sum = Arrays.stream(values).sum();
        for (int i = 0; i < size; i++) {
            out[i] = values[i] * size / sum;
        }
        return out;
    }
}
