// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.eval.cox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.livermm.eval.Interval;
import io.github.livermm.eval.SurvivalOutcomes;
import io.github.livermm.eval.reference.CsvTable;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Firth's penalty on a column that separates the events, against its definition in R. */
class FirthCoxTest {
    private final JsonNode expected;
    private final CoxData data;

    FirthCoxTest() throws IOException, URISyntaxException {
        Path folder =
                Path.of(
                        Objects.requireNonNull(
                                        FirthCoxTest.class.getResource("/reference/firth_cox"))
                                .toURI());
        expected =
                new ObjectMapper()
                        .readTree(folder.resolve("expected.json").toFile())
                        .path("expected");
        CsvTable table = CsvTable.read(folder.resolve("input.csv"));
        double[] x = table.numbers("x");
        double[] sep = table.numbers("sep");
        double[][] rows = new double[x.length][];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = new double[] {x[i], sep[i]};
        }
        data =
                CoxData.of(
                        SurvivalOutcomes.of(table.numbers("time"), table.flags("event")),
                        rows,
                        List.of("x", "sep"));
    }

    @ParameterizedTest
    @EnumSource(Ties.class)
    void equalsItsDefinition(Ties ties) {
        JsonNode reference = expected.path(ties.name().toLowerCase(Locale.ROOT));
        FirthCox firth = FirthCox.fit(data, ties);

        for (int j = 0; j < 2; j++) {
            assertThat(firth.fit().coefficients()[j])
                    .isCloseTo(reference.path("coef").get(j).asDouble(), within(1e-6));
            assertThat(firth.fit().standardErrors()[j])
                    .isCloseTo(reference.path("se").get(j).asDouble(), within(1e-6));
        }
        assertThat(firth.penalisedLogLikelihood())
                .isCloseTo(reference.path("loglik").asDouble(), within(1e-8));
        assertThat(firth.fit().logLikelihood() - firth.fit().penalty())
                .isCloseTo(firth.penalisedLogLikelihood(), within(1e-12));
        assertThat(firth.penalisedLogLikelihoodNull())
                .isCloseTo(reference.path("loglik_null").asDouble(), within(1e-8));
        assertThat(firth.test(1).statistic())
                .isCloseTo(reference.path("chisq").asDouble(), within(1e-6));
        assertThat(firth.test().degreesOfFreedom()).isEqualTo(2);
        Interval interval = firth.interval(1, 0.95);
        assertThat(Math.log(interval.lower()))
                .isCloseTo(reference.path("lower").asDouble(), within(1e-5));
        assertThat(Math.log(interval.upper()))
                .isCloseTo(reference.path("upper").asDouble(), within(1e-5));
    }

    @ParameterizedTest
    @EnumSource(Ties.class)
    void correctionIsTheDerivativeOfHalfTheLogDeterminant(Ties ties) {
        int n = data.size();
        double[] entry = new double[n];
        double[] weights = new double[n];
        int[] strata = new int[n];
        for (int i = 0; i < n; i++) {
            entry[i] = i % 3 == 0 ? data.outcomes.time(i) / 2 : -1;
            weights[i] = 1 + i % 4 / 2.0;
            strata[i] = i % 2;
        }
        CoxData rich = data.withEntry(entry).withWeights(weights).withStrata(strata);
        RiskSets sets = new RiskSets(rich.outcomes, rich.entry, rich.weights, rich.strata);
        CoxRegression.Columns columns = CoxRegression.Columns.of(rich, sets);
        Sweep sweep = new Sweep(sets, ties, columns.x, 2);
        double[] beta = {0.3, -0.4};
        double[] eta = new double[sets.size()];
        double[] difference = new double[2];
        double h = 1e-5;
        for (int j = 0; j < 2; j++) {
            for (int sign = -1; sign <= 1; sign += 2) {
                double[] moved = beta.clone();
                moved[j] += sign * h;
                columns.predict(moved, eta);
                sweep.evaluate(eta);
                difference[j] +=
                        sign * new Cholesky(sweep.information, 2, 0).logDeterminant() / (4 * h);
            }
        }
        columns.predict(beta, eta);
        sweep.evaluate(eta);

        double[] correction =
                new FirthScore(sets, ties, columns.x, 2)
                        .correction(eta, new Cholesky(sweep.information, 2, 0).inverse());

        assertThat(correction).containsExactly(difference, within(1e-7));
    }

    @ParameterizedTest
    @EnumSource(Ties.class)
    void whatItCannotMendIsNamed(Ties ties) {
        double[][] twice = new double[data.size()][];
        for (int i = 0; i < twice.length; i++) {
            twice[i] = new double[] {data.x[i][0], 3 * data.x[i][0]};
        }
        CoxData collinear = CoxData.of(data.outcomes(), twice, List.of("a", "b"));
        assertThatThrownBy(() -> FirthCox.fit(collinear, ties)).hasMessageContaining("column b");
        CoxData none =
                CoxData.of(
                        SurvivalOutcomes.of(data.outcomes().times(), new int[data.size()]), twice);
        assertThatThrownBy(() -> FirthCox.fit(none, ties)).hasMessageContaining("no events");
        FirthCox firth = FirthCox.fit(data, ties);
        assertThatThrownBy(() -> firth.interval(0, 95)).hasMessageContaining("95");
        assertThat(CoxRegression.fit(data, CoxOptions.defaults().withTies(ties)).infinite(1))
                .isTrue();
    }
}
