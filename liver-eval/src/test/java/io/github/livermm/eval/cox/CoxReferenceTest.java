// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.eval.cox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.livermm.eval.Concordance;
import io.github.livermm.eval.ConcordanceOptions;
import io.github.livermm.eval.SurvivalOutcomes;
import io.github.livermm.eval.reference.Comparison;
import io.github.livermm.eval.reference.CsvTable;
import io.github.livermm.eval.reference.Fixture;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.IntToDoubleFunction;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.apache.commons.math3.special.Erf;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The engine gives the figures of R's survival package: coxph, basehaz, survfit. */
class CoxReferenceTest {
    @TestFactory
    Stream<DynamicTest> fitsEqualCoxph() {
        return Fixture.tests("cox", CoxReferenceTest::fit);
    }

    @TestFactory
    Stream<DynamicTest> degenerateFitsAreNamed() {
        return Fixture.tests("cox_degenerate", CoxReferenceTest::degenerate);
    }

    @TestFactory
    Stream<DynamicTest> likelihoodAndGradientEqualCoxph() {
        return Fixture.tests("cox_loss", CoxReferenceTest::loss);
    }

    private static void fit(Fixture fixture) {
        CoxCase reference = CoxCase.of(fixture);
        CoxFit fit = reference.fit();
        assertThat(fit.status()).isEqualTo(CoxFit.Status.CONVERGED);
        Comparison comparison = fixture.comparison();
        comparison.value("n", fit.n());
        comparison.value("n_event", fit.events());
        comparison.value("coef", byName(fit, fit.coefficients()));
        comparison.value("loglik", fit.logLikelihood());
        comparison.value("loglik_null", fit.logLikelihoodNull());
        boolean robust = fixture.expected().has("vcov_naive");
        comparison.value(robust ? "vcov_naive" : "vcov", fit.covariance());
        comparison.value(robust ? "se_naive" : "se", byName(fit, fit.standardErrors()));
        if (fixture.expected().has("penalty")) {
            comparison.value("penalty", fit.penalty());
            comparison.value("penalized_loglik", fit.logLikelihood() - fit.penalty());
            comparison.value("effective_df", fit.degreesOfFreedom());
            comparison.value("vcov2", fit.penalisedCovariance());
        } else {
            inference(fixture, reference, fit, comparison);
        }
        concordance(fixture, reference, fit, comparison);
        baseline(fixture, reference, fit, comparison);
        if (fixture.expectedFiles().has("curves")) {
            curves(fixture, reference, fit, comparison);
        }
        comparison.verify();
    }

    private static void inference(
            Fixture fixture, CoxCase reference, CoxFit fit, Comparison comparison) {
        CoxDiagnostics diagnostics = CoxDiagnostics.of(reference.data, fit);
        boolean robust = fixture.expected().has("vcov_naive");
        double[][] covariance =
                robust ? diagnostics.robustCovariance(reference.cluster) : fit.covariance();
        double[] beta = fit.coefficients();
        double[] se = new double[beta.length];
        double[] z = new double[beta.length];
        double[] p = new double[beta.length];
        double[] lower = new double[beta.length];
        double[] upper = new double[beta.length];
        for (int j = 0; j < beta.length; j++) {
            se[j] = Math.sqrt(covariance[j][j]);
            z[j] = beta[j] / se[j];
            p[j] = Erf.erfc(Math.abs(z[j]) / Math.sqrt(2));
            lower[j] = Math.exp(beta[j] - 1.959963984540054 * se[j]);
            upper[j] = Math.exp(beta[j] + 1.959963984540054 * se[j]);
        }
        comparison.value("vcov", covariance);
        comparison.value("se", byName(fit, se));
        comparison.value("z", byName(fit, z));
        comparison.value("p", byName(fit, p));
        comparison.value("hr_lower95", byName(fit, lower));
        comparison.value("hr_upper95", byName(fit, upper));
        comparison.value("lr_test", test(diagnostics.likelihoodRatioTest()));
        comparison.value("wald_test", test(diagnostics.waldTest(covariance)));
        comparison.value("score_test", test(diagnostics.scoreTest()));
        if (robust) {
            comparison.value(
                    "robust_score_test", test(diagnostics.robustScoreTest(reference.cluster)));
        }
        comparison.value("aic", diagnostics.aic());
        residuals(fixture, fit, diagnostics, comparison);
        if (fixture.expected().has("zph")) {
            Map<String, Object> byTransform = new LinkedHashMap<>();
            byTransform.put("km", zph(fit, diagnostics, TimeTransform.KAPLAN_MEIER));
            byTransform.put("rank", zph(fit, diagnostics, TimeTransform.RANK));
            byTransform.put("identity", zph(fit, diagnostics, TimeTransform.IDENTITY));
            byTransform.put("log", zph(fit, diagnostics, TimeTransform.LOG));
            comparison.value("zph", byTransform);
        }
    }

