// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.core.clinical;

import io.github.livermm.core.ClinicalRecord;
import java.util.List;
import java.util.Map;

/** The features of one column: fitted on training patients, immutable. */
sealed interface FeatureBlock {
    /** Header of the column, or name of the score. */
    String column();

    /** Names of the features, at least 0. */
    List<String> names();

    boolean present(ClinicalRecord patient);

    /** Fills in what stands for the column's value where the patient has none. */
    void impute(Map<String, Double> numbers, Map<String, String> categories);

    /** Writes the features of a patient into an array that holds zeros there. */
    void apply(ClinicalRecord patient, double[] out, int from);

    default int width() {
        return names().size();
    }

    /** A numeric column. */
    record Numeric(String column, NumberScaling scaling) implements FeatureBlock {
        @Override
        public List<String> names() {
            return List.of(column);
        }

        @Override
        public boolean present(ClinicalRecord patient) {
            return patient.numbers().containsKey(column);
        }

        @Override
        public void impute(Map<String, Double> numbers, Map<String, String> categories) {
            numbers.putIfAbsent(column, scaling.median());
        }

        @Override
        public void apply(ClinicalRecord patient, double[] out, int from) {
            out[from] = scaling.apply(patient.numbers().get(column));
        }
    }

    /** A category. */
    record Categorical(String column, LevelCoding coding) implements FeatureBlock {
        @Override
        public List<String> names() {
            return coding.levels().stream().map(level -> column + "=" + level).toList();
        }

        @Override
        public boolean present(ClinicalRecord patient) {
            return patient.categories().containsKey(column);
        }

        @Override
        public void impute(Map<String, Double> numbers, Map<String, String> categories) {
            categories.putIfAbsent(column, coding.mode());
        }

        @Override
        public void apply(ClinicalRecord patient, double[] out, int from) {
            coding.apply(patient.categories().get(column), out, from);
        }
    }
}
