// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Survival figures against closed forms, slow obvious versions and simulations of known truth. */
class SurvivalFiguresTest {
    private static final int N = 80;

    private static CompetingOutcomes simulated(long seed, int n) {
        Random random = new Random(seed);
        double[] time = new double[n];
        int[] cause = new int[n];
        for (int i = 0; i < n; i++) {
            time[i] = 1 + random.nextInt(30);
            cause[i] = random.nextInt(3);
        }
        return CompetingOutcomes.of(time, cause);
    }

    @Test
    void causesAddUpToTheLossOfSurvival() {
        CompetingOutcomes outcomes = simulated(1, N);
        KaplanMeier free = KaplanMeier.of(outcomes.anyCause());
        CumulativeIncidence one = CumulativeIncidence.of(outcomes, 1);
        CumulativeIncidence two = CumulativeIncidence.of(outcomes, 2);

        for (double t = 0; t < 35; t += 0.5) {
            assertThat(one.at(t) + two.at(t) + free.survivalAt(t)).isCloseTo(1, within(1e-12));
        }
        assertThat(one.conditional(5, 20))
                .isCloseTo((one.at(20) - one.at(5)) / free.survivalAt(5), within(1e-12));
        assertThat(one.at(-1)).isZero();
        assertThat(one.at(0.5, ConfidenceScale.LOG, 0.95).lower()).isNaN();
        assertThatThrownBy(() -> one.conditional(5, 4)).hasMessageContaining("before from");
        assertThatThrownBy(() -> CumulativeIncidence.of(outcomes, 0))
                .hasMessageContaining("cause 0");
    }

    @Test
    void jackknifeOfTheIncidenceIsTheFiniteDifference() {
        CompetingOutcomes outcomes = simulated(2, 25);
        double[] se = CumulativeIncidence.of(outcomes, 1).jackknifeStandardErrors();
        double[] times = CumulativeIncidence.of(outcomes, 1).times();
        double[] incidence = CumulativeIncidence.of(outcomes, 1).incidence();

        for (int k = 0; k < times.length; k += 5) {
            // leaving a row out moves F by about its influence
            double sum = 0;
            for (int out = 0; out < 25; out++) {
                int left = out;
                int[] rows = IntStream.range(0, 25).filter(i -> i != left).toArray();
                double d =
                        CumulativeIncidence.of(outcomes.select(rows), 1).at(times[k])
                                - incidence[k];
                sum += d * d;
            }
            assertThat(se[k]).isCloseTo(Math.sqrt(sum) * 24 / 25, within(0.12 * se[k] + 1e-9));
        }
    }

    @Test
    void grayTestOfRandomGroupsIsUniform() {
        double mean = 0;
        for (int run = 0; run < 200; run++) {
            CompetingOutcomes outcomes = simulated(100 + run, N);
            int[] group = new Random(run).ints(N, 0, 3).toArray();
            mean += GrayTest.of(outcomes, 1, group).p() / 200;
        }

        // a uniform mean of 200 has standard deviation 0.0204
        assertThat(mean).isCloseTo(0.5, within(0.07));
    }

    @Test
    void grayTestWithoutCompetingEventsIsNearTheLogRank() {
        CompetingOutcomes all = simulated(3, 300);
        CompetingOutcomes outcomes = CompetingOutcomes.of(all.causeOnly(1));
        int[] group = new Random(4).ints(300, 0, 2).map(g -> 7 * g).toArray();

        GrayTest gray = GrayTest.of(outcomes, 1, group);
        int[] dense = Arrays.stream(group).map(g -> g / 7).toArray();
        LogRank logRank = LogRank.of(all.causeOnly(1), dense);

        assertThat(gray.statistic()).isCloseTo(logRank.statistic(), within(0.1));
        assertThat(gray.scores().get(0))
                .isCloseTo(logRank.observed()[0] - logRank.expected()[0], within(0.5));
        assertThat(gray.scores()).hasSize(2);
    }

