// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.core.cohort;

import io.github.livermm.core.Patient;
import java.util.Set;

/**
 * Answers which phases of a patient can be read. Given by the caller, as only an imaging module can
 * look into the files.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface ImageAvailability {
    /**
     * The phases that can be read.
     *
     * @param patient whose images to look at
     * @return phase ids such as {@code ct_arterial}; empty when there is no readable image
     */
    Set<String> phases(Patient patient);
}
