// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.core.cohort;

import io.github.livermm.core.Finding;
import io.github.livermm.core.Findings;
import io.github.livermm.core.ModalityReader;
import io.github.livermm.core.Patient;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;

/**
 * The eligible patients of a study with what was read for them. Every file is read once: what was
 * read of the images also answers the rules of eligibility about them.
 *
 * @param selection eligible patients and the flow
 * @param inputs the eligible patients with their inputs
 * @param findings files that could not be used, of all patients
 * @since 0.1.0
 */
public record Enrolment(Selection selection, CohortInputs inputs, List<Finding> findings) {
    /** Copies the list. */
    public Enrolment {
        findings = List.copyOf(findings);
    }

    /**
     * Reads a study's files and applies its rules.
     *
     * @param study the study
     * @param readers one reader per modality, by its name
     * @param phases which phases the read inputs of a row hold: ids such as {@code ct_arterial},
     *     empty without a readable image
     * @param progress told after each patient
     * @return eligible patients with their inputs
     */
    public static Enrolment of(
            Study study,
            Map<String, ModalityReader<?>> readers,
            BiFunction<CohortInputs, Integer, Set<String>> phases,
            Progress progress) {
        Findings findings = new Findings();
        List<Patient> everybody = study.everybody().patients();
        CohortInputs all = CohortInputs.read(everybody, readers, findings, progress);
        Map<String, Integer> row = new HashMap<>();
        for (int i = 0; i < everybody.size(); i++) {
            row.put(everybody.get(i).id(), i);
        }
        Selection selection = study.select(p -> phases.apply(all, row.getOrDefault(p.id(), -1)));
        List<Patient> kept = selection.cohort().patients();
        int[] rows = kept.stream().mapToInt(p -> row.getOrDefault(p.id(), -1)).toArray();
        CohortInputs inputs =
                all.select(rows).withLabels(kept.stream().map(Patient::labels).toList());
        return new Enrolment(selection, inputs, findings.sorted());
    }
}
