// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.core;

/**
 * A head's penalised model after fitting: from a row of scores or features to a prediction.
 * Immutable and thread-safe.
 *
 * @since 0.1.0
 */
public interface HeadModel {
    /**
     * The linear predictor of one row.
     *
     * @param x one value per column the model was fitted on
     * @return intercept (where the head has one) plus weighted sum
     */
    double linearPredictor(double[] x);

    /**
     * The prediction for one row.
     *
     * @param x one value per column the model was fitted on
     * @return of the head's kind
     */
    Prediction predict(double[] x);

    /**
     * Weights of the columns, in the columns' own units.
     *
     * @return one per column
     */
    double[] coefficients();

    /**
     * Writes the fitted state.
     *
     * @param out where to write
     */
    void save(StateWriter out);
}
