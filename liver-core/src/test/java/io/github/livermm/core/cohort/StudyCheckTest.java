// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.core.cohort;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each suspicion is raised by what causes it, and by nothing else. */
class StudyCheckTest {
    private static final String PROTOCOL =
            """
            {"name": "n", "id": "id", "centre": "centre", "age": "age",
             "columns": [
              {"name": "age", "role": "predictor", "type": "number", "unit": "years", "limits": [0, 120]},
              {"name": "alb", "role": "predictor", "type": "number", "unit": "g/L", "limits": [1, 70]},
              {"name": "sex", "role": "predictor", "type": "category", "levels": ["F", "M"]}],
             "diagnosis": {"column": "dx", "benign": ["fnh"], "hcc": ["hcc"], "icc": ["icc"]},
             "endpoints": [
              {"id": "pfs", "time": "pfs", "event": "pfs_e", "event_value": 1, "censored_value": 0, "unit": "months", "includes_death": true},
              {"id": "os", "time": "os", "event": "os_e", "event_value": 1, "censored_value": 0, "unit": "months", "includes_death": true}],
             "surgery": {"date": "date", "data_lock": "2026-06-30"},
             "eligibility": {"diagnostic": ["pathology"], "prognostic": ["diagnostic"]}}
            """;
    private static final String HEADER = "id,centre,age,alb,sex,dx,pfs,pfs_e,os,os_e,date";
    private static final int N = 60;

    @TempDir private Path folder;
    private final Random random = new Random(1);

    private static String diagnosis(int i) {
        return i % 3 == 0 ? "fnh" : i % 3 == 1 ? "hcc" : "icc";
    }

    private String row(int i) {
        return "P%02d,%s,%d,%d,%s,%s,5,1,9,0,2022-01-01"
                .formatted(
                        i,
                        i % 2 == 0 ? "A" : "B",
                        40 + random.nextInt(30),
                        35 + random.nextInt(10),
                        random.nextBoolean() ? "F" : "M",
                        diagnosis(i));
    }

    private List<String> suspicions(String protocol, String header, IntFunction<String> row) {
        List<String> rows = new ArrayList<>(List.of(header));
        for (int i = 0; i < N; i++) {
            rows.add(row.apply(i));
        }
        new StudyOnDisk(folder).protocol(protocol).table(rows.toArray(String[]::new));
        return StudyCheck.suspicions(StudyReader.read(folder));
    }

    private void assertSuspicion(IntFunction<String> row, String... parts) {
        assertThat(suspicions(PROTOCOL, HEADER, row)).singleElement().asString().contains(parts);
    }

    private String with(int i, int cell, String value) {
        String[] cells = row(i).split(",", -1);
        cells[cell] = value;
        return String.join(",", cells);
    }

    @Test
    void nothingIsSuspiciousInAPlainStudy() {
        assertThat(suspicions(PROTOCOL, HEADER, this::row)).isEmpty();
    }

    @Test
    void columnsThatNobodyReads() {
        assertThat(suspicions(PROTOCOL, HEADER + ",crp", i -> row(i) + ",3"))
                .containsExactly(
                        "patients.csv: columns that study.json does not name are not read: crp");
    }

    @Test
    void unitsOfCentresThatAreNotThere() {
        String protocol =
                PROTOCOL.replace(
                        "\"unit\": \"g/L\"",
                        "\"unit\": \"g/L\", \"unit_by_centre\": {\"b\": \"g/dL\"}");

        assertThat(suspicions(protocol, HEADER, this::row))
                .singleElement()
                .asString()
                .contains("column alb: unit_by_centre names centre b", "centres are A, B");
    }

    @Test
    void declarationsThatLetMistakesPass() {
        String protocol =
                PROTOCOL.replace(", \"limits\": [1, 70]", "")
                        .replace(", \"levels\": [\"F\", \"M\"]", "");

        assertThat(suspicions(protocol, HEADER, this::row))
                .hasSize(2)
                .anyMatch(s -> s.contains("column alb: no \"limits\""))
                .anyMatch(s -> s.contains("column sex: no \"levels\""));
    }

