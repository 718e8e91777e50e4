// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.survival.cox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.livermm.core.ModelFileException;
import io.github.livermm.eval.SurvivalOutcomes;
import io.github.livermm.eval.cox.CoxData;
import io.github.livermm.survival.reference.CsvTable;
import io.github.livermm.survival.reference.StateInMemory;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ForkJoinPool;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/** The cross-validated elastic net equals glmnet, and predicts as it stands in the file. */
class ElasticNetModelTest {
    private static final ElasticNetOptions OPTIONS = ElasticNetOptions.of(0.7);

    private final JsonNode expected;
    private final CsvTable table;
    private final double[] lambdas;
    private final int[] fold;
    private final CoxData plain;
    private final SurvivalOutcomes outcomes;

    ElasticNetModelTest() throws IOException, URISyntaxException {
        Path folder =
                Path.of(
                        Objects.requireNonNull(
                                        ElasticNetModelTest.class.getResource(
                                                "/reference/elastic_net_glmnet"))
                                .toURI());
        expected =
                new ObjectMapper()
                        .readTree(folder.resolve("expected.json").toFile())
                        .path("expected");
        table = CsvTable.read(folder.resolve("input.csv"));
        outcomes = SurvivalOutcomes.of(table.numbers("time"), table.flags("event"));
        lambdas = numbers(expected.path("lambda"));
        fold = codes("fold", 1);
        String[] names = Stream.of(1, 2, 3, 4, 5, 6, 7, 8).map(j -> "x" + j).toArray(String[]::new);
        plain =
                CoxData.of(outcomes, new double[table.size()][0])
                        .withColumns(
                                Arrays.stream(names).map(table::numbers).toArray(double[][]::new),
                                List.of(names));
    }

    private int[] codes(String column, int first) {
        return Arrays.stream(table.numbers(column)).mapToInt(c -> (int) c - first).toArray();
    }

