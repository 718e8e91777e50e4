// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.eval.reference;

import io.github.livermm.eval.CohenKappa;
import io.github.livermm.eval.Interval;
import io.github.livermm.eval.McNemarTest;
import io.github.livermm.eval.ProportionDifference;
import io.github.livermm.eval.RubinPooling;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Proves that paired proportions, kappa and pooling equal R, epiR, statsmodels and mice. */
class AgreementReferenceTest {

    @TestFactory
    Stream<DynamicTest> proportionDifference() {
        return Fixture.tests("proportion_difference_ci", AgreementReferenceTest::checkDifference);
    }

    @TestFactory
    Stream<DynamicTest> mcnemar() {
        return Fixture.tests("mcnemar", AgreementReferenceTest::checkMcNemar);
    }

    @TestFactory
    Stream<DynamicTest> kappa() {
        return Fixture.tests("kappa", AgreementReferenceTest::checkKappa);
    }

    @TestFactory
    Stream<DynamicTest> rubinPooling() {
        return Fixture.tests("rubin_pooling", AgreementReferenceTest::checkPooling);
    }

    private static void checkDifference(Fixture fixture) {
        CsvTable input = fixture.input();
        List<Object> rows = new ArrayList<>();
        for (int i = 0; i < input.size(); i++) {
            Map<String, Object> row = new LinkedHashMap<>();
            for (ProportionDifference method : ProportionDifference.values()) {
                Interval interval =
                        method.of(
                                (long) input.numbers("x1")[i],
                                (long) input.numbers("n1")[i],
                                (long) input.numbers("x2")[i],
                                (long) input.numbers("n2")[i],
                                fixture.spec().path("level").asDouble());
                row.put("difference", interval.estimate());
                row.put(
                        method.name().toLowerCase(Locale.ROOT),
                        new double[] {interval.lower(), interval.upper()});
            }
            rows.add(row);
        }
        fixture.comparison().tree(Map.of("rows", rows)).verify();
    }

    private static void checkMcNemar(Fixture fixture) {
        CsvTable input = fixture.input();
        Map<String, Object> found = new LinkedHashMap<>();
        for (int i = 0; i < input.size(); i++) {
            McNemarTest test =
                    McNemarTest.of((int) input.numbers("b")[i], (int) input.numbers("c")[i]);
            found.put(
                    input.text("id")[i],
                    Map.of(
                            "chisq", test.chiSquare(),
                            "p", test.pValue(),
                            "chisq_corrected", test.correctedChiSquare(),
                            "p_corrected", test.correctedPValue(),
                            "p_exact", test.exactPValue(),
                            "p_mid", test.midPValue()));
        }
        fixture.comparison().tree(found).verify();
    }

    private static void checkKappa(Fixture fixture) {
        double[] r1 = fixture.input().numbers(fixture.spec().path("rater1").asText());
        double[] r2 = fixture.input().numbers(fixture.spec().path("rater2").asText());
        double[] levels =
                Stream.of(r1, r2).flatMapToDouble(Arrays::stream).distinct().sorted().toArray();
        int[] first = codes(r1, levels);
        int[] second = codes(r2, levels);
        CohenKappa plain = CohenKappa.of(first, second, levels.length, CohenKappa.Credit.NONE);
        double z = 1.959963984540054;
        Map<String, Object> found = new LinkedHashMap<>();
        found.put("kappa", plain.kappa());
        found.put("se_simple", plain.simpleStandardError());
        found.put("lower95_simple", plain.kappa() - z * plain.simpleStandardError());
        found.put("upper95_simple", plain.kappa() + z * plain.simpleStandardError());
        found.put("se_fleiss_cohen_everitt", plain.standardError());
        found.put(
                "kappa_linear",
                CohenKappa.of(first, second, levels.length, CohenKappa.Credit.LINEAR).kappa());
        found.put(
                "kappa_quadratic",
                CohenKappa.of(first, second, levels.length, CohenKappa.Credit.QUADRATIC).kappa());
        fixture.comparison().tree(found).verify();
    }

    private static int[] codes(double[] values, double[] levels) {
        return Arrays.stream(values).mapToInt(v -> Arrays.binarySearch(levels, v)).toArray();
    }

    private static void checkPooling(Fixture fixture) {
        CsvTable input = fixture.input();
        Map<String, Object> found = new LinkedHashMap<>();
        String[] cases = input.text("case");
        for (String name : Arrays.stream(cases).distinct().toList()) {
            int[] rows =
                    IntStream.range(0, cases.length).filter(i -> cases[i].equals(name)).toArray();
            double n = input.numbers("n")[rows[0]];
            double k = input.numbers("k")[rows[0]];
            RubinPooling pooled =
                    RubinPooling.of(
                            pick(input.numbers("estimate"), rows),
                            pick(input.numbers("se"), rows),
                            n - k);
            Map<String, Object> row = new LinkedHashMap<>();
            row.put("m", pooled.imputations());
            row.put("qbar", pooled.estimate());
            row.put("ubar", pooled.within());
            row.put("b", pooled.between());
            row.put("total_variance", pooled.totalVariance());
            row.put("se", Math.sqrt(pooled.totalVariance()));
            row.put("df", pooled.degreesOfFreedom());
            row.put("riv", pooled.relativeIncrease());
            row.put("lambda", pooled.lambda());
            row.put("fmi", pooled.fractionMissing());
            row.put("df_large_sample", pooled.largeSampleDegreesOfFreedom());
            found.put(name, row);
        }
        fixture.comparison().tree(found).verify();
    }

    private static double[] pick(double[] values, int[] rows) {
        return Arrays.stream(rows).mapToDouble(i -> values[i]).toArray();
    }
}
