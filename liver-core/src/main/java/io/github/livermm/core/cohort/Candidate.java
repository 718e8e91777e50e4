// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.core.cohort;

import io.github.livermm.core.Patient;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * A patient of the table with what only the rules of eligibility ask for.
 *
 * @param patient labels not yet prognostic
 * @param ageYears null when unknown
 * @param laboratoryForm word of {@link EligibilityRules.LaboratoryForm}; null when unknown or not
 *     asked
 * @param surgery word of the kind of surgery; null when unknown
 * @param surgeryDate null when unknown
 */
record Candidate(
        Patient patient,
        @Nullable Double ageYears,
        @Nullable String laboratoryForm,
        @Nullable String surgery,
        @Nullable LocalDate surgeryDate) {}
