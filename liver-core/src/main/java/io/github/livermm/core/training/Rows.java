// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.core.training;

import io.github.livermm.core.FittedEncoder;
import io.github.livermm.core.ModalityEncoder;
import io.github.livermm.core.PatientLabels;
import io.github.livermm.core.PredictionHead;
import io.github.livermm.core.cohort.CohortInputs;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;

/** Choices of rows of a cohort. */
final class Rows {
    private Rows() {}

    /** Patients who have at least one of the modalities. */
    static int[] present(CohortInputs inputs, List<String> modalities) {
        return IntStream.range(0, inputs.size())
                .filter(i -> modalities.stream().anyMatch(m -> inputs.present(m, i)))
                .toArray();
    }

    /** The rows whose fold is (or is not) the given one. */
    static int[] ofFold(int[] rows, int[] fold, int k, boolean inside) {
        return IntStream.range(0, rows.length)
                .filter(i -> (fold[i] == k) == inside)
                .map(i -> rows[i])
                .toArray();
    }

    /** The joint stratum of each row over all heads, so that folds balance every target. */
    static List<String> strata(CohortInputs inputs, int[] rows, List<PredictionHead> heads) {
        List<String> strata = new ArrayList<>();
        for (int row : rows) {
            PatientLabels labels = inputs.patients().get(row).labels();
            StringBuilder stratum = new StringBuilder();
            for (PredictionHead head : heads) {
                stratum.append(head.labelled(labels) ? head.stratum(labels) : "-").append('|');
            }
            strata.add(stratum.toString());
        }
        return strata;
    }

    /** Fits an encoder to those of the rows that have its modality. */
    static <T> FittedEncoder<T> fit(
            ModalityEncoder<T> encoder, CohortInputs inputs, int[] rows, long seed) {
        List<T> present = new ArrayList<>();
        for (int row : rows) {
            if (inputs.present(encoder.modality(), row)) {
                present.add(typed(inputs, encoder.modality(), row));
            }
        }
        return encoder.fit(present, seed);
    }

    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    private static <T> T typed(CohortInputs inputs, String modality, int row) {
        // inputs of a modality come from the reader of its encoder
        return (T) Objects.requireNonNull(inputs.input(modality, row));
    }
}
