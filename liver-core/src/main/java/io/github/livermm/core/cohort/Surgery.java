// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.core.cohort;

import java.time.LocalDate;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the table says about surgery.
 *
 * @param typeColumn column of the kind of surgery; null when there is none
 * @param radical words for a radical hepatectomy
 * @param dateColumn column of the date of surgery; null when there is none
 * @param dataLock last day of follow-up; null when the protocol does not say
 * @since 0.1.0
 */
public record Surgery(
        @Nullable String typeColumn,
        Set<String> radical,
        @Nullable String dateColumn,
        @Nullable LocalDate dataLock) {
    /** Copies the words. */
    public Surgery {
        radical = Set.copyOf(radical);
    }
}