    private static double[] numbers(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false)
                .mapToDouble(JsonNode::asDouble)
                .toArray();
    }

    private void equalsGlmnet(String name, CoxData data, CrossValidation.Measure measure) {
        JsonNode wanted = expected.path(name);
        ElasticNetCox path = ElasticNetCox.fit(data, lambdas, OPTIONS);
        for (int k = 0; k < lambdas.length; k++) {
            assertThat(path.coefficients(k))
                    .as(name + " at lambda " + lambdas[k])
                    .containsExactly(numbers(wanted.path("coef").path(k)), within(1e-6));
        }
        CrossValidation cv = ElasticNetCox.crossValidate(data, lambdas, fold, measure, OPTIONS);
        assertThat(cv.mean()).as(name).containsExactly(numbers(wanted.path("cvm")), within(1e-5));
        assertThat(cv.standardErrors())
                .as(name)
                .containsExactly(numbers(wanted.path("cvsd")), within(1e-5));
        assertThat(cv.best()).as(name).isEqualTo(wanted.path("lambda_min").asDouble());
        assertThat(cv.oneStandardError()).as(name).isEqualTo(wanted.path("lambda_1se").asDouble());
    }

    @Test
    void equalsGlmnetWithWhateverRowsCarry() {
        CrossValidation.Measure deviance = CrossValidation.Measure.DEVIANCE;
        double[] weights = table.numbers("w");
        double[] offset = table.numbers("offset");
        double[] entry = table.numbers("start");
        int[] strata = codes("stratum", 0);
        equalsGlmnet("plain", plain, deviance);
        equalsGlmnet("concordance", plain, CrossValidation.Measure.CONCORDANCE);
        equalsGlmnet("weights", plain.withWeights(weights), deviance);
        equalsGlmnet("offset", plain.withOffset(offset), deviance);
        equalsGlmnet("strata", plain.withStrata(strata), deviance);
        equalsGlmnet("entry", plain.withEntry(entry), deviance);
        equalsGlmnet(
                "all",
                plain.withEntry(entry).withStrata(strata).withWeights(weights).withOffset(offset),
                deviance);
    }

    @Test
    void survivalEqualsGlmnetsSurvfit() {
        ElasticNetModel model = ElasticNetModel.fit(plain, 0.05, OPTIONS);
        double[] times = numbers(expected.path("times"));
        for (int i = 0; i < 3; i++) {
            double[] row = row(i);
            for (int k = 0; k < times.length; k++) {
                double wanted = expected.path("survival").path(i).path(k).asDouble();
                assertThat(model.survival(row, times[k])).isCloseTo(wanted, within(1e-7));
                assertThat(model.risk(row, times[k])).isCloseTo(1 - wanted, within(1e-7));
            }
        }
    }

    private double[] row(int i) {
        return plain.names().stream().mapToDouble(name -> table.numbers(name)[i]).toArray();
    }

    /** The strong rule and the learnt information are ways, not results. */
    @Test
    void manyColumnsOfNoiseChangeNoResult() {
        int more = 300;
        double[][] columns = new double[8 + more][];
        String[] names = new String[8 + more];
        java.util.Random random = new java.util.Random(5);
        for (int j = 0; j < columns.length; j++) {
            names[j] = "c" + j;
            columns[j] =
                    j < 8 ? plain.column(j) : random.doubles(plain.size(), -1.7, 1.7).toArray();
        }
        CoxData wide = plain.withColumns(columns, List.of(names));
        double[] path = ElasticNetCox.lambdas(wide, 20, 0.05, OPTIONS);
        ElasticNetCox fitted = ElasticNetCox.fit(wide, path, OPTIONS);
        for (int k = 0; k < path.length; k += 5) {
            ElasticNetCox alone =
                    ElasticNetCox.fit(wide, new double[] {path[k]}, OPTIONS.withTolerance(1e-11));
            assertThat(fitted.coefficients(k)).containsExactly(alone.coefficients(0), within(2e-6));
        }
    }

    @Test
    void oneCallChoosesPredictsAndIsRestored() {
        CoxData strata = plain.withStrata(codes("stratum", 0));
        LambdaSearch search = LambdaSearch.defaults(3).withFolds(5);
        ElasticNetModel model = ElasticNetModel.crossValidated(strata, OPTIONS, search);
        ElasticNetModel small =
                ElasticNetModel.crossValidated(
                        strata, OPTIONS, search.withRule(LambdaSearch.Rule.ONE_STANDARD_ERROR));
        assertThat(model.selected()).contains("x1", "x3", "x6");
        assertThat(small.lambda()).isGreaterThan(model.lambda());
        assertThat(small.selected().size()).isLessThanOrEqualTo(model.selected().size());
        assertThatThrownBy(() -> model.risk(row(0), 3)).hasMessageContaining("strata [1, 2]");

        StateInMemory state = new StateInMemory();
        model.save(state);
        ElasticNetModel restored = ElasticNetModel.restore(state);
        assertThat(restored.names()).isEqualTo(model.names());
        assertThat(restored.lambda()).isEqualTo(model.lambda());
        assertThat(restored.coefficients()).isEqualTo(model.coefficients());
        for (int code : model.strata()) {
            assertThat(restored.ofStratum(code).risk(row(4), 3))
                    .isEqualTo(model.ofStratum(code).risk(row(4), 3));
        }
        // the second stratum was drawn with half the hazard
        assertThat(model.ofStratum(1).risk(row(4), 3))
                .isGreaterThan(model.ofStratum(2).risk(row(4), 3));
        assertThatThrownBy(() -> model.ofStratum(9)).hasMessageContaining("stratum 9");
        assertThatThrownBy(() -> model.linearPredictor(new double[2]))
                .hasMessageContaining("row has 2 values, the model 8 columns [x1");
        state.array("coefficients", new double[3]);
        assertThatThrownBy(() -> ElasticNetModel.restore(state))
                .isInstanceOf(ModelFileException.class)
                .hasMessageContaining("3 coefficients");
    }

    @Test
    void threadsChangeNoDigit() throws Exception {
        LambdaSearch search =
                LambdaSearch.defaults(3).withMeasure(CrossValidation.Measure.CONCORDANCE);
        ForkJoinPool one = new ForkJoinPool(1);
        try {
            double[] alone = one.submit(() -> search.run(plain, OPTIONS).mean()).get();
            assertThat(search.run(plain, OPTIONS).mean()).isEqualTo(alone);
        } finally {
            one.shutdown();
        }
    }

    @Test
    void describedPatientsGoInAsTheyStandInATable() {
        Covariates patients =
                Covariates.of(table.size())
                        .withNumbers("x1", table.numbers("x1"))
                        .withNumbers("x3", table.numbers("x3"))
                        .withNumbers("stratum", table.numbers("stratum"));
        DescribedElasticNet net =
                DescribedElasticNet.crossValidated(
                        outcomes,
                        patients,
                        ModelDescription.of(
                                ModelDescription.spline("x1", 4),
                                ModelDescription.linear("x3"),
                                ModelDescription.category("stratum")),
                        ElasticNetOptions.of(0.5),
                        LambdaSearch.defaults(1));
        assertThat(net.model().names()).containsExactly("x1", "x1'", "x1''", "x3", "stratum=2");
        double[] eta = net.linearPredictors(patients);
        double[] risks = net.risks(patients, 3);
        assertThat(CoxData.of(outcomes, new double[eta.length][0]).concordance(eta).estimate())
                .isGreaterThan(0.65);
        StateInMemory state = new StateInMemory();
        net.save(state);
        DescribedElasticNet restored = DescribedElasticNet.restore(state);
        assertThat(restored.risks(patients, 3)).isEqualTo(risks);
        assertThat(restored.description().names()).isEqualTo(net.description().names());
        Covariates hole = Covariates.of(1).withNumbers("x1", Double.NaN).withNumbers("x3", 1);
        assertThatThrownBy(() -> net.risks(hole, 3)).hasMessageContaining("x1");
        assertThatThrownBy(
                        () ->
                                DescribedElasticNet.of(
                                        net.description(),
                                        ElasticNetModel.fit(plain, 0.1, OPTIONS)))
                .hasMessageContaining("the model has [x1, x2");
        state.array("mean", new double[1]);
        assertThatThrownBy(() -> DescribedElasticNet.restore(state))
                .isInstanceOf(ModelFileException.class);
    }

    @Test
    void wrongSearchesAreRefused() {
        LambdaSearch search = LambdaSearch.defaults(1);
        assertThatThrownBy(() -> search.withFolds(1)).hasMessageContaining("folds 1");
        assertThatThrownBy(
                        () ->
                                ElasticNetCox.crossValidate(
                                        plain,
                                        lambdas,
                                        new int[3],
                                        CrossValidation.Measure.DEVIANCE,
                                        OPTIONS))
                .hasMessageContaining("3 fold numbers for 240 rows");
    }
}