    @Test
    void grayTestIsUndefinedWithoutEventsOrGroups() {
        CompetingOutcomes outcomes = simulated(5, N);

        assertThat(GrayTest.of(outcomes, 7, new Random(1).ints(N, 0, 2).toArray()).p()).isNaN();
        assertThat(GrayTest.of(outcomes, 1, new int[N]).statistic()).isNaN();
        int[] negative = new int[N];
        negative[3] = -1;
        assertThatThrownBy(() -> GrayTest.of(outcomes, 1, negative))
                .hasMessageContaining("group row 4: -1");
        assertThatThrownBy(() -> GrayTest.of(outcomes, 1, new int[2]))
                .hasMessageContaining("80 rows");
        assertThatThrownBy(() -> GrayTest.of(outcomes, 1, new int[N], new int[N], Double.NaN))
                .hasMessageContaining("rho NaN");
        assertThatThrownBy(() -> GrayTest.of(outcomes, 0, new int[N]))
                .hasMessageContaining("cause 0");
    }

    @Test
    void competingConcordanceIsTheShareOfWeightedPairs() {
        CompetingOutcomes outcomes = simulated(6, N);
        double[] risk = new Random(7).ints(N, 0, 12).asDoubleStream().toArray();
        ReverseKaplanMeier g = ReverseKaplanMeier.eventsFirst(outcomes.anyCause());
        double won = 0;
        double all = 0;
        for (int i = 0; i < N; i++) {
            for (int j = 0; j < N; j++) {
                double ti = outcomes.time(i);
                double tj = outcomes.time(j);
                if (outcomes.cause(i) != 1 || ti > 20 || i == j) {
                    continue;
                }
                double w = 0;
                if (tj > ti || (tj == ti && outcomes.cause(j) == 0)) {
                    w = 1 / (g.before(ti) * g.at(ti));
                } else if (outcomes.cause(j) == 2) {
                    w = 1 / (g.before(ti) * g.before(tj));
                }
                all += w;
                won += w * (risk[i] > risk[j] ? 1 : risk[i] == risk[j] ? 0.5 : 0);
            }
        }

        assertThat(CompetingConcordance.of(outcomes, risk, 20)).isCloseTo(won / all, within(1e-12));
        assertThat(CompetingConcordance.of(outcomes, risk, 0.5)).isNaN();
        assertThatThrownBy(() -> CompetingConcordance.of(outcomes, risk, 0))
                .hasMessageContaining("tau 0.0");
        assertThatThrownBy(() -> CompetingConcordance.of(outcomes, new double[3], 1))
                .hasMessageContaining("risk has 3");
    }

    @Test
    void rightCurvesAreDistributionCalibrated() {
        Random random = new Random(8);
        int n = 4000;
        double[] time = new double[n];
        boolean[] event = new boolean[n];
        double[] right = new double[n];
        double[] wrong = new double[n];
        for (int i = 0; i < n; i++) {
            double rate = Math.exp(random.nextGaussian());
            double death = -Math.log(random.nextDouble()) / rate;
            double censoring = 2 * random.nextDouble();
            time[i] = Math.min(death, censoring);
            event[i] = death <= censoring;
            right[i] = Math.exp(-rate * time[i]);
            wrong[i] = Math.exp(-1.4 * rate * time[i]);
        }
        SurvivalOutcomes outcomes = SurvivalOutcomes.of(time, event);

        DCalibration good = DCalibration.of(outcomes, right, 10);

        assertThat(good.p()).isGreaterThan(0.01);
        assertThat(good.counts().stream().mapToDouble(c -> c).sum()).isCloseTo(n, within(1e-9));
        assertThat(DCalibration.of(outcomes, wrong, 10).p()).isLessThan(1e-6);
        assertThatThrownBy(() -> DCalibration.of(outcomes, right, 1)).hasMessageContaining("bins");
        assertThatThrownBy(
                        () ->
                                DCalibration.of(
                                        SurvivalOutcomes.of(new double[0], new boolean[0]),
                                        new double[0],
                                        5))
                .hasMessageContaining("no row");
    }

