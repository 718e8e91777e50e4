// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.eval.reference;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.livermm.eval.CompetingOutcomes;
import io.github.livermm.eval.Interval;
import io.github.livermm.eval.SurvivalOutcomes;
import io.github.livermm.eval.study.BaselineTable;
import io.github.livermm.eval.study.DevelopmentSampleSize;
import io.github.livermm.eval.study.Interaction;
import io.github.livermm.eval.study.IntraclassCorrelation;
import io.github.livermm.eval.study.PValueAdjustment;
import io.github.livermm.eval.study.RandomEffects;
import io.github.livermm.eval.study.Scored;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Proves that the figures of whole studies equal metafor, psych, R and tableone. */
class StudyReferenceTest {
    private static final double LEVEL = 0.95;

    @TestFactory
    Stream<DynamicTest> poolingEqualsMetafor() {
        return Fixture.ownTests("random_effects", StudyReferenceTest::checkPooling);
    }

    private static void checkPooling(Fixture fixture) {
        RandomEffects found =
                RandomEffects.of(
                        RandomEffects.Scale.LOGIT,
                        fixture.input().numbers("estimate"),
                        fixture.input().numbers("se"));
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("mean", found.mean());
        values.put("standard_error", found.standardError());
        values.put("tau_squared", found.tauSquared());
        values.put("i_squared", found.iSquared());
        values.put("q", found.q());
        values.put("q_p", found.qPValue());
        Interval pooled = found.pooled(LEVEL);
        values.put("pooled", pooled.estimate());
        values.put("lower", pooled.lower());
        values.put("upper", pooled.upper());
        values.put("prediction_metafor", limits(found.prediction(LEVEL, found.centres() - 1)));
        values.put("prediction", limits(found.prediction(LEVEL)));
        fixture.comparison().tree(values).verify();
    }

    private static double[] limits(Interval interval) {
        return new double[] {interval.lower(), interval.upper()};
    }

    @TestFactory
    Stream<DynamicTest> intraclassCorrelationsEqualPsych() {
        return Fixture.ownTests("icc", StudyReferenceTest::checkIcc);
    }

    private static void checkIcc(Fixture fixture) {
        List<double[]> readers =
                fixture.input().header().stream().map(c -> fixture.input().numbers(c)).toList();
        double[][] readings = new double[fixture.input().size()][readers.size()];
        for (int i = 0; i < readings.length; i++) {
            for (int j = 0; j < readers.size(); j++) {
                readings[i][j] = readers.get(j)[i];
            }
        }
        IntraclassCorrelation found = IntraclassCorrelation.of(readings);
        Map<String, IntraclassCorrelation.Form> forms =
                Map.of(
                        "icc1", IntraclassCorrelation.Form.ONE_WAY_SINGLE,
                        "icc2", IntraclassCorrelation.Form.AGREEMENT_SINGLE,
                        "icc3", IntraclassCorrelation.Form.CONSISTENCY_SINGLE,
                        "icc1k", IntraclassCorrelation.Form.ONE_WAY_MEAN,
                        "icc2k", IntraclassCorrelation.Form.AGREEMENT_MEAN,
                        "icc3k", IntraclassCorrelation.Form.CONSISTENCY_MEAN);
        Map<String, Object> values = new LinkedHashMap<>();
        forms.forEach(
                (name, form) -> {
                    Interval icc = found.of(form, LEVEL);
                    values.put(name, new double[] {icc.estimate(), icc.lower(), icc.upper()});
                });
        fixture.comparison().tree(values).verify();
    }

    @TestFactory
    Stream<DynamicTest> adjustedPValuesEqualR() {
        return Fixture.ownTests(
                "p_adjust",
                fixture -> {
                    double[] p = fixture.input().numbers("p");
                    fixture.comparison()
                            .tree(
                                    Map.of(
                                            "holm",
                                            PValueAdjustment.HOLM.adjust(p),
                                            "benjamini_hochberg",
                                            PValueAdjustment.BENJAMINI_HOCHBERG.adjust(p)))
                            .verify();
                });
    }

    @TestFactory
    Stream<DynamicTest> interactionEqualsNestedModelsOfR() {
        return Fixture.ownTests(
                "interaction",
                fixture -> {
                    CsvTable input = fixture.input();
                    boolean binary = fixture.expected().path("binary").asDouble() == 1;
                    Scored rows =
                            binary
                                    ? Scored.binary(input.flags("event"), input.numbers("score"))
                                    : Scored.survival(
                                            SurvivalOutcomes.of(
                                                    input.numbers("time"), input.flags("event")),
                                            input.numbers("score"));
                    Interaction found = Interaction.of(rows, input.text("level"));
                    fixture.comparison()
                            .except("binary")
                            .tree(
                                    Map.of(
                                            "chi_squared", found.chiSquared(),
                                            "df", found.degreesOfFreedom(),
                                            "p", found.p()))
                            .verify();
                });
    }

