// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.core.cohort;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.livermm.core.ClinicalRecord;
import io.github.livermm.core.Diagnosis;
import io.github.livermm.core.Patient;
import io.github.livermm.core.PatientFiles;
import io.github.livermm.core.PatientLabels;
import io.github.livermm.core.SurvivalTime;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Order, uniqueness and the permutation of labels. */
class CohortTest {
    private static Patient patient(int number) {
        Diagnosis diagnosis =
                number % 5 == 0 ? null : number % 2 == 0 ? Diagnosis.HCC : Diagnosis.BENIGN;
        var outcomes =
                Map.of(
                        "pfs", new SurvivalTime(number, number % 3 == 0),
                        "os", new SurvivalTime(number + 0.5, number % 4 == 0));
        return new Patient(
                "P%03d".formatted(number),
                number % 2 == 0 ? "B" : "A",
                new ClinicalRecord(Map.of("age", 40.0 + number), Map.of()),
                new PatientFiles(null, null, null),
                new PatientLabels(diagnosis, outcomes, number % 3 != 0),
                Map.of());
    }

    private static Cohort cohort() {
        return new Cohort(
                IntStream.range(0, 60).map(i -> 59 - i).mapToObj(CohortTest::patient).toList());
    }

    @Test
    void sortsById() {
        assertThat(cohort().patients()).extracting(Patient::id).isSorted();
        assertThat(cohort().centres()).containsExactly("A", "B");
        assertThat(cohort().where(p -> p.centre().equals("A")).size()).isEqualTo(30);
    }

    @Test
    void refusesAnIdTwice() {
        assertThatThrownBy(() -> new Cohort(List.of(patient(1), patient(1))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("patient P001 is twice in the cohort");
    }

    @Test
    void shufflingPermutesLabelsAndKeepsPatientsAndMembership() {
        Cohort before = cohort();

        Cohort after = before.withShuffledLabels(3);

        assertThat(after.patients())
                .extracting(Patient::id)
                .isEqualTo(before.patients().stream().map(Patient::id).toList());
        assertThat(diagnoses(after)).containsExactlyInAnyOrderElementsOf(diagnoses(before));
        assertThat(diagnoses(after)).isNotEqualTo(diagnoses(before));
        assertThat(outcomes(after)).containsExactlyInAnyOrderElementsOf(outcomes(before));
        assertThat(outcomes(after)).isNotEqualTo(outcomes(before));
        for (int i = 0; i < before.size(); i++) {
            Patient old = before.patients().get(i);
            Patient now = after.patients().get(i);
            assertThat(now.clinical()).isEqualTo(old.clinical());
            assertThat(now.labels().prognostic()).isEqualTo(old.labels().prognostic());
            assertThat(now.labels().diagnosis() == null)
                    .isEqualTo(old.labels().diagnosis() == null);
        }
        assertThat(before.withShuffledLabels(3)).isEqualTo(after);
    }

    private static List<Diagnosis> diagnoses(Cohort cohort) {
        return cohort.patients().stream()
                .map(p -> p.labels().diagnosis())
                .filter(d -> d != null)
                .toList();
    }

    private static List<Map<String, SurvivalTime>> outcomes(Cohort cohort) {
        return cohort.patients().stream()
                .filter(p -> p.labels().prognostic())
                .map(p -> p.labels().outcomes())
                .toList();
    }
}