    @Test
    void aCentreInAnotherUnit() {
        assertThat(
                        suspicions(
                                PROTOCOL,
                                HEADER,
                                i -> i % 2 == 0 ? row(i) : with(i, 3, "4." + i % 5)))
                .filteredOn(s -> s.contains("unit_by_centre"))
                .singleElement()
                .asString()
                .contains(
                        "column alb: the median of centre B is 4.2, elsewhere",
                        "g/L; if the centre reports g/dL, say so");
    }

    @Test
    void valuesThatAreMostlyMissingOrTellTheClass() {
        assertSuspicion(i -> i % 5 == 0 ? row(i) : with(i, 3, ""), "column alb: 80 % are missing");
        assertSuspicion(
                i -> i % 2 == 0 ? row(i) : with(i, 3, ""),
                "alb: 100 % are missing for centre B, 0 % for A");
        assertSuspicion(
                i -> i % 3 < 2 ? row(i) : with(i, 3, ""),
                "alb: 100 % are missing for diagnosis ICC, 0 % for BENIGN");
    }

    @Test
    void columnsWithoutSpreadAndLimitsOfDetection() {
        assertThat(suspicions(PROTOCOL, HEADER, i -> with(i, 3, "40")))
                .containsExactly("patients.csv, column alb: every value is 40");
        assertThat(suspicions(PROTOCOL, HEADER, i -> with(i, 4, "M")))
                .containsExactly("patients.csv, column sex: every value is M");
        assertSuspicion(
                i -> i > 2 ? row(i) : with(i, 3, "<10"), "alb: 3 values are limits of detection");
    }

    @Test
    void predictorsThatAreTooGoodToBeTrue() {
        assertSuspicion(
                i ->
                        with(
                                i,
                                3,
                                diagnosis(i).equals("hcc")
                                        ? "30"
                                        : diagnosis(i).equals("icc") ? "40" : "35"),
                "column alb: alone it tells hcc_vs_icc with an AUC of 1",
                "known before surgery?");
        assertSuspicion(
                i -> with(i, 4, diagnosis(i).equals("fnh") ? "F" : "M"),
                "column sex: alone it tells malignant for 100 % of patients");
    }

    @Test
    void outcomesAndDatesThatContradictEachOther() {
        assertSuspicion(
                i -> i > 0 ? row(i) : with(i, 6, "0"), "endpoint pfs: time is 0: 1 patient (P00)");
        assertSuspicion(
                i -> i > 6 ? row(i) : row(i).replace("5,1,9,0", "5,0,9,1"),
                "endpoint pfs: dead in os, but censored here",
                "7 patients (P00, P01, P02, P03, P04, ...)");
        assertSuspicion(
                i -> i > 0 ? row(i) : with(i, 10, "2026-07-01"),
                "surgery after the data lock: 1 patient (P00)");
        assertSuspicion(
                i -> i > 0 ? row(i) : with(i, 10, "2026-01-01"),
                "followed for longer than from surgery to the data lock");
    }

    @Test
    void centresThatAreTheLabel() {
        String protocol =
                PROTOCOL.replace(
                        "\"age\": \"age\",",
                        "\"age\": \"age\", \"splits\": {\"hcc_vs_icc\": \"leave_one_centre_out\"},");

        assertThat(
                        suspicions(
                                protocol,
                                HEADER,
                                i -> with(i, 1, diagnosis(i).equals("icc") ? "A" : "B")))
                .singleElement()
                .asString()
                .contains("no centre has both HCC and ICC");
    }

    @Test
    void filesThatBelongToNobody() {
        new StudyOnDisk(folder)
                .write("images/X1/a.dcm", "x")
                .write("reports/P00.txt", "x")
                .write("reports/X2.txt", "x");

        assertThat(suspicions(PROTOCOL, HEADER, this::row))
                .hasSize(2)
                .anyMatch(s -> s.startsWith("images: 1 entries belong to no patient"))
                .anyMatch(s -> s.startsWith("reports: 1 entries belong to no patient"));
    }
}
