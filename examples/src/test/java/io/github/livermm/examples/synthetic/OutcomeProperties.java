// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.examples.synthetic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;

/** Proves the rules that every follow-up obeys, and the rates at which the cohort fails. */
class OutcomeProperties {

    @Property(tries = 500)
    void followUpIsCoherent(
            @ForAll long seed,
            @ForAll Centre centre,
            @ForAll @DoubleRange(min = -4, max = 4) double logHazard,
            @ForAll @DoubleRange(min = 0.5, max = 96) double potential) {
        Outcome outcome =
                Outcome.draw(Diagnosis.ICC, logHazard, centre, potential, RandomStream.of(seed));

        assertThat(outcome.pfsMonths()).isPositive().isLessThanOrEqualTo(outcome.osMonths());
        assertThat(outcome.osMonths()).isLessThanOrEqualTo(potential + 0.01);
        assertThat(outcome.osEvent() && !outcome.pfsEvent()).isFalse();
        assertThat(outcome.pfsMonths() * 100)
                .isEqualTo(Math.rint(outcome.pfsMonths() * 100), within(1e-6));
    }

    /** Resected HCC: 40 % to 42 % recur within two years, 56 % within five. */
    @Example
    void hccRecursAtThePublishedRate() {
        List<Outcome> outcomes = outcomes(Diagnosis.HCC);

        assertThat(events(outcomes, 24.5)).isBetween(0.36, 0.46);
        assertThat(events(outcomes, 60.5)).isBetween(0.50, 0.62);
    }

    /** Resected ICC: about half recur within a year; median survival about 28 months. */
    @Example
    void iccRecursEarlier() {
        List<Outcome> outcomes = outcomes(Diagnosis.ICC);
        List<Double> survival = new ArrayList<>();
        outcomes.forEach(outcome -> survival.add(outcome.osMonths()));
        Collections.sort(survival);

        assertThat(events(outcomes, 12.5)).isBetween(0.40, 0.55);
        assertThat(survival.get(survival.size() / 2)).isBetween(23.0, 35.0);
    }

    @Example
    void hazardOfRecurrenceFalls() {
        List<Outcome> outcomes = outcomes(Diagnosis.HCC);

        double first = events(outcomes, 24.5);
        double second = (events(outcomes, 48.5) - first) / (1 - first);

        assertThat(second).isLessThan(0.6 * first);
    }

    private static double events(List<Outcome> outcomes, double months) {
        return outcomes.stream().filter(o -> o.pfsEvent() && o.pfsMonths() <= months).count()
                / (double) outcomes.size();
    }

    private static List<Outcome> outcomes(Diagnosis diagnosis) {
        LatentModel model = new LatentModel();
        RandomStream random = RandomStream.of(23);
        List<Outcome> outcomes = new ArrayList<>();
        for (int i = 0; i < 6_000; i++) {
            int stratum = Stratum.draw(diagnosis, random);
            double[] values = model.draw(random, stratum);
            double predictor =
                    model.linearPredictor(values, stratum, model.drawInvasion(random, values));
            outcomes.add(Outcome.draw(diagnosis, predictor, Centre.A, 400, random));
        }
        return outcomes;
    }
}
