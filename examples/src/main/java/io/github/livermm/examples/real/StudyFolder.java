// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.examples.real;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a converter has gathered and how it is written: patients, patients left out, single values
 * changed or dropped, and counts. The protocol, the origin and the licence are fixed texts beside
 * this class.
 */
final class StudyFolder {
    private static final List<String> FIXED = List.of("study.json", "ORIGIN.md", "LICENSE.md");

    private final List<Map<String, String>> patients = new ArrayList<>();
    private final List<List<String>> exclusions = new ArrayList<>();
    private final List<List<String>> changes = new ArrayList<>();
    private final Map<String, Object> counts = new TreeMap<>();

    /** Adds a patient; every patient has the same columns in the same order. */
    void add(Map<String, String> patient) {
        patients.add(patient);
    }

    void exclude(String patientId, String reason) {
        exclusions.add(List.of(patientId, reason));
        count("excluded", reason);
    }

    /** Records a value that was changed or dropped: as delivered, as written, and why. */
    void change(String patientId, String column, String found, String written, String why) {
        changes.add(List.of(patientId, column, found, written, why));
    }

    /** Adds 1 to the count at this place of {@code conversion.json}; the last name is the count. */
    void count(String... path) {
        Map<String, Object> at = counts;
        for (int i = 0; i < path.length - 1; i++) {
            at = child(at, path[i]);
        }
        at.merge(path[path.length - 1], 1, (a, b) -> (Integer) a + (Integer) b);
    }

    @SuppressWarnings("unchecked") // only this class fills the maps: text to number or to map
    private static Map<String, Object> child(Map<String, Object> parent, String name) {
        return (Map<String, Object>) parent.computeIfAbsent(name, n -> new TreeMap<>());
    }

    void write(Path out, String name) throws IOException {
        Files.createDirectories(out);
        for (String file : FIXED) {
            try (InputStream text = StudyFolder.class.getResourceAsStream(name + "/" + file)) {
                if (text == null) {
                    throw new FileNotFoundException("resource " + name + "/" + file);
                }
                Files.write(out.resolve(file), text.readAllBytes());
            }
        }
        List<List<String>> table = new ArrayList<>();
        table.add(List.copyOf(patients.get(0).keySet()));
        patients.forEach(patient -> table.add(List.copyOf(patient.values())));
        writeCsv(out.resolve("patients.csv"), table);
        if (!changes.isEmpty()) {
            writeCsv(
                    out.resolve("conversion.csv"),
                    List.of("patient_id", "column", "found", "written", "why"),
                    changes);
        }
        if (!exclusions.isEmpty()) {
            writeCsv(out.resolve("exclusions.csv"), List.of("patient_id", "reason"), exclusions);
        }
        String json =
                new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(counts);
        Files.writeString(out.resolve("conversion.json"), json.replace("\r\n", "\n") + "\n");
    }

    private static void writeCsv(Path file, List<String> header, List<List<String>> rows)
            throws IOException {
        List<List<String>> table = new ArrayList<>();
        table.add(header);
        table.addAll(rows);
        writeCsv(file, table);
    }

    private static void writeCsv(Path file, List<List<String>> table) throws IOException {
        StringBuilder text = new StringBuilder();
        for (List<String> row : table) {
            for (int i = 0; i < row.size(); i++) {
                text.append(i == 0 ? "" : ",").append(quoted(row.get(i)));
            }
            text.append('\n');
        }
        Files.writeString(file, text, StandardCharsets.UTF_8);
    }

    private static String quoted(String cell) {
        boolean plain = cell.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
        return plain ? cell : '"' + cell.replace("\"", "\"\"") + '"';
    }
}