    @TestFactory
    Stream<DynamicTest> concordanceWithCompetingEventsEqualsR() {
        return Fixture.ownTests(
                "concordance_competing",
                fixture -> {
                    CsvTable input = fixture.input();
                    double[] risk = input.numbers("risk");
                    int[] cause =
                            Arrays.stream(input.numbers("cause")).mapToInt(c -> (int) c).toArray();
                    Scored rows =
                            Scored.survival(
                                    CompetingOutcomes.of(input.numbers("time"), cause),
                                    risk,
                                    Double.NaN,
                                    new double[risk.length]);
                    fixture.comparison()
                            .tree(
                                    Map.of(
                                            "c", rows.discrimination().estimate(),
                                            "standard_error", rows.standardError()))
                            .verify();
                });
    }

    @TestFactory
    Stream<DynamicTest> firstTableEqualsTableone() {
        return Fixture.ownTests("baseline_table", StudyReferenceTest::checkTable);
    }

    private static void checkTable(Fixture fixture) {
        CsvTable input = fixture.input();
        BaselineTable table =
                BaselineTable.of(input.text("group"))
                        .withNumber("age", input.numbers("age"))
                        .withNumber("afp", input.numbers("afp"))
                        .withCategory("stage", input.text("stage"))
                        .withCategory("sex", input.text("sex"));
        Map<String, Object> smd = new LinkedHashMap<>();
        Map<String, Object> numbers = new LinkedHashMap<>();
        Map<String, Object> counts = new LinkedHashMap<>();
        Map<String, Object> missing = new LinkedHashMap<>();
        for (BaselineTable.Variable variable : table.variables()) {
            smd.put(variable.name(), variable.standardisedDifference());
            Map<String, Object> byGroup = new LinkedHashMap<>();
            variable.numbers()
                    .forEach(
                            (group, n) ->
                                    byGroup.put(
                                            label(group),
                                            new double[] {
                                                n.mean(),
                                                n.standardDeviation(),
                                                n.lowerQuartile(),
                                                n.median(),
                                                n.upperQuartile()
                                            }));
            numbers.put(variable.name(), byGroup);
            Map<String, Object> levels = new LinkedHashMap<>();
            variable.levels().forEach((group, count) -> levels.put(label(group), count));
            counts.put(variable.name(), levels);
            Map<String, Object> without = new LinkedHashMap<>();
            variable.present()
                    .forEach((group, n) -> without.put(label(group), table.size(group) - n));
            missing.put(variable.name(), without);
        }
        fixture.comparison()
                .tree(Map.of("smd", smd, "numbers", numbers, "counts", counts, "missing", missing))
                .verify();
    }

    private static String label(String group) {
        return group.isEmpty() ? "all" : group;
    }

    /** Known answers of section 7 of the field guide (R package pmsampsize). */
    @ParameterizedTest
    @CsvSource({"0.288, 24, 0.174, 623, 668, 221, 668", "0.288, 24, 0.25, 623, 583, 289, 623"})
    void sampleSizeOfABinaryModelEqualsPmsampsize(
            double r2, int parameters, double share, int n1, int n2, int n3, int n) {
        DevelopmentSampleSize found = DevelopmentSampleSize.binary(r2, parameters, share);

        assertThat(found.shrinkage()).isEqualTo(n1);
        assertThat(found.optimism()).isEqualTo(n2);
        assertThat(found.precision()).isEqualTo(n3);
        assertThat(found.needed()).isEqualTo(n);
    }

    @ParameterizedTest
    @CsvSource({"0.35, 20, 0.25, 464", "0.30, 15, 0.17, 412"})
    void sampleSizesOfTheProtocolAreThoseComputedBefore(
            double r2, int parameters, double share, int n) {
        assertThat(DevelopmentSampleSize.binary(r2, parameters, share).needed()).isEqualTo(n);
    }

    @ParameterizedTest
    @CsvSource({
        "0.051, 25, 0.065, 2, 2.07, 4286, 875, 4286",
        "0.15, 10, 0.30, 2, 3, 549, -1, 549",
        "0.15, 15, 0.30, 2, 3, 823, -1, 823",
        "0.12, 10, 0.11, 3, 3, 699, -1, 699"
    })
    void sampleSizeOfASurvivalModelEqualsPmsampsize(
            double r2,
            int parameters,
            double rate,
            double time,
            double followUp,
            int n1,
            int n2,
            int n) {
        DevelopmentSampleSize found =
                DevelopmentSampleSize.survival(r2, parameters, rate, time, followUp);

        assertThat(found.shrinkage()).isEqualTo(n1);
        if (n2 > 0) {
            assertThat(found.optimism()).isEqualTo(n2);
        }
        assertThat(found.needed()).isEqualTo(n);
    }
}
