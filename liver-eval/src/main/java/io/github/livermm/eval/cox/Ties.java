// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.eval.cox;

/**
 * How events at one and the same time share the risk set.
 *
 * @since 0.1.0
 */
public enum Ties {
    /**
     * Efron's approximation, the default of R's {@code coxph}: the l-th of d tied events meets a
     * risk set from which l/d of the tied events has already left.
     */
    EFRON,
    /**
     * Breslow's approximation, used by glmnet and many libraries: all tied events meet the full
     * risk set. A case weight k then equals k copies of the row.
     */
    BRESLOW
}
