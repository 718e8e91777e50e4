// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.examples.real;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Proves that the shipped studies of real patients hold what their origin promises, and, where the
 * original tables are there ({@code liver.data}), that converting them gives the shipped bytes.
 */
class RealStudiesTest {
    private static final Path SHIPPED = Path.of("data");

    @TempDir Path out;

    @Test
    void tcgaLiverIsWhatTheOriginalTablesGive() throws IOException {
        RealStudies.writeTcgaLiver(original("tcga-liver"), out);

        assertSameFiles("tcga-liver");
    }

    @Test
    void hccTaceIsWhatTheOriginalTableGives() throws IOException {
        RealStudies.writeHccTace(original("hcc-tace-seg"), out);

        assertSameFiles("hcc-tace");
    }

    @Test
    void tcgaLiverCountsEveryTrap() throws IOException {
        JsonNode counts = json("tcga-liver", "conversion.json");

        assertThat(counts.at("/patients_in_outcome_table/LIHC").asInt()).isEqualTo(377);
        assertThat(counts.at("/patients_in_outcome_table/CHOL").asInt()).isEqualTo(45);
        assertThat(counts.at("/patients/hcc").asInt()).isEqualTo(367);
        assertThat(counts.at("/patients/icc").asInt()).isEqualTo(36);
        assertThat(counts.at("/laboratory_form/icc/yes").asInt()).isEqualTo(30);
        assertThat(counts.at("/laboratory_form/hcc/yes").asInt()).isEqualTo(367);
        assertThat(counts.at("/excluded/mixed_hepatocholangiocarcinoma").asInt()).isEqualTo(7);
        assertThat(counts.at("/excluded/fibrolamellar_carcinoma").asInt()).isEqualTo(3);
        assertThat(counts.at("/excluded/hilar_cholangiocarcinoma").asInt()).isEqualTo(7);
        assertThat(counts.at("/excluded/distal_cholangiocarcinoma").asInt()).isEqualTo(2);
        assertThat(counts.at("/deaths_that_pfi_does_not_count/outcome_table").asInt())
                .isEqualTo(49);
        assertThat(counts.at("/endpoints/os/unknown: time is 0 or less").asInt()).isEqualTo(5);
        assertThat(counts.at("/endpoints/os/known").asInt()).isEqualTo(361);
        assertThat(counts.at("/endpoints/os/events").asInt()).isEqualTo(131);
        assertThat(counts.at("/endpoints/pfi/known").asInt()).isEqualTo(362);
        assertThat(counts.at("/endpoints/pfi/events").asInt()).isEqualTo(181);
    }

    @Test
    void tcgaLiverCountsOfEachQuantityAddUp() throws IOException {
        for (JsonNode quantity : json("tcga-liver", "conversion.json").get("laboratory")) {
            assertThat(sum(quantity.get("hcc"))).isEqualTo(367);
            assertThat(sum(quantity.get("icc"))).isEqualTo(36);
        }
    }

    @Test
    void tcgaLiverKeepsCholangiocarcinomaOutOfTheOutcomes() throws IOException {
        SourceTable patients = SourceTable.read(SHIPPED.resolve("tcga-liver/patients.csv"));
        for (int row = 0; row < patients.size(); row++) {
            if (patients.cell(row, "pathology").equals("icc")) {
                assertThat(patients.cell(row, "os_days") + patients.cell(row, "pfi_event"))
                        .isEmpty();
                assertThat(patients.cell(row, "site_group")).isEqualTo("pooled");
            }
        }
    }

    @Test
    void hccTaceHasThePublishedNumbersOfPatientsAndEvents() throws IOException {
        JsonNode counts = json("hcc-tace", "conversion.json");

        assertThat(counts.get("patients").asInt()).isEqualTo(105);
        assertThat(counts.at("/endpoints/os/events").asInt()).isEqualTo(93);
        assertThat(counts.at("/endpoints/ttp/events").asInt()).isEqualTo(45);
    }

    @Test
    void protocolsNameTheColumnsThatAreThere() throws IOException {
        for (String study : List.of("tcga-liver", "hcc-tace")) {
            List<String> names = new ArrayList<>(List.of("patient_id"));
            json(study, "study.json")
                    .get("columns")
                    .forEach(c -> names.add(c.get("name").asText()));

            String header =
                    Files.readAllLines(SHIPPED.resolve(study).resolve("patients.csv")).get(0);

            assertThat(List.of(header.split(",", -1))).containsExactlyInAnyOrderElementsOf(names);
        }
    }

    @Test
    void nothingPostoperativeAndNoSiteIsPredictor() throws IOException {
        Set<String> predictors = new HashSet<>();
        for (JsonNode column : json("tcga-liver", "study.json").get("columns")) {
            if (column.get("role").asText().equals("predictor")) {
                predictors.add(column.get("name").asText());
            }
        }

        assertThat(predictors)
                .containsExactlyInAnyOrder(
                        "age", "sex", "albumin", "afp", "platelets", "bilirubin", "creatinine");
    }

    @Test
    void unknownWordIsNamedWithItsPlace() throws IOException {
        Path shippedTable = Files.createDirectories(out.resolve("source")).resolve("clinical.csv");
        Files.writeString(shippedTable, "TCIA_ID,age,Sex\nHCC_001,71,3\n");

        assertThatThrownBy(() -> RealStudies.writeHccTace(out.resolve("source"), out))
                .isInstanceOf(IOException.class)
                .hasMessage("clinical.csv row 2, column Sex: found \"3\", expected one of [1, 2]");
    }

    private static Path original(String folder) {
        String data = System.getProperty("liver.data", "");
        assumeTrue(
                !data.isBlank(),
                "skipped: the original tables are not here; name their folder with -Dliver.data");
        return Path.of(data, folder);
    }

    private void assertSameFiles(String study) throws IOException {
        try (Stream<Path> files = Files.list(out)) {
            for (Path made : files.toList()) {
                assertThat(SHIPPED.resolve(study).resolve(made.getFileName()))
                        .hasSameBinaryContentAs(made);
            }
        }
    }

    private static JsonNode json(String study, String file) throws IOException {
        return new ObjectMapper().readTree(SHIPPED.resolve(study).resolve(file).toFile());
    }

    private static int sum(JsonNode counts) {
        int sum = 0;
        for (JsonNode count : counts) {
            sum += count.asInt();
        }
        return sum;
    }
}
