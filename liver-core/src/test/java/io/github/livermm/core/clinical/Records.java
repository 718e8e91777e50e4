// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.core.clinical;

import io.github.livermm.core.ClinicalRecord;
import io.github.livermm.core.cohort.Column;
import io.github.livermm.core.cohort.ColumnType;
import io.github.livermm.core.cohort.DerivedScore;
import io.github.livermm.core.cohort.EligibilityRules;
import io.github.livermm.core.cohort.ModellingPlan;
import io.github.livermm.core.cohort.Protocol;
import io.github.livermm.core.cohort.ReportLanguage;
import io.github.livermm.core.cohort.Role;
import io.github.livermm.core.cohort.TableLayout;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/** Protocols and table rows for tests, without a table on disk. */
final class Records {
    private Records() {}

    static Column number(String name, String unit, boolean logarithmic) {
        return new Column(
                name,
                Role.PREDICTOR,
                ColumnType.NUMBER,
                new Column.Measure(unit, Map.of(), null, logarithmic, null, null),
                List.of());
    }

    static Column category(String name, String... levels) {
        return new Column(
                name, Role.PREDICTOR, ColumnType.CATEGORY, Column.Measure.NONE, List.of(levels));
    }

    static Protocol protocol(
            boolean missingIndicator, List<DerivedScore> derived, Column... columns) {
        return new Protocol(
                "test",
                new TableLayout("id", null, null, Set.of("")),
                ReportLanguage.AUTO,
                List.of(columns),
                null,
                List.of(),
                null,
                new EligibilityRules(List.of(), List.of(), 0.5),
                new ModellingPlan(
                        new ModellingPlan.Splits(Map.of(), 5, 15),
                        List.of(12.0),
                        missingIndicator,
                        derived,
                        List.of(),
                        1),
                Map.of());
    }

    static Protocol protocol(boolean missingIndicator) {
        return protocol(
                missingIndicator,
                List.of(),
                number("age", "years", false),
                number("afp", "ng/mL", true),
                category("sex", "F", "M"),
                category("child_pugh", "A", "B", "C"));
    }

    /** Patients of whom a fifth of the values is missing. */
    static List<ClinicalRecord> patients(int n, long seed) {
        Random random = new Random(seed);
        List<ClinicalRecord> out = new ArrayList<>();
        for (int i = 0; i < n; i++) {
            Map<String, Double> numbers = new HashMap<>();
            Map<String, String> categories = new HashMap<>();
            double age = 55 + 10 * random.nextGaussian();
            double afp = Math.exp(4 + 2 * random.nextGaussian());
            if (random.nextInt(5) > 0) {
                numbers.put("age", age);
            }
            if (random.nextInt(5) > 0) {
                numbers.put("afp", afp);
            }
            if (random.nextInt(5) > 0) {
                categories.put("sex", random.nextInt(4) > 0 ? "M" : "F");
            }
            if (random.nextInt(5) > 0) {
                categories.put("child_pugh", random.nextInt(3) > 0 ? "A" : "B");
            }
            out.add(new ClinicalRecord(numbers, categories));
        }
        return out;
    }
}
