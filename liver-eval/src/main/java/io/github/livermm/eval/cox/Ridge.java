// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.eval.cox;

/**
 * A ridge penalty: the criterion is log-likelihood - theta/2 * sum of s_j^2 beta_j^2, with s_j the
 * sample standard deviation (n-1) of column j if {@code scaled} and 1 otherwise. It is the {@code
 * ridge()} term of R's survival package; it is not divided by n, unlike glmnet's lambda.
 *
 * @param theta strength, 0 (no penalty) or more
 * @param scaled whether the penalty acts on standardised columns
 * @since 0.1.0
 */
public record Ridge(double theta, boolean scaled) {
    /** No penalty. */
    public static final Ridge NONE = new Ridge(0, false);

    public Ridge {
        if (!(theta >= 0) || theta == Double.POSITIVE_INFINITY) {
            throw new IllegalArgumentException("theta " + theta + " is not a finite number >= 0");
        }
    }
}
