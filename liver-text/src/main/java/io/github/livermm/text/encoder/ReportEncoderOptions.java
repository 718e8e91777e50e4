// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.text.encoder;

import io.github.livermm.text.report.SectionKind;
import java.util.Set;

/**
 * What a report encoder reads and keeps.
 *
 * @param sections sections whose mentions count
 * @param minReports fewest training reports that must show a value for it to become a feature
 * @since 0.1.0
 */
public record ReportEncoderOptions(Set<SectionKind> sections, int minReports) {
    /** Checks and copies. */
    public ReportEncoderOptions {
        sections = Set.copyOf(sections);
        if (sections.isEmpty()) {
            throw new IllegalArgumentException(
                    "sections is empty, allowed is at least one of SectionKind");
        }
        if (minReports < 1) {
            throw new IllegalArgumentException(
                    "minReports is " + minReports + ", allowed is at least 1");
        }
    }

    /**
     * Findings only, because impression and history often name the diagnosis; five reports, below
     * which a penalised coefficient is mostly noise.
     *
     * @return the defaults
     */
    public static ReportEncoderOptions defaults() {
        return new ReportEncoderOptions(Set.of(SectionKind.FINDINGS), 5);
    }

    /**
     * Reads other sections. Impression and history leak the radiologist's diagnosis.
     *
     * @param sections sections whose mentions count
     * @return a copy
     */
    public ReportEncoderOptions withSections(Set<SectionKind> sections) {
        return new ReportEncoderOptions(sections, minReports);
    }

    /**
     * Asks for more or fewer reports per feature.
     *
     * @param minReports at least 1
     * @return a copy
     */
    public ReportEncoderOptions withMinReports(int minReports) {
        return new ReportEncoderOptions(sections, minReports);
    }
}
