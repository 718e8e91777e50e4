// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.core.cohort;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.livermm.core.Diagnosis;
import io.github.livermm.core.Patient;
import io.github.livermm.core.StudyException;
import io.github.livermm.core.SurvivalTime;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a table becomes, and what every mistake in it is called. */
class StudyReaderTest {
    @TempDir private Path folder;
    private StudyOnDisk study;

    @BeforeEach
    void writeStudy() {
        study = new StudyOnDisk(folder);
    }

    private List<Patient> patients() {
        return StudyReader.read(folder).everybody().patients();
    }

    private List<String> problems() {
        StudyException e =
                catchThrowableOfType(StudyException.class, () -> StudyReader.read(folder));
        return e.problems();
    }

    private void assertProblem(String... parts) {
        assertThat(problems()).singleElement().asString().contains(parts);
    }

    @Test
    void readsTheExampleOfTheDocumentation() {
        Patient first = patients().get(0);

        assertThat(first.id()).isEqualTo("P1");
        assertThat(first.centre()).isEqualTo("A");
        assertThat(first.clinical().numbers())
                .isEqualTo(Map.of("age", 54.0, "afp", 35000.0, "afp_uln", 20.0));
        assertThat(first.clinical().categories()).isEqualTo(Map.of("sex", "M"));
        assertThat(first.subgroups()).isEqualTo(Map.of("neoadjuvant", "no"));
        assertThat(first.labels().diagnosis()).isEqualTo(Diagnosis.HCC);
        assertThat(first.labels().outcomes())
                .isEqualTo(
                        Map.of(
                                "pfs", new SurvivalTime(10, true),
                                "os", new SurvivalTime(20, false)));
    }

    @Test
    void convertsTheUnitsOfACentreThatDiffers() {
        assertThat(patients().get(1).clinical().numbers().get("afp")).isEqualTo(100 * 1.21);
    }

    @Test
    void leavesOutWhatIsMissing() {
        Patient third = patients().get(2);

        assertThat(third.clinical().numbers()).containsOnlyKeys("age");
        assertThat(third.labels().outcomes()).isEmpty();
    }

    @Test
    void findsFilesOfAPatient() {
        study.files(List.of("P2")).write("masks/P2/ct_portal.nii.gz", "x");

        List<Patient> patients = patients();

        assertThat(patients.get(1).files().images()).isEqualTo(folder.resolve("images/P2"));
        assertThat(patients.get(1).files().masks()).isEqualTo(folder.resolve("masks/P2"));
        assertThat(patients.get(1).files().report()).isEqualTo(folder.resolve("reports/P2.txt"));
        assertThat(patients.get(0).files().images()).isNull();
    }

    @Test
    void readsTablesOfChineseSpreadsheets() throws IOException {
        study.protocol("\"levels\": [\"F\", \"M\"]", "\"levels\": [\"女\", \"男\"]");
        String table =
                StudyOnDisk.HEADER
                        + "\r\n\r\n"
                        + StudyOnDisk.P1.replace(",54,M,", ",５４,男,")
                        + "\r\n,,,,,,,,,,,,,,\r\n";

        Files.write(folder.resolve("patients.csv"), table.getBytes(Charset.forName("GB18030")));
        Patient fromChinese = patients().get(0);
        Files.writeString(folder.resolve("patients.csv"), "\uFEFF" + table);
        Patient fromUtf8 = patients().get(0);

        assertThat(fromChinese.clinical().numbers()).containsEntry("age", 54.0);
        assertThat(fromChinese.clinical().categories()).containsEntry("sex", "男");
        assertThat(fromUtf8).isEqualTo(fromChinese);
    }

    @Test
    void namesMissingFiles() throws IOException {
        Files.delete(folder.resolve("study.json"));
        Files.delete(folder.resolve("patients.csv"));

        assertThat(problems())
                .containsExactly(
                        "study.json: not found in the study folder; a study begins with it",
                        "patients.csv: not found in the study folder; it holds one row per patient");
    }

    @Test
    void namesAMissingFolder() {
        assertThatThrownBy(() -> StudyReader.read(folder.resolve("nowhere")))
                .isInstanceOf(StudyException.class)
                .hasMessageContaining("nowhere: not found");
    }

    @Test
    void namesAColumnThatTheTableLacksAndTheOneThatWasMeant() {
        study.table(StudyOnDisk.HEADER.replace("neoadjuvant", "Neo-adjuvant"), StudyOnDisk.P1);

        assertProblem(
                "patients.csv row 1",
                "no column \"neoadjuvant\"",
                "the table has \"Neo-adjuvant\"",
                "add the column or correct the name");
    }

    @Test
    void refusesAPatientTwice() {
        study.table(StudyOnDisk.HEADER, StudyOnDisk.P1, StudyOnDisk.P2, StudyOnDisk.P1);

        assertProblem("row 4 (patient P1)", "already in row 2", "keep one row per patient");
    }

    @Test
    void refusesIdsThatLeadOutOfTheStudy() {
        study.table(StudyOnDisk.HEADER, StudyOnDisk.P1.replace("P1", "../P1"), StudyOnDisk.P2);

        assertProblem("patients.csv row 2", "id \"../P1\" cannot name a folder");
    }

    @Test
    void refusesLinksThatLeadOutOfTheStudy(@TempDir Path elsewhere) throws IOException {
        Files.createDirectories(folder.resolve("images"));
        Files.createSymbolicLink(folder.resolve("images/P1"), elsewhere);

        assertProblem("images/P1", "link that leads out of the study", "copy the files");
    }

