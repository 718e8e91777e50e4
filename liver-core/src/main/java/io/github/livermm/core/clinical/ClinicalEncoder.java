// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.core.clinical;

import io.github.livermm.core.ClinicalRecord;
import io.github.livermm.core.ModalityEncoder;
import io.github.livermm.core.ModalityReader;
import io.github.livermm.core.cohort.Column;
import io.github.livermm.core.cohort.ColumnType;
import io.github.livermm.core.cohort.DerivedScore;
import io.github.livermm.core.cohort.Protocol;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * The clinical modality: the predictor columns of a study's table. Numbers are imputed by the
 * median and scaled robustly, on a logarithmic scale where the protocol says so; categories become
 * indicators; scores that the protocol derives from the columns are added. All of it is learnt from
 * training patients.
 *
 * <p>Which values are missing is invisible to the model unless the protocol sets {@code
 * "missing_indicator": true}: a patient who lacks a value gets the same arrays as one who has the
 * imputed value.
 *
 * @since 0.1.0
 */
public final class ClinicalEncoder implements ModalityEncoder<ClinicalRecord> {
    /** Name of this modality. */
    public static final String MODALITY = "clinical";

    private final List<Column> predictors;
    private final DerivedColumns derived;
    private final boolean missingIndicator;

    private ClinicalEncoder(
            List<Column> predictors, DerivedColumns derived, boolean missingIndicator) {
        this.predictors = predictors;
        this.derived = derived;
        this.missingIndicator = missingIndicator;
    }

    /**
     * An encoder of the predictors of a study.
     *
     * @param protocol declares the columns
     * @return an encoder not yet fitted
     */
    public static ClinicalEncoder of(Protocol protocol) {
        return new ClinicalEncoder(
                protocol.predictors(),
                DerivedColumns.of(protocol),
                protocol.plan().missingIndicator());
    }

    @Override
    public String modality() {
        return MODALITY;
    }

    @Override
    public ModalityReader<ClinicalRecord> reader() {
        return FittedClinicalEncoder.readerOf(predictors.stream().map(Column::name).toList());
    }

    @Override
    public FittedClinicalEncoder fit(List<ClinicalRecord> training, long seed) {
        if (training.isEmpty()) {
            throw new IllegalArgumentException("training is empty, allowed is at least 1 patient");
        }
        List<FeatureBlock> columns = new ArrayList<>();
        for (Column column : predictors) {
            columns.add(block(column, training));
        }
        List<ClinicalRecord> extended =
                training.stream().map(row -> derived.extend(row, columns)).toList();
        List<FeatureBlock> scores = new ArrayList<>();
        for (DerivedScore score : derived.scores()) {
            scores.add(numeric(score.word(), DerivedColumns.logarithmic(score), extended));
        }
        return FittedClinicalEncoder.fit(columns, derived, scores, missingIndicator, training);
    }

    private static FeatureBlock block(Column column, List<ClinicalRecord> training) {
        String name = column.name();
        if (column.type() == ColumnType.NUMBER) {
            return numeric(name, column.measure().logarithmic(), training);
        }
        List<String> words =
                training.stream()
                        .map(p -> p.categories().get(name))
                        .filter(Objects::nonNull)
                        .toList();
        return new FeatureBlock.Categorical(name, LevelCoding.fit(words, column.levels()));
    }

    private static FeatureBlock numeric(
            String name, boolean logarithmic, List<ClinicalRecord> training) {
        List<Double> values =
                training.stream().map(p -> p.numbers().get(name)).filter(Objects::nonNull).toList();
        return new FeatureBlock.Numeric(name, NumberScaling.fit(values, logarithmic));
    }
}
