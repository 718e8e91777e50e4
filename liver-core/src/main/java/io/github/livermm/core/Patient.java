// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.core;

import java.util.Map;

/**
 * One patient of a cohort: predictors, files and labels.
 *
 * @param id study id, as the study gives it
 * @param centre hospital
 * @param clinical preoperative table values
 * @param files where images, masks and report lie
 * @param labels diagnosis and outcomes
 * @param subgroups value of each subgroup column, by column name
 * @since 0.1.0
 */
public record Patient(
        String id,
        String centre,
        ClinicalRecord clinical,
        PatientFiles files,
        PatientLabels labels,
        Map<String, String> subgroups) {
    /** Copies the map. */
    public Patient {
        subgroups = Map.copyOf(subgroups);
    }

    /**
     * The same patient with other labels.
     *
     * @param other labels to carry
     * @return a copy
     */
    public Patient withLabels(PatientLabels other) {
        return new Patient(id, centre, clinical, files, other, subgroups);
    }
}
