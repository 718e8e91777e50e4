// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.eval;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.livermm.eval.reference.CsvTable;
import io.github.livermm.eval.reference.Fixture;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Survival curves and tests against values made by the scripts beside them. */
class SurvivalOracleTest {
    @TestFactory
    Stream<DynamicTest> grayTestWithStrataAndWeightsEqualsCuminc() {
        return Fixture.ownTests("gray", SurvivalOracleTest::gray);
    }

    @TestFactory
    Stream<DynamicTest> incidenceLimitsEqualSurvfit() {
        return Fixture.ownTests("cuminc_limits", SurvivalOracleTest::limits);
    }

    @TestFactory
    Stream<DynamicTest> conditionalSurvivalEqualsSurvfit() {
        return Fixture.ownTests("conditional_survival", SurvivalOracleTest::conditional);
    }

    private static CompetingOutcomes competing(CsvTable table) {
        return CompetingOutcomes.of(table.numbers("time"), codes(table, "cause"));
    }

    private static int[] codes(CsvTable table, String column) {
        return Arrays.stream(table.numbers(column)).mapToInt(v -> (int) v).toArray();
    }

    private static void gray(Fixture fixture) {
        CsvTable table = fixture.input();
        int[] group = codes(table, "group");
        List<Object> tests = new ArrayList<>();
        for (JsonNode row : fixture.expected().path("tests")) {
            boolean stratified = row.path("stratified").asBoolean();
            int[] strata = stratified ? codes(table, "stratum") : new int[group.length];
            double rho = row.path("rho").asDouble();
            int cause = row.path("cause").asInt();
            GrayTest test = GrayTest.of(competing(table), cause, group, strata, rho);
            tests.add(
                    Map.of(
                            "rho",
                            rho,
                            "stratified",
                            stratified,
                            "cause",
                            cause,
                            "stat",
                            test.statistic(),
                            "df",
                            test.degreesOfFreedom(),
                            "p",
                            test.p()));
        }
        fixture.comparison().tree(Map.of("tests", tests)).verify();
    }

    private static void limits(Fixture fixture) {
        CumulativeIncidence curve = CumulativeIncidence.of(competing(fixture.input()), 1);
        List<Object> rows = new ArrayList<>();
        for (JsonNode row : fixture.expected().path("rows")) {
            String scale = row.path("scale").asText();
            double time = row.path("time").asDouble();
            Interval found =
                    curve.at(
                            time,
                            ConfidenceScale.valueOf(
                                    scale.toUpperCase(Locale.ROOT).replace('-', '_')),
                            0.95);
            rows.add(
                    Map.of(
                            "scale",
                            scale,
                            "time",
                            time,
                            "estimate",
                            found.estimate(),
                            "lower",
                            found.lower(),
                            "upper",
                            found.upper()));
        }
        fixture.comparison().tree(Map.of("rows", rows)).verify();
    }

    private static void conditional(Fixture fixture) {
        CsvTable table = fixture.input();
        KaplanMeier curve =
                KaplanMeier.of(SurvivalOutcomes.of(table.numbers("time"), table.flags("event")));
        List<Object> rows = new ArrayList<>();
        for (JsonNode row : fixture.expected().path("rows")) {
            double given = row.path("given").asDouble();
            double time = row.path("time").asDouble();
            KaplanMeier later = curve.conditionalOn(given);
            Interval found = later.survivalAt(time, ConfidenceScale.LOG_LOG, 0.95);
            rows.add(
                    Map.of(
                            "given",
                            given,
                            "time",
                            time,
                            "survival",
                            found.estimate(),
                            "se",
                            later.standardErrorAt(time),
                            "lower",
                            found.lower(),
                            "upper",
                            found.upper()));
        }
        fixture.comparison().tree(Map.of("rows", rows)).verify();
    }
}
