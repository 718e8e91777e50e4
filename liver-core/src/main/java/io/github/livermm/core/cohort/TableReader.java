// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.core.cohort;

import io.github.livermm.core.ClinicalRecord;
import io.github.livermm.core.Diagnosis;
import io.github.livermm.core.Patient;
import io.github.livermm.core.PatientFiles;
import io.github.livermm.core.PatientLabels;
import io.github.livermm.core.SurvivalTime;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Reads the rows of a patients table as the protocol says. */
final class TableReader {
    /** Limits of the age column are those of the cohort when a rule asks for them. */
    private static final Limits HUMAN_YEARS = new Limits(0, 120);

    /** Two times of one patient in different units may differ by rounding, in months. */
    private static final double ROUNDING_MONTHS = 0.05;

    private static final List<DateTimeFormatter> DATES =
            List.of(
                    DateTimeFormatter.ISO_LOCAL_DATE,
                    DateTimeFormatter.ofPattern("uuuu/M/d"),
                    DateTimeFormatter.BASIC_ISO_DATE);

    private final Protocol protocol;
    private final PatientTable table;
    private final StudyFolder folder;
    private final Problems problems;
    private final Map<String, Integer> bounds = new HashMap<>();

    TableReader(Protocol protocol, PatientTable table, StudyFolder folder, Problems problems) {
        this.protocol = protocol;
        this.table = table;
        this.folder = folder;
        this.problems = problems;
    }

    List<Candidate> candidates() {
        checkHeader();
        List<Candidate> out = new ArrayList<>();
        Map<String, Integer> seen = new HashMap<>();
        if (!table.has(protocol.table().id())) {
            return out;
        }
        for (int row : table.patients()) {
            String id = table.cell(row, protocol.table().id());
            String where = PatientTable.FILE + " row " + table.rowNumber(row);
            if (id.isEmpty()) {
                problems.add(where, "has no id; fill in column " + protocol.table().id());
                continue;
            }
            if (!StudyFolder.safe(id)) {
                problems.add(
                        where,
                        "id "
                                + Problems.quote(id)
                                + " cannot name a folder; allowed are letters, digits, blanks, - and"
                                + " _, with points only inside");
                continue;
            }
            Integer first = seen.putIfAbsent(id, table.rowNumber(row));
            if (first != null) {
                problems.add(
                        where + " (patient " + id + ")",
                        "the id is already in row " + first + "; keep one row per patient");
                continue;
            }
            out.add(candidate(row, id));
        }
        return out;
    }

    /** Number of values that are limits of detection, by column; after reading the candidates. */
    Map<String, Integer> bounds() {
        return bounds;
    }

    private void checkHeader() {
        Map<String, String> needed = new LinkedHashMap<>();
        TableLayout layout = protocol.table();
        needed.put(layout.id(), "id");
        put(needed, layout.centre(), "centre");
        put(needed, layout.age(), "age");
        for (Column column : protocol.columns()) {
            if (column.role() != Role.IGNORE) {
                put(needed, column.name(), "columns");
            }
            put(needed, column.measure().upperNormal(), "upper_normal of " + column.name());
        }
        if (protocol.diagnosis() != null) {
            put(needed, protocol.diagnosis().column(), "diagnosis");
        }
        for (Endpoint endpoint : protocol.endpoints()) {
            put(needed, endpoint.timeColumn(), "time of endpoint " + endpoint.id());
            put(needed, endpoint.eventColumn(), "event of endpoint " + endpoint.id());
        }
        EligibilityRules.LaboratoryForm form = protocol.eligibility().laboratoryForm();
        if (form != null) {
            put(needed, form.column(), "laboratory");
        }
        Surgery surgery = protocol.surgery();
        if (surgery != null) {
            put(needed, surgery.typeColumn(), "type of surgery");
            put(needed, surgery.dateColumn(), "date of surgery");
        }
        needed.forEach(
                (column, use) -> {
                    if (!table.has(column)) {
                        problems.add(
                                PatientTable.FILE + " row 1",
                                "no column "
                                        + Problems.quote(column)
                                        + ", which study.json names ("
                                        + use
                                        + ")"
                                        + likely(column)
                                        + "; add the column or correct the name");
                    }
                });
    }

