// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.core;

import java.util.Map;

/**
 * The preoperative table values of one patient, by column name; a column that is absent from both
 * maps is missing.
 *
 * @param numbers numeric predictors in the unit of the study's column
 * @param categories categorical predictors, one of the column's levels
 * @since 0.1.0
 */
public record ClinicalRecord(Map<String, Double> numbers, Map<String, String> categories) {
    /** Copies both maps. */
    public ClinicalRecord {
        numbers = Map.copyOf(numbers);
        categories = Map.copyOf(categories);
    }
}
