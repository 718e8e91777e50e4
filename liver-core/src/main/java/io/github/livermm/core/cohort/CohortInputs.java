// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.core.cohort;

import io.github.livermm.core.Findings;
import io.github.livermm.core.ModalityReader;
import io.github.livermm.core.Patient;
import io.github.livermm.core.PatientLabels;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The patients of a cohort with what each modality's reader found for them; null where a patient
 * lacks the modality. Immutable.
 *
 * @since 0.1.0
 */
public final class CohortInputs {
    private final List<Patient> patients;
    private final Map<String, List<@Nullable Object>> columns;

    private CohortInputs(List<Patient> patients, Map<String, List<@Nullable Object>> columns) {
        this.patients = List.copyOf(patients);
        this.columns = Collections.unmodifiableMap(columns);
    }

    /**
     * Reads every modality of every patient, in parallel over patients on the common pool.
     *
     * @param patients whom to read
     * @param readers one reader per modality, by its name, in the order of columns
     * @param findings takes what is there but unusable
     * @param progress told after each patient
     * @return patients and inputs
     */
    public static CohortInputs read(
            List<Patient> patients,
            Map<String, ModalityReader<?>> readers,
            Findings findings,
            Progress progress) {
        Map<String, @Nullable Object[]> arrays = new LinkedHashMap<>();
        readers.keySet().forEach(modality -> arrays.put(modality, new Object[patients.size()]));
        AtomicInteger done = new AtomicInteger();
        IntStream.range(0, patients.size())
                .parallel()
                .forEach(
                        i -> {
                            Patient patient = patients.get(i);
                            for (Map.Entry<String, ModalityReader<?>> r : readers.entrySet()) {
                                Objects.requireNonNull(arrays.get(r.getKey()))[i] =
                                        r.getValue().read(patient, findings).orElse(null);
                            }
                            progress.done(
                                    "reading patients", done.incrementAndGet(), patients.size());
                        });
        Map<String, List<@Nullable Object>> columns = new LinkedHashMap<>();
        arrays.forEach((modality, array) -> columns.put(modality, fixed(array)));
        return new CohortInputs(patients, columns);
    }

    /**
     * The patients, in order.
     *
     * @return one per row
     */
    public List<Patient> patients() {
        return patients;
    }

    /**
     * The labels of the patients, in order.
     *
     * @return one per row
     */
    public List<PatientLabels> labels() {
        return patients.stream().map(Patient::labels).toList();
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
     * Names of the modalities, in order.
     *
     * @return as given to {@link #read}
     */
    public List<String> modalities() {
        return List.copyOf(columns.keySet());
    }

    /**
     * The input of one patient.
     *
     * @param modality name of the modality
     * @param row patient
     * @return null when the patient lacks the modality, or the modality was never read
     */
    public @Nullable Object input(String modality, int row) {
        List<@Nullable Object> column = columns.get(modality);
        return column == null ? null : column.get(row);
    }

    /**
     * Whether a patient has a modality.
     *
     * @param modality name of the modality
     * @param row patient
     * @return false when it is absent
     */
    public boolean present(String modality, int row) {
        return input(modality, row) != null;
    }

    /**
     * The same patients, some rows only.
     *
     * @param rows rows to keep, in the order wanted
     * @return a copy
     */
    public CohortInputs select(int[] rows) {
        Map<String, List<@Nullable Object>> kept = new LinkedHashMap<>();
        columns.forEach(
                (modality, column) -> {
                    @Nullable Object[] values = new Object[rows.length];
                    for (int i = 0; i < rows.length; i++) {
                        values[i] = column.get(rows[i]);
                    }
                    kept.put(modality, fixed(values));
                });
        return new CohortInputs(IntStream.of(rows).mapToObj(patients::get).toList(), kept);
    }

    /**
     * The same patients, with one modality taken away from one of them, or from all.
     *
     * @param modality name of the modality
     * @param row patient, or -1 for all
     * @return a copy
     */
    public CohortInputs without(String modality, int row) {
        Map<String, List<@Nullable Object>> kept = new LinkedHashMap<>(columns);
        List<@Nullable Object> column = columns.get(modality);
        if (column == null) {
            throw new IllegalArgumentException(
                    "modality is " + modality + ", allowed are " + columns.keySet());
        }
        @Nullable Object[] values = column.toArray();
        for (int i = 0; i < values.length; i++) {
            if (row == i || row == -1) {
                values[i] = null;
            }
        }
        kept.put(modality, fixed(values));
        return new CohortInputs(patients, kept);
    }

    /**
     * The same inputs with other labels, such as permuted ones.
     *
     * @param labels one per patient
     * @return a copy
     */
    public CohortInputs withLabels(List<PatientLabels> labels) {
        List<Patient> relabelled = new ArrayList<>();
        for (int i = 0; i < patients.size(); i++) {
            relabelled.add(patients.get(i).withLabels(labels.get(i)));
        }
        return new CohortInputs(relabelled, columns);
    }

    private static List<@Nullable Object> fixed(@Nullable Object[] values) {
        List<@Nullable Object> list = new ArrayList<>(values.length);
        Collections.addAll(list, values);
        return Collections.unmodifiableList(list);
    }
}
