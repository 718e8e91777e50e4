// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.eval;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.livermm.eval.reference.CsvTable;
import io.github.livermm.eval.reference.Fixture;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Discrimination against values made by the scripts beside them, from packages or definitions. */
class DiscriminationOracleTest {
    @TestFactory
    Stream<DynamicTest> clusteredAucEqualsItsDefinition() {
        return Fixture.ownTests("clustered_auc", DiscriminationOracleTest::clustered);
    }

    @TestFactory
    Stream<DynamicTest> powerEqualsProc() {
        return Fixture.ownTests("auc_power", DiscriminationOracleTest::power);
    }

    @TestFactory
    Stream<DynamicTest> cheapestThresholdsEqualProc() {
        return Fixture.ownTests("roc_cheapest", DiscriminationOracleTest::cheapest);
    }

    @TestFactory
    Stream<DynamicTest> polytomousIndexEqualsItsDefinition() {
        return Fixture.ownTests("pdi", DiscriminationOracleTest::polytomous);
    }

    @TestFactory
    Stream<DynamicTest> competingConcordanceEqualsPec() {
        return Fixture.ownTests("competing_concordance", DiscriminationOracleTest::competing);
    }

    @TestFactory
    Stream<DynamicTest> scoresByTheCensoringOfTrainingEqualScikitSurvival() {
        return Fixture.ownTests("censoring_of_training", DiscriminationOracleTest::external);
    }

    @TestFactory
    Stream<DynamicTest> figuresAtAnotherPrevalenceEqualTheClosedForms() {
        return Fixture.ownTests("prevalence_shift", DiscriminationOracleTest::prevalence);
    }

    private static void clustered(Fixture fixture) {
        CsvTable table = fixture.input();
        boolean[] positive = table.flags("positive");
        int[] cluster = Arrays.stream(table.numbers("cluster")).mapToInt(v -> (int) v).toArray();
        double[] first = table.numbers("first");
        double[] second = table.numbers("second");
        double[][] v = ClusteredAuc.covariance(positive, cluster, first, second);
        DeLongTest test = ClusteredAuc.paired(positive, cluster, first, second, 0.95);
        fixture.comparison()
                .tree(
                        Map.of(
                                "auc",
                                new double[] {test.first(), test.second()},
                                "variance",
                                new double[] {v[0][0], v[1][1], v[0][1]},
                                "z",
                                test.statistic(),
                                "p",
                                test.pValue()))
                .verify();
    }

    private static void power(Fixture fixture) {
        List<Object> chance = new ArrayList<>();
        for (JsonNode row : fixture.expected().path("chance")) {
            double auc = row.path("auc").asDouble();
            double ratio = row.path("ratio").asDouble();
            AucSampleSize design = AucSampleSize.againstChance(auc, ratio);
            chance.add(
                    Map.of(
                            "auc",
                            auc,
                            "ratio",
                            ratio,
                            "positives",
                            design.positives(0.05, 0.8),
                            "power",
                            design.power(0.01, 30)));
        }
        List<Object> paired = new ArrayList<>();
        for (JsonNode row : fixture.expected().path("paired")) {
            AucSampleSize design =
                    AucSampleSize.paired(
                            new BinormalAuc(row.path("a1").asDouble(), row.path("b1").asDouble()),
                            new BinormalAuc(row.path("a2").asDouble(), row.path("b2").asDouble()),
                            row.path("in_positives").asDouble(),
                            row.path("in_negatives").asDouble(),
                            row.path("ratio").asDouble());
            paired.add(
                    Map.of(
                            "positives",
                            design.positives(0.05, 0.9),
                            "power",
                            design.power(0.05, 40)));
        }
        fixture.comparison()
                .except("a1", "b1", "a2", "b2", "in_positives", "in_negatives", "ratio")
                .tree(Map.of("chance", chance, "paired", paired))
                .verify();
    }

    private static void cheapest(Fixture fixture) {
        CsvTable table = fixture.input();
        RocCurve roc = RocCurve.of(table.flags("positive"), table.numbers("score"));
        List<Object> rows = new ArrayList<>();
        for (JsonNode row : fixture.expected().path("rows")) {
            double cost = row.path("cost").asDouble();
            double prevalence = row.path("prevalence").asDouble();
            OperatingPoint point = roc.cheapest(cost, prevalence).get(0);
            rows.add(
                    Map.of(
                            "cost",
                            cost,
                            "prevalence",
                            prevalence,
                            "threshold",
                            point.threshold(),
                            "sensitivity",
                            point.sensitivity(),
                            "specificity",
                            point.specificity()));
        }
        fixture.comparison().tree(Map.of("rows", rows)).verify();
    }

