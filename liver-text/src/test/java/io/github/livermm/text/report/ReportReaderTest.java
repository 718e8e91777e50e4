// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.text.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.livermm.core.Findings;
import io.github.livermm.core.cohort.ReportHeadings;
import io.github.livermm.text.TextPatients;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Proves that an unusable report becomes a finding with patient and file, never an exception. */
class ReportReaderTest {
    @TempDir Path folder;

    private final Findings findings = new Findings();

    private static final ReportReader NEEDS_FINDINGS =
            new ReportReader(Set.of(SectionKind.FINDINGS), SectionHeadings.bundled());

    private Path write(byte[] bytes) throws IOException {
        Path reports = Files.createDirectories(folder.resolve("reports"));
        return Files.write(reports.resolve("P1.txt"), bytes);
    }

    private String reason(@Nullable Path file) {
        assertThat(NEEDS_FINDINGS.read(TextPatients.withReport("P1", file), findings)).isEmpty();
        assertThat(findings.sorted()).hasSize(1);
        assertThat(findings.sorted().get(0).patientId()).isEqualTo("P1");
        assertThat(findings.sorted().get(0).file()).isEqualTo("reports/P1.txt");
        return findings.sorted().get(0).reason();
    }

    @Test
    void noReportIsNoFinding() {
        assertThat(NEEDS_FINDINGS.read(TextPatients.withReport("P1", null), findings)).isEmpty();
        assertThat(findings.sorted()).isEmpty();
    }

    @Test
    void readsAReport() throws IOException {
        Path file = write("影像所见：肝右叶结节。".getBytes(StandardCharsets.UTF_8));

        assertThat(NEEDS_FINDINGS.read(TextPatients.withReport("P1", file), findings))
                .contains(new Report("影像所见：肝右叶结节。"));
        assertThat(findings.sorted()).isEmpty();
    }

    @Test
    void readsByTheHeadingsOfTheCentre() throws IOException {
        Path file = write("读片记录：肝右叶结节。\n读片意见：肝癌。".getBytes(StandardCharsets.UTF_8));
        Map<String, List<String>> headings =
                Map.of("findings", List.of("读片记录"), "impression", List.of("读片意见"));

        Report report =
                NEEDS_FINDINGS
                        .read(TextPatients.withReport("P1", file, headings), findings)
                        .orElseThrow();

        assertThat(ReportSections.of(report).all())
                .extracting(Section::kind)
                .containsExactly(SectionKind.FINDINGS, SectionKind.IMPRESSION);
        assertThat(ReportSections.of(report).all()).noneMatch(Section::fallback);
        assertThat(findings.sorted()).isEmpty();
    }

    @Test
    void protocolsAndReportsKnowTheSameSections() {
        assertThat(ReportHeadings.SECTIONS)
                .containsExactlyInAnyOrderElementsOf(
                        Stream.of(SectionKind.values())
                                .map(k -> k.name().toLowerCase(Locale.ROOT))
                                .toList());
    }

    @Test
    void reportsABinaryFile() throws IOException {
        assertThat(reason(write(new byte[] {'%', 'P', 'D', 'F', 0, 1, 2})))
                .contains("no text file");
    }

    @Test
    void reportsTenMegabytes() throws IOException {
        byte[] text = new byte[10 << 20];
        java.util.Arrays.fill(text, (byte) 'a');

        assertThat(reason(write(text))).contains("10485760 bytes").contains("at most 2097152");
    }

    @Test
    void reportsAnUnknownEncoding() throws IOException {
        assertThat(reason(write(new byte[] {(byte) 0xE9, 'a', ' ', (byte) 0xE8, 'b'})))
                .contains("neither valid UTF-8 nor");
    }

    @Test
    void reportsAReportWithOnlyAnImpression() throws IOException {
        assertThat(reason(write("影像诊断：肝癌。".getBytes(StandardCharsets.UTF_8))))
                .contains("holds no section findings")
                .contains("report_headings");
    }

    @Test
    void reportsAMissingFile() {
        assertThat(reason(folder.resolve("reports").resolve("P1.txt"))).contains("is not there");
    }

    @Test
    void reportsAnEmptyFile() throws IOException {
        assertThat(reason(write(new byte[0]))).contains("is empty");
    }

    @Test
    void reportsTooLargeAFile() throws IOException {
        assertThat(reason(write(new byte[ReportDecoder.MAX_BYTES + 1]))).contains("at most");
    }
}
