// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.eval.reference;

import io.github.livermm.eval.BrierScore;
import io.github.livermm.eval.CalibrationCurve;
import io.github.livermm.eval.CalibrationError;
import io.github.livermm.eval.CalibrationGroups;
import io.github.livermm.eval.Loess;
import io.github.livermm.eval.LogisticCalibration;
import io.github.livermm.eval.Lowess;
import io.github.livermm.eval.Spiegelhalter;
import io.github.livermm.eval.ValidationIndices;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Proves that calibration figures and smoothers equal rms, base R and the definition of the
 * expected calibration error.
 */
class CalibrationReferenceTest {

    @TestFactory
    Stream<DynamicTest> valProb() {
        return Fixture.tests("val_prob", CalibrationReferenceTest::checkValProb);
    }

    @TestFactory
    Stream<DynamicTest> smoother() {
        return Fixture.tests("smoother", CalibrationReferenceTest::checkSmoother);
    }

    @TestFactory
    Stream<DynamicTest> calibrationError() {
        return Fixture.tests("calibration_error", CalibrationReferenceTest::checkError);
    }

    private static void checkValProb(Fixture fixture) {
        CsvTable input = fixture.input();
        boolean[] y = input.flags(fixture.spec().path("label").asText());
        double[] p = input.numbers(fixture.spec().path("probability").asText());
        int[] inside = IntStream.range(0, p.length).filter(i -> p[i] > 0 && p[i] < 1).toArray();
        boolean[] yInside = pick(y, inside);
        double[] pInside = Arrays.stream(inside).mapToDouble(i -> p[i]).toArray();
        LogisticCalibration logistic = LogisticCalibration.of(y, p, 0.95);
        BrierScore brier = BrierScore.of(y, p);
        CalibrationCurve curve = CalibrationCurve.of(y, p);
        double[] response = new double[y.length];
        int events = 0;
        for (int i = 0; i < y.length; i++) {
            response[i] = y[i] ? 1 : 0;
            events += y[i] ? 1 : 0;
        }
        double[] lowess = Lowess.smooth(p, response, 2.0 / 3, 0);
        double[] distances = new double[p.length];
        for (int i = 0; i < p.length; i++) {
            distances[i] = Math.abs(lowess[i] - p[i]);
        }
        Arrays.sort(distances);

        Map<String, Object> found = new LinkedHashMap<>();
        found.put("n", y.length);
        found.put("events", events);
        found.put("n_strictly_inside", logistic.rows());
        found.put("val_prob", indices(yInside, pInside));
        found.put(
                "calibration_in_the_large",
                Map.of(
                        "est", logistic.inTheLarge().estimate(),
                        "se", logistic.inTheLargeStandardError()));
        found.put(
                "recalibration",
                Map.of(
                        "intercept", logistic.intercept().estimate(),
                        "slope", logistic.slope().estimate(),
                        "se_intercept", logistic.interceptStandardError(),
                        "se_slope", logistic.slopeStandardError()));
        found.put("oe_ratio", events / Arrays.stream(p).sum());
        found.put("brier", brier.score());
        found.put("scaled_brier", brier.scaled());
        Spiegelhalter spiegelhalter = Spiegelhalter.of(y, p);
        found.put(
                "spiegelhalter",
                Map.of("z", spiegelhalter.z(), "p_two_sided", spiegelhalter.pValue()));
        found.put(
                "lowess",
                Map.of(
                        "eavg", Arrays.stream(distances).average().orElseThrow(),
                        "emax", distances[distances.length - 1],
                        "e50", quantile(distances, 0.5),
                        "e90", quantile(distances, 0.9)));
        found.put("loess_direct", distances(curve));
        found.put("loess_interpolated", distances(CalibrationCurve.interpolated(y, p)));
        found.put("hosmer_lemeshow", hosmerLemeshow(fixture, y, p));
        fixture.comparison()
                .tree(found)
                .file(
                        "smooth",
                        Map.of(
                                "row",
                                IntStream.rangeClosed(1, p.length).toArray(),
                                "p",
                                p,
                                "lowess",
                                lowess,
                                "loess_direct",
                                curve.fitted()))
                .verify();
    }

    private static Map<String, Object> indices(boolean[] y, double[] p) {
        ValidationIndices indices = ValidationIndices.of(y, p);
        LogisticCalibration logistic = LogisticCalibration.of(y, p, 0.95);
        Spiegelhalter spiegelhalter = Spiegelhalter.of(y, p);
        Map<String, Object> found = new LinkedHashMap<>();
        found.put("Dxy", indices.dxy());
        found.put("C_", indices.c());
        found.put("R2", indices.r2());
        found.put("D", indices.d());
        found.put("D_Chi_sq", indices.dChiSquare());
        found.put("D_p", Double.NaN);
        found.put("U", indices.u());
        found.put("U_Chi_sq", indices.uChiSquare());
        found.put("U_p", indices.uPValue());
        found.put("Q", indices.q());
        found.put("Brier", BrierScore.of(y, p).score());
        found.put("Intercept", logistic.intercept().estimate());
        found.put("Slope", logistic.slope().estimate());
        found.put("Emax", indices.emax());
        found.put("E90", indices.e90());
        found.put("Eavg", indices.eavg());
        found.put("S_z", spiegelhalter.z());
        found.put("S_p", spiegelhalter.pValue());
        return found;
    }