    private static void put(Map<String, String> needed, @Nullable String column, String use) {
        if (column != null && !column.isEmpty()) {
            needed.putIfAbsent(column, use);
        }
    }

    private String likely(String column) {
        String plain = column.replaceAll("[\\s_-]", "");
        return table.headers().stream()
                .filter(h -> h.replaceAll("[\\s_-]", "").equalsIgnoreCase(plain))
                .findFirst()
                .map(h -> "; the table has " + Problems.quote(h))
                .orElse("");
    }

    private Candidate candidate(int row, String id) {
        String centre = centre(row, id);
        Map<String, Double> numbers = new TreeMap<>();
        Map<String, String> categories = new TreeMap<>();
        Map<String, String> subgroups = new TreeMap<>();
        for (Column column : protocol.columns()) {
            if (column.numericPredictor()) {
                Double value = number(row, id, centre, column);
                if (value != null) {
                    numbers.put(column.name(), value);
                }
                upperNormal(row, id, centre, column, numbers);
            } else if (column.categoricalPredictor()) {
                category(row, id, column).ifPresent(w -> categories.put(column.name(), w));
            } else if (column.role() == Role.SUBGROUP) {
                category(row, id, column).ifPresent(w -> subgroups.put(column.name(), w));
            }
        }
        PatientFiles files =
                folder.files(id, protocol.reportHeadings().at(centre), protocol.phases().of(id));
        PatientLabels labels = new PatientLabels(diagnosis(row, id), outcomes(row, id), false);
        Patient patient =
                new Patient(
                        id,
                        centre,
                        new ClinicalRecord(numbers, categories),
                        files,
                        labels,
                        subgroups);
        return new Candidate(
                patient,
                age(row, id, numbers),
                laboratoryForm(row),
                surgeryType(row),
                surgeryDate(row, id));
    }

    private String centre(int row, String id) {
        String column = protocol.table().centre();
        if (column == null) {
            return "all";
        }
        String centre = table.cell(row, column);
        if (table.has(column) && missing(centre)) {
            problems.add(at(row, id, column), "is empty; every patient belongs to a centre");
        }
        return centre;
    }

    private @Nullable Double number(int row, String id, String centre, Column column) {
        Column.Measure measure = column.measure();
        String unit = measure.unitByCentre().getOrDefault(centre, measure.unit());
        Numbers.Measured measured = measured(row, id, column.name());
        if (measured == null) {
            return null;
        }
        if (measured.bound() != Numbers.Bound.EXACT) {
            bounds.merge(column.name(), 1, Integer::sum);
        }
        double value = measured.value() * factor(column, unit);
        Limits limits = measure.limits();
        if (limits != null && column.name().equals(protocol.table().age()) && asksForAge()) {
            limits = HUMAN_YEARS;
        }
        if (limits != null && !limits.contains(value)) {
            problems.add(
                    at(row, id, column.name()),
                    Numbers.show(value)
                            + " is outside "
                            + Numbers.show(limits.lower())
                            + "-"
                            + Numbers.show(limits.upper())
                            + " "
                            + measure.unit()
                            + "; "
                            + remedy(column, limits, measured.value(), centre, unit));
            return null;
        }
        return value;
    }

    private boolean asksForAge() {
        return protocol.eligibility().diagnostic().contains(Rule.AGE_18_80);
    }

    private static double factor(Column column, String unit) {
        return Quantity.of(column)
                .map(q -> q.factor(unit, column.measure().unit()).orElse(1))
                .orElse(1.0);
    }

