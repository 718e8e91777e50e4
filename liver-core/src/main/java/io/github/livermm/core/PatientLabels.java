// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.core;

import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is to be predicted for one patient. Kept apart from the predictors so that no encoder can
 * see it.
 *
 * @param diagnosis pathology; null when unknown
 * @param outcomes time and event per endpoint id; an endpoint that is absent is unknown
 * @param prognostic whether the patient belongs to the prognostic cohort
 * @since 0.1.0
 */
public record PatientLabels(
        @Nullable Diagnosis diagnosis, Map<String, SurvivalTime> outcomes, boolean prognostic) {
    /** Copies the map. */
    public PatientLabels {
        outcomes = Map.copyOf(outcomes);
    }

    /**
     * The outcome of an endpoint for a patient of the prognostic cohort.
     *
     * @param endpoint endpoint id
     * @return empty when the patient is outside the prognostic cohort or the outcome is unknown
     */
    public Optional<SurvivalTime> outcome(String endpoint) {
        return prognostic ? Optional.ofNullable(outcomes.get(endpoint)) : Optional.empty();
    }
}
