// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.survival.cox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.livermm.core.ModelFileException;
import io.github.livermm.core.TrainingException;
import io.github.livermm.eval.Interval;
import io.github.livermm.eval.SurvivalOutcomes;
import io.github.livermm.eval.cox.CoxData;
import io.github.livermm.eval.cox.CoxDiagnostics;
import io.github.livermm.eval.cox.CoxFit;
import io.github.livermm.eval.cox.CoxOptions;
import io.github.livermm.eval.cox.CoxRegression;
import io.github.livermm.eval.cox.CoxTest;
import io.github.livermm.survival.reference.CsvTable;
import io.github.livermm.survival.reference.StateInMemory;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Splines and categories equal those of R's rms; curves, errors and limits those of survfit. */
class DescribedCoxTest {
    private static final ModelDescription DESCRIPTION =
            ModelDescription.of(
                    ModelDescription.spline("age", 4),
                    ModelDescription.category("stage"),
                    ModelDescription.linear("log_afp"));

    private final JsonNode expected;
    private final Covariates training;
    private final Covariates patients;
    private final SurvivalOutcomes outcomes;
    private final DescribedCox cox;

    DescribedCoxTest() throws IOException, URISyntaxException {
        Path folder =
                Path.of(
                        Objects.requireNonNull(
                                        DescribedCoxTest.class.getResource(
                                                "/reference/described_cox_rms"))
                                .toURI());
        expected =
                new ObjectMapper()
                        .readTree(folder.resolve("expected.json").toFile())
                        .path("expected");
        CsvTable table = CsvTable.read(folder.resolve("input.csv"));
        training = covariates(table);
        patients = covariates(CsvTable.read(folder.resolve("newdata.csv")));
        outcomes = SurvivalOutcomes.of(table.numbers("time"), table.flags("event"));
        cox = DescribedCox.fit(outcomes, training, DESCRIPTION, CoxOptions.defaults());
    }

    private static Covariates covariates(CsvTable table) {
        return Covariates.of(table.size())
                .withNumbers("age", table.numbers("age"))
                .withWords("stage", table.text("stage"))
                .withNumbers("log_afp", table.numbers("log_afp"));
    }

    private static double[] numbers(JsonNode array) {
        double[] values = new double[array.size()];
        for (int k = 0; k < values.length; k++) {
            values[k] = array.get(k).asDouble();
        }
        return values;
    }

    @Test
    void coefficientsEqualThoseOfRms() {
        assertThat(cox.model().names().toArray())
                .isEqualTo(new ObjectMapper().convertValue(expected.path("names"), Object[].class));
        assertThat(((LearnedTerm.Spline) cox.description().terms().get(0)).basis().knots())
                .containsExactly(numbers(expected.path("knots")), within(1e-12));
        assertThat(cox.model().coefficients())
                .containsExactly(numbers(expected.path("coef")), within(1e-8));
        assertThat(cox.model().hazardRatios().stream().mapToDouble(h -> h.standardError()))
                .zipSatisfy(
                        () ->
                                java.util.Arrays.stream(numbers(expected.path("se")))
                                        .boxed()
                                        .iterator(),
                        (found, r) -> assertThat(found).isCloseTo(r, within(1e-7)));
    }

    @Test
    void testsOfTermsEqualThoseOfRms() {
        CoxData data = cox.description().data(outcomes, training);
        CoxFit fit = CoxRegression.fit(data);
        CoxDiagnostics diagnostics = CoxDiagnostics.of(data, fit);
        Map<String, int[]> columns =
                Map.of(
                        "age", cox.description().columnsOf("age"),
                        "nonlinear", new int[] {1, 2},
                        "stage", cox.description().columnsOf("stage"));
        columns.forEach(
                (term, tested) -> {
                    CoxTest test = diagnostics.waldTest(fit.covariance(), tested);
                    double[] theirs = numbers(expected.path("wald").path(term));
                    assertThat(test.statistic())
                            .as(term)
                            .isCloseTo(theirs[0], within(1e-6 * theirs[0]));
                    assertThat(test.degreesOfFreedom()).isEqualTo(theirs[1]);
                });
        assertThatThrownBy(() -> cox.description().columnsOf("bclc")).hasMessageContaining("bclc");
    }

    @Test
    void survivalOfNewPatientsItsErrorAndLimitsEqualThoseOfSurvfit() {
        double[] times = numbers(expected.path("times"));
        for (int i = 0; i < patients.size(); i++) {
            JsonNode curve = expected.path("curves").get(i);
            double[] row = cox.description().row(patients, i);
            for (int k = 0; k < times.length; k++) {
                Interval s = cox.model().survivalInterval(row, times[k], 0.95);
                assertThat(s.estimate()).isCloseTo(at(curve, "surv", k), within(1e-9));
                assertThat(s.lower()).isCloseTo(at(curve, "lower", k), within(1e-8));
                assertThat(s.upper()).isCloseTo(at(curve, "upper", k), within(1e-8));
                assertThat(cox.model().standardError(row, times[k]))
                        .isCloseTo(at(curve, "se", k), within(1e-8));
                Interval risk = cox.riskInterval(patients, i, times[k], 0.95);
                assertThat(risk.estimate()).isCloseTo(1 - s.estimate(), within(1e-12));
                assertThat(risk.lower()).isEqualTo(1 - s.upper());
                assertThat(cox.risks(patients, times[k])[i]).isEqualTo(risk.estimate());
            }
            assertThat(cox.curve(patients, i).survival()[0]).isBetween(0.0, 1.0);
        }
        assertThat(cox.model().standardError(cox.description().row(patients, 0), 0)).isZero();
        assertThatThrownBy(() -> cox.riskInterval(patients, 0, 5, 95)).hasMessageContaining("95");
    }