    @Test
    void namesRowsOfAnotherLength() {
        study.table(StudyOnDisk.HEADER, StudyOnDisk.P1 + ",more", StudyOnDisk.P2);

        assertProblem("patients.csv row 2", "has 16 cells, the header has 15", "quotes");
        assertThat(problems().get(0)).doesNotContain("more,").doesNotContain("hcc");
    }

    @Test
    void namesColumnsTwiceOrWithoutName() {
        study.table(StudyOnDisk.HEADER + ",age,", StudyOnDisk.P1 + ",1,2");

        assertThat(problems())
                .containsExactly(
                        "patients.csv row 1: column \"age\" is there twice; rename or remove one",
                        "patients.csv row 1: column 17 has no name; give it one");
    }

    @Test
    void proposesTheUnitThatAValueWouldFit() {
        study.protocol(
                "\"name\": \"afp\", \"role\": \"predictor\", \"type\": \"number\", \"unit\":"
                        + " \"ng/mL\", \"unit_by_centre\": {\"B\": \"IU/mL\"}, \"scale\": \"log\","
                        + " \"upper_normal\": \"afp_uln\", \"limits\": [0, 1e6]",
                "\"name\": \"alb\", \"role\": \"predictor\", \"type\": \"number\", \"unit\":"
                        + " \"g/L\", \"limits\": [10, 70]");
        study.table(
                StudyOnDisk.HEADER.replace("afp,", "alb,"),
                StudyOnDisk.P1.replace("3.5E+04", "4.1"),
                StudyOnDisk.P2);

        assertThat(problems().get(0))
                .startsWith("patients.csv row 2 (patient P1), column alb: 4.1 is outside 10-70 g/L")
                .contains("\"unit_by_centre\": {\"A\": \"g/dL\"}");
        assertThat(problems().get(1))
                .contains("row 3 (patient P2)", "100 is outside 10-70 g/L", "correct the value");
    }

    @Test
    void namesUnknownLabels() {
        study.table(
                StudyOnDisk.HEADER,
                StudyOnDisk.P1.replace(",M,", ",male,").replace("hcc", "HCC?"),
                StudyOnDisk.P2.replace("12.5,0,12.5", "12.5,2,12.5"));

        assertThat(problems()).hasSize(3);
        assertThat(problems().get(0))
                .contains(
                        "row 2 (patient P1), column sex: unknown label \"male\", allowed are F, M");
        assertThat(problems().get(1))
                .contains("column pathology: unknown label \"HCC?\", allowed are chcc_cca, fnh");
        assertThat(problems().get(2))
                .contains(
                        "row 3 (patient P2), column pfs_event: unknown label \"2\", allowed are 1"
                                + " (event) and 0 (censored)");
    }

    @Test
    void namesNegativeTimes() {
        study.table(StudyOnDisk.HEADER, StudyOnDisk.P1.replace("10,1,20", "-3,1,20"));

        assertProblem(
                "patients.csv row 2 (patient P1), column pfs_months: time \"-3\" of pfs is negative",
                "allowed are numbers of at least 0",
                "correct the dates");
    }

    @Test
    void refusesProgressionAfterDeath() {
        study.table(StudyOnDisk.HEADER, StudyOnDisk.P1.replace("10,1,20", "25,1,20"));

        assertProblem("column pfs_months", "25 months is later than os, 20 months");
    }

    @Test
    void refusesNumbersThatCanBeReadTwoWays() {
        study.table(StudyOnDisk.HEADER, StudyOnDisk.P1.replace("3.5E+04", "\"35,000\""));

        assertProblem("column afp: \"35,000\" has a comma", "write plain digits");
    }

    @Test
    void refusesWordsWhereNumbersStand() {
        study.table(
                StudyOnDisk.HEADER,
                StudyOnDisk.P1.replace("3.5E+04", "haemolysis").replace("2022-01-31", "last May"));

        assertThat(problems()).hasSize(2);
        assertThat(problems().get(0))
                .contains("column afp: \"haemolysis\" is not a number", "list the word in");
        assertThat(problems().get(1)).contains("column surgery_date: \"last May\" is not a date");
    }

    @Test
    void agesOutsideTheCohortLeaveByRuleAndImpossibleOnesAreErrors() {
        study.table(
                StudyOnDisk.HEADER,
                StudyOnDisk.P1.replace(",54,", ",84,"),
                StudyOnDisk.P2.replace(",61,", ",610,"));

        assertProblem("row 3 (patient P2), column age: 610 is outside 0-120 years");
    }

    @Test
    void namesACentreThatIsMissing() {
        study.table(StudyOnDisk.HEADER, StudyOnDisk.P1.replace("P1,A", "P1,"));

        assertProblem("column hospital: is empty", "every patient belongs to a centre");
    }

    @Test
    void showsTwentyProblemsAndCountsTheRest() {
        List<String> rows = new ArrayList<>(List.of(StudyOnDisk.HEADER));
        for (int i = 1; i <= 25; i++) {
            rows.add(StudyOnDisk.P1.replace("P1", "P" + i).replace(",M,", ",x,"));
        }
        study.table(rows.toArray(String[]::new));

        assertThat(problems()).hasSize(25);
        assertThatThrownBy(() -> StudyReader.read(folder))
                .hasMessageEndingWith("... and 5 more")
                .message()
                .satisfies(m -> assertThat(m.lines()).hasSize(21));
    }

    @Test
    void rowOrderChangesNothing() {
        List<Patient> before = patients();

        study.table(StudyOnDisk.HEADER, StudyOnDisk.P3, StudyOnDisk.P1, StudyOnDisk.P2);

        assertThat(patients()).isEqualTo(before);
    }
}
