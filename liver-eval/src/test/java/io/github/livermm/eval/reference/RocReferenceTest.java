// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.eval.reference;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.livermm.eval.ConfusionTable;
import io.github.livermm.eval.DeLongTest;
import io.github.livermm.eval.Interval;
import io.github.livermm.eval.OperatingPoint;
import io.github.livermm.eval.RocCurve;
import io.github.livermm.eval.resample.Bootstrap;
import io.github.livermm.eval.resample.BootstrapDistribution;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Proves that ROC curves and DeLong's tests equal those of R's pROC. */
class RocReferenceTest {
    private static final int REPLICATES = 10_000;

    @TestFactory
    Stream<DynamicTest> roc() {
        return Fixture.tests("roc", RocReferenceTest::checkCurve);
    }

    @TestFactory
    Stream<DynamicTest> rocDegenerate() {
        return Fixture.tests(
                "roc_degenerate",
                fixture -> {
                    CsvTable input = fixture.input();
                    RocCurve curve = RocCurve.of(input.flags("y"), input.numbers("score"));

                    assertThat(curve.auc()).isNaN();
                    assertThat(curve.aucInterval(0.95).lower()).isNaN();
                    assertThat(curve.aucLogitInterval(0.95).upper()).isNaN();
                    assertThat(curve.youden()).isEmpty();
                    assertThat(curve.specificityAtSensitivity(0.9)).isNaN();
                    assertThat(curve.sensitivityAtSpecificity(0.9)).isNaN();
                });
    }

    @TestFactory
    Stream<DynamicTest> rocCompare() {
        return Fixture.tests("roc_compare", RocReferenceTest::checkPaired);
    }

    @TestFactory
    Stream<DynamicTest> rocCompareUnpaired() {
        return Fixture.tests("roc_compare_unpaired", RocReferenceTest::checkUnpaired);
    }

    private static void checkCurve(Fixture fixture) {
        CsvTable input = fixture.input();
        boolean[] positive = input.flags(fixture.spec().path("label").asText());
        double[] score = input.numbers(fixture.spec().path("score").asText());
        RocCurve curve = RocCurve.of(positive, score);
        Map<String, Object> found = new LinkedHashMap<>();
        found.put("n_pos", curve.positives());
        found.put("n_neg", curve.negatives());
        found.put("omitted", curve.omitted());
        found.put("auc", curve.auc());
        found.put("var_delong", curve.delongVariance());
        found.put("se_delong", Math.sqrt(curve.delongVariance()));
        found.put("ci95_delong", limits(curve.aucInterval(0.95)));
        found.put("mann_whitney_u", curve.mannWhitneyU());
        found.put("ci95_logit", limits(curve.aucLogitInterval(0.95)));
        found.put("se_hanley_mcneil", curve.hanleyMcNeilStandardError());
        found.put(
                "best",
                Map.of(
                        "youden", points(curve.youden()),
                        "closest_topleft", points(curve.closestToTopLeft())));
        found.put("at_sensitivity", atSensitivity(curve, fixture.expected()));
        found.put("at_specificity", atSpecificity(curve, fixture.expected()));
        found.put("partial_auc", partialAreas(curve, fixture.expected()));
        if (fixture.expected().has("boot")) {
            found.put("boot", boot(fixture.expected().path("boot"), positive, score));
        }

        List<OperatingPoint> points = curve.points();
        fixture.comparison()
                .except("replicates")
                .tree(found)
                .file(
                        "points",
                        Map.of(
                                "threshold",
                                points.stream().mapToDouble(OperatingPoint::threshold).toArray(),
                                "sensitivity",
                                points.stream().mapToDouble(OperatingPoint::sensitivity).toArray(),
                                "specificity",
                                points.stream().mapToDouble(OperatingPoint::specificity).toArray()))
                .verify();
    }

