// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.survival.competing;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.livermm.eval.CompetingOutcomes;
import io.github.livermm.eval.cox.CoxOptions;
import io.github.livermm.eval.cox.HazardRatio;
import io.github.livermm.survival.competing.CauseSpecificCox.Survival;
import io.github.livermm.survival.reference.CsvTable;
import io.github.livermm.survival.reference.Fixture;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Competing-risks regressions equal cmprsk's crr and riskRegression's CSC. */
class CompetingReferenceTest {
    @TestFactory
    Stream<DynamicTest> fineGrayEqualsCrr() {
        return Fixture.tests("fine_gray", CompetingReferenceTest::fineGray);
    }

    @TestFactory
    Stream<DynamicTest> absoluteRisksEqualCsc() {
        return Fixture.tests("cause_specific_risk", CompetingReferenceTest::causeSpecific);
    }

    private static void fineGray(Fixture fixture) {
        List<String> names = new ArrayList<>();
        fixture.spec().path("covariates").forEach(c -> names.add(c.asText()));
        FineGray fit = FineGray.fit(outcomes(fixture), rows(fixture, fixture.input()), names);
        Map<String, Object> coef = new LinkedHashMap<>();
        Map<String, Object> se = new LinkedHashMap<>();
        Map<String, Object> z = new LinkedHashMap<>();
        for (HazardRatio line : fit.hazardRatios()) {
            coef.put(line.name(), line.coefficient());
            se.put(line.name(), line.standardError());
            z.put(line.name(), line.z());
        }
        double[] times = times(fixture);
        double[][] cif =
                Arrays.stream(rows(fixture, fixture.csv("newdata.csv")))
                        .map(row -> Arrays.stream(times).map(t -> fit.risk(row, t)).toArray())
                        .toArray(double[][]::new);
        fixture.comparison()
                .value("coef", coef)
                .value("se", se)
                .value("z", z)
                .value("var", fit.covariance())
                .value("loglik", fit.logLikelihood())
                .value("loglik_null", fit.logLikelihoodNull())
                .value("cif_newdata", cif)
                .verify();
    }

    private static void causeSpecific(Fixture fixture) {
        CauseSpecificCox fit =
                CauseSpecificCox.fit(
                        outcomes(fixture), rows(fixture, fixture.input()), CoxOptions.defaults());
        fixture.comparison()
                .value("cause1_coef", named(fixture, fit.model(1).coefficients()))
                .value("cause2_coef", named(fixture, fit.model(2).coefficients()))
                .value("abs_risk_product_limit", risks(fixture, fit, Survival.PRODUCT_LIMIT))
                .value("abs_risk_exponential", risks(fixture, fit, Survival.EXPONENTIAL))
                .verify();
    }

    private static double[][] risks(Fixture fixture, CauseSpecificCox fit, Survival survival) {
        double[] times = times(fixture);
        return Arrays.stream(rows(fixture, fixture.csv("newdata.csv")))
                .map(row -> Arrays.stream(times).map(t -> fit.risk(row, 1, t, survival)).toArray())
                .toArray(double[][]::new);
    }

    private static Map<String, Object> named(Fixture fixture, double[] values) {
        Map<String, Object> map = new LinkedHashMap<>();
        for (int j = 0; j < values.length; j++) {
            map.put(fixture.spec().path("covariates").get(j).asText(), values[j]);
        }
        return map;
    }

    private static CompetingOutcomes outcomes(Fixture fixture) {
        CsvTable table = fixture.input();
        return CompetingOutcomes.of(
                table.numbers("time"),
                Arrays.stream(table.numbers("event")).mapToInt(e -> (int) e).toArray());
    }

    private static double[] times(Fixture fixture) {
        JsonNode node = fixture.spec().path("times");
        double[] times = new double[node.size()];
        for (int k = 0; k < times.length; k++) {
            times[k] = node.get(k).asDouble();
        }
        return times;
    }

    private static double[][] rows(Fixture fixture, CsvTable table) {
        JsonNode names = fixture.spec().path("covariates");
        double[][] x = new double[table.size()][names.size()];
        for (int j = 0; j < names.size(); j++) {
            double[] column = table.numbers(names.get(j).asText());
            for (int i = 0; i < x.length; i++) {
                x[i][j] = column[i];
            }
        }
        return x;
    }
}
