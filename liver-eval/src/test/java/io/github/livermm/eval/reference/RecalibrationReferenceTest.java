// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.eval.reference;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.livermm.eval.DecisionCurve;
import io.github.livermm.eval.IsotonicCalibration;
import io.github.livermm.eval.LogisticRegression;
import io.github.livermm.eval.MulticlassEvaluation;
import io.github.livermm.eval.PlattScaling;
import io.github.livermm.eval.Reclassification;
import io.github.livermm.eval.SplineBasis;
import io.github.livermm.eval.TemperatureScaling;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Proves that recalibration equals scikit-learn, net benefit its definition, reclassification and
 * the spline basis Hmisc.
 */
class RecalibrationReferenceTest {

    @TestFactory
    Stream<DynamicTest> isotonic() {
        return Fixture.tests("isotonic", RecalibrationReferenceTest::checkIsotonic);
    }

    @TestFactory
    Stream<DynamicTest> platt() {
        return Fixture.tests("platt", RecalibrationReferenceTest::checkPlatt);
    }

    @TestFactory
    Stream<DynamicTest> temperature() {
        return Fixture.tests("temperature", RecalibrationReferenceTest::checkTemperature);
    }

    @TestFactory
    Stream<DynamicTest> netBenefit() {
        return Fixture.tests("net_benefit", RecalibrationReferenceTest::checkNetBenefit);
    }

    @TestFactory
    Stream<DynamicTest> reclassification() {
        return Fixture.tests("reclassification", RecalibrationReferenceTest::checkReclassification);
    }

    @TestFactory
    Stream<DynamicTest> splineBasis() {
        return Fixture.tests("rcs_basis", RecalibrationReferenceTest::checkBasis);
    }

    private static double[] column(Fixture fixture, String part) {
        return fixture.input().numbers(fixture.spec().path(part).asText());
    }

    private static boolean[] labels(Fixture fixture, String part) {
        return fixture.input().flags(fixture.spec().path(part).asText());
    }

    private static double[] weights(Fixture fixture) {
        return fixture.spec().has("weights") ? column(fixture, "weights") : null;
    }

    private static void checkIsotonic(Fixture fixture) {
        double[] x = column(fixture, "x");
        boolean[] y = labels(fixture, "y");
        IsotonicCalibration rising = IsotonicCalibration.rising(y, x, weights(fixture));
        IsotonicCalibration falling = IsotonicCalibration.falling(y, x, weights(fixture));
        double[] fresh = fixture.csv("newdata.csv").numbers("score");
        double[] fitted = Arrays.stream(x).map(rising::probability).toArray();
        double[] weights = weights(fixture);
        double brier = 0;
        double total = 0;
        for (int i = 0; i < y.length; i++) {
            double weight = weights == null ? 1 : weights[i];
            brier += weight * Math.pow((y[i] ? 1 : 0) - fitted[i], 2);
            total += weight;
        }
        fixture.comparison()
                .tree(
                        Map.of(
                                "new_predictions",
                                Arrays.stream(fresh).map(rising::probability).toArray(),
                                "new_predictions_decreasing",
                                Arrays.stream(fresh).map(falling::probability).toArray(),
                                "brier_after",
                                brier / total))
                .file(
                        "fitted",
                        Map.of(
                                "row",
                                IntStream.rangeClosed(1, y.length).toArray(),
                                "fitted",
                                fitted))
                .verify();
    }

    private static void checkPlatt(Fixture fixture) {
        double[] x = column(fixture, "x");
        boolean[] y = labels(fixture, "y");
        PlattScaling platt = PlattScaling.fit(y, x, weights(fixture));
        Map<String, Object> found = new LinkedHashMap<>();
        found.put("a", platt.a());
        found.put("b", platt.b());
        found.put("sklearn_a", platt.a());
        found.put("sklearn_b", platt.b());
        found.put(
                "new_predictions",
                Arrays.stream(fixture.csv("newdata.csv").numbers("score"))
                        .map(platt::probability)
                        .toArray());
        double[][] rows = Arrays.stream(x).mapToObj(v -> new double[] {v}).toArray(double[][]::new);
        LogisticRegression plain = LogisticRegression.fit(rows, y, 0);
        found.put(
                "unsmoothed_logistic",
                plain.separated()
                        ? "does not converge (separated)"
                        : Map.of("slope", plain.coefficients()[0], "intercept", plain.intercept()));
        fixture.comparison().tree(found).verify();
    }

