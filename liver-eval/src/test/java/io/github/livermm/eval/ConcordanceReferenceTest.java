// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.eval;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.livermm.eval.reference.Comparison;
import io.github.livermm.eval.reference.CsvTable;
import io.github.livermm.eval.reference.Fixture;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Concordance equals R's survival::concordance: counts, C, standard error, paired difference. */
class ConcordanceReferenceTest {
    private static final Map<String, TimeWeight> WEIGHTS =
            Map.of(
                    "n", TimeWeight.HARRELL,
                    "S", TimeWeight.PETO,
                    "S/G", TimeWeight.SCHEMPER,
                    "n/G2", TimeWeight.UNO,
                    "I", TimeWeight.EQUAL_EVENTS);

    @TestFactory
    Stream<DynamicTest> concordanceEqualsSurvival() {
        return Fixture.tests("concordance", ConcordanceReferenceTest::check);
    }

    private static void check(Fixture fixture) {
        CsvTable table = fixture.input();
        JsonNode spec = fixture.spec();
        SurvivalOutcomes outcomes =
                SurvivalOutcomes.of(
                        table.numbers(spec.path("time").asText()),
                        table.flags(spec.path("event").asText()));
        ConcordanceOptions options = ConcordanceOptions.defaults();
        if (spec.has("weights")) {
            options = options.withWeights(table.numbers(spec.path("weights").asText()));
        }
        if (spec.has("entry")) {
            options = options.withEntry(table.numbers(spec.path("entry").asText()));
        }
        Map<String, Object> found = new LinkedHashMap<>();
        List<String> scores = new ArrayList<>();
        spec.path("scores").forEach(s -> scores.add(s.asText()));
        for (String score : scores) {
            found.put(score, blocks(fixture, outcomes, table.numbers(score), options, score));
        }
        if (fixture.expected().has("difference")) {
            Map<String, Object> differences = new LinkedHashMap<>();
            for (String key : List.of("n", "n/G2")) {
                if (fixture.expected().path("difference").has(key)) {
                    differences.put(
                            key,
                            difference(
                                    outcomes,
                                    table,
                                    scores,
                                    options,
                                    Objects.requireNonNull(WEIGHTS.get(key))));
                }
            }
            found.put("difference", differences);
        }
        // must is a rule in words
        Comparison comparison = fixture.comparison().except("must");
        comparison.tree(found).verify();
    }

    private static Map<String, Object> blocks(
            Fixture fixture,
            SurvivalOutcomes outcomes,
            double[] risk,
            ConcordanceOptions options,
            String score) {
        Map<String, Object> blocks = new LinkedHashMap<>();
        JsonNode expected = fixture.expected().path(score);
        double tau = fixture.spec().path("tau").asDouble(1);
        WEIGHTS.forEach(
                (key, weight) -> {
                    if (expected.has(key)) {
                        Concordance c =
                                Concordance.of(outcomes, risk, options.withTimeWeight(weight));
                        Map<String, Object> block = block(c);
                        Map<String, Object> counts = new LinkedHashMap<>();
                        counts.put("concordant", c.concordant());
                        counts.put("discordant", c.discordant());
                        counts.put("tied_x", c.tiedRisk());
                        counts.put("tied_y", c.tiedTime());
                        counts.put("tied_xy", c.tiedBoth());
                        block.put("counts", counts);
                        blocks.put(key, block);
                        if (expected.has("hmisc_rcorr_cens") && weight == TimeWeight.HARRELL) {
                            blocks.put("hmisc_rcorr_cens", hmisc(c, outcomes.size()));
                        }
                    }
                });
        Map<String, Object> uno = block(Concordance.uno(outcomes, risk, tau));
        uno.put("tau", tau);
        blocks.put("uno_tau", uno);
        Map<String, Object> harrell = block(Concordance.of(outcomes, risk, options.withTau(tau)));
        harrell.put("tau", tau);
        blocks.put("harrell_tau", harrell);
        return blocks;
    }

    /** Hmisc counts each pair from both sides and gives Somers' D with its standard deviation. */
    private static Map<String, Object> hmisc(Concordance c, int rows) {
        double relevant = 2 * (c.concordant() + c.discordant() + c.tiedRisk());
        double tiedEvents = 2 * (c.tiedTime() + c.tiedBoth());
        Map<String, Object> block = new LinkedHashMap<>();
        block.put("c", c.estimate());
        block.put("dxy", 2 * c.estimate() - 1);
        block.put("sd_dxy", 2 * c.standardError());
        block.put("relevant_pairs", relevant);
        block.put("concordant", 2 * c.concordant() + c.tiedRisk());
        block.put("uncertain", (double) rows * (rows - 1) - relevant - tiedEvents);
        return block;
    }

    private static Map<String, Object> block(Concordance c) {
        Map<String, Object> block = new LinkedHashMap<>();
        block.put("c", c.estimate());
        block.put("se", c.standardError());
        return block;
    }

    private static Map<String, Object> difference(
            SurvivalOutcomes outcomes,
            CsvTable table,
            List<String> scores,
            ConcordanceOptions options,
            TimeWeight weight) {
        double[] caseWeights = new double[outcomes.size()];
        Arrays.fill(caseWeights, 1);
        if (options.weights != null) {
            caseWeights = options.weights;
        }
        ConcordanceOptions with = options.withTimeWeight(weight);
        ConcordanceDifference d =
                Concordance.difference(
                        Concordance.of(outcomes, table.numbers(scores.get(0)), with),
                        Concordance.of(outcomes, table.numbers(scores.get(1)), with),
                        caseWeights);
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("of", scores.get(0) + " - " + scores.get(1));
        map.put("est", d.estimate());
        map.put("se", d.standardError());
        map.put("z", d.z());
        map.put("p", d.p());
        map.put(
                "var",
                new double[][] {
                    {d.varianceFirst(), d.covariance()}, {d.covariance(), d.varianceSecond()}
                });
        return map;
    }
}
