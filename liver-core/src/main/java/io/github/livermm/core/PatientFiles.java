// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.core;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where one patient's images, masks and report lie; null when the study holds none.
 *
 * @param images folder with DICOM files or NIfTI volumes
 * @param masks folder with masks
 * @param report text file
 * @param reportHeadings headings that the patient's centre uses in reports beside the usual ones,
 *     by kind of section
 * @since 0.1.0
 */
public record PatientFiles(
        @Nullable Path images,
        @Nullable Path masks,
        @Nullable Path report,
        Map<String, List<String>> reportHeadings) {
    /** Copies the headings. */
    public PatientFiles {
        reportHeadings = Map.copyOf(reportHeadings);
    }

    /**
     * Files whose report has the usual headings.
     *
     * @param images folder with DICOM files or NIfTI volumes
     * @param masks folder with masks
     * @param report text file
     */
    public PatientFiles(@Nullable Path images, @Nullable Path masks, @Nullable Path report) {
        this(images, masks, report, Map.of());
    }
}
