// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.examples.real;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.livermm.core.ClinicalRecord;
import io.github.livermm.core.FittedEncoder;
import io.github.livermm.core.Patient;
import io.github.livermm.core.clinical.ClinicalEncoder;
import io.github.livermm.core.cohort.Study;
import io.github.livermm.core.cohort.StudyReader;
import io.github.livermm.core.fusion.BinaryHead;
import io.github.livermm.eval.LogisticRegression;
import io.github.livermm.eval.RocCurve;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * In the TCGA tables which value is missing gives the class away (a model of the pattern alone
 * reaches an AUC of 0.58). The encoder must not let the model see it.
 */
class MissingPatternTest {
    @Test
    void thePatternOfMissingValuesAloneScoresOneHalf() {
        Study study = StudyReader.read(Path.of("data/tcga-liver"));
        List<Patient> patients = study.select().cohort().patients();
        boolean[] hcc = new boolean[patients.size()];
        double[] missing = new double[patients.size()];
        List<ClinicalRecord> pattern =
                patients.stream().map(p -> sameValues(p.clinical())).toList();
        FittedEncoder<ClinicalRecord> encoder =
                ClinicalEncoder.of(study.protocol()).fit(pattern, 1);

        double[][] features = pattern.stream().map(encoder::features).toArray(double[][]::new);
        for (int i = 0; i < hcc.length; i++) {
            hcc[i] = BinaryHead.hccVsIcc().positive(patients.get(i).labels());
            missing[i] = 7 - pattern.get(i).numbers().size();
            assertThat(features[i]).containsExactly(features[0]);
        }
        LogisticRegression model = LogisticRegression.fit(features, hcc, 1);
        double[] score = new double[hcc.length];
        for (int i = 0; i < hcc.length; i++) {
            score[i] = model.linearPredictor(features[i]);
        }

        assertThat(RocCurve.of(hcc, score).auc()).isEqualTo(0.5);
        assertThat(RocCurve.of(hcc, missing).auc())
                .as("the number of missing values itself does tell the class here")
                .isNotEqualTo(0.5);
    }

    /** Everybody has the same values; only which of them are there differs. */
    private static ClinicalRecord sameValues(ClinicalRecord record) {
        Map<String, Double> numbers = new HashMap<>();
        record.numbers().keySet().forEach(k -> numbers.put(k, 50.0));
        Map<String, String> categories = new HashMap<>();
        record.categories().keySet().forEach(k -> categories.put(k, "M"));
        return new ClinicalRecord(numbers, categories);
    }
}
