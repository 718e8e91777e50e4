// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.core;

import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
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
 * @param phases phase ids that the study gives to series of the patient, by Series Instance UID or
 *     Series Description ({@code *} stands for any text), in the order in which to try them
 * @since 0.1.0
 */
public record PatientFiles(
        @Nullable Path images,
        @Nullable Path masks,
        @Nullable Path report,
        Map<String, List<String>> reportHeadings,
        Map<String, String> phases) {
    /** Copies the maps. */
    public PatientFiles {
        reportHeadings = Map.copyOf(reportHeadings);
        phases = Collections.unmodifiableMap(new LinkedHashMap<>(phases));
    }

    /**
     * Files whose phases are told by their headers.
     *
     * @param images folder with DICOM files or NIfTI volumes
     * @param masks folder with masks
     * @param report text file
     * @param reportHeadings headings of reports beside the usual ones, by kind of section
     */
    public PatientFiles(
            @Nullable Path images,
            @Nullable Path masks,
            @Nullable Path report,
            Map<String, List<String>> reportHeadings) {
        this(images, masks, report, reportHeadings, Map.of());
    }

    /**
     * Files whose report has the usual headings and whose phases are told by their headers.
     *
     * @param images folder with DICOM files or NIfTI volumes
     * @param masks folder with masks
     * @param report text file
     */
    public PatientFiles(@Nullable Path images, @Nullable Path masks, @Nullable Path report) {
        this(images, masks, report, Map.of());
    }
}