    private static List<Object> points(List<OperatingPoint> points) {
        List<Object> found = new ArrayList<>();
        for (OperatingPoint point : points) {
            ConfusionTable table = point.table();
            Map<String, Object> row = new LinkedHashMap<>();
            row.put("threshold", point.threshold());
            row.put("sensitivity", point.sensitivity());
            row.put("specificity", point.specificity());
            row.put("ppv", table.ppv());
            row.put("npv", table.npv());
            row.put("accuracy", table.accuracy());
            row.put("tp", table.truePositives());
            row.put("fp", table.falsePositives());
            row.put("tn", table.trueNegatives());
            row.put("fn", table.falseNegatives());
            found.add(row);
        }
        return found;
    }

    private static List<Object> atSensitivity(RocCurve curve, JsonNode expected) {
        List<Object> found = new ArrayList<>();
        for (JsonNode row : expected.path("at_sensitivity")) {
            double target = row.path("sensitivity").asDouble();
            found.add(
                    Map.of(
                            "sensitivity",
                            target,
                            "specificity_interpolated",
                            curve.specificityAtSensitivity(target),
                            "specificity_step",
                            curve.pointAtSensitivity(target).specificity()));
        }
        return found;
    }

    private static List<Object> atSpecificity(RocCurve curve, JsonNode expected) {
        List<Object> found = new ArrayList<>();
        for (JsonNode row : expected.path("at_specificity")) {
            double target = row.path("specificity").asDouble();
            found.add(
                    Map.of(
                            "specificity",
                            target,
                            "sensitivity_interpolated",
                            curve.sensitivityAtSpecificity(target),
                            "sensitivity_step",
                            curve.pointAtSpecificity(target).sensitivity()));
        }
        return found;
    }

    private static List<Object> partialAreas(RocCurve curve, JsonNode expected) {
        List<Object> found = new ArrayList<>();
        for (JsonNode row : expected.path("partial_auc")) {
            double from = row.path("from").asDouble();
            double to = row.path("to").asDouble();
            String focus = row.path("focus").asText();
            double area =
                    focus.equals("specificity")
                            ? curve.partialAucOverSpecificity(from, to)
                            : curve.partialAucOverSensitivity(from, to);
            found.add(
                    Map.of(
                            "focus", focus,
                            "from", from,
                            "to", to,
                            "area", area,
                            "corrected", RocCurve.mcClish(area, from, to)));
        }
        return found;
    }

    private static Map<String, Object> boot(JsonNode expected, boolean[] positive, double[] score) {
        Map<String, Object> found = new LinkedHashMap<>();
        List<Double> specificities = new ArrayList<>();
        expected.path("sensitivity_at_specificity")
                .forEach(row -> specificities.add(row.path("specificity").asDouble()));
        List<Double> sensitivities = new ArrayList<>();
        expected.path("specificity_at_sensitivity")
                .forEach(row -> sensitivities.add(row.path("sensitivity").asDouble()));
        double threshold = expected.path("at_youden_threshold").path("threshold").asDouble();
        List<BootstrapDistribution> distributions =
                Bootstrap.of(REPLICATES, 1)
                        .stratifiedBy(positive)
                        .distributions(
                                positive.length,
                                rows -> {
                                    boolean[] y = new boolean[rows.length];
                                    double[] s = new double[rows.length];
                                    for (int i = 0; i < rows.length; i++) {
                                        y[i] = positive[rows[i]];
                                        s[i] = score[rows[i]];
                                    }
                                    RocCurve curve = RocCurve.of(y, s);
                                    ConfusionTable table = ConfusionTable.of(y, s, threshold);
                                    List<Double> values = new ArrayList<>();
                                    values.add(curve.auc());
                                    specificities.forEach(
                                            x -> values.add(curve.sensitivityAtSpecificity(x)));
                                    sensitivities.forEach(
                                            x -> values.add(curve.specificityAtSensitivity(x)));
                                    values.add(table.sensitivity());
                                    values.add(table.specificity());
                                    return values.stream()
                                            .mapToDouble(Double::doubleValue)
                                            .toArray();
                                });
        found.put("ci95_auc", limits(Interval.percentile(distributions.get(0), 0.95)));
        List<Object> rows = new ArrayList<>();
        int k = 1;
        for (double specificity : specificities) {
            rows.add(bootRow("specificity", specificity, distributions.get(k++)));
        }
        found.put("sensitivity_at_specificity", rows);
        rows = new ArrayList<>();
        for (double sensitivity : sensitivities) {
            rows.add(bootRow("sensitivity", sensitivity, distributions.get(k++)));
        }
        found.put("specificity_at_sensitivity", rows);
        found.put(
                "at_youden_threshold",
                Map.of(
                        "threshold", threshold,
                        "sensitivity", quartiles(distributions.get(k)),
                        "specificity", quartiles(distributions.get(k + 1))));
        return found;
    }

