// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.core.cohort;

/**
 * How the patients of one target are divided into training and test folds.
 *
 * @since 0.1.0
 */
public enum SplitKind {
    /** Folds of equal size with equal shares of each class. */
    STRATIFIED,
    /** Each centre in turn is predicted by a model trained on the others. */
    LEAVE_ONE_CENTRE_OUT
}
