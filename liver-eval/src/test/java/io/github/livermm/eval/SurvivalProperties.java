// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Proves what must hold of survival figures on any cohort, with ties, censoring and causes. */
class SurvivalProperties {
    private static final double EXACT = 1e-10;

    /** Whole times, three causes and tied risks. */
    static final class Cohort {
        final CompetingOutcomes outcomes;
        final double[] risk;
        final long seed;

        Cohort(CompetingOutcomes outcomes, double[] risk, long seed) {
            this.outcomes = outcomes;
            this.risk = risk;
            this.seed = seed;
        }

        @Override
        public String toString() {
            return "cohort of seed " + seed + " with " + risk.length + " rows";
        }

        SurvivalOutcomes any() {
            return outcomes.anyCause();
        }

        Cohort rows(int[] rows) {
            return new Cohort(outcomes.select(rows), Rows.pick(risk, rows), seed);
        }
    }

    @Provide
    Arbitrary<Cohort> cohorts() {
        return Arbitraries.longs()
                .flatMap(
                        seed ->
                                Arbitraries.integers()
                                        .between(2, 70)
                                        .map(n -> cohort(new Random(seed), n, seed)));
    }

    private static Cohort cohort(Random random, int n, long seed) {
        double[] time = new double[n];
        int[] cause = new int[n];
        double[] risk = new double[n];
        for (int i = 0; i < n; i++) {
            time[i] = 1 + random.nextInt(25);
            cause[i] = random.nextInt(3);
            risk[i] = random.nextInt(11) / 10.0;
        }
        return new Cohort(CompetingOutcomes.of(time, cause), risk, seed);
    }

    private static void same(double found, double expected) {
        if (Double.isNaN(expected)) {
            assertThat(found).isNaN();
        } else {
            assertThat(found).isCloseTo(expected, within(EXACT));
        }
    }

    /** The figures that must survive what should not matter. */
    private static double[] figures(Cohort c) {
        int[] group = Arrays.stream(c.risk).mapToInt(r -> r > 0.5 ? 1 : 0).toArray();
        HorizonScore score = HorizonScore.of(c.outcomes, c.risk, 12);
        DecisionCurve.Point point = DecisionCurve.of(c.outcomes, c.risk, 12, 0.3).points().get(0);
        return new double[] {
            KaplanMeier.of(c.any()).survivalAt(12),
            KaplanMeier.of(c.any()).nelsonAalenAt(12),
            CumulativeIncidence.of(c.outcomes, 1).at(12),
            Concordance.harrell(c.any(), c.risk).estimate(),
            CompetingConcordance.of(c.outcomes, c.risk, 12),
            score.auc(),
            score.brier(),
            score.nullBrier(),
            point.netBenefit(),
            LogRank.of(c.any(), group).statistic(),
            GrayTest.of(c.outcomes, 1, group).statistic()
        };
    }

    @Property(tries = 200)
    void orderOfRowsDoesNotMatter(@ForAll("cohorts") Cohort cohort) {
        int[] shuffled = IntStream.range(0, cohort.risk.length).toArray();
        Random random = new Random(cohort.seed);
        for (int i = shuffled.length - 1; i > 0; i--) {
            int j = random.nextInt(i + 1);
            int kept = shuffled[i];
            shuffled[i] = shuffled[j];
            shuffled[j] = kept;
        }

        double[] expected = figures(cohort);
        double[] found = figures(cohort.rows(shuffled));

        for (int k = 0; k < found.length; k++) {
            same(found[k], expected[k]);
        }
    }

    @Property(tries = 200)
    void everyRowTwiceChangesNoEstimate(@ForAll("cohorts") Cohort cohort) {
        int n = cohort.risk.length;
        Cohort twice = cohort.rows(IntStream.range(0, 2 * n).map(i -> i % n).toArray());
        double[] two = new double[n];
        Arrays.fill(two, 2);

        double[] expected = figures(cohort);
        double[] found = figures(twice);

        // all but the two tests, whose statistics grow with n
        for (int k = 0; k < found.length - 2; k++) {
            same(found[k], expected[k]);
        }
        KaplanMeier weighted = KaplanMeier.weighted(cohort.any(), two);
        KaplanMeier doubled = KaplanMeier.of(twice.any());
        same(weighted.standardErrorAt(12), doubled.standardErrorAt(12));
        ConcordanceOptions options = ConcordanceOptions.defaults().withWeights(two);
        same(
                Concordance.of(cohort.any(), cohort.risk, options).estimate(),
                Concordance.harrell(twice.any(), twice.risk).estimate());
    }

