// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.core.cohort;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where the patients table holds what every study has.
 *
 * @param id column of the study ids
 * @param centre column of the hospitals; null when the study has one
 * @param age column of the age in years; null when there is none
 * @param missing words that mean "no value", beside the empty cell
 * @since 0.1.0
 */
public record TableLayout(
        String id, @Nullable String centre, @Nullable String age, Set<String> missing) {
    /** Copies the words. */
    public TableLayout {
        missing = Set.copyOf(missing);
    }
}
