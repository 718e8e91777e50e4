// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.eval.cox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.livermm.eval.SurvivalOutcomes;
import io.github.livermm.eval.reference.Comparison;
import io.github.livermm.eval.reference.CsvTable;
import io.github.livermm.eval.reference.Fixture;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
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
            comparison.value("score_test/stat", fit.scoreStatistic());
        }
        baseline(fixture, reference, fit, comparison);
        if (fixture.expectedFiles().has("curves")) {
            curves(fixture, reference, fit, comparison);
        }
        comparison.verify();
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
        double[] newRow = expected.numbers("newrow");
        double[] time = expected.numbers("time");
        double[] survival = new double[time.length];
        for (int k = 0; k < time.length; k++) {
            int row = (int) newRow[k] - 1;
            double[] x =
                    fit.names().stream().mapToDouble(name -> fresh.numbers(name)[row]).toArray();
            int stratum =
                    fixture.spec().has("strata")
                            ? reference.strata.indexOf(
                                    fresh.text(fixture.spec().path("strata").asText())[row])
                            : 0;
            survival[k] = fit.survival(x, time[k], stratum);
        }
        comparison
                .except("n_risk", "n_event", "cumhaz", "se_cumhaz", "lower95", "upper95")
                .file("curves", Map.of("newrow", newRow, "time", time, "surv", survival));
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
