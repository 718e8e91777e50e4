// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.core.cohort;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Proves that a protocol may name the column that says whose laboratory values were collected. */
class LaboratoryFormTest {
    private static final String ELIGIBILITY = "\"eligibility\": {\"diagnostic\": [";

    @TempDir Path folder;

    @Test
    void theColumnDecidesInPlaceOfTheShareOfValues() {
        new StudyOnDisk(folder)
                .protocol(
                        ELIGIBILITY + "\"age_18_80\", \"images\", \"contrast_ct_or_mr\", ",
                        "\"laboratory\": {\"column\": \"form\", \"complete\": [\"yes\", \"in part\"]},"
                                + ELIGIBILITY)
                .table(
                        StudyOnDisk.HEADER + ",form",
                        StudyOnDisk.P1 + ",no",
                        StudyOnDisk.P2 + ",in part",
                        StudyOnDisk.P3 + ",yes")
                .files(List.of("P1", "P2", "P3"));

        Flow flow = StudyReader.read(folder).select().flow();

        Flow.Exclusion first = flow.diagnostic().excluded().get(0);
        assertThat(first.rule()).isEqualTo(Rule.LABORATORY_COMPLETE);
        assertThat(first.count()).containsEntry("A", 1).containsEntry("B", 0);
        assertThat(flow.diagnostic().included()).containsEntry("A", 1).containsEntry("B", 1);
    }
}