    private static void checkTemperature(Fixture fixture) {
        CsvTable input = fixture.input();
        JsonNode columns = fixture.spec().path("logit_columns");
        double[][] logits = new double[input.size()][columns.size()];
        for (int k = 0; k < columns.size(); k++) {
            double[] column = input.numbers(columns.path(k).asText());
            for (int i = 0; i < logits.length; i++) {
                logits[i][k] = column[i];
            }
        }
        int[] truth =
                Arrays.stream(input.numbers(fixture.spec().path("label").asText()))
                        .mapToInt(v -> (int) v)
                        .toArray();
        TemperatureScaling fitted = TemperatureScaling.fit(truth, logits);
        double[][] after =
                Arrays.stream(logits).map(fitted::probabilities).toArray(double[][]::new);
        TemperatureScaling one = new TemperatureScaling(1);
        double[][] before = Arrays.stream(logits).map(one::probabilities).toArray(double[][]::new);
        int rows = fixture.expected().path("first_rows_after").size();
        fixture.comparison()
                .tree(
                        Map.of(
                                "temperature",
                                fitted.temperature(),
                                "nll_before",
                                MulticlassEvaluation.of(truth, before, null).logLoss(),
                                "nll_after",
                                MulticlassEvaluation.of(truth, after, null).logLoss(),
                                "first_rows_after",
                                Arrays.copyOf(after, rows)))
                .verify();
    }

    private static void checkNetBenefit(Fixture fixture) {
        boolean[] y = labels(fixture, "label");
        List<Double> thresholds = new ArrayList<>();
        fixture.spec().path("thresholds").forEach(t -> thresholds.add(t.asDouble()));
        double[] at = thresholds.stream().mapToDouble(Double::doubleValue).toArray();
        Map<String, DecisionCurve> curves = new LinkedHashMap<>();
        fixture.spec()
                .path("models")
                .forEach(
                        m ->
                                curves.put(
                                        m.asText(),
                                        DecisionCurve.of(
                                                y, fixture.input().numbers(m.asText()), at)));
        List<String> model = new ArrayList<>();
        List<double[]> rows = new ArrayList<>();
        for (int t = 0; t < at.length; t++) {
            DecisionCurve.Point any = curves.values().iterator().next().points().get(t);
            model.add("treat_all");
            rows.add(row(at[t], any.treatAll(), Double.NaN, Double.NaN, Double.NaN));
            model.add("treat_none");
            rows.add(row(at[t], 0, Double.NaN, Double.NaN, Double.NaN));
            for (Map.Entry<String, DecisionCurve> entry : curves.entrySet()) {
                DecisionCurve.Point point = entry.getValue().points().get(t);
                model.add(entry.getKey());
                rows.add(
                        row(
                                at[t],
                                point.netBenefit(),
                                point.standardised(),
                                point.interventionsAvoided(),
                                point.treated()));
            }
        }
        Map<String, Object> columns = new LinkedHashMap<>();
        columns.put("model", model.toArray(String[]::new));
        String[] names = {
            "threshold",
            "net_benefit",
            "standardized",
            "net_reduction_in_interventions",
            "fraction_positive"
        };
        for (int c = 0; c < names.length; c++) {
            int part = c;
            columns.put(names[c], rows.stream().mapToDouble(r -> r[part]).toArray());
        }
        fixture.comparison()
                .value("prevalence", curves.values().iterator().next().prevalence())
                .file("net_benefit", columns)
                .verify();
    }

    private static double[] row(double... values) {
        return values;
    }

    private static void checkReclassification(Fixture fixture) {
        Reclassification found =
                Reclassification.of(
                        labels(fixture, "label"), column(fixture, "old"), column(fixture, "new"));
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("nri", found.nri(0.95).estimate());
        tree.put("se_nri", found.nriStandardError());
        tree.put("z_nri", found.nri(0.95).estimate() / found.nriStandardError());
        tree.put("nri_ev", found.nriEvents());
        tree.put("se_nri_ev", found.nriEventsStandardError());
        tree.put("nri_ne", found.nriOthers());
        tree.put("se_nri_ne", found.nriOthersStandardError());
        tree.put("idi", found.idi());
        tree.put("se_idi", found.idiStandardError());
        tree.put("z_idi", found.idi() / found.idiStandardError());
        tree.put("pup_ev", found.upEvents());
        tree.put("pdown_ev", found.downEvents());
        tree.put("pup_ne", found.upOthers());
        tree.put("pdown_ne", found.downOthers());
        fixture.comparison().tree(tree).verify();
    }

    private static void checkBasis(Fixture fixture) {
        double[] x = column(fixture, "x");
        Comparison comparison = fixture.comparison();
        for (JsonNode count : fixture.spec().path("knots")) {
            SplineBasis basis = SplineBasis.atQuantiles(x, count.asInt());
            Map<String, Object> columns = new LinkedHashMap<>();
            for (int c = 0; c < basis.width(); c++) {
                int part = c;
                columns.put("b" + (c + 1), Arrays.stream(x).map(v -> basis.at(v)[part]).toArray());
            }
            comparison
                    .value("k" + count.asInt() + "/knots", basis.knots())
                    .file("basis_k" + count.asInt(), columns);
        }
        comparison.verify();
    }
}
