// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.eval.cox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.livermm.eval.SurvivalOutcomes;
import java.util.Arrays;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** What a Cox fit owes any cohort: invariances of the partial likelihood. */
class CoxRegressionProperties {
    @Property(tries = 50)
    void scalingAColumnScalesItsCoefficient(@ForAll long seed) {
        Cohort cohort = new Cohort(seed, 80);
        double[][] scaled = Arrays.stream(cohort.x).map(double[]::clone).toArray(double[][]::new);
        for (double[] row : scaled) {
            row[0] = 250 * row[0] - 1000;
        }

        double[] plain = CoxRegression.fit(CoxData.of(cohort.outcomes, cohort.x)).coefficients();
        double[] other = CoxRegression.fit(CoxData.of(cohort.outcomes, scaled)).coefficients();

        assertThat(other[0] * 250).isCloseTo(plain[0], within(1e-8));
        assertThat(other[1]).isCloseTo(plain[1], within(1e-8));
    }

    @Property(tries = 50)
    void breslowWeightTwoIsTheRowTwice(@ForAll long seed) {
        Cohort cohort = new Cohort(seed, 60);
        double[] weights = new double[60];
        Arrays.fill(weights, 1);
        weights[3] = 2;
        int[] twice = new int[61];
        for (int i = 0; i < 60; i++) {
            twice[i] = i;
        }
        twice[60] = 3;
        double[][] repeated =
                Arrays.stream(twice).mapToObj(i -> cohort.x[i]).toArray(double[][]::new);
        CoxOptions breslow = CoxOptions.defaults().withTies(Ties.BRESLOW);

        CoxFit weighted =
                CoxRegression.fit(
                        CoxData.of(cohort.outcomes, cohort.x).withWeights(weights), breslow);
        CoxFit doubled =
                CoxRegression.fit(CoxData.of(cohort.outcomes.select(twice), repeated), breslow);

        assertThat(weighted.coefficients()).containsExactly(doubled.coefficients(), within(1e-8));
        assertThat(weighted.logLikelihood()).isCloseTo(doubled.logLikelihood(), within(1e-8));
    }

    @Property(tries = 50)
    void onlyTheOrderOfTimesMatters(@ForAll long seed) {
        Cohort cohort = new Cohort(seed, 80);
        double[] stretched =
                Arrays.stream(cohort.outcomes.times()).map(t -> t * t * t + 5).toArray();
        SurvivalOutcomes moved = SurvivalOutcomes.of(stretched, cohort.outcomes.eventIndicators());

        assertThat(CoxRegression.fit(CoxData.of(moved, cohort.x)).coefficients())
                .containsExactly(
                        CoxRegression.fit(CoxData.of(cohort.outcomes, cohort.x)).coefficients(),
                        within(1e-9));
    }

    @Property(tries = 50)
    void strataAndOffsetAbsorbAShiftPerStratum(@ForAll long seed) {
        Cohort cohort = new Cohort(seed, 80);
        int[] strata = new int[80];
        double[] offset = new double[80];
        for (int i = 0; i < 80; i++) {
            strata[i] = i % 3;
            offset[i] = 10.0 * strata[i];
        }
        CoxData stratified = CoxData.of(cohort.outcomes, cohort.x).withStrata(strata);

        CoxFit plain = CoxRegression.fit(stratified);
        CoxFit shifted = CoxRegression.fit(stratified.withOffset(offset));

        assertThat(shifted.coefficients()).containsExactly(plain.coefficients(), within(1e-7));
        assertThat(shifted.logLikelihood()).isCloseTo(plain.logLikelihood(), within(1e-8));
        assertThat(shifted.baseline().get(2).cumulativeHazard(30))
                .isCloseTo(
                        plain.baseline().get(2).cumulativeHazard(30) * Math.exp(-20),
                        within(1e-10));
    }

    @Property(tries = 50)
    void rowsAreAtRiskFromTheirEntryOn(@ForAll long seed) {
        Cohort cohort = new Cohort(seed, 80);
        double[] early = new double[80];
        Arrays.fill(early, -1);

        CoxFit plain = CoxRegression.fit(CoxData.of(cohort.outcomes, cohort.x));
        CoxFit entered = CoxRegression.fit(CoxData.of(cohort.outcomes, cohort.x).withEntry(early));

        assertThat(entered.coefficients()).containsExactly(plain.coefficients(), within(1e-9));
    }

    @Property(tries = 50)
    void splittingARowInTimeChangesNothing(@ForAll long seed) {
        Cohort cohort = new Cohort(seed, 50);
        double[] time = new double[100];
        double[] entry = new double[100];
        boolean[] event = new boolean[100];
        double[][] x = new double[100][];
        for (int i = 0; i < 50; i++) {
            double cut = cohort.outcomes.time(i) * 0.4;
            time[2 * i] = cut;
            entry[2 * i] = -1;
            time[2 * i + 1] = cohort.outcomes.time(i);
            entry[2 * i + 1] = cut;
            event[2 * i + 1] = cohort.outcomes.event(i);
            x[2 * i] = cohort.x[i];
            x[2 * i + 1] = cohort.x[i];
        }

        CoxFit whole = CoxRegression.fit(CoxData.of(cohort.outcomes, cohort.x));
        CoxFit split =
                CoxRegression.fit(CoxData.of(SurvivalOutcomes.of(time, event), x).withEntry(entry));

        assertThat(split.coefficients()).containsExactly(whole.coefficients(), within(1e-8));
        assertThat(split.logLikelihood()).isCloseTo(whole.logLikelihood(), within(1e-8));
    }

    /** Rounded, hence tied, times with true log hazard ratios 0.7 and -0.4. */
    private static final class Cohort {
        final SurvivalOutcomes outcomes;
        final double[][] x;

        Cohort(long seed, int n) {
            SplittableRandom random = new SplittableRandom(seed);
            x = new double[n][2];
            double[] time = new double[n];
            boolean[] event = new boolean[n];
            for (int i = 0; i < n; i++) {
                x[i][0] = random.nextDouble() * 2;
                x[i][1] = random.nextInt(2);
                double rate = 0.05 * Math.exp(0.7 * x[i][0] - 0.4 * x[i][1]);
                time[i] = 1 + Math.rint(-Math.log(1 - random.nextDouble()) / rate);
                event[i] = random.nextDouble() < 0.7;
            }
            event[0] = true;
            outcomes = SurvivalOutcomes.of(time, event);
        }
    }
}
