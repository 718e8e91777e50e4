// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.eval;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.livermm.eval.reference.CsvTable;
import io.github.livermm.eval.reference.Fixture;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Decision curves of censored follow-up equal the definition on R's Kaplan-Meier and cuminc. */
class SurvivalNetBenefitReferenceTest {
    @TestFactory
    Stream<DynamicTest> netBenefitEqualsTheDefinition() {
        return Fixture.tests("net_benefit_survival", SurvivalNetBenefitReferenceTest::check);
    }

    private static void check(Fixture fixture) {
        CsvTable table = fixture.input();
        JsonNode spec = fixture.spec();
        int[] cause =
                Arrays.stream(table.numbers(spec.path("event").asText()))
                        .mapToInt(v -> (int) v)
                        .toArray();
        CompetingOutcomes outcomes =
                CompetingOutcomes.of(table.numbers(spec.path("time").asText()), cause);
        if (!spec.path("competing").asBoolean()) {
            outcomes = CompetingOutcomes.of(outcomes.causeOnly(1));
        }
        double horizon = spec.path("horizon").asDouble();
        double[] thresholds =
                StreamSupport.stream(spec.path("thresholds").spliterator(), false)
                        .mapToDouble(JsonNode::asDouble)
                        .toArray();
        CsvTable expected = fixture.csv(fixture.expectedFiles().path("net_benefit").asText());
        List<double[]> rows = new ArrayList<>();
        String[] model = expected.text("model");
        double[] threshold = expected.numbers("threshold");
        double rate = Double.NaN;
        for (int i = 0; i < model.length; i++) {
            String column = model[i].startsWith("treat") ? "m1" : model[i];
            DecisionCurve curve =
                    DecisionCurve.of(outcomes, table.numbers(column), horizon, thresholds);
            rate = curve.prevalence();
            DecisionCurve.Point point =
                    curve.points().get(Arrays.binarySearch(thresholds, threshold[i]));
            rows.add(
                    switch (model[i]) {
                        case "treat_all" -> new double[] {point.treatAll(), 1};
                        case "treat_none" -> new double[] {0, 0};
                        default -> new double[] {point.netBenefit(), point.treated()};
                    });
        }
        fixture.comparison()
                .value("event_rate", rate)
                .file(
                        "net_benefit",
                        Map.of(
                                "model",
                                model,
                                "threshold",
                                threshold,
                                "net_benefit",
                                rows.stream().mapToDouble(r -> r[0]).toArray(),
                                "fraction_positive",
                                rows.stream().mapToDouble(r -> r[1]).toArray()))
                .verify();
    }
}
