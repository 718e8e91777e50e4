// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.core.cohort;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.livermm.core.Patient;
import io.github.livermm.core.StudyException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each rule excludes whom it should, under the first rule failed, and the counts add up. */
class EligibilityTest {
    private static final Set<String> PORTAL = Set.of("ct_portal");

    @TempDir private Path folder;
    private StudyOnDisk study;

    @BeforeEach
    void writeStudy() {
        study = new StudyOnDisk(folder).files(List.of("P1", "P2", "P3"));
    }

    private Selection select(ImageAvailability images) {
        return StudyReader.read(folder).select(images);
    }

    private void assertExcludedUnder(Rule rule, String id) {
        Selection selection = select(p -> PORTAL);
        assertThat(selection.cohort().patients()).extracting(Patient::id).doesNotContain(id);
        assertThat(selection.flow().diagnostic().excluded())
                .filteredOn(e -> e.rule() == rule)
                .singleElement()
                .satisfies(
                        e ->
                                assertThat(e.count().values().stream().mapToInt(n -> n).sum())
                                        .isOne());
    }

    private void assertNotPrognosticUnder(Rule rule, String id) {
        Selection selection = select(p -> PORTAL);
        assertThat(selection.cohort().patients())
                .filteredOn(p -> p.id().equals(id))
                .singleElement()
                .satisfies(p -> assertThat(p.labels().prognostic()).isFalse());
        assertThat(selection.flow().prognostic().excluded())
                .filteredOn(e -> e.rule() == rule)
                .singleElement()
                .satisfies(
                        e ->
                                assertThat(e.count().values().stream().mapToInt(n -> n).sum())
                                        .isOne());
    }

    /** P3 of the example lacks AFP, the only laboratory value: it gets one here. */
    private void table(String p1) {
        study.table(StudyOnDisk.HEADER, p1, StudyOnDisk.P2, StudyOnDisk.P3.replace("NA", "3"));
    }

    @Test
    void everybodyWhoMeetsTheRulesEnters() {
        table(StudyOnDisk.P1);

        Selection selection = select(p -> PORTAL);

        assertThat(selection.cohort().patients())
                .extracting(Patient::id)
                .containsExactly("P1", "P2", "P3");
        assertThat(selection.cohort().patients())
                .extracting(p -> p.labels().prognostic())
                .containsExactly(true, true, false);
        assertThat(StudyReader.read(folder).select().cohort()).isEqualTo(selection.cohort());
        assertThat(StudyReader.read(folder).everybody().patients())
                .noneMatch(p -> p.labels().prognostic());
    }

    @Test
    void ageOutsideTheProtocolOrUnknown() {
        table(StudyOnDisk.P1.replace(",54,", ",81,"));
        assertExcludedUnder(Rule.AGE_18_80, "P1");
        table(StudyOnDisk.P1.replace(",54,", ",,"));
        assertExcludedUnder(Rule.AGE_18_80, "P1");
    }

    @Test
    void noReadableImageAndNoContrastPhaseAreTwoRules() {
        table(StudyOnDisk.P1);
        Map<String, Set<String>> phases =
                Map.of("P1", Set.of(), "P2", Set.of("ct_non_contrast"), "P3", PORTAL);

        Selection selection = select(p -> phases.getOrDefault(p.id(), Set.of()));

        assertThat(selection.cohort().patients()).extracting(Patient::id).containsExactly("P3");
        assertThat(selection.flow().diagnostic().excluded().get(1))
                .isEqualTo(new Flow.Exclusion(Rule.IMAGES, Map.of("A", 1, "B", 0)));
        assertThat(selection.flow().diagnostic().excluded().get(2))
                .isEqualTo(new Flow.Exclusion(Rule.CONTRAST_CT_OR_MR, Map.of("A", 0, "B", 1)));
    }

    @Test
    void withoutALookAtImagesAFolderCounts(@TempDir Path other) {
        StudyOnDisk bare = new StudyOnDisk(other).files(List.of("P2"));

        Selection selection = StudyReader.read(bare.folder()).select();

        assertThat(selection.cohort().patients()).extracting(Patient::id).containsExactly("P2");
    }

    @Test
    void laboratoryValuesByShareOrByColumn() {
        table(StudyOnDisk.P1.replace("3.5E+04", "NA"));
        assertExcludedUnder(Rule.LABORATORY_COMPLETE, "P1");

        study.protocol("\"seed\": 1", "\"seed\": 1, \"laboratory_complete_share\": 0");
        assertThat(select(p -> PORTAL).cohort().size()).isEqualTo(3);

        study.protocol(
                "\"seed\": 1",
                "\"seed\": 1, \"laboratory\": {\"column\": \"form\", \"complete\": [\"yes\"]}");
        study.table(
                StudyOnDisk.HEADER + ",form",
                StudyOnDisk.P1 + ",no",
                StudyOnDisk.P2 + ",yes",
                StudyOnDisk.P3 + ",yes");
        assertExcludedUnder(Rule.LABORATORY_COMPLETE, "P1");
    }

