// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.survival.cox;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.livermm.eval.SurvivalOutcomes;
import io.github.livermm.eval.cox.CoxData;
import io.github.livermm.survival.reference.Comparison;
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

/** The elastic-net path is the exact minimiser of glmnet's criterion, cross-validation included. */
class ElasticNetReferenceTest {
    @TestFactory
    Stream<DynamicTest> pathEqualsTheExactMinimiser() {
        return Fixture.tests("coxnet", ElasticNetReferenceTest::check);
    }

    private static void check(Fixture fixture) {
        CsvTable table = fixture.input();
        JsonNode spec = fixture.spec();
        SurvivalOutcomes outcomes =
                SurvivalOutcomes.of(table.numbers("time"), table.flags("event"));
        List<String> names = new ArrayList<>();
        spec.path("covariates").forEach(c -> names.add(c.asText()));
        double[][] columns = names.stream().map(table::numbers).toArray(double[][]::new);
        double[][] x = new double[table.size()][names.size()];
        for (int i = 0; i < x.length; i++) {
            for (int j = 0; j < names.size(); j++) {
                x[i][j] = columns[j][i];
            }
        }
        ElasticNetOptions options = ElasticNetOptions.of(spec.path("alpha").asDouble());
        options = spec.path("standardize").asBoolean() ? options : options.withoutStandardising();
        if (spec.has("penalty_factor")) {
            options = options.withPenaltyFactors(numbers(spec.path("penalty_factor")));
        }
        CoxData data = CoxData.of(outcomes, x, names);
        if (spec.has("weights")) {
            data = data.withWeights(table.numbers(spec.path("weights").asText()));
        }
        double[] lambdas = numbers(spec.path("lambda"));
        ElasticNetCox path = ElasticNetCox.fit(data, lambdas, options);
        List<Object> steps = new ArrayList<>();
        for (int k = 0; k < lambdas.length; k++) {
            Map<String, Object> coef = new LinkedHashMap<>();
            double[] beta = path.coefficients(k);
            for (int j = 0; j < beta.length; j++) {
                coef.put(names.get(j), beta[j]);
            }
            Map<String, Object> step = new LinkedHashMap<>();
            step.put("lambda", lambdas[k]);
            step.put("coef", coef);
            step.put("nonzero", Arrays.stream(beta).filter(b -> b != 0).count());
            step.put("loglik_over_n", path.logLikelihood(k) / x.length);
            step.put("glmnet_dev_ratio", path.devianceRatio(k));
            steps.add(step);
        }
        Map<String, Object> found = new LinkedHashMap<>();
        found.put("path", steps);
        found.put("loglik_null_over_n", path.logLikelihoodNull() / x.length);
        found.put("lambda_max", path.lambdaMax());
        if (fixture.expected().has("cv")) {
            int[] fold =
                    Arrays.stream(table.numbers(spec.path("fold_column").asText()))
                            .mapToInt(f -> (int) f - 1)
                            .toArray();
            CrossValidation cv =
                    ElasticNetCox.crossValidate(
                            data, lambdas, fold, CrossValidation.Measure.DEVIANCE, options);
            Map<String, Object> map = new LinkedHashMap<>();
            map.put("cvm", cv.mean());
            map.put("cvsd", cv.standardErrors());
            map.put("lambda_min", cv.best());
            map.put("lambda_1se", cv.oneStandardError());
            found.put("cv", map);
        }
        // how far glmnet itself is from the minimiser is no figure of ours
        Comparison comparison = fixture.comparison().except("max_abs_difference_to_glmnet");
        comparison.tree(found).verify();
    }

    private static double[] numbers(JsonNode array) {
        double[] values = new double[array.size()];
        for (int k = 0; k < values.length; k++) {
            values[k] = array.get(k).asDouble();
        }
        return values;
    }
}