    private static Map<String, Object> bootRow(String key, double at, BootstrapDistribution d) {
        double[] q = quartiles(d);
        return Map.of(key, at, "lower", q[0], "median", q[1], "upper", q[2]);
    }

    private static double[] quartiles(BootstrapDistribution d) {
        return new double[] {d.quantile(0.025), d.quantile(0.5), d.quantile(0.975)};
    }

    private static void checkPaired(Fixture fixture) {
        CsvTable input = fixture.input();
        boolean[] positive = input.flags(fixture.spec().path("label").asText());
        List<String> names = new ArrayList<>();
        fixture.spec().path("scores").forEach(n -> names.add(n.asText()));
        double[][] scores = names.stream().map(input::numbers).toArray(double[][]::new);
        Map<String, Object> auc = new LinkedHashMap<>();
        for (int i = 0; i < scores.length; i++) {
            auc.put(names.get(i), RocCurve.of(positive, scores[i]).auc());
        }
        List<Object> tests = new ArrayList<>();
        boolean undefined = false;
        for (int i = 0; i < scores.length; i++) {
            for (int j = i + 1; j < scores.length; j++) {
                DeLongTest test = DeLongTest.paired(positive, scores[i], scores[j], 0.95);
                Map<String, Object> row = new LinkedHashMap<>();
                row.put("a", names.get(i));
                row.put("b", names.get(j));
                row.put("difference", test.difference().estimate());
                row.put("se", test.standardError());
                row.put("z", test.statistic());
                row.put("p", test.pValue());
                row.put("lower95", test.difference().lower());
                row.put("upper95", test.difference().upper());
                tests.add(row);
                undefined |= Double.isNaN(test.statistic());
            }
        }
        Map<String, Object> found = new LinkedHashMap<>();
        found.put("auc", auc);
        found.put("covariance", DeLongTest.covariance(positive, scores));
        found.put("tests", tests);
        Comparison comparison = fixture.comparison();
        if (undefined) {
            // 0/0: the fixture's notes accept NaN
            assertThat(fixture.name()).isEqualTo("roc_compare_identical");
            comparison.except("z", "p");
        }
        comparison.tree(found).verify();
    }

    private static void checkUnpaired(Fixture fixture) {
        CsvTable input = fixture.input();
        boolean[] positive = input.flags(fixture.spec().path("label").asText());
        double[] score = input.numbers(fixture.spec().path("score").asText());
        String[] group = input.text(fixture.spec().path("group").asText());
        RocCurve[] curves = new RocCurve[2];
        for (int g = 0; g < 2; g++) {
            double[] own = score.clone();
            for (int i = 0; i < own.length; i++) {
                if (!group[i].equals(fixture.spec().path("order").path(g).asText())) {
                    own[i] = Double.NaN;
                }
            }
            curves[g] = RocCurve.of(positive, own);
        }
        DeLongTest test = DeLongTest.unpaired(curves[0], curves[1], 0.95);
        Map<String, Object> found = new LinkedHashMap<>();
        found.put("auc", new double[] {curves[0].auc(), curves[1].auc()});
        found.put(
                "variance", new double[] {curves[0].delongVariance(), curves[1].delongVariance()});
        found.put(
                "rows",
                new int[] {
                    curves[0].positives() + curves[0].negatives(),
                    curves[1].positives() + curves[1].negatives()
                });
        found.put("d", test.statistic());
        found.put("df", test.degreesOfFreedom());
        found.put("p", test.pValue());
        found.put("p_normal", test.normalPValue());
        fixture.comparison().tree(found).verify();
    }

    private static double[] limits(Interval interval) {
        return new double[] {interval.lower(), interval.upper()};
    }
}