    private static double at(JsonNode curve, String key, int k) {
        return curve.path(key).get(k).asDouble();
    }

    @Test
    void restoredModelsPredictTheSameDigits() {
        StateInMemory memory = new StateInMemory();
        cox.save(memory);

        DescribedCox restored = DescribedCox.restore(memory);

        assertThat(restored.description().names()).isEqualTo(cox.description().names());
        assertThat(restored.linearPredictors(patients)).isEqualTo(cox.linearPredictors(patients));
        assertThat(restored.risks(patients, 24)).isEqualTo(cox.risks(patients, 24));
        assertThat(restored.riskInterval(patients, 1, 24, 0.9))
                .isEqualTo(cox.riskInterval(patients, 1, 24, 0.9));
        assertThat(restored.model().hazardRatios()).isEqualTo(cox.model().hazardRatios());
        memory.array("mean", new double[1]);
        assertThatThrownBy(() -> DescribedCox.restore(memory))
                .isInstanceOf(ModelFileException.class)
                .hasMessageContaining("damaged");
        memory.json(
                "description", Map.of("terms", List.of(Map.of("kind", "loess", "column", "x"))));
        assertThatThrownBy(() -> DescribedCox.restore(memory))
                .isInstanceOf(ModelFileException.class)
                .hasMessageContaining("unknown kind loess");
    }

    @Test
    void wrongValuesAreNamedWithColumnAndRow() {
        LearnedDescription learned = cox.description();
        Covariates wrong =
                Covariates.of(2)
                        .withNumbers("age", 50, Double.NaN)
                        .withWords("stage", "D", "A")
                        .withNumbers("log_afp", 1, 1);

        assertThatThrownBy(() -> learned.row(wrong, 0))
                .hasMessageContaining("column stage, row 1: \"D\", allowed are [0, A, B, C]");
        assertThatThrownBy(() -> learned.row(wrong, 1))
                .hasMessageContaining("column age, row 2: missing");
        assertThat(DESCRIPTION.completeRows(wrong)).containsExactly(0);
        assertThatThrownBy(() -> learned.matrix(Covariates.of(1).withWords("age", "old")))
                .hasMessageContaining("column age holds words");
        assertThatThrownBy(() -> learned.matrix(Covariates.of(1)))
                .hasMessageContaining("no column age");
        assertThatThrownBy(() -> wrong.withNumbers("x", 1)).hasMessageContaining("1 values for 2");
        assertThatThrownBy(() -> wrong.withWords("age", "", ""))
                .hasMessageContaining("age is there already");
    }

    @Test
    void descriptionsThatCannotBeLearnedAreNamed() {
        Covariates same = Covariates.of(3).withNumbers("x", 2, 2, 2).withNumbers("code", 1, 10, 2);
        ModelDescription spline = ModelDescription.of(ModelDescription.spline("x", 3));
        assertThatThrownBy(() -> spline.learn(same)).hasMessageContaining("spline of column x");
        ModelDescription constant = ModelDescription.of(ModelDescription.category("x"));
        assertThatThrownBy(() -> constant.learn(same)).hasMessageContaining("only the level [2]");
        ModelDescription empty =
                ModelDescription.of(ModelDescription.category("code", "1", "2", "3", "10"));
        assertThatThrownBy(() -> empty.learn(same)).hasMessageContaining("has level 3");
        assertThat(ModelDescription.of(ModelDescription.category("code")).learn(same).names())
                .containsExactly("code=2", "code=10");
        assertThatThrownBy(() -> ModelDescription.spline("x", 2)).hasMessageContaining("2 knots");
        assertThatThrownBy(() -> ModelDescription.category("x", "a", "a"))
                .hasMessageContaining("each once");
        assertThatThrownBy(ModelDescription::of).hasMessageContaining("at least one term");
        assertThatThrownBy(
                        () ->
                                ModelDescription.of(
                                        ModelDescription.linear("x"),
                                        ModelDescription.spline("x", 3)))
                .hasMessageContaining("described twice");
    }

    @Test
    void separationNamesTheColumn() {
        Covariates covariates = Covariates.of(4).withNumbers("marker", 4, 3, 2, 1);
        assertThatThrownBy(
                        () ->
                                DescribedCox.fit(
                                        SurvivalOutcomes.of(
                                                new double[] {1, 2, 3, 4}, new int[] {1, 1, 1, 1}),
                                        covariates,
                                        ModelDescription.of(ModelDescription.linear("marker")),
                                        CoxOptions.defaults()))
                .isInstanceOf(TrainingException.class)
                .hasMessageContaining("column marker")
                .hasMessageContaining("Firth");
        assertThatThrownBy(
                        () ->
                                DescribedCox.of(
                                        cox.description(),
                                        CoxModel.fit(
                                                outcomes,
                                                new double[outcomes.size()][1],
                                                CoxOptions.defaults())))
                .hasMessageContaining("the model has [x1]");
    }
}
