// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.core.clinical;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.livermm.core.ClinicalRecord;
import io.github.livermm.core.cohort.Column;
import io.github.livermm.core.cohort.ColumnType;
import io.github.livermm.core.cohort.DerivedScore;
import io.github.livermm.core.cohort.Protocol;
import io.github.livermm.core.cohort.Role;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Scores as predictors: right columns, right units, and nothing told of what was missing. */
class DerivedColumnsTest {
    private static final Protocol PROTOCOL =
            Records.protocol(
                    false,
                    List.of(DerivedScore.values()),
                    Records.number("age", "years", false),
                    Records.category("sex", "F", "M"),
                    Records.number("TBIL", "mg/dL", true),
                    Records.number("alb", "g/dL", false),
                    new Column(
                            "ast",
                            Role.PREDICTOR,
                            ColumnType.NUMBER,
                            new Column.Measure("U/L", Map.of(), null, true, "ast_uln", null),
                            List.of()),
                    Records.number("alt", "U/L", true),
                    new Column(
                            "ggt",
                            Role.PREDICTOR,
                            ColumnType.NUMBER,
                            new Column.Measure("U/L", Map.of(), null, true, "ggt_uln", null),
                            List.of()),
                    Records.number("plt", "/uL", false),
                    Records.number("inr", "ratio", false),
                    Records.number("cr", "mg/dL", false),
                    Records.number("na", "mmol/L", false),
                    Records.number("neut", "10^9/L", false),
                    Records.number("lym", "10^9/L", false),
                    Records.number("mono", "10^9/L", false));

    /** Patient B of the field guide in other units. */
    private static final Map<String, Double> B =
            Map.ofEntries(
                    Map.entry("age", 62.0),
                    Map.entry("TBIL", 2.5),
                    Map.entry("alb", 3.2),
                    Map.entry("ast", 80.0),
                    Map.entry("ast_uln", 32.0),
                    Map.entry("alt", 64.0),
                    Map.entry("ggt", 90.0),
                    Map.entry("ggt_uln", 60.0),
                    Map.entry("plt", 90_000.0),
                    Map.entry("inr", 1.5),
                    Map.entry("cr", 1.2),
                    Map.entry("na", 133.0),
                    Map.entry("neut", 3.6),
                    Map.entry("lym", 1.5),
                    Map.entry("mono", 0.5));

    private static ClinicalRecord patient(Map<String, Double> numbers) {
        return new ClinicalRecord(numbers, Map.of("sex", "F"));
    }

    @Test
    void takesEachValueFromItsColumnInItsUnit() {
        Map<String, Double> out =
                DerivedColumns.of(PROTOCOL).extend(patient(B), List.of()).numbers();

        Map<String, Double> expected = new HashMap<>();
        expected.put("albi", -1.643582);
        expected.put("palbi", -1.913201);
        expected.put("ez_albi", 2.5 - 28.8);
        expected.put("fib4", 6.888889);
        expected.put("apri", 100 * (80.0 / 32) / 90);
        expected.put("meld", 16.179605);
        expected.put("meld_na", 19.168);
        expected.put("meld_3", 20.080292);
        expected.put("nlr", 2.4);
        expected.put("plr", 60.0);
        expected.put("lmr", 3.0);
        expected.put("sii", 216.0);
        expected.put("pni", 39.5);
        expected.put("gpr", 100 * 1.5 / 90);
        expected.put("alri", 80 / 1.5);
        expected.put("de_ritis", 1.25);
        expected.forEach(
                (score, value) ->
                        assertThat(out.get(score)).as(score).isCloseTo(value, within(1e-6)));
        assertThat(out).hasSize(B.size() + expected.size());
    }

    @Test
    void theUsualLimitStandsInForAst() {
        Map<String, Double> without = new HashMap<>(B);
        without.remove("ast_uln");

        Map<String, Double> out =
                DerivedColumns.of(PROTOCOL).extend(patient(without), List.of()).numbers();

        assertThat(out.get("apri")).isCloseTo(100 * (80.0 / 40) / 90, within(1e-9));
    }

    private static List<ClinicalRecord> training() {
        Random random = new Random(4);
        List<ClinicalRecord> out = new ArrayList<>();
        for (int i = 0; i < 101; i++) {
            Map<String, Double> numbers = new HashMap<>();
            B.forEach((k, v) -> numbers.put(k, v * Math.exp(0.3 * random.nextGaussian())));
            out.add(new ClinicalRecord(numbers, Map.of("sex", random.nextBoolean() ? "F" : "M")));
        }
        return out;
    }

    @Test
    void aScoreDoesNotTellThatAValueWasMissing() {
        FittedClinicalEncoder encoder = ClinicalEncoder.of(PROTOCOL).fit(training(), 1);
        double median =
                training().stream()
                        .mapToDouble(p -> p.numbers().get("TBIL"))
                        .sorted()
                        .skip(50)
                        .findFirst()
                        .orElseThrow();
        Map<String, Double> lacking = new HashMap<>(B);
        lacking.remove("TBIL");
        Map<String, Double> imputed = new HashMap<>(B);
        imputed.put("TBIL", median);

        assertThat(encoder.featureNames()).contains("albi", "meld_3");
        assertThat(encoder.encode(patient(lacking)))
                .isDeepEqualTo(encoder.encode(patient(imputed)));
        assertThat(encoder.features(patient(lacking)))
                .isEqualTo(encoder.features(patient(imputed)));
    }

    @Test
    void aRestoredEncoderDerivesTheSameScores() {
        FittedClinicalEncoder encoder = ClinicalEncoder.of(PROTOCOL).fit(training(), 1);
        MemoryState state = new MemoryState();
        encoder.save(state);

        FittedClinicalEncoder restored = new ClinicalEncoderProvider().restore(state);

        for (ClinicalRecord patient : training()) {
            assertThat(restored.encode(patient)).isDeepEqualTo(encoder.encode(patient));
        }
    }
}
