// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.eval;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.livermm.eval.reference.CsvTable;
import io.github.livermm.eval.reference.Fixture;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Cumulative incidence equals cmprsk and survival; Gray's test equals cmprsk. */
class CumulativeIncidenceReferenceTest {
    @TestFactory
    Stream<DynamicTest> incidenceAndTestEqualCuminc() {
        return Fixture.tests("cuminc", CumulativeIncidenceReferenceTest::check);
    }

    private static void check(Fixture fixture) {
        CsvTable table = fixture.input();
        double[] time = table.numbers(fixture.spec().path("time").asText());
        int[] cause = codes(table.numbers(fixture.spec().path("event").asText()));
        CompetingOutcomes outcomes = CompetingOutcomes.of(time, cause);
        String[] group =
                fixture.spec().has("group")
                        ? table.text(fixture.spec().path("group").asText())
                        : Stream.generate(() -> "all").limit(time.length).toArray(String[]::new);
        List<Object> rows = new ArrayList<>();
        for (JsonNode row : fixture.expected().path("at_times")) {
            rows.add(at(outcomes, group, row));
        }
        Map<String, Object> found = new LinkedHashMap<>();
        found.put("at_times", rows);
        List<String> names = Arrays.stream(group).distinct().sorted().toList();
        int[] code = Arrays.stream(group).mapToInt(names::indexOf).toArray();
        List<Object> tests = new ArrayList<>();
        for (JsonNode row : fixture.expected().path("gray_tests")) {
            int which = row.path("cause").asInt();
            GrayTest test = GrayTest.of(outcomes, which, code);
            tests.add(
                    Map.of(
                            "cause",
                            which,
                            "stat",
                            test.statistic(),
                            "df",
                            test.degreesOfFreedom(),
                            "p",
                            test.p()));
        }
        found.put("gray_tests", tests);
        fixture.comparison().tree(found).verify();
    }

    private static Map<String, Object> at(CompetingOutcomes all, String[] group, JsonNode row) {
        String name = row.path("group").asText();
        int[] part = IntStream.range(0, group.length).filter(i -> group[i].equals(name)).toArray();
        CompetingOutcomes outcomes = all.select(part);
        double t = row.path("time").asDouble();
        CumulativeIncidence curve = CumulativeIncidence.of(outcomes, row.path("cause").asInt());
        int k = Arrays.binarySearch(curve.times(), t);
        k = k >= 0 ? k : -k - 2;
        // cmprsk gives nothing beyond the last time of the group; here the last value is carried on
        boolean given = !row.path("cif").asText().startsWith("N");
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("group", name);
        map.put("cause", row.path("cause").asInt());
        map.put("time", t);
        map.put("cif", given ? curve.at(t) : Double.NaN);
        map.put("var_aalen", given ? (k < 0 ? 0 : curve.aalenVariances()[k]) : Double.NaN);
        map.put("cif_survfit", curve.at(t));
        map.put("se_jackknife", k < 0 ? 0 : curve.jackknifeStandardErrors()[k]);
        return map;
    }

    private static int[] codes(double[] values) {
        return Arrays.stream(values).mapToInt(v -> (int) v).toArray();
    }
}
