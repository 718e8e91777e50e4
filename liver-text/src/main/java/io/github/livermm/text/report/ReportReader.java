// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.text.report;

import io.github.livermm.core.Finding;
import io.github.livermm.core.Findings;
import io.github.livermm.core.ModalityReader;
import io.github.livermm.core.Patient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Reads the report of a patient, whose centre may use headings of its own. A file that cannot be
 * used becomes a finding that names patient and file, and the modality is absent.
 *
 * @since 0.1.0
 */
public final class ReportReader implements ModalityReader<Report> {
    private final Set<SectionKind> sections;
    private final SectionHeadings headings;

    /** Creates a reader that takes any report. */
    public ReportReader() {
        this(Set.of(), SectionHeadings.bundled());
    }

    /**
     * Creates a reader that refuses a report without any of some sections, such as one that holds
     * only an impression where findings are wanted.
     *
     * @param sections of which one must be there; none asks for nothing
     * @param headings what opens a section
     */
    public ReportReader(Set<SectionKind> sections, SectionHeadings headings) {
        this.sections = Set.copyOf(sections);
        this.headings = headings;
    }

    @Override
    public Optional<Report> read(Patient patient, Findings findings) {
        Path file = patient.files().report();
        if (file == null) {
            return Optional.empty();
        }
        Decoding decoding = decode(file);
        if (decoding instanceof Decoding.Text text) {
            SectionHeadings centre = headings.withAll(patient.files().reportHeadings());
            Report report = new Report(text.report().text(), centre);
            if (holdsSection(report)) {
                return Optional.of(report);
            }
        }
        String reason =
                decoding instanceof Decoding.Unreadable unreadable
                        ? unreadable.reason()
                        : "holds no section "
                                + names()
                                + "; name the heading that opens it there in"
                                + " \"report_headings\" of study.json";
        findings.add(new Finding(patient.id(), name(file), "the report " + reason));
        return Optional.empty();
    }

    /**
     * Decodes one file.
     *
     * @param file a report
     * @return the text, or the reason why it cannot be read
     */
    public static Decoding decode(Path file) {
        try {
            long size = Files.size(file);
            if (size > ReportDecoder.MAX_BYTES) {
                return new Decoding.Unreadable(
                        "has "
                                + size
                                + " bytes, allowed are at most "
                                + ReportDecoder.MAX_BYTES
                                + "; give the text of one report");
            }
            return ReportDecoder.decode(Files.readAllBytes(file));
        } catch (NoSuchFileException e) {
            return new Decoding.Unreadable("is not there; check the name of the file");
        } catch (IOException e) {
            return new Decoding.Unreadable("cannot be read; check that it is a readable file");
        }
    }

    private boolean holdsSection(Report report) {
        return sections.isEmpty()
                || ReportSections.of(report).all().stream()
                        .anyMatch(s -> sections.contains(s.kind()));
    }

    private String names() {
        return sections.stream()
                .sorted()
                .map(s -> s.name().toLowerCase(Locale.ROOT))
                .collect(Collectors.joining(" or "));
    }

    private static String name(Path file) {
        @Nullable Path folder = file.getParent();
        @Nullable Path last = file.getFileName();
        @Nullable Path folderName = folder == null ? null : folder.getFileName();
        return folderName == null ? String.valueOf(last) : folderName + "/" + last;
    }
}