    @Test
    void landmarkIsTheConditionalCohort() {
        SurvivalOutcomes all =
                SurvivalOutcomes.of(new double[] {3, 8, 12, 20, 12}, new int[] {1, 1, 0, 1, 1});

        Landmark year = Landmark.at(all, 8);

        assertThat(year.rows()).containsExactly(2, 3, 4);
        assertThat(year.outcomes().times()).containsExactly(4, 12, 4);
        assertThat(year.outcomes().events()).isEqualTo(2);
        double[] risk =
                year.risk(new double[] {.9, .9, .8, .5, 0}, new double[] {.1, .1, .4, .5, 0});
        assertThat(risk).containsExactly(0.5, 0, Double.NaN);
        assertThat(KaplanMeier.of(year.outcomes()).survivalAt(4))
                .isCloseTo(KaplanMeier.of(all).conditionalOn(8).survivalAt(12), within(1e-15));
        assertThatThrownBy(() -> Landmark.at(all, -1)).hasMessageContaining("time -1.0");
        assertThatThrownBy(
                        () ->
                                year.risk(
                                        new double[] {1, 1, .4, 1, 1},
                                        new double[] {1, 1, .5, 1, 1}))
                .hasMessageContaining("row 2 is 0.5, above 0.4");
        assertThatThrownBy(() -> KaplanMeier.of(all).conditionalOn(20))
                .hasMessageContaining("beyond time 20.0");
    }

    @Test
    void decisionCurveOfFollowUpIsUndefinedBeyondIt() {
        CompetingOutcomes outcomes = simulated(9, N);
        double[] risk = new Random(1).doubles(N).toArray();

        DecisionCurve late = DecisionCurve.of(outcomes, risk, 99, 0.1, 0.5);

        assertThat(late.prevalence()).isNaN();
        assertThat(late.points().get(0).netBenefit()).isNaN();
        assertThatThrownBy(() -> DecisionCurve.of(outcomes, risk, -1, 0.1))
                .hasMessageContaining("horizon -1.0");
        assertThatThrownBy(() -> DecisionCurve.of(outcomes, risk, 5, 1))
                .hasMessageContaining("threshold 1.0");
        double[] all = new double[N];
        Arrays.fill(all, 0.9);
        DecisionCurve.Point point = DecisionCurve.of(outcomes, all, 10, 0.3).points().get(0);
        assertThat(point.netBenefit()).isCloseTo(point.treatAll(), within(1e-15));
    }

    @Test
    void polytomousIndexOfTwoClassesIsTheAuc() {
        boolean[] positive = new boolean[N];
        int[] truth = new int[N];
        double[] score = new double[N];
        double[][] p = new double[N][];
        Random random = new Random(10);
        for (int i = 0; i < N; i++) {
            truth[i] = random.nextInt(2);
            positive[i] = truth[i] == 1;
            score[i] = random.nextInt(16) / 16.0;
            p[i] = new double[] {1 - score[i], score[i]};
        }

        PolytomousDiscrimination found = PolytomousDiscrimination.of(truth, p);

        assertThat(found.index()).isCloseTo(RocCurve.of(positive, score).auc(), within(1e-12));
        double[][] flat = new double[N][];
        int[] three = new int[N];
        for (int i = 0; i < N; i++) {
            flat[i] = new double[] {0.4, 0.3, 0.3};
            three[i] = i % 3;
        }
        assertThat(PolytomousDiscrimination.of(three, flat).index())
                .isCloseTo(1 / 3.0, within(1e-14));
        assertThat(PolytomousDiscrimination.of(new int[N], flat).index()).isNaN();
    }
}
