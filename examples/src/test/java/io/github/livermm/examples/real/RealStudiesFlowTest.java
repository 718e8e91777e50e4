// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.examples.real;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.livermm.core.Diagnosis;
import io.github.livermm.core.Patient;
import io.github.livermm.core.cohort.Flow;
import io.github.livermm.core.cohort.Rule;
import io.github.livermm.core.cohort.Selection;
import io.github.livermm.core.cohort.StudyReader;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Proves that the shipped studies read without a problem and lose exactly whom they should. */
class RealStudiesFlowTest {
    @Test
    void tcgaLiverComparesThreeHundredSixtySevenWithThirty() {
        Selection selection = StudyReader.read(Path.of("data", "tcga-liver")).select();
        Map<Diagnosis, Integer> diagnoses = new TreeMap<>();
        for (Patient patient : selection.cohort().patients()) {
            diagnoses.merge(patient.labels().diagnosis(), 1, Integer::sum);
        }

        assertThat(diagnoses).isEqualTo(Map.of(Diagnosis.HCC, 367, Diagnosis.ICC, 30));
        assertThat(excluded(selection.flow().diagnostic()))
                .isEqualTo(Map.of(Rule.LABORATORY_COMPLETE, 6));
    }

    @Test
    void tcgaLiverAsksForTheOutcomeAmongHepatocellularCarcinomasOnly() {
        Flow flow = StudyReader.read(Path.of("data", "tcga-liver")).select().flow();

        // 30 ICC, whose outcome is left out, and 5 HCC without any follow-up
        assertThat(excluded(flow.prognostic()))
                .isEqualTo(Map.of(Rule.DIAGNOSTIC, 6, Rule.OUTCOME_KNOWN, 35));
        assertThat(sum(flow.prognostic().included())).isEqualTo(362);
    }

    @Test
    void hccTaceKeepsEverybody() {
        Flow flow = StudyReader.read(Path.of("data", "hcc-tace")).select().flow();

        assertThat(excluded(flow.prognostic())).isEmpty();
        assertThat(sum(flow.prognostic().included())).isEqualTo(105);
    }

    private static Map<Rule, Integer> excluded(Flow.Stage stage) {
        Map<Rule, Integer> counts = new TreeMap<>();
        stage.excluded().forEach(e -> counts.put(e.rule(), sum(e.count())));
        counts.values().removeIf(n -> n == 0);
        return counts;
    }

    private static int sum(Map<String, Integer> byCentre) {
        return byCentre.values().stream().mapToInt(Integer::intValue).sum();
    }
}
