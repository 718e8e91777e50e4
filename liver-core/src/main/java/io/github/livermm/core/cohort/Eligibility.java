// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.core.cohort;

import io.github.livermm.core.Diagnosis;
import io.github.livermm.core.Patient;
import io.github.livermm.core.PatientLabels;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Applies the rules of a protocol to the patients of its table. */
final class Eligibility {
    private static final double YOUNGEST_YEARS = 18;
    private static final double OLDEST_YEARS = 80;
    private static final int FOLLOW_UP_MONTHS = 24;
    private static final Set<String> CONTRAST =
            Set.of(
                    "ct_arterial",
                    "ct_portal",
                    "ct_delayed",
                    "mr_arterial",
                    "mr_portal",
                    "mr_delayed",
                    "mr_hepatobiliary");

    private final Protocol protocol;
    private final @Nullable ImageAvailability images;
    private final Set<String> diagnosticIds = new HashSet<>();

    Eligibility(Protocol protocol, @Nullable ImageAvailability images) {
        this.protocol = protocol;
        this.images = images;
    }

    Selection select(List<Candidate> candidates) {
        List<String> centres =
                candidates.stream().map(c -> c.patient().centre()).distinct().sorted().toList();
        Set<String> prognosticIds = new HashSet<>();
        Flow.Stage diagnostic =
                stage(candidates, centres, protocol.eligibility().diagnostic(), diagnosticIds);
        List<Rule> rules = protocol.eligibility().prognostic();
        Flow.Stage prognostic =
                stage(rules.isEmpty() ? List.of() : candidates, centres, rules, prognosticIds);
        List<Patient> cohort = new ArrayList<>();
        for (Candidate candidate : candidates) {
            Patient patient = candidate.patient();
            if (diagnosticIds.contains(patient.id())) {
                cohort.add(
                        patient.withLabels(
                                new PatientLabels(
                                        patient.labels().diagnosis(),
                                        patient.labels().outcomes(),
                                        prognosticIds.contains(patient.id()))));
            }
        }
        return new Selection(new Cohort(cohort), new Flow(diagnostic, prognostic));
    }

    private Flow.Stage stage(
            List<Candidate> candidates, List<String> centres, List<Rule> rules, Set<String> ids) {
        Map<String, Integer> entered = zeros(centres);
        Map<String, Integer> included = zeros(centres);
        Map<Rule, Map<String, Integer>> excluded = new LinkedHashMap<>();
        rules.forEach(rule -> excluded.put(rule, zeros(centres)));
        for (Candidate candidate : candidates) {
            String centre = candidate.patient().centre();
            entered.merge(centre, 1, Integer::sum);
            Optional<Rule> failed = rules.stream().filter(r -> !meets(r, candidate)).findFirst();
            failed.map(excluded::get).orElse(included).merge(centre, 1, Integer::sum);
            if (failed.isEmpty()) {
                ids.add(candidate.patient().id());
            }
        }
        return new Flow.Stage(
                entered,
                excluded.entrySet().stream()
                        .map(e -> new Flow.Exclusion(e.getKey(), e.getValue()))
                        .toList(),
                included);
    }

    private static Map<String, Integer> zeros(List<String> centres) {
        Map<String, Integer> out = new TreeMap<>();
        centres.forEach(c -> out.put(c, 0));
        return out;
    }

    private boolean meets(Rule rule, Candidate candidate) {
        Patient patient = candidate.patient();
        PatientLabels labels = patient.labels();
        Diagnosis diagnosis = labels.diagnosis();
        return switch (rule) {
            case AGE_18_80 -> {
                Double age = candidate.ageYears();
                yield age != null && age >= YOUNGEST_YEARS && age <= OLDEST_YEARS;
            }
            case IMAGES ->
                    images == null
                            ? patient.files().images() != null
                            : !images.phases(patient).isEmpty();
            case CONTRAST_CT_OR_MR ->
                    images == null
                            ? patient.files().images() != null
                            : images.phases(patient).stream().anyMatch(CONTRAST::contains);
            case LABORATORY_COMPLETE -> laboratoryComplete(candidate);
            case REPORT -> patient.files().report() != null;
            case PATHOLOGY -> diagnosis != null;
            case DIAGNOSTIC -> diagnosticIds.contains(patient.id());
            case MALIGNANT -> diagnosis != null && diagnosis.malignant();
            case RADICAL_HEPATECTOMY -> {
                Surgery surgery = protocol.surgery();
                String word = candidate.surgery();
                yield surgery != null && word != null && surgery.radical().contains(word);
            }
            case OUTCOME_KNOWN -> !labels.outcomes().isEmpty();
            case POTENTIAL_FOLLOW_UP_24_MONTHS -> {
                Surgery surgery = protocol.surgery();
                LocalDate date = candidate.surgeryDate();
                yield surgery != null
                        && date != null
                        && surgery.dataLock() != null
                        && !date.plusMonths(FOLLOW_UP_MONTHS)
                                .isAfter(Objects.requireNonNull(surgery.dataLock()));
            }
        };
    }

    private boolean laboratoryComplete(Candidate candidate) {
        EligibilityRules.LaboratoryForm form = protocol.eligibility().laboratoryForm();
        if (form != null) {
            String word = candidate.laboratoryForm();
            return word != null && form.complete().contains(word);
        }
        Patient patient = candidate.patient();
        List<String> laboratory =
                protocol.columns().stream()
                        .filter(Column::numericPredictor)
                        .filter(c -> !Quantity.plainUnit(c.measure().unit()).equals("years"))
                        .map(Column::name)
                        .toList();
        long present =
                laboratory.stream().filter(patient.clinical().numbers()::containsKey).count();
        return present >= protocol.eligibility().laboratoryShare() * laboratory.size();
    }
}
