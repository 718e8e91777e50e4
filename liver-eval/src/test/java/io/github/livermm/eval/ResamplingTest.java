// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.livermm.eval.resample.Bootstrap;
import io.github.livermm.eval.resample.BootstrapDistribution;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** Proves the shortcuts of resampling against the plain way, and limits against known ones. */
class ResamplingTest {
    private static final int N = 120;
    private final boolean[] positive = new boolean[N];
    private final double[] first = new double[N];
    private final double[] second = new double[N];
    private final int[] patient = new int[N];

    ResamplingTest() {
        Random random = new Random(5);
        for (int i = 0; i < N; i++) {
            patient[i] = i / 2;
            positive[i] = i / 2 % 3 == 0;
            first[i] = Math.round(4 * (random.nextGaussian() + (positive[i] ? 1 : 0)));
            second[i] = random.nextGaussian() + (positive[i] ? 0.5 : 0);
        }
    }

    private double auc(double[] score, int[] rows) {
        return RocCurve.of(Rows.pick(positive, rows), Rows.pick(score, rows)).auc();
    }

    @Test
    void countedAreasAreThoseOfTheRows() {
        Bootstrap plain = Bootstrap.of(300, 9);
        List<UnaryOperator<Bootstrap>> plans =
                List.of(
                        plan -> plan,
                        plan -> plan.stratifiedBy(positive),
                        plan -> plan.clusteredBy(patient),
                        plan -> plan.stratifiedBy(positive).clusteredBy(patient).withThreads(3));
        for (UnaryOperator<Bootstrap> plan : plans) {
            Bootstrap bootstrap = plan.apply(plain);
            BootstrapDistribution slow = bootstrap.distribution(N, rows -> auc(first, rows));
            BootstrapDistribution fast = AucBootstrap.of(positive, first, bootstrap);
            BootstrapDistribution difference =
                    AucBootstrap.ofDifference(positive, first, second, bootstrap);

            assertThat(fast.estimate()).isEqualTo(slow.estimate());
            assertThat(fast.values()).isEqualTo(slow.values());
            assertThat(fast.bca(0.9)).isEqualTo(slow.bca(0.9));
            assertThat(difference.values())
                    .isEqualTo(
                            bootstrap
                                    .distribution(N, r -> auc(first, r) - auc(second, r))
                                    .values());
        }
        assertThatThrownBy(() -> AucBootstrap.of(new boolean[1], new double[] {Double.NaN}, plain))
                .hasMessageContaining("score row 0 is NaN");
    }

    @Test
    void clusteredBootstrapAgreesWithObuchowski() {
        double[] shared = new double[N];
        Random random = new Random(6);
        for (int i = 0; i < N; i += 2) {
            double patientEffect = random.nextGaussian();
            for (int k = i; k < i + 2; k++) {
                shared[k] = patientEffect + 0.3 * random.nextGaussian() + (positive[k] ? 1 : 0);
            }
        }

        double bootstrap =
                AucBootstrap.of(positive, shared, Bootstrap.of(4000, 7).clusteredBy(patient))
                        .standardError();
        double formula = Math.sqrt(ClusteredAuc.covariance(positive, patient, shared)[0][0]);
        double naive = Math.sqrt(RocCurve.of(positive, shared).delongVariance());

        assertThat(formula).isCloseTo(bootstrap, within(0.06 * bootstrap));
        assertThat(naive).isLessThan(0.85 * bootstrap);
    }

    @Test
    void clusteredAucWithOneRowEachIsDeLong() {
        int[] alone = new int[N];
        Arrays.setAll(alone, i -> -i);

        assertThat(ClusteredAuc.covariance(positive, alone, first, second)[0][1])
                .isCloseTo(DeLongTest.covariance(positive, first, second)[0][1], within(1e-16));
        Interval interval = ClusteredAuc.of(positive, alone, first, 0.95);
        Interval delong = RocCurve.of(positive, first).aucInterval(0.95);
        assertThat(interval.lower()).isCloseTo(delong.lower(), within(1e-14));
        assertThat(interval.upper()).isCloseTo(delong.upper(), within(1e-14));
        assertThat(ClusteredAuc.of(positive, new int[N], first, 0.95).lower()).isNaN();
    }

