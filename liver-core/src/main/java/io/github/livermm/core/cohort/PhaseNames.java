// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.core.cohort;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Phases that the study names itself, where headers say nothing or the wrong thing: {@code phases}
 * of {@code study.json}.
 *
 * @param byPatient for each patient id, or {@code *} for all: phase id by Series Instance UID or by
 *     Series Description ({@code *} stands for any text, case does not count), in the order of the
 *     file
 * @since 0.1.0
 */
public record PhaseNames(Map<String, Map<String, String>> byPatient) {
    /** Ids of phases. */
    public static final List<String> PHASES =
            List.of(
                    "ct_non_contrast",
                    "ct_arterial",
                    "ct_portal",
                    "ct_delayed",
                    "mr_t1",
                    "mr_t2",
                    "mr_dwi",
                    "mr_adc",
                    "mr_in_phase",
                    "mr_out_phase",
                    "mr_arterial",
                    "mr_portal",
                    "mr_delayed",
                    "mr_hepatobiliary");

    private static final String EVERYBODY = "*";

    /** Copies the maps, whose order counts. */
    public PhaseNames {
        Map<String, Map<String, String>> copy = new LinkedHashMap<>();
        byPatient.forEach(
                (id, names) ->
                        copy.put(id, Collections.unmodifiableMap(new LinkedHashMap<>(names))));
        byPatient = Collections.unmodifiableMap(copy);
    }

    /**
     * No phase is named.
     *
     * @return an empty table
     */
    public static PhaseNames none() {
        return new PhaseNames(Map.of());
    }

    /**
     * What holds for one patient: the patient's own names, then those of everybody.
     *
     * @param id the patient
     * @return phase id by series, in the order in which to try them
     */
    public Map<String, String> of(String id) {
        Map<String, String> all = new LinkedHashMap<>(byPatient.getOrDefault(id, Map.of()));
        byPatient.getOrDefault(EVERYBODY, Map.of()).forEach(all::putIfAbsent);
        return Collections.unmodifiableMap(all);
    }
}
