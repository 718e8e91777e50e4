// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.examples.synthetic;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Proves what the plan promises for any number of patients and any seed. */
class CohortPlanProperties {

    @Property(tries = 200)
    void oneInTenOrMoreHasIcc(@ForAll long seed, @ForAll @IntRange(min = 1, max = 700) int n) {
        List<CohortPlan.Place> plan = CohortPlan.draw(n, seed);

        assertThat(plan).hasSize(n);
        assertThat(plan)
                .filteredOn(place -> place.diagnosis() == Diagnosis.ICC)
                .hasSizeGreaterThanOrEqualTo((int) Math.ceil(n / 10.0));
    }

    @Property(tries = 200)
    void everyRuleGetsItsPatients(@ForAll long seed, @ForAll @IntRange(min = 40, max = 700) int n) {
        List<CohortPlan.Place> plan = CohortPlan.draw(n, seed);

        for (boolean prognostic : new boolean[] {false, true}) {
            for (Planted rule : Planted.rules(prognostic)) {
                assertThat(plan)
                        .as(rule.rule())
                        .filteredOn(place -> place.planted() == rule)
                        .hasSize(rule.count(n))
                        .allMatch(place -> !prognostic || place.diagnosis().malignant());
            }
        }
    }
}
