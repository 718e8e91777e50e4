// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.text;

import io.github.livermm.core.ClinicalRecord;
import io.github.livermm.core.Patient;
import io.github.livermm.core.PatientFiles;
import io.github.livermm.core.PatientLabels;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Patients that have nothing but a report. */
public final class TextPatients {
    private TextPatients() {}

    /** A patient with a report, or none for null. */
    public static Patient withReport(String id, @Nullable Path report) {
        return withReport(id, report, Map.of());
    }

    /** A patient of a centre that uses headings of its own. */
    public static Patient withReport(
            String id, @Nullable Path report, Map<String, List<String>> headings) {
        return new Patient(
                id,
                "A",
                new ClinicalRecord(Map.of(), Map.of()),
                new PatientFiles(null, null, report, headings),
                new PatientLabels(null, Map.of(), false),
                Map.of());
    }
}
