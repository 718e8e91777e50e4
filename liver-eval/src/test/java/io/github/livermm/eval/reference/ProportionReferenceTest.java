// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.eval.reference;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.livermm.eval.ConfusionTable;
import io.github.livermm.eval.Interval;
import io.github.livermm.eval.ProportionInterval;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Proves that intervals of proportions and two-by-two tables equal statsmodels, R and epiR. */
class ProportionReferenceTest {

    @TestFactory
    Stream<DynamicTest> proportionInterval() {
        return Fixture.tests("proportion_ci", ProportionReferenceTest::checkIntervals);
    }

    @TestFactory
    Stream<DynamicTest> diagnosticTable() {
        return Fixture.tests("diagnostic_table", ProportionReferenceTest::checkTables);
    }

    private static void checkIntervals(Fixture fixture) {
        double[] x = fixture.input().numbers("x");
        double[] n = fixture.input().numbers("n");
        List<Object> rows = new ArrayList<>();
        for (int i = 0; i < x.length; i++) {
            Map<String, Object> row = new LinkedHashMap<>();
            row.put("x", x[i]);
            row.put("n", n[i]);
            row.put("est", ProportionInterval.WILSON.of((long) x[i], (long) n[i], 0.95).estimate());
            for (ProportionInterval method : ProportionInterval.values()) {
                for (JsonNode level : fixture.spec().path("level")) {
                    double value = level.asDouble();
                    row.put(
                            method.name().toLowerCase(Locale.ROOT)
                                    + (value == 0.95 ? "" : "_" + Math.round(100 * value)),
                            limits(method.of((long) x[i], (long) n[i], value)));
                }
            }
            rows.add(row);
        }
        fixture.comparison().tree(Map.of("rows", rows)).verify();
    }

    private static void checkTables(Fixture fixture) {
        CsvTable input = fixture.input();
        Map<String, Object> found = new LinkedHashMap<>();
        for (int i = 0; i < input.size(); i++) {
            ConfusionTable table =
                    new ConfusionTable(
                            (long) input.numbers("tp")[i],
                            (long) input.numbers("fp")[i],
                            (long) input.numbers("fn")[i],
                            (long) input.numbers("tn")[i]);
            long tp = table.truePositives();
            long tn = table.trueNegatives();
            Map<String, Object> row = new LinkedHashMap<>();
            row.put("sensitivity", share(tp, table.positives()));
            row.put("specificity", share(tn, table.negatives()));
            row.put("ppv", share(tp, tp + table.falsePositives()));
            row.put("npv", share(tn, tn + table.falseNegatives()));
            row.put("accuracy", share(tp + tn, table.total()));
            row.put("prevalence", share(table.positives(), table.total()));
            row.put("lr_positive", figure(table.positiveLikelihoodRatio(0.95)));
            row.put("lr_negative", figure(table.negativeLikelihoodRatio(0.95)));
            row.put("diagnostic_odds_ratio", figure(table.diagnosticOddsRatio(0.95)));
            row.put("youden", figure(table.youden(0.95)));
            found.put(input.text("id")[i], row);
        }
        fixture.comparison().undefinedAccepted().tree(found).verify();
    }

    private static Map<String, Object> share(long x, long n) {
        return Map.of(
                "x", x,
                "n", n,
                "est", ProportionInterval.WILSON.of(x, n, 0.95).estimate(),
                "clopper_pearson", limits(ProportionInterval.CLOPPER_PEARSON.of(x, n, 0.95)),
                "wilson", limits(ProportionInterval.WILSON.of(x, n, 0.95)));
    }

    private static Map<String, Object> figure(Interval interval) {
        return Map.of(
                "est", interval.estimate(),
                "lower", interval.lower(),
                "upper", interval.upper());
    }

    private static double[] limits(Interval interval) {
        return new double[] {interval.lower(), interval.upper()};
    }
}