    @Test
    void reportMissing(@TempDir Path other) {
        StudyOnDisk bare = new StudyOnDisk(other);
        for (String id : List.of("P1", "P2", "P3")) {
            bare.write("images/" + id + "/ct_portal.nii.gz", "x");
        }

        assertThat(StudyReader.read(bare.folder()).select().flow().diagnostic().excluded().get(4))
                .isEqualTo(new Flow.Exclusion(Rule.REPORT, Map.of("A", 1, "B", 1)));
    }

    @Test
    void pathologyMissingOrSetAside() {
        table(StudyOnDisk.P1.replace("hcc", ""));
        assertExcludedUnder(Rule.PATHOLOGY, "P1");
        study.protocol("\"icc\": [\"icc\"]", "\"icc\": [\"icc\"], \"excluded\": [\"mixed\"]");
        table(StudyOnDisk.P1.replace("hcc", "mixed"));
        assertExcludedUnder(Rule.PATHOLOGY, "P1");
    }

    @Test
    void prognosticRules() {
        table(StudyOnDisk.P1);
        assertNotPrognosticUnder(Rule.MALIGNANT, "P3");
        table(StudyOnDisk.P1.replace("radical_hepatectomy", "ablation"));
        assertNotPrognosticUnder(Rule.RADICAL_HEPATECTOMY, "P1");
        table(StudyOnDisk.P1.replace("10,1,20,0", "10,,20,NA"));
        assertNotPrognosticUnder(Rule.OUTCOME_KNOWN, "P1");
        table(StudyOnDisk.P1.replace("2022-01-31", "2024-07-01"));
        assertNotPrognosticUnder(Rule.POTENTIAL_FOLLOW_UP_24_MONTHS, "P1");
        table(StudyOnDisk.P1.replace("2022-01-31", ""));
        assertNotPrognosticUnder(Rule.POTENTIAL_FOLLOW_UP_24_MONTHS, "P1");
    }

    @Test
    void twentyFourMonthsToTheDayAreEnough() {
        table(StudyOnDisk.P1.replace("2022-01-31", "2024/6/30"));

        assertThat(select(p -> PORTAL).cohort().patients().get(0).labels().prognostic()).isTrue();
    }

    @Test
    void outsidersOfTheDiagnosticCohortAreNotPrognostic() {
        table(StudyOnDisk.P1.replace(",54,", ",81,"));

        assertThat(select(p -> PORTAL).flow().prognostic().excluded().get(0))
                .isEqualTo(new Flow.Exclusion(Rule.DIAGNOSTIC, Map.of("A", 1, "B", 0)));
    }

    @Test
    void theFlowIsWrittenAsDocumented() throws JsonProcessingException {
        table(StudyOnDisk.P1.replace(",54,", ",81,"));

        String json = new ObjectMapper().writeValueAsString(select(p -> PORTAL).flow().toMap());

        assertThat(json)
                .startsWith(
                        "{\"diagnostic\":{\"entered\":{\"A\":2,\"B\":1},\"excluded\":[{\"rule\":"
                                + "\"age_18_80\",\"count\":{\"A\":1,\"B\":0}},")
                .contains(
                        "],\"included\":{\"A\":1,\"B\":1}},\"prognostic\":{\"entered\":{\"A\":2,\"B\":1}")
                .endsWith("\"included\":{\"A\":0,\"B\":1}}}");
    }

    @Test
    void aFlowThatDoesNotAddUpCannotBeMade() {
        assertThatThrownBy(
                        () ->
                                new Flow.Stage(
                                        Map.of("A", 3),
                                        List.of(new Flow.Exclusion(Rule.REPORT, Map.of("A", 1))),
                                        Map.of("A", 1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("centre A: 3 entered, but excluded and included are 2");
    }

    @Test
    void aStudyWithoutPrognosticRulesHasAnEmptyStage() {
        study.protocol(
                "\"prognostic\": [\"diagnostic\", \"malignant\", \"radical_hepatectomy\","
                        + " \"outcome_known\", \"potential_follow_up_24_months\"]",
                "\"prognostic\": []");
        table(StudyOnDisk.P1);

        Selection selection = select(p -> PORTAL);

        assertThat(selection.flow().prognostic().entered()).isEqualTo(Map.of("A", 0, "B", 0));
        assertThat(selection.cohort().patients()).noneMatch(p -> p.labels().prognostic());
    }

    @Test
    void everyBadRowIsToldBeforeAnybodyIsSelected() {
        table(StudyOnDisk.P1.replace("hcc", "hepatoma"));

        assertThatThrownBy(() -> select(p -> PORTAL)).isInstanceOf(StudyException.class);
    }
}
