// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.core.cohort;

import io.github.livermm.core.Diagnosis;
import java.util.Map;
import java.util.Set;

/**
 * How the words of the pathology column are read.
 *
 * @param column column of the diagnosis
 * @param words the group of each word
 * @param excluded words of patients who leave under the rule {@code pathology}, such as tumours
 *     that belong to none of the groups
 * @since 0.1.0
 */
public record DiagnosisMap(String column, Map<String, Diagnosis> words, Set<String> excluded) {
    /** Copies the collections. */
    public DiagnosisMap {
        words = Map.copyOf(words);
        excluded = Set.copyOf(excluded);
    }
}