    private static void polytomous(Fixture fixture) {
        CsvTable table = fixture.input();
        int[] truth = Arrays.stream(table.numbers("truth")).mapToInt(v -> (int) v).toArray();
        double[][] columns = {table.numbers("p0"), table.numbers("p1"), table.numbers("p2")};
        double[][] p = new double[truth.length][3];
        for (int i = 0; i < p.length; i++) {
            for (int k = 0; k < 3; k++) {
                p[i][k] = columns[k][i];
            }
        }
        PolytomousDiscrimination found = PolytomousDiscrimination.of(truth, p);
        fixture.comparison()
                .tree(Map.of("index", found.index(), "of_class", found.ofClass()))
                .verify();
    }

    private static void competing(Fixture fixture) {
        CsvTable table = fixture.input();
        int[] cause = Arrays.stream(table.numbers("cause")).mapToInt(v -> (int) v).toArray();
        CompetingOutcomes all = CompetingOutcomes.of(table.numbers("untied"), cause);
        CompetingOutcomes alone = CompetingOutcomes.of(all.causeOnly(1));
        List<Object> rows = new ArrayList<>();
        for (JsonNode row : fixture.expected().path("rows")) {
            String kind = row.path("kind").asText();
            double tau = row.path("tau").asDouble();
            CompetingOutcomes outcomes = kind.equals("competing") ? all : alone;
            double c = CompetingConcordance.of(outcomes, table.numbers("risk"), tau);
            rows.add(Map.of("kind", kind, "tau", tau, "c", c));
        }
        fixture.comparison().tree(Map.of("rows", rows)).verify();
    }

    private static void external(Fixture fixture) {
        CsvTable table = fixture.input();
        String[] set = table.text("set");
        int[] training = rows(set, "train");
        int[] test = rows(set, "test");
        SurvivalOutcomes followed = outcomes(table, training);
        SurvivalOutcomes outcomes = outcomes(table, test);
        CensoringModel censoring = CensoringModel.marginal(followed, outcomes);
        ConcordanceOptions uno =
                ConcordanceOptions.defaults()
                        .withTimeWeight(TimeWeight.UNO)
                        .withCensoringOf(followed);
        double[] risk = Rows.pick(table.numbers("risk"), test);
        double[] p = Rows.pick(table.numbers("p"), test);
        List<Object> found = new ArrayList<>();
        for (JsonNode row : fixture.expected().path("rows")) {
            double tau = row.path("tau").asDouble();
            HorizonScore score = HorizonScore.of(CompetingOutcomes.of(outcomes), p, tau, censoring);
            double c = Concordance.of(outcomes, risk, uno.withTau(tau)).estimate();
            found.add(Map.of("tau", tau, "c", c, "auc", score.auc(), "brier", score.brier()));
        }
        fixture.comparison().tree(Map.of("rows", found)).verify();

        // nobody of a cohort that all left at 1 was followed to the events: undefined, no number
        SurvivalOutcomes brief = SurvivalOutcomes.of(new double[] {1}, new boolean[] {false});
        assertThat(Concordance.of(outcomes, risk, uno.withCensoringOf(brief)).estimate()).isNaN();
    }

    private static SurvivalOutcomes outcomes(CsvTable table, int[] rows) {
        return SurvivalOutcomes.of(
                Rows.pick(table.numbers("time"), rows), Rows.pick(table.flags("event"), rows));
    }

    private static int[] rows(String[] set, String name) {
        return IntStream.range(0, set.length).filter(i -> set[i].equals(name)).toArray();
    }

    private static void prevalence(Fixture fixture) {
        JsonNode spec = fixture.spec();
        ConfusionTable table =
                new ConfusionTable(
                        spec.path("tp").asLong(),
                        spec.path("fp").asLong(),
                        spec.path("fn").asLong(),
                        spec.path("tn").asLong());
        List<Object> rows = new ArrayList<>();
        for (JsonNode row : fixture.expected().path("rows")) {
            double target = row.path("prevalence").asDouble();
            PrevalenceShift shift = new PrevalenceShift(table.prevalence(), target);
            Interval ppv = shift.ppv(table, 0.95);
            Interval npv = shift.npv(table, 0.95);
            rows.add(
                    Map.of(
                            "prevalence",
                            target,
                            "ppv",
                            ppv.estimate(),
                            "ppv_lower",
                            ppv.lower(),
                            "ppv_upper",
                            ppv.upper(),
                            "npv",
                            npv.estimate(),
                            "npv_lower",
                            npv.lower(),
                            "npv_upper",
                            npv.upper(),
                            "net_benefit",
                            shift.netBenefit(table, spec.path("threshold").asDouble())));
        }
        fixture.comparison().tree(Map.of("rows", rows)).verify();
    }
}
