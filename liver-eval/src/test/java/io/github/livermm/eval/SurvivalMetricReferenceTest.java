// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.livermm.eval.cox.PartialLikelihood;
import io.github.livermm.eval.cox.Ties;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/**
 * Survival metrics of R packages on lung and gbsg as recorded by torchsurv, 4 digits, read in
 * place. Where the packages differ we meet the one whose definition is ours: survival for Harrell's
 * C and Kaplan-Meier, survC1 for Uno's C (censoring from the same patients), riskRegression and
 * timeROC for AUC(t), survMetrics for Brier(t) with {@link CensoringModel#swapped}.
 */
class SurvivalMetricReferenceTest {
    private static final double DIGITS = 5.1e-5;

    private static JsonNode records(String file) throws IOException {
        String data = System.getProperty("liver.data", "");
        Assumptions.assumeFalse(
                data.isBlank(), "the records are read in place: set -Dliver.data to run this");
        return new ObjectMapper()
                .readTree(Path.of(data, "survival-metric-references", file).toFile());
    }

    private static double[] numbers(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false)
                .mapToDouble(v -> v.isNumber() ? v.asDouble() : Double.NaN)
                .toArray();
    }

    private static SurvivalOutcomes outcomes(JsonNode record, String prefix) {
        JsonNode status = record.path(prefix + "status");
        boolean[] event = new boolean[status.size()];
        for (int i = 0; i < event.length; i++) {
            event[i] = status.get(i).asBoolean();
        }
        return SurvivalOutcomes.of(numbers(record.path(prefix + "time")), event);
    }

    private static void near(String key, JsonNode expected, double[] found) {
        double[] values = numbers(expected);
        assertThat(values).as(key).isNotEmpty().hasSameSizeAs(found);
        for (int i = 0; i < values.length; i++) {
            assertThat(found[i]).as(key + " " + i).isCloseTo(values[i], within(DIGITS));
        }
    }

    @Test
    void concordance() throws IOException {
        for (JsonNode record : records("cindex.json")) {
            SurvivalOutcomes outcomes = outcomes(record, "test_");
            double[] risk = numbers(record.path("estimate"));
            double[] times = numbers(record.path("times"));
            double last = Arrays.stream(times).max().orElseThrow();

            near(
                    "Harrell",
                    record.path("c_Harrell_survival"),
                    new double[] {Concordance.harrell(outcomes, risk).estimate()});
            // survC1 counts events before tau and takes a censoring tied with an event out of the
            // pairs and into the risk set of G: the same without such ties, near with them
            double uno = Concordance.uno(outcomes, risk, Math.nextDown(last)).estimate();
            double expected = record.path("c_Uno_survC1").get(0).asDouble();
            assertThat(uno).as("Uno").isCloseTo(expected, within(5e-4));
        }
    }

    @Test
    void areaOverTime() throws IOException {
        for (JsonNode record : records("auc.json")) {
            SurvivalOutcomes outcomes = outcomes(record, "test_");
            // the scores are rankings: any rising map into [0, 1] will do
            double[] risk =
                    Arrays.stream(numbers(record.path("estimate")))
                            .map(LogisticRegression::inverseLogit)
                            .toArray();
            double[] times = numbers(record.path("times"));
            double[] auc = new double[times.length];
            double[] se = new double[times.length];
            for (int k = 0; k < times.length; k++) {
                HorizonScore score = HorizonScore.of(outcomes, risk, times[k]);
                auc[k] = score.auc();
                se[k] = score.aucStandardError();
            }
            near("AUC", record.path("auc_cd_Uno_riskRegression"), auc);
            near("se", record.path("auc_cd_Uno_se_riskRegression"), se);
            // at a time at which somebody leaves, timeROC and riskRegression differ; ours is the
            // latter
            double[] later = numbers(record.path("times_se"));
            double[] expected = numbers(record.path("auc_cd_Uno_timeROC"));
            for (int k = 0; k < later.length; k++) {
                double t = later[k];
                if (Arrays.stream(outcomes.times()).noneMatch(time -> time == t)) {
                    double found = HorizonScore.of(outcomes, risk, t).auc();
                    assertThat(found).as("timeROC").isCloseTo(expected[k], within(DIGITS));
                }
            }
        }
    }

    @Test
    void brierOverTime() throws IOException {
        for (JsonNode record : records("brier_score.json")) {
            SurvivalOutcomes outcomes = outcomes(record, "test_");
            CompetingOutcomes competing = CompetingOutcomes.of(outcomes);
            CensoringModel swapped = CensoringModel.swapped(outcomes);
            double[] times = numbers(record.path("times"));
            double[] brier = new double[times.length];
            for (int k = 0; k < times.length; k++) {
                double[] risk = new double[outcomes.size()];
                for (int i = 0; i < risk.length; i++) {
                    risk[i] = 1 - record.path("estimate").get(i).get(k).asDouble();
                }
                brier[k] = HorizonScore.of(competing, risk, times[k], swapped).brier();
            }
            // their input curves have 4 digits as well
            double[] expected = numbers(record.path("brier_score_survMetrics"));
            assertThat(brier).containsExactly(expected, within(6e-5));
            // left steps too, but over the range of the times instead of up to the last
            double last = times[times.length - 1];
            double integrated =
                    IntegratedBrier.LEFT_STEP.of(times, brier) * last / (last - times[0]);
            near("IBS", record.path("ibrier_score_survMetrics"), new double[] {integrated});
        }
    }

    /** The predictors are random; each record holds several. */
    @Test
    void partialLikelihood() throws IOException {
        for (JsonNode record : records("cox_with_ties.json")) {
            likelihood(record, "_efron", Ties.EFRON);
            likelihood(record, "_breslow", Ties.BRESLOW);
        }
        for (JsonNode record : records("cox_without_ties.json")) {
            likelihood(record, "", Ties.EFRON);
            likelihood(record, "", Ties.BRESLOW);
        }
    }

    private static void likelihood(JsonNode record, String suffix, Ties ties) {
        PartialLikelihood likelihood = PartialLikelihood.of(outcomes(record, ""), ties);
        JsonNode predictors = record.path("log_hazard" + suffix);
        double[] found = new double[predictors.size()];
        for (int k = 0; k < found.length; k++) {
            found[k] = likelihood.value(numbers(predictors.get(k)));
        }
        double[] expected = numbers(record.path("log_likelihood" + suffix));
        // their predictors have 4 digits
        assertThat(found).as("log-likelihood" + suffix).containsExactly(expected, within(5e-3));
    }

    @Test
    void kaplanMeier() throws IOException {
        for (JsonNode record : records("kaplan_meier.json")) {
            KaplanMeier curve = KaplanMeier.of(outcomes(record, ""));
            near(
                    "S",
                    record.path("surv_prob_survival"),
                    Arrays.stream(numbers(record.path("times"))).map(curve::survivalAt).toArray());
        }
    }

    @Test
    void inverseProbabilityOfCensoring() throws IOException {
        for (JsonNode record : records("ipcw.json")) {
            SurvivalOutcomes outcomes = outcomes(record, "");
            ReverseKaplanMeier g = ReverseKaplanMeier.eventsFirst(outcomes);
            near(
                    "at times",
                    record.path("ipcw_times"),
                    Arrays.stream(numbers(record.path("times"))).map(t -> 1 / g.at(t)).toArray());
            // they write 0 where G is 0
            near(
                    "at own times",
                    record.path("ipcw_subjectimes"),
                    Arrays.stream(outcomes.times())
                            .map(t -> g.at(t) > 0 ? 1 / g.at(t) : 0)
                            .toArray());
        }
    }
}
