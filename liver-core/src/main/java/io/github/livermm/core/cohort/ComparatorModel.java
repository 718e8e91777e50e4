// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.core.cohort;

import java.util.List;
import java.util.stream.IntStream;

/**
 * What a study is compared with: a penalised model of a few features of one modality, such as the
 * tumour markers alone or the diameter alone, fitted and judged out of fold like every other model.
 * It never enters the fusion.
 *
 * @param name name of the model in the files of a run
 * @param features names of features of one modality; a category stands for all its levels
 * @since 0.1.0
 */
public record ComparatorModel(String name, List<String> features) {
    /** Copies the list. */
    public ComparatorModel {
        features = List.copyOf(features);
        if (features.isEmpty()) {
            throw new IllegalArgumentException("comparator " + name + " has no features");
        }
    }

    /**
     * Where the features stand among those of an encoder.
     *
     * @param names feature names of an encoder; a level of a category is named {@code column=level}
     * @return ascending positions; empty when a feature is not among the names
     */
    public int[] positions(List<String> names) {
        boolean all = features.stream().allMatch(f -> names.stream().anyMatch(n -> of(n, f)));
        return IntStream.range(0, all ? names.size() : 0)
                .filter(i -> features.stream().anyMatch(f -> of(names.get(i), f)))
                .toArray();
    }

    private static boolean of(String name, String feature) {
        return name.equals(feature) || name.startsWith(feature + "=");
    }
}
