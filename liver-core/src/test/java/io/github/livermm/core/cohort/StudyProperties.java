// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.core.cohort;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.livermm.core.ClinicalRecord;
import io.github.livermm.core.Diagnosis;
import io.github.livermm.core.Patient;
import io.github.livermm.core.PatientFiles;
import io.github.livermm.core.PatientLabels;
import io.github.livermm.core.SurvivalTime;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.jspecify.annotations.Nullable;

/** Whatever the patients and rules, nobody is lost and the order of rows does not matter. */
class StudyProperties {
    private static final int TRIES = 100;

    private static Study study(List<Candidate> candidates, Random random) {
        List<Rule> rules = new ArrayList<>(List.of(Rule.values()));
        rules.remove(Rule.DIAGNOSTIC);
        Collections.shuffle(rules, random);
        int cut = random.nextInt(rules.size());
        List<Rule> prognostic = new ArrayList<>(List.of(Rule.DIAGNOSTIC));
        prognostic.addAll(rules.subList(cut, rules.size()));
        Protocol protocol =
                new Protocol(
                        "p",
                        new TableLayout("id", "centre", "age", Set.of()),
                        ReportLanguage.AUTO,
                        List.of(
                                new Column(
                                        "alb",
                                        Role.PREDICTOR,
                                        ColumnType.NUMBER,
                                        new Column.Measure(
                                                "g/L", Map.of(), null, false, null, null),
                                        List.of())),
                        null,
                        List.of(),
                        new Surgery("type", Set.of("radical"), "date", LocalDate.of(2026, 6, 30)),
                        new EligibilityRules(rules.subList(0, cut), prognostic, 0.5),
                        new ModellingPlan(
                                new ModellingPlan.Splits(Map.of(), 5, 15),
                                List.of(),
                                false,
                                List.of(),
                                List.of(),
                                1),
                        Map.of());
        return new Study(Path.of("study"), protocol, candidates, List.of(), Map.of());
    }

    private static Candidate candidate(int i, Random random) {
        Patient patient =
                new Patient(
                        "P" + i,
                        "C" + random.nextInt(4),
                        new ClinicalRecord(
                                random.nextInt(4) > 0 ? Map.of("alb", 40.0) : Map.of(), Map.of()),
                        new PatientFiles(
                                random.nextInt(4) > 0 ? Path.of("i") : null,
                                null,
                                random.nextInt(4) > 0 ? Path.of("r") : null),
                        new PatientLabels(
                                sometimes(
                                        random,
                                        random.nextBoolean() ? Diagnosis.HCC : Diagnosis.BENIGN),
                                random.nextInt(4) > 0
                                        ? Map.of("os", new SurvivalTime(random.nextInt(60), true))
                                        : Map.of(),
                                false),
                        Map.of());
        return new Candidate(
                patient,
                sometimes(random, 10.0 + random.nextInt(80)),
                null,
                sometimes(random, random.nextBoolean() ? "radical" : "none"),
                sometimes(random, LocalDate.of(2020 + random.nextInt(6), 1, 1)));
    }

    private static <T> @Nullable T sometimes(Random random, T value) {
        return random.nextInt(6) > 0 ? value : null;
    }

    private static List<Candidate> candidates(int n, Random random) {
        List<Candidate> out = new ArrayList<>();
        for (int i = 0; i < n; i++) {
            out.add(candidate(i, random));
        }
        return out;
    }

    @Property(tries = TRIES)
    void theFlowAddsUpAndEqualsTheCohort(@ForAll long seed, @ForAll @IntRange(max = 60) int n) {
        Random random = new Random(seed);
        Selection selection = study(candidates(n, random), random).select();

        Flow.Stage diagnostic = selection.flow().diagnostic();
        assertThat(sum(diagnostic.entered())).isEqualTo(n);
        assertThat(
                        sum(diagnostic.included())
                                + diagnostic.excluded().stream()
                                        .mapToInt(e -> sum(e.count()))
                                        .sum())
                .isEqualTo(n);
        assertThat(sum(diagnostic.included())).isEqualTo(selection.cohort().size());
        assertThat(sum(selection.flow().prognostic().included()))
                .isEqualTo(
                        (int)
                                selection.cohort().patients().stream()
                                        .filter(p -> p.labels().prognostic())
                                        .count());
    }

    @Property(tries = TRIES)
    void theOrderOfRowsDoesNotMatter(@ForAll long seed, @ForAll @IntRange(max = 60) int n) {
        List<Candidate> candidates = candidates(n, new Random(seed));
        List<Candidate> shuffled = new ArrayList<>(candidates);
        Collections.shuffle(shuffled, new Random(seed + 1));

        Selection selection = study(candidates, new Random(seed)).select();

        assertThat(study(shuffled, new Random(seed)).select()).isEqualTo(selection);
    }

    private static int sum(Map<String, Integer> counts) {
        return counts.values().stream().mapToInt(Integer::intValue).sum();
    }
}