    private static Map<String, Object> zph(
            CoxFit fit, CoxDiagnostics diagnostics, TimeTransform transform) {
        ProportionalHazardsTest tests = diagnostics.proportionalHazards(transform);
        Map<String, Object> map = new LinkedHashMap<>();
        map.put(
                "chisq",
                byName(fit, tests.columns().stream().mapToDouble(CoxTest::statistic).toArray()));
        map.put("p", byName(fit, tests.columns().stream().mapToDouble(CoxTest::p).toArray()));
        Map<String, Object> global = test(tests.global());
        global.put("chisq", tests.global().statistic());
        map.put("global", global);
        return map;
    }

    private static Map<String, Object> test(CoxTest test) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("stat", test.statistic());
        map.put("df", test.degreesOfFreedom());
        map.put("p", test.p());
        return map;
    }

    private static void residuals(
            Fixture fixture, CoxFit fit, CoxDiagnostics diagnostics, Comparison comparison) {
        double[] martingale = diagnostics.martingale();
        double[] deviance = diagnostics.deviance();
        Map<String, Object> checks = new LinkedHashMap<>();
        checks.put("sum_martingale", DoubleStream.of(martingale).sum());
        checks.put("sum_martingale_sq", Arrays.stream(martingale).map(m -> m * m).sum());
        checks.put("sum_deviance_sq", Arrays.stream(deviance).map(m -> m * m).sum());
        comparison.value("residual_checks", checks);
        double[] row = fixture.csv("expected_residuals.csv").numbers("row");
        Map<String, Object> columns = new HashMap<>();
        columns.put("row", row);
        CoxCase reference = CoxCase.of(fixture);
        columns.put("xb", at(row, i -> fit.linearPredictor(reference.data.x[i])));
        columns.put(
                "expected",
                at(row, i -> (reference.data.outcomes.event(i) ? 1 : 0) - martingale[i]));
        columns.put("martingale", at(row, i -> martingale[i]));
        columns.put("deviance", at(row, i -> deviance[i]));
        double[][] score = diagnostics.score();
        double[][] dfbeta = diagnostics.dfbeta();
        for (int j = 0; j < fit.names().size(); j++) {
            int column = j;
            columns.put("score_" + fit.names().get(j), at(row, i -> score[i][column]));
            columns.put("dfbeta_" + fit.names().get(j), at(row, i -> dfbeta[i][column]));
        }
        comparison.file("residuals", columns);
        schoenfeld(fixture, fit, diagnostics);
    }

    /** Tied events may come in any order: both sides are sorted within a time. */
    private static void schoenfeld(Fixture fixture, CoxFit fit, CoxDiagnostics diagnostics) {
        CsvTable expected = fixture.csv("expected_schoenfeld.csv");
        SchoenfeldResiduals found = diagnostics.schoenfeld();
        double[] time = expected.numbers("time");
        int p = fit.names().size();
        List<double[]> theirs = new ArrayList<>();
        List<double[]> ours = new ArrayList<>();
        double[][] raw = new double[p][];
        double[][] scaled = new double[p][];
        for (int j = 0; j < p; j++) {
            raw[j] = expected.numbers("schoenfeld_" + fit.names().get(j));
            scaled[j] = expected.numbers("scaled_" + fit.names().get(j));
        }
        double[] ownTime = found.times();
        double[][] ownRaw = found.residuals();
        double[][] ownScaled = found.scaled();
        for (int k = 0; k < time.length; k++) {
            double[] a = new double[2 * p + 1];
            double[] b = new double[2 * p + 1];
            a[0] = time[k];
            b[0] = ownTime[k];
            for (int j = 0; j < p; j++) {
                a[1 + j] = raw[j][k];
                a[1 + p + j] = scaled[j][k];
                b[1 + j] = ownRaw[k][j];
                b[1 + p + j] = ownScaled[k][j];
            }
            theirs.add(a);
            ours.add(b);
        }
        sortWithinTimes(theirs);
        sortWithinTimes(ours);
        double rel = fixture.tolerance("expected_files", "rel");
        double abs = fixture.tolerance("expected_files", "abs");
        for (int k = 0; k < time.length; k++) {
            for (int j = 0; j < 2 * p + 1; j++) {
                assertThat(ours.get(k)[j])
                        .as("schoenfeld row %d column %d", k + 1, j)
                        .isCloseTo(
                                theirs.get(k)[j], within(abs + rel * Math.abs(theirs.get(k)[j])));
            }
        }
    }

    private static void sortWithinTimes(List<double[]> rows) {
        for (int a = 0; a < rows.size(); ) {
            int b = a;
            while (b < rows.size() && rows.get(b)[0] == rows.get(a)[0]) {
                b++;
            }
            rows.subList(a, b)
                    .sort(
                            Comparator.comparingDouble((double[] r) -> Math.rint(r[1] * 1e6) / 1e6)
                                    .thenComparingDouble(
                                            r -> Math.rint(r[r.length / 2] * 1e6) / 1e6));
            a = b;
        }
    }

    private static double[] at(double[] row, IntToDoubleFunction value) {
        return Arrays.stream(row).map(r -> value.applyAsDouble((int) r - 1)).toArray();
    }

    private static void concordance(
            Fixture fixture, CoxCase reference, CoxFit fit, Comparison comparison) {
        CoxData data = reference.data;
        double[] risk = new double[data.size()];
        for (int i = 0; i < risk.length; i++) {
            risk[i] = fit.linearPredictor(data.x[i]);
        }
        ConcordanceOptions options = ConcordanceOptions.defaults();
        options = data.weights == null ? options : options.withWeights(data.weights);
        options = data.entry == null ? options : options.withEntry(data.entry);
        options = data.strata == null ? options : options.withStrata(data.strata);
        Concordance c = Concordance.of(data.outcomes, risk, options);
        Map<String, Object> map = new LinkedHashMap<>();
        double tied = fixture.expected().path("concordance").path("tied_x").asDouble();
        if (tied < c.tiedRisk() && c.tiedRisk() - tied < 1e-4 * c.concordant()) {
            // the reference's predictors of equal rows differ in the last bit: a few ties are lost
            comparison.value("concordance/concordant", c.concordant());
            double lost = c.tiedRisk() - tied;
            comparison.value("concordance/discordant", c.discordant() + lost);
            return;
        }
        map.put("c", c.estimate());
        map.put(
                "se",
                fixture.spec().has("cluster")
                        ? c.standardError(reference.cluster)
                        : c.standardError());
        map.put("concordant", c.concordant());
        map.put("discordant", c.discordant());
        map.put("tied_x", c.tiedRisk());
        map.put("tied_y", c.tiedTime());
        map.put("tied_xy", c.tiedBoth());
        comparison.value("concordance", map);
    }

    private static void baseline(
            Fixture fixture, CoxCase reference, CoxFit fit, Comparison comparison) {
        CsvTable expected = fixture.csv("expected_basehaz.csv");
        String[] stratum = expected.text("stratum");
        double[] time = expected.numbers("time");
        double[] hazard = new double[time.length];
        for (int k = 0; k < time.length; k++) {
            hazard[k] =
                    fit.baseline()
                            .get(reference.strata.indexOf(stratum[k]))
                            .cumulativeHazard(time[k]);
        }
        Map<String, Object> columns = new HashMap<>();
        columns.put("stratum", stratum);
        columns.put("time", time);
        columns.put("cumhaz", hazard);
        comparison.file("basehaz", columns);
    }

    private static void curves(
            Fixture fixture, CoxCase reference, CoxFit fit, Comparison comparison) {
        CsvTable fresh = fixture.csv("newdata.csv");
        CsvTable expected = fixture.csv("expected_curves.csv");
        CoxDiagnostics diagnostics = CoxDiagnostics.of(reference.data, fit);
        double[] newRow = expected.numbers("newrow");
        double[] time = expected.numbers("time");
        String[] names = {"n_risk", "n_event", "cumhaz", "surv", "se_cumhaz", "lower95", "upper95"};
        Map<String, double[]> columns = new HashMap<>();
        for (String name : names) {
            columns.put(name, new double[time.length]);
        }
        CoxCurve curve = null;
        double[] x = new double[0];
        int stratum = 0;
        for (int k = 0; k < time.length; k++) {
            int row = (int) newRow[k] - 1;
            if (curve == null || newRow[k] != newRow[k - 1]) {
                x = fit.names().stream().mapToDouble(name -> fresh.numbers(name)[row]).toArray();
                stratum =
                        fixture.spec().has("strata")
                                ? reference.strata.indexOf(
                                        fresh.text(fixture.spec().path("strata").asText())[row])
                                : 0;
                curve = diagnostics.curve(x, stratum);
            }
            int at = Arrays.binarySearch(curve.times(), time[k]);
            double[][] values = {
                curve.atRisk(),
                curve.events(),
                curve.cumulativeHazard(),
                curve.survival(),
                curve.standardErrors(),
                curve.limit(-1.959963984540054),
                curve.limit(1.959963984540054)
            };
            for (int c = 0; c < values.length; c++) {
                Objects.requireNonNull(columns.get(names[c]))[k] = values[c][at];
            }
            assertThat(fit.survival(x, time[k], stratum)).isCloseTo(values[3][at], within(1e-12));
        }
        Map<String, Object> all = new HashMap<>(columns);
        all.put("newrow", newRow);
        all.put("time", time);
        comparison.file("curves", all);
    }

    private static void degenerate(Fixture fixture) {
        CoxCase reference = CoxCase.of(fixture);
        CoxFit fit = reference.fit();
        Comparison comparison = fixture.comparison();
        switch (fixture.name()) {
            case "cox_perfect_separation" -> {
                assertThat(fit.status()).isEqualTo(CoxFit.Status.INFINITE_COEFFICIENT);
                assertThat(fit.infinite(0)).isTrue();
                assertThat(fit.coefficients()[0]).isEqualTo(Double.POSITIVE_INFINITY);
                assertThat(fit.logLikelihood()).isCloseTo(0, within(1e-3));
                comparison.value("reference/n", fit.n());
            }
            case "cox_zero_weight_rows" -> {
                String without = "reference_without_zero_weight_rows/";
                comparison
                        .value(without + "coef", byName(fit, fit.coefficients()))
                        .value(without + "se", byName(fit, fit.standardErrors()))
                        .value(without + "loglik", fit.logLikelihood());
            }
            default -> {
                if (fixture.name().equals("cox_collinear")) {
                    assertThat(fit.aliased(2)).isTrue();
                } else {
                    comparison.value("reference/se", byName(fit, fit.standardErrors()));
                }
                comparison
                        .value("reference/coef", byName(fit, fit.coefficients()))
                        .value("reference/loglik", fit.logLikelihood())
                        .value("reference/loglik_null", fit.logLikelihoodNull())
                        .value("reference/n", fit.n())
                        .value("reference/n_event", fit.events())
                        .value(
                                "reference/omitted_rows",
                                reference.omitted.stream().mapToInt(i -> i).toArray());
            }
        }
        comparison.verify();
    }

    private static void loss(Fixture fixture) {
        CsvTable table = fixture.input();
        SurvivalOutcomes outcomes =
                SurvivalOutcomes.of(
                        table.numbers("time"), table.flags(fixture.spec().path("event").asText()));
        double[] eta = table.numbers("eta");
        Comparison comparison = fixture.comparison();
        Map<String, Object> gradients = new LinkedHashMap<>();
        for (Ties ties : Ties.values()) {
            String name = ties == Ties.EFRON ? "efron" : "breslow";
            double[] gradient = new double[eta.length];
            PartialLikelihood likelihood = PartialLikelihood.of(outcomes, ties);
            comparison.value(name + "/loglik", likelihood.value(eta, gradient));
            gradients.put("grad_" + name, gradient);
        }
        comparison.except("row").file("gradient", gradients).verify();
    }

    private static Map<String, Double> byName(CoxFit fit, double[] values) {
        Map<String, Double> map = new LinkedHashMap<>();
        for (int j = 0; j < values.length; j++) {
            map.put(fit.names().get(j), values[j]);
        }
        return map;
    }
}