    @Property(tries = 200)
    void monotoneMapsAndMirrorsOfTheRisk(@ForAll("cohorts") Cohort cohort) {
        double[] bent = Arrays.stream(cohort.risk).map(r -> r * r * r).toArray();
        double[] mirrored = Arrays.stream(cohort.risk).map(r -> 1 - r).toArray();
        double c = Concordance.harrell(cohort.any(), cohort.risk).estimate();
        double competing = CompetingConcordance.of(cohort.outcomes, cohort.risk, 20);
        double auc = HorizonScore.of(cohort.outcomes, cohort.risk, 12).auc();

        same(Concordance.harrell(cohort.any(), bent).estimate(), c);
        same(CompetingConcordance.of(cohort.outcomes, bent, 20), competing);
        same(HorizonScore.of(cohort.outcomes, bent, 12).auc(), auc);
        same(Concordance.harrell(cohort.any(), mirrored).estimate(), 1 - c);
        same(CompetingConcordance.of(cohort.outcomes, mirrored, 20), 1 - competing);
        same(HorizonScore.of(cohort.outcomes, mirrored, 12).auc(), 1 - auc);
    }

    @Property(tries = 200)
    void perfectRiskHasConcordanceOne(@ForAll("cohorts") Cohort cohort) {
        double[] perfect = Arrays.stream(cohort.any().times()).map(t -> 1 / (1 + t)).toArray();
        // a censored patient lives longer than one with an event at the same time
        for (int i = 0; i < perfect.length; i++) {
            perfect[i] -= cohort.any().event(i) ? 0 : 1e-6;
        }
        double c = Concordance.harrell(cohort.any(), perfect).estimate();

        assertThat(Double.isNaN(c) || Math.abs(c - 1) < EXACT).isTrue();
    }

    @Property(tries = 200)
    void curvesAreMonotoneAndScoresBounded(@ForAll("cohorts") Cohort cohort) {
        KaplanMeier curve = KaplanMeier.of(cohort.any());
        double[] survival = curve.survival();
        double[] incidence = CumulativeIncidence.of(cohort.outcomes, 1).incidence();
        for (int k = 1; k < survival.length; k++) {
            assertThat(survival[k]).isLessThanOrEqualTo(survival[k - 1]);
            assertThat(incidence[k]).isGreaterThanOrEqualTo(incidence[k - 1]);
        }
        assertThat(survival[survival.length - 1]).isBetween(0.0, 1.0);
        HorizonScore score = HorizonScore.of(cohort.outcomes, cohort.risk, 12);
        assertThat(Double.isNaN(score.brier()) || score.brier() >= 0).isTrue();
        double auc = score.auc();
        assertThat(Double.isNaN(auc) || (auc > -EXACT && auc < 1 + EXACT)).isTrue();
        Interval conditional = curve.conditionalOn(0).survivalAt(12, ConfidenceScale.LOG, 0.95);
        same(conditional.estimate(), curve.survivalAt(12));
    }

    @Property(tries = 200)
    void gridOfHorizonsIsEachHorizon(@ForAll("cohorts") Cohort cohort) {
        double[] at = {3, 12, 24};
        double[][] risk = {cohort.risk, cohort.risk, cohort.risk};
        for (HorizonScore score : HorizonScore.of(cohort.outcomes, risk, at)) {
            HorizonScore alone = HorizonScore.of(cohort.outcomes, cohort.risk, score.horizon());
            same(score.auc(), alone.auc());
            same(score.brierStandardError(), alone.brierStandardError());
            same(score.aucStandardError(), alone.aucStandardError());
        }
    }
}
