// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.core;

import java.util.Optional;

/**
 * Reads one modality of a patient from disk. Thread-safe: patients are read in parallel.
 *
 * @param <T> what the modality's encoder takes
 * @since 0.1.0
 */
@FunctionalInterface
public interface ModalityReader<T> {
    /**
     * Reads the modality of one patient.
     *
     * @param patient whose files to read
     * @param findings takes what is there but unusable; the modality is then empty
     * @return empty when the patient lacks the modality or it cannot be used
     */
    Optional<T> read(Patient patient, Findings findings);
}