    /**
     * The units in which the number would lie within the limits, or else what remains to be done.
     */
    private static String remedy(
            Column column, Limits limits, double found, String centre, String stated) {
        Optional<Quantity> quantity = Quantity.of(column);
        if (quantity.isPresent()) {
            for (String unit : quantity.get().units()) {
                double factor = quantity.get().factor(unit, column.measure().unit()).orElse(1);
                if (!Quantity.plainUnit(unit).equals(Quantity.plainUnit(stated))
                        && factor != factor(column, stated)
                        && limits.contains(found * factor)) {
                    return "if centre "
                            + centre
                            + " reports "
                            + unit
                            + ", set \"unit_by_centre\": {\""
                            + centre
                            + "\": \""
                            + unit
                            + "\"} in study.json; if the unit of all is "
                            + unit
                            + ", set \"unit\": \""
                            + unit
                            + "\" and its limits";
                }
            }
        }
        return "correct the value or leave it empty; if it is true, widen \"limits\" in study.json";
    }

    private void upperNormal(
            int row, String id, String centre, Column column, Map<String, Double> numbers) {
        String name = column.measure().upperNormal();
        if (name == null || numbers.containsKey(name)) {
            return;
        }
        Numbers.Measured measured = measured(row, id, name);
        if (measured != null) {
            Column.Measure measure = column.measure();
            String unit = measure.unitByCentre().getOrDefault(centre, measure.unit());
            numbers.put(name, measured.value() * factor(column, unit));
        }
    }

    private Numbers.@Nullable Measured measured(int row, String id, String column) {
        String cell = table.cell(row, column);
        if (missing(cell)) {
            return null;
        }
        Numbers.Measured measured = Numbers.parse(cell);
        if (measured == null) {
            problems.add(at(row, id, column), Numbers.complaint(cell));
        }
        return measured;
    }

    private Optional<String> category(int row, String id, Column column) {
        String word = table.cell(row, column.name());
        if (missing(word)) {
            return Optional.empty();
        }
        if (!column.levels().isEmpty() && !column.levels().contains(word)) {
            problems.add(
                    at(row, id, column.name()),
                    "unknown label "
                            + Problems.quote(word)
                            + ", allowed are "
                            + String.join(", ", column.levels())
                            + "; correct it, or add it to \"levels\" or \"missing\" of study.json");
            return Optional.empty();
        }
        return Optional.of(word);
    }

    private @Nullable Double age(int row, String id, Map<String, Double> numbers) {
        String column = protocol.table().age();
        if (column == null) {
            return null;
        }
        if (protocol.column(column).filter(Column::numericPredictor).isPresent()) {
            return numbers.get(column);
        }
        Numbers.Measured measured = measured(row, id, column);
        return measured == null ? null : Double.valueOf(measured.value());
    }

    private @Nullable Diagnosis diagnosis(int row, String id) {
        DiagnosisMap map = protocol.diagnosis();
        if (map == null || !table.has(map.column())) {
            return null;
        }
        String word = table.cell(row, map.column());
        if (missing(word) || map.excluded().contains(word)) {
            return null;
        }
        Diagnosis diagnosis = map.words().get(word);
        if (diagnosis == null) {
            problems.add(
                    at(row, id, map.column()),
                    "unknown label "
                            + Problems.quote(word)
                            + ", allowed are "
                            + String.join(", ", map.words().keySet().stream().sorted().toList())
                            + "; correct it, or add it to a group of \"diagnosis\" in study.json");
        }
        return diagnosis;
    }

    private Map<String, SurvivalTime> outcomes(int row, String id) {
        Map<String, SurvivalTime> out = new TreeMap<>();
        for (Endpoint endpoint : protocol.endpoints()) {
            SurvivalTime time = outcome(row, id, endpoint);
            if (time != null) {
                out.put(endpoint.id(), time);
            }
        }
        SurvivalTime death = out.get("os");
        for (Endpoint endpoint : protocol.endpoints()) {
            SurvivalTime time = out.get(endpoint.id());
            if (death != null
                    && time != null
                    && endpoint.includesDeath()
                    && includesDeath("os")
                    && time.months() > death.months() + ROUNDING_MONTHS) {
                problems.add(
                        at(row, id, endpoint.timeColumn()),
                        Numbers.show(round(time.months()))
                                + " months is later than os, "
                                + Numbers.show(round(death.months()))
                                + " months, but "
                                + endpoint.id()
                                + " includes death; correct one of the times");
            }
        }
        return out;
    }

