// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.core.model;

import io.github.livermm.core.ModalityReader;
import io.github.livermm.core.StateWriter;
import io.github.livermm.core.cohort.CohortInputs;
import java.util.Map;

/**
 * One fitted scorer of a {@link View}: gives a linear predictor per head, centred on the patients
 * it was fitted on, so that members of different folds can be pooled and averaged.
 *
 * @since 0.1.0
 */
public sealed interface Member permits LinearMember, NetworkMember {
    /**
     * Linear predictors of patients.
     *
     * @param inputs patients
     * @return [head][patient], in the order of the model's heads; NaN where the patient lacks what
     *     the member needs, or the head could not be fitted
     */
    double[][] linearPredictors(CohortInputs inputs);

    /**
     * How the modalities that this member needs are read.
     *
     * @return one reader per modality, by name
     */
    Map<String, ModalityReader<?>> readers();

    /**
     * Writes the fitted state.
     *
     * @param out where to write
     */
    void save(StateWriter out);
}
