// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.core.cohort;

import io.github.livermm.core.Diagnosis;
import io.github.livermm.core.Patient;
import io.github.livermm.core.PatientLabels;
import io.github.livermm.core.SurvivalTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.function.Predicate;

/**
 * Patients that entered, in the order of their ids, so that no result depends on the order of rows
 * in a table. The prognostic cohort is the part whose labels say so.
 *
 * @param patients the patients, no id twice
 * @since 0.1.0
 */
public record Cohort(List<Patient> patients) {
    /** Sorts and copies the patients, and refuses an id that is there twice. */
    public Cohort {
        patients = patients.stream().sorted((a, b) -> a.id().compareTo(b.id())).toList();
        for (int i = 1; i < patients.size(); i++) {
            if (patients.get(i).id().equals(patients.get(i - 1).id())) {
                throw new IllegalArgumentException(
                        "patient " + patients.get(i).id() + " is twice in the cohort");
            }
        }
    }

    /**
     * Number of patients.
     *
     * @return at least 0
     */
    public int size() {
        return patients.size();
    }

    /**
     * The part of the cohort that meets a condition.
     *
     * @param condition who stays
     * @return a smaller cohort
     */
    public Cohort where(Predicate<Patient> condition) {
        return new Cohort(patients.stream().filter(condition).toList());
    }

    /**
     * The centres of the patients.
     *
     * @return each centre once, in the order of their names
     */
    public List<String> centres() {
        return patients.stream().map(Patient::centre).distinct().sorted().toList();
    }

    /**
     * The same patients with labels that belong to somebody else: a run on them must find nothing.
     * Diagnoses are permuted among the patients who have one; independently of that, outcomes (time
     * and event of all endpoints together) are permuted among the prognostic patients. Membership
     * of the prognostic cohort stays with the patient.
     *
     * @param seed seed of both permutations
     * @return a cohort of the same patients
     */
    public Cohort withShuffledLabels(long seed) {
        Random random = new Random(seed);
        List<Diagnosis> diagnoses =
                new ArrayList<>(
                        patients.stream()
                                .map(p -> p.labels().diagnosis())
                                .filter(Objects::nonNull)
                                .toList());
        List<Map<String, SurvivalTime>> outcomes =
                new ArrayList<>(
                        patients.stream()
                                .filter(p -> p.labels().prognostic())
                                .map(p -> p.labels().outcomes())
                                .toList());
        Collections.shuffle(diagnoses, random);
        Collections.shuffle(outcomes, random);
        var diagnosis = diagnoses.iterator();
        var outcome = outcomes.iterator();
        return new Cohort(
                patients.stream()
                        .map(
                                p -> {
                                    PatientLabels old = p.labels();
                                    return p.withLabels(
                                            new PatientLabels(
                                                    old.diagnosis() == null
                                                            ? null
                                                            : diagnosis.next(),
                                                    old.prognostic()
                                                            ? outcome.next()
                                                            : old.outcomes(),
                                                    old.prognostic()));
                                })
                        .toList());
    }
}
