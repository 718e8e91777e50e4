// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.livermm.eval.reference.Comparison;
import io.github.livermm.eval.reference.CsvTable;
import io.github.livermm.eval.reference.Fixture;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** AUC(t), Brier(t), IPA and IBS equal those of riskRegression and pec. */
class HorizonScoreReferenceTest {
    private static final double Z = Normal.twoSided(0.95);

    @TestFactory
    Stream<DynamicTest> scoresEqualRiskRegression() {
        return Fixture.tests("td_score", HorizonScoreReferenceTest::check);
    }

    private static void check(Fixture fixture) {
        CsvTable table = fixture.input();
        JsonNode spec = fixture.spec();
        CompetingOutcomes outcomes =
                CompetingOutcomes.of(
                        table.numbers("time"),
                        Arrays.stream(table.numbers("event")).mapToInt(d -> (int) d).toArray());
        CensoringModel censoring = null;
        if (spec.path("censoring_model").asText().startsWith("cox")) {
            double[] age = table.numbers("age");
            double[] nodes = table.numbers("nodes");
            double[][] x = new double[age.length][];
            for (int i = 0; i < x.length; i++) {
                x[i] = new double[] {age[i], nodes[i]};
            }
            censoring = CensoringModel.cox(outcomes.anyCause(), x);
        }
        double[] times = new double[spec.path("times").size()];
        for (int k = 0; k < times.length; k++) {
            times[k] = spec.path("times").get(k).asDouble();
        }
        Map<String, List<HorizonScore>> scores = new LinkedHashMap<>();
        for (JsonNode model : spec.path("models")) {
            List<HorizonScore> list = new ArrayList<>();
            for (int k = 0; k < times.length; k++) {
                String column = spec.path("risk_columns").path(model.asText()).get(k).asText();
                double[] risk = table.numbers(column);
                list.add(
                        censoring == null
                                ? HorizonScore.of(outcomes, risk, times[k])
                                : HorizonScore.of(outcomes, risk, times[k], censoring));
            }
            scores.put(model.asText(), list);
        }
        Comparison comparison = fixture.comparison();
        Map<String, Object> found = new LinkedHashMap<>();
        found.put("auc", auc(fixture, scores, times));
        found.put("brier", brier(fixture, scores, times));
        if (censoring == null) {
            found.put("delta_auc", deltas(fixture, "delta_auc", scores, times));
            found.put("delta_brier", deltas(fixture, "delta_brier", scores, times));
        }
        if (fixture.expected().has("no_case_times")) {
            found.put("no_case_times", fixture.expected().path("no_case_times"));
        }
        Map<String, Object> trapezoid = new LinkedHashMap<>();
        scores.forEach(
                (name, list) ->
                        trapezoid.put(name, IntegratedBrier.TRAPEZOID.of(times, briers(list))));
        found.put("ibs_trapezoid", trapezoid);
        if (fixture.expected().has("pec_crps")) {
            pec(times, scores, found);
            double[] risk = table.numbers("m1_t" + times.length);
            double c = pecConcordance(outcomes, risk, times[times.length - 1]);
            found.put("pec_cindex", Map.of("m1", c));
        }
        comparison.tree(found).verify();
    }

    /**
     * The pairs that pec counts, and among them those that we count: we leave out two events on one
     * day, where pec takes the row that stands first in the file for the earlier one.
     */
    private static double pecConcordance(CompetingOutcomes outcomes, double[] risk, double tau) {
        ReverseKaplanMeier g = ReverseKaplanMeier.eventsFirst(outcomes.anyCause());
        double[] won = new double[2];
        double[] all = new double[2];
        for (int i = 0; i < risk.length; i++) {
            double ti = outcomes.time(i);
            if (outcomes.cause(i) != 1 || ti > tau) {
                continue;
            }
            double weight = 1 / (g.before(ti) * g.at(ti));
            for (int j = 0; j < risk.length; j++) {
                boolean tied = outcomes.time(j) == ti && outcomes.cause(j) == 1;
                if (j == i || outcomes.time(j) < ti || (tied && j < i)) {
                    continue;
                }
                double win = risk[i] > risk[j] ? 1 : risk[i] < risk[j] ? 0 : 0.5;
                for (int rule = tied ? 1 : 0; rule < 2; rule++) {
                    won[rule] += weight * win;
                    all[rule] += weight;
                }
            }
        }
        assertThat(CompetingConcordance.of(outcomes, risk, tau))
                .isCloseTo(won[0] / all[0], within(1e-12));
        return won[1] / all[1];
    }

