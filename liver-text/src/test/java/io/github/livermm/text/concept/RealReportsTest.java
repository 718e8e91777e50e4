// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.text.concept;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.livermm.text.report.Decoding;
import io.github.livermm.text.report.Report;
import io.github.livermm.text.report.ReportReader;
import io.github.livermm.text.report.SectionKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Proves the parser on real anonymised reports (DRAGON challenge, CC BY-NC-SA 4.0), which are read
 * in place and never copied: what was checked by hand is kept as offsets, numbers and concept ids.
 */
class RealReportsTest {
    private Path folder = Path.of("");

    @BeforeEach
    void findReports() {
        String data = System.getProperty("liver.data", "");
        folder = Path.of(data).resolve("radiology-report-samples");
        assumeTrue(
                !data.isBlank() && Files.isDirectory(folder),
                "skipped: the real reports are not here; name their folder with -Dliver.data");
    }

    private static ParsedReport parse(Path file) {
        Decoding decoding = ReportReader.decode(file);
        assertThat(decoding).isInstanceOf(Decoding.Text.class);
        Report report = ((Decoding.Text) decoding).report();
        return ReportParser.bundled().parse(report);
    }

    private ParsedReport english(String name) {
        return parse(folder.resolve("english").resolve(name + ".md"));
    }

    private static List<String> sections(ParsedReport parsed, SectionKind kind) {
        return parsed.sections().of(kind).stream().map(s -> s.start() + "-" + s.end()).toList();
    }

    @Test
    void everyReportIsReadAndDivided() throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            List<Path> reports =
                    files.filter(f -> String.valueOf(f.getFileName()).startsWith("Task"))
                            .sorted()
                            .toList();

            assertThat(reports).hasSize(16);
            assertThat(reports).allSatisfy(f -> assertThat(parse(f).sections().all()).isNotEmpty());
        }
    }

    @Test
    void dividesAFollowUpReport() {
        ParsedReport parsed = english("Task003_kidney_clf");

        assertThat(sections(parsed, SectionKind.HISTORY)).containsExactly("713-822");
        assertThat(sections(parsed, SectionKind.FINDINGS)).containsExactly("834-1999");
        assertThat(sections(parsed, SectionKind.IMPRESSION)).containsExactly("2012-2043");
    }

    @Test
    void readsNegationsAndOrgansOfAFollowUpReport() {
        assertThat(english("Task003_kidney_clf").mentionsIn(SectionKind.FINDINGS))
                .extracting(
                        m ->
                                m.concept().id()
                                        + " "
                                        + m.status()
                                        + " "
                                        + m.organ()
                                        + " "
                                        + m.start())
                .containsExactly(
                        "lymph_node ABSENT lymph_node 991",
                        "lymph_node PRESENT lymph_node 1381",
                        "lymph_node ABSENT lymph_node 1451",
                        "multiple PRESENT lung 1480",
                        "nodule PRESENT lung 1498",
                        "growth ABSENT lung 1572",
                        "aphe PRESENT liver 1665",
                        "growth PRESENT liver 1698",
                        "necrosis PRESENT liver 1749",
                        "lymph_node ABSENT lymph_node 1829");
    }

    @Test
    void takesTheLiverLesionAndNotTheLargerPancreaticTumour() {
        ParsedReport parsed = english("Task017_pdac_attributes_clf");

        assertThat(parsed.indexLesion().map(Lesion::sizeCm)).contains(3.2);
        assertThat(parsed.indexLesion().map(Lesion::segment)).contains("S5");
    }

    /** The report's findings say segment 5, its conclusion segment 7: both are kept. */
    @Test
    void keepsAContradictionBetweenFindingsAndConclusion() {
        assertThat(english("Task008_pdac_size_presence_clf").lesions())
                .filteredOn(l -> l.sizeCm() != null)
                .extracting(l -> l.section() + " " + l.sizeCm() + " " + l.segment())
                .containsExactly("FINDINGS 3.2 S5", "IMPRESSION 3.2 S7");
    }

    @Test
    void keepsTheTargetLesionsOfAnAddendumApart() {
        ParsedReport parsed = english("Task016_recist_lesion_size_presence_clf");

        assertThat(parsed.sections().of(SectionKind.ADDENDUM)).hasSize(1);
        assertThat(parsed.mentionsIn(SectionKind.FINDINGS))
                .filteredOn(m -> m.concept().id().equals("splenomegaly"))
                .extracting(Mention::status)
                .containsExactly(Status.ABSENT);
    }
}
