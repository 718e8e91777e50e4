// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.core.cohort;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The first table of a report, by hand on five patients. */
class CohortSummaryTest {
    @TempDir private Path folder;

    @Test
    void countsByCentre() {
        new StudyOnDisk(folder)
                .table(
                        StudyOnDisk.HEADER,
                        "P1,A,30,M,1,,,no,hcc,,,,,,",
                        "P2,A,40,M,2,,,yes,hcc,,,,,,",
                        "P3,A,50,,,,,no,fnh,,,,,,",
                        "P4,A,70,F,,,,,,,,,,,",
                        "P5,B,60,F,100,,,no,icc,,,,,,");
        Study study = StudyReader.read(folder);

        CohortSummary summary = CohortSummary.of(study.everybody(), study.protocol());

        assertThat(summary.groups())
                .extracting(CohortSummary.Group::name)
                .containsExactly("all", "A", "B");
        CohortSummary.Group a = summary.groups().get(1);
        assertThat(a.n()).isEqualTo(4);
        assertThat(a.numbers())
                .isEqualTo(
                        Map.of(
                                "age", new CohortSummary.NumberSummary("years", 4, 0, 37.5, 45, 55),
                                "afp",
                                        new CohortSummary.NumberSummary(
                                                "ng/mL", 2, 0.5, 1.25, 1.5, 1.75)));
        assertThat(a.categories())
                .isEqualTo(
                        Map.of(
                                "sex",
                                        new CohortSummary.CategorySummary(
                                                3, 0.25, Map.of("F", 1, "M", 2)),
                                "neoadjuvant",
                                        new CohortSummary.CategorySummary(
                                                3, 0.25, Map.of("no", 2, "yes", 1)),
                                "diagnosis",
                                        new CohortSummary.CategorySummary(
                                                3, 0.25, Map.of("benign", 1, "hcc", 2))));
        assertThat(summary.groups().get(0).n()).isEqualTo(5);
    }

    @Test
    void emptyGroupsAreUndefined() {
        new StudyOnDisk(folder);
        Protocol protocol = StudyReader.read(folder).protocol();

        CohortSummary.Group all = CohortSummary.of(new Cohort(List.of()), protocol).groups().get(0);

        assertThat(all.n()).isZero();
        assertThat(all.numbers().get("age"))
                .isEqualTo(
                        new CohortSummary.NumberSummary(
                                "years", 0, Double.NaN, Double.NaN, Double.NaN, Double.NaN));
        assertThat(all.categories()).doesNotContainKey("diagnosis");
    }
}