    /** Figures of the package pec for the one model of the case. */
    private static void pec(
            double[] times, Map<String, List<HorizonScore>> scores, Map<String, Object> found) {
        List<HorizonScore> model = Objects.requireNonNull(scores.get("m1"));
        double[] none = model.stream().mapToDouble(HorizonScore::nullBrier).toArray();
        double last = times[times.length - 1];
        found.put("pec_brier", Map.of("Reference", none, "m1", briers(model)));
        found.put(
                "pec_crps",
                Map.of(
                        "at",
                        last,
                        "reference",
                        IntegratedBrier.LEFT_STEP.of(times, none),
                        "m1",
                        IntegratedBrier.LEFT_STEP.of(times, briers(model))));
    }

    private static List<Object> auc(
            Fixture fixture, Map<String, List<HorizonScore>> scores, double[] times) {
        List<Object> rows = new ArrayList<>();
        for (JsonNode row : fixture.expected().path("auc")) {
            HorizonScore score = at(scores, row.path("model").asText(), row, times);
            Map<String, Object> map = new LinkedHashMap<>();
            map.put("model", row.path("model").asText());
            map.put("times", score.horizon());
            // no event yet: undefined here, 0.5 in the reference (see its notes)
            boolean undefined = Double.isNaN(score.auc());
            Interval interval = score.aucInterval();
            map.put("AUC", undefined ? 0.5 : score.auc());
            map.put("se", undefined ? 0 : score.aucStandardError());
            map.put("lower", undefined ? 0.5 : interval.lower());
            map.put("upper", undefined ? 0.5 : interval.upper());
            rows.add(map);
        }
        return rows;
    }

    private static List<Object> brier(
            Fixture fixture, Map<String, List<HorizonScore>> scores, double[] times) {
        List<Object> rows = new ArrayList<>();
        for (JsonNode row : fixture.expected().path("brier")) {
            String model = row.path("model").asText();
            boolean isNull = model.equals("Null model");
            String name = isNull ? scores.keySet().iterator().next() : model;
            List<HorizonScore> list = Objects.requireNonNull(scores.get(name));
            HorizonScore score = at(scores, name, row, times);
            double estimate = isNull ? score.nullBrier() : score.brier();
            double se = isNull ? score.nullBrierStandardError() : score.brierStandardError();
            Map<String, Object> map = new LinkedHashMap<>();
            map.put("model", model);
            map.put("times", score.horizon());
            map.put("Brier", estimate);
            map.put("se", se);
            map.put("lower", Math.max(0, estimate - Z * se));
            map.put("upper", estimate + Z * se);
            map.put("IPA", isNull ? 0 : score.ipa());
            int upTo = index(times, row) + 1;
            double[] values =
                    list.stream()
                            .mapToDouble(s -> isNull ? s.nullBrier() : s.brier())
                            .limit(upTo)
                            .toArray();
            map.put(
                    "IBS_left_step",
                    IntegratedBrier.LEFT_STEP.of(Arrays.copyOf(times, upTo), values));
            rows.add(map);
        }
        return rows;
    }

    private static List<Object> deltas(
            Fixture fixture, String key, Map<String, List<HorizonScore>> scores, double[] times) {
        List<Object> rows = new ArrayList<>();
        for (JsonNode row : fixture.expected().path(key)) {
            String reference = row.path("reference").asText();
            HorizonScore score = at(scores, row.path("model").asText(), row, times);
            Interval difference;
            if (key.equals("delta_auc")) {
                difference = score.aucDifference(at(scores, reference, row, times));
            } else if (reference.equals("Null model")) {
                difference = score.brierDifferenceToNull();
            } else {
                difference = score.brierDifference(at(scores, reference, row, times));
            }
            double se = (difference.upper() - difference.lower()) / 2 / Z;
            Map<String, Object> map = new LinkedHashMap<>();
            map.put("times", score.horizon());
            map.put("model", row.path("model").asText());
            map.put("reference", reference);
            map.put("delta.AUC", difference.estimate());
            map.put("delta.Brier", difference.estimate());
            map.put("se", se);
            map.put("lower", difference.lower());
            map.put("upper", difference.upper());
            map.put("p", Normal.pValue(difference.estimate() / se));
            rows.add(map);
        }
        return rows;
    }

    private static HorizonScore at(
            Map<String, List<HorizonScore>> scores, String model, JsonNode row, double[] times) {
        return Objects.requireNonNull(scores.get(model)).get(index(times, row));
    }

    private static int index(double[] times, JsonNode row) {
        return Arrays.binarySearch(times, row.path("times").asDouble());
    }

    private static double[] briers(List<HorizonScore> list) {
        return list.stream().mapToDouble(HorizonScore::brier).toArray();
    }
}