    private boolean includesDeath(String endpoint) {
        return protocol.endpoints().stream()
                .anyMatch(e -> e.id().equals(endpoint) && e.includesDeath());
    }

    private @Nullable SurvivalTime outcome(int row, String id, Endpoint endpoint) {
        Boolean event = event(row, id, endpoint);
        Numbers.Measured time = measured(row, id, endpoint.timeColumn());
        if (time == null) {
            return null;
        }
        if (time.bound() != Numbers.Bound.EXACT || !(time.value() >= 0)) {
            problems.add(
                    at(row, id, endpoint.timeColumn()),
                    "time "
                            + Problems.quote(table.cell(row, endpoint.timeColumn()))
                            + " of "
                            + endpoint.id()
                            + " is "
                            + (time.value() < 0 ? "negative" : "a bound")
                            + ", allowed are numbers of at least 0; correct the dates, or leave the"
                            + " cell empty when the outcome is unknown");
            return null;
        }
        return event == null
                ? null
                : new SurvivalTime(endpoint.unit().toMonths(time.value()), event);
    }

    private @Nullable Boolean event(int row, String id, Endpoint endpoint) {
        String word = table.cell(row, endpoint.eventColumn());
        if (missing(word)) {
            return null;
        }
        if (same(word, endpoint.eventValue())) {
            return true;
        }
        if (same(word, endpoint.censoredValue())) {
            return false;
        }
        problems.add(
                at(row, id, endpoint.eventColumn()),
                "unknown label "
                        + Problems.quote(word)
                        + ", allowed are "
                        + endpoint.eventValue()
                        + " (event) and "
                        + endpoint.censoredValue()
                        + " (censored); correct it, or leave it empty when the outcome is unknown");
        return null;
    }

    /** Spreadsheets write 1 as 1.0. */
    private static boolean same(String word, String value) {
        if (word.equals(value)) {
            return true;
        }
        Numbers.Measured a = Numbers.parse(word);
        return a != null && a.equals(Numbers.parse(value));
    }

    private @Nullable String laboratoryForm(int row) {
        EligibilityRules.LaboratoryForm form = protocol.eligibility().laboratoryForm();
        String word = form == null ? "" : table.cell(row, form.column());
        return missing(word) ? null : word;
    }

    private @Nullable String surgeryType(int row) {
        Surgery surgery = protocol.surgery();
        String column = surgery == null ? null : surgery.typeColumn();
        String word = column == null ? "" : table.cell(row, column);
        return missing(word) ? null : word;
    }

    private @Nullable LocalDate surgeryDate(int row, String id) {
        Surgery surgery = protocol.surgery();
        String column = surgery == null ? null : surgery.dateColumn();
        if (column == null || missing(table.cell(row, column))) {
            return null;
        }
        String cell = table.cell(row, column);
        for (DateTimeFormatter format : DATES) {
            try {
                return LocalDate.parse(cell, format);
            } catch (DateTimeException e) {
                // the next one
            }
        }
        problems.add(
                at(row, id, column),
                Problems.quote(cell) + " is not a date; write it as 2024-05-31, or leave it empty");
        return null;
    }

    private boolean missing(String cell) {
        return cell.isEmpty()
                || protocol.table().missing().contains(cell)
                || protocol.table().missing().stream().anyMatch(word -> same(cell, word));
    }

    private String at(int row, String id, String column) {
        return PatientTable.FILE
                + " row "
                + table.rowNumber(row)
                + " (patient "
                + id
                + "), column "
                + column;
    }

    private static double round(double months) {
        return Math.round(months * 100) / 100.0;
    }
}