    @Test
    void bandOfADecisionCurveHasTheKnownStandardError() {
        double[] p = new double[N];
        for (int i = 0; i < N; i++) {
            p[i] = LogisticRegression.inverseLogit(second[i] - 0.8);
        }
        double t = 0.3;
        DecisionBand band = DecisionBand.of(positive, p, Bootstrap.of(4000, 8), 0.95, 0.1, t);

        // net benefit is a mean of 1, -odds and 0
        double[] each = new double[N];
        for (int i = 0; i < N; i++) {
            each[i] = p[i] < t ? 0 : positive[i] ? 1 : -t / (1 - t);
        }
        double mean = Arrays.stream(each).average().orElseThrow();
        double variance =
                Arrays.stream(each).map(v -> (v - mean) * (v - mean)).average().orElseThrow() / N;
        Interval found = band.points().get(1).netBenefit();
        assertThat(found.estimate()).isCloseTo(mean, within(1e-12));
        double half = 1.96 * Math.sqrt(variance);
        assertThat(found.upper() - found.lower()).isCloseTo(2 * half, within(0.1 * half));
        DecisionBand.Point point = band.points().get(1);
        double prevalence = Rows.count(positive) / (double) N;
        double all = prevalence - (1 - prevalence) * t / (1 - t);
        assertThat(point.gain().estimate()).isCloseTo(mean - Math.max(0, all), within(1e-12));
        assertThat(point.standardised().estimate()).isCloseTo(mean / prevalence, within(1e-12));
        assertThat(point.interventionsAvoided().lower())
                .isLessThan(point.interventionsAvoided().estimate());
    }

    @Test
    void bandOfCensoredFollowUpIsThatOfTheLabelsWhenNobodyIsCensored() {
        double[] p = new double[N];
        double[] time = new double[N];
        for (int i = 0; i < N; i++) {
            p[i] = LogisticRegression.inverseLogit(second[i] - 0.8);
            time[i] = positive[i] ? 1 : 9;
        }
        boolean[] event = new boolean[N];
        Arrays.fill(event, true);
        CompetingOutcomes outcomes = CompetingOutcomes.of(SurvivalOutcomes.of(time, event));
        Bootstrap plan = Bootstrap.of(200, 10);

        DecisionBand.Point followed =
                DecisionBand.of(outcomes, p, 5, plan, 0.9, 0.2).points().get(0);
        DecisionBand.Point labelled = DecisionBand.of(positive, p, plan, 0.9, 0.2).points().get(0);

        assertThat(followed.netBenefit().lower())
                .isCloseTo(labelled.netBenefit().lower(), within(1e-12));
        assertThat(followed.gain().upper()).isCloseTo(labelled.gain().upper(), within(1e-12));
    }

    @Test
    void intervalOfTheCompetingConcordanceCoversTheBootstrap() {
        double[] time = new double[N];
        int[] cause = new int[N];
        Random random = new Random(11);
        for (int i = 0; i < N; i++) {
            time[i] = 1 + random.nextInt(40);
            cause[i] = random.nextInt(3);
        }
        CompetingOutcomes outcomes = CompetingOutcomes.of(time, cause);

        Interval found =
                CompetingConcordance.interval(outcomes, first, 30, Bootstrap.of(200, 12), 0.95);

        assertThat(found.estimate()).isEqualTo(CompetingConcordance.of(outcomes, first, 30));
        assertThat(found.lower()).isLessThan(found.estimate());
        assertThat(found.upper()).isGreaterThan(found.estimate());
    }

    @Test
    void progressRisesToTheEnd() {
        List<Integer> seen = new ArrayList<>();

        Bootstrap.of(50, 1)
                .withThreads(4)
                .withProgress((done, total) -> seen.add(done))
                .distribution(N, rows -> rows[0]);

        assertThat(seen).hasSize(50).isSorted().last().isEqualTo(50);
        assertThatThrownBy(() -> Bootstrap.of(1, 1).withThreads(0)).hasMessageContaining("threads");
    }
}