    private static Map<String, Object> distances(CalibrationCurve curve) {
        return Map.of(
                "ici", curve.ici(),
                "e50", curve.e50(),
                "e90", curve.e90(),
                "emax", curve.emax());
    }

    private static Map<String, Object> hosmerLemeshow(Fixture fixture, boolean[] y, double[] p) {
        CalibrationGroups groups =
                CalibrationGroups.of(y, p, fixture.spec().path("hl_groups").asInt());
        List<Object> rows = new ArrayList<>();
        for (CalibrationGroups.Group group : groups.groups()) {
            rows.add(
                    Map.of(
                            "group", rows.size() + 1,
                            "n", group.rows(),
                            "observed", group.observed(),
                            "expected", group.expected()));
        }
        Map<String, Object> found = new LinkedHashMap<>();
        found.put("groups", rows);
        found.put("chisq", groups.chiSquare());
        found.put("df_internal", rows.size() - 2);
        found.put("p_internal", groups.hosmerLemeshowPValue(true));
        found.put("df_external", rows.size());
        found.put("p_external", groups.hosmerLemeshowPValue(false));
        return found;
    }

    private static void checkSmoother(Fixture fixture) {
        double[] x = fixture.input().numbers("x");
        double[] y = fixture.input().numbers("y");
        int[] order =
                IntStream.range(0, x.length)
                        .boxed()
                        .sorted(Comparator.comparingDouble(i -> x[i]))
                        .mapToInt(Integer::intValue)
                        .toArray();
        fixture.comparison()
                .file(
                        "lowess",
                        Map.of(
                                "x", sorted(x, order),
                                "iter0", sorted(Lowess.smooth(x, y, 2.0 / 3, 0), order),
                                "iter3", sorted(Lowess.smooth(x, y, 2.0 / 3, 3), order),
                                "iter0_delta0", sorted(Lowess.smooth(x, y, 2.0 / 3, 0, 0), order)))
                .file(
                        "loess",
                        Map.of(
                                "row",
                                IntStream.rangeClosed(1, x.length).toArray(),
                                "loess_degree2_span075",
                                Loess.fit(x, y, 0.75, 2).at(x),
                                "loess_degree1_span05",
                                Loess.fit(x, y, 0.5, 1).at(x)))
                .verify();
    }

    private static void checkError(Fixture fixture) {
        boolean[] y = fixture.input().flags("y");
        double[] p = fixture.input().numbers("p");
        Map<String, Object> found = new LinkedHashMap<>();
        for (int bins : new int[] {10, 15}) {
            CalibrationError error = CalibrationError.equalWidth(y, p, bins);
            found.put("bins" + bins + "_l1", error.expected());
            found.put("bins" + bins + "_l2", error.rootMeanSquare());
            found.put("bins" + bins + "_max", error.maximum());
            found.put("bins" + bins + "_l1_torchmetrics", error.expected());
            found.put("bins" + bins + "_l2_torchmetrics", error.rootMeanSquare());
            found.put("bins" + bins + "_max_torchmetrics", error.maximum());
        }
        found.put("adaptive10_l1", CalibrationError.equalMass(y, p, 10).expected());
        // left-closed bins: the notes accept either rule; ours is right-closed
        fixture.comparison()
                .except(
                        "bins10_l1_left_closed",
                        "bins10_l2_left_closed",
                        "bins10_max_left_closed",
                        "bins15_l1_left_closed",
                        "bins15_l2_left_closed",
                        "bins15_max_left_closed")
                .tree(found)
                .verify();
    }

    private static boolean[] pick(boolean[] values, int[] rows) {
        boolean[] picked = new boolean[rows.length];
        for (int i = 0; i < rows.length; i++) {
            picked[i] = values[rows[i]];
        }
        return picked;
    }

    private static double[] sorted(double[] values, int[] order) {
        return Arrays.stream(order).mapToDouble(i -> values[i]).toArray();
    }

    private static double quantile(double[] sorted, double probability) {
        double h = (sorted.length - 1) * probability;
        int below = (int) Math.floor(h);
        int above = Math.min(below + 1, sorted.length - 1);
        return sorted[below] + (h - below) * (sorted[above] - sorted[below]);
    }
}
