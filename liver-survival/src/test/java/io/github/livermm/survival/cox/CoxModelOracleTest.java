// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.survival.cox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.livermm.eval.Interval;
import io.github.livermm.eval.SurvivalOutcomes;
import io.github.livermm.eval.cox.CoxData;
import io.github.livermm.eval.cox.CoxDiagnostics;
import io.github.livermm.eval.cox.CoxFit;
import io.github.livermm.eval.cox.CoxOptions;
import io.github.livermm.eval.cox.CoxRegression;
import io.github.livermm.eval.cox.CurveBasis;
import io.github.livermm.survival.reference.CsvTable;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** A Cox model with strata, an offset and entry times equals R's coxph and survfit. */
class CoxModelOracleTest {
    private static final List<String> NAMES = List.of("x1", "x3", "x6");

    private final JsonNode expected;
    private final double[][] x;
    private final CoxData data;

    CoxModelOracleTest() throws IOException, URISyntaxException {
        Path folder =
                Path.of(
                        Objects.requireNonNull(
                                        CoxModelOracleTest.class.getResource(
                                                "/reference/cox_strata_offset"))
                                .toURI());
        expected =
                new ObjectMapper()
                        .readTree(folder.resolve("expected.json").toFile())
                        .path("expected");
        CsvTable table = CsvTable.read(folder.resolveSibling("elastic_net_glmnet/input.csv"));
        double[][] columns = NAMES.stream().map(table::numbers).toArray(double[][]::new);
        x = new double[table.size()][];
        for (int i = 0; i < x.length; i++) {
            x[i] = new double[] {columns[0][i], columns[1][i], columns[2][i]};
        }
        data =
                CoxData.of(
                                SurvivalOutcomes.of(table.numbers("time"), table.flags("event")),
                                x,
                                NAMES)
                        .withEntry(table.numbers("start"))
                        .withOffset(table.numbers("offset"))
                        .withStrata(
                                Arrays.stream(table.numbers("stratum"))
                                        .mapToInt(s -> (int) s)
                                        .toArray());
    }

    @Test
    void coefficientsAndInformationCriteriaEqualCoxph() {
        CoxFit fit = CoxRegression.fit(data, CoxOptions.defaults());
        for (int j = 0; j < 3; j++) {
            assertThat(fit.coefficients()[j])
                    .isCloseTo(expected.path("coef").get(j).asDouble(), within(1e-8));
            assertThat(fit.standardErrors()[j])
                    .isCloseTo(expected.path("se").get(j).asDouble(), within(1e-8));
        }
        CoxDiagnostics diagnostics = CoxDiagnostics.of(data, fit);
        assertThat(diagnostics.aic()).isCloseTo(expected.path("aic").asDouble(), within(1e-7));
        assertThat(diagnostics.bic()).isCloseTo(expected.path("bic").asDouble(), within(1e-7));
    }

    @Test
    void curvesOfStrataEqualSurvfit() {
        CoxModel model = CoxModel.fit(data, CoxOptions.defaults());
        for (JsonNode curve : expected.path("curves")) {
            if (curve.path("offset").asDouble() == 0) {
                CoxModel own = model.ofStratum(curve.path("stratum").asInt());
                double[] row = x[curve.path("row").asInt() - 1];
                for (int k = 0; k < 3; k++) {
                    double time = expected.path("times").get(k).asDouble();
                    Interval s = own.survivalInterval(row, time, 0.95);
                    near(s.estimate(), curve, "surv", k);
                    near(own.standardError(row, time), curve, "se", k);
                    near(s.lower(), curve, "lower", k);
                    near(s.upper(), curve, "upper", k);
                }
            }
        }
    }

    /** The offset of a new patient counts like a column with a known coefficient. */
    @Test
    void curvesOfPatientsWithAnOffsetEqualSurvfit() {
        CoxFit fit = CoxRegression.fit(data, CoxOptions.defaults());
        double[] mean = fit.means();
        for (JsonNode curve : expected.path("curves")) {
            CurveBasis basis =
                    CoxDiagnostics.of(data, fit).curveBases().stream()
                            .filter(b -> b.hazard().stratum() == curve.path("stratum").asInt())
                            .findFirst()
                            .orElseThrow();
            double[] row = x[curve.path("row").asInt() - 1];
            double[] centred = new double[3];
            double eta = curve.path("offset").asDouble();
            for (int j = 0; j < 3; j++) {
                centred[j] = row[j] - mean[j];
                eta += fit.coefficients()[j] * centred[j];
            }
            for (int k = 0; k < 3; k++) {
                double time = expected.path("times").get(k).asDouble();
                double survival = basis.hazard().survival(time, eta);
                near(survival, curve, "surv", k);
                near(
                        survival * basis.standardError(time, centred, eta, fit.covariance()),
                        curve,
                        "se",
                        k);
            }
        }
    }

    private static void near(double found, JsonNode curve, String key, int k) {
        assertThat(found).as(key).isCloseTo(curve.path(key).get(k).asDouble(), within(1e-8));
    }
}
