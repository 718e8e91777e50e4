// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.eval.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.livermm.eval.BinaryEvaluation;
import io.github.livermm.eval.CompetingOutcomes;
import io.github.livermm.eval.Concordance;
import io.github.livermm.eval.DeLongTest;
import io.github.livermm.eval.Interval;
import io.github.livermm.eval.MulticlassEvaluation;
import io.github.livermm.eval.ProportionDifference;
import io.github.livermm.eval.RocCurve;
import io.github.livermm.eval.SurvivalEvaluation;
import io.github.livermm.eval.SurvivalOutcomes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ForkJoinPool;
import org.junit.jupiter.api.Test;

/** Proves what holds of study-level figures by definition, in small cases and when undefined. */
@SuppressWarnings("NullAway") // an absent key fails the test, as it should
class StudyTest {
    private static final int N = 120;

    private final boolean[] positive = new boolean[N];
    private final double[] p = new double[N];
    private final double[] worse = new double[N];
    private final String[] centre = new String[N];
    private final String[] sex = new String[N];
    private final double[] time = new double[N];
    private final int[] cause = new int[N];

    StudyTest() {
        SplittableRandom random = new SplittableRandom(4);
        for (int i = 0; i < N; i++) {
            p[i] = 0.05 + 0.9 * random.nextDouble();
            positive[i] = random.nextDouble() < p[i];
            worse[i] = Math.min(1, Math.max(0, p[i] + 0.6 * (random.nextDouble() - 0.5)));
            centre[i] = "C" + i % 3;
            sex[i] = i % 2 == 0 ? "F" : "M";
            time[i] = -Math.log(random.nextDouble()) * 30 * (1.2 - p[i]);
            cause[i] = random.nextInt(3);
        }
    }

    private static Map<String, double[]> scores(double[] main, double[] other) {
        Map<String, double[]> scores = new LinkedHashMap<>();
        scores.put("main", main);
        scores.put("other", other);
        return scores;
    }

    @Test
    void binaryStudyIsMadeOfTheFiguresOfItsParts() {
        RowColumns columns =
                RowColumns.none(N)
                        .withCentres(centre)
                        .withSubgroup("sex", sex)
                        .withNote("a remark of the reader");

        BinaryStudy study = BinaryStudy.of(positive, scores(p, worse), columns, Double.NaN, 1);

        assertThat(study.models().get("main"))
                .isEqualTo(BinaryEvaluation.of(positive, p, 0.5, "default for probabilities", 1));
        DeLongTest test = DeLongTest.paired(positive, p, worse, 0.95);
        assertThat(study.comparisons()).hasSize(1);
        assertThat(study.comparisons().get(0).difference()).isEqualTo(test.difference());
        assertThat(study.comparisons().get(0).adjustedP()).isEqualTo(test.pValue());
        int[] rows = rows("C1", centre);
        SubgroupTable.Row row = study.centres().orElseThrow().rows().get(1);
        assertThat(row.discrimination())
                .isEqualTo(
                        RocCurve.of(Scored.pick(positive, rows), Scored.pick(p, rows))
                                .aucLogitInterval(0.95));
        assertThat(row.n()).isEqualTo(40);
        double observed = row.events();
        double expected = Arrays.stream(rows).mapToDouble(i -> p[i]).sum();
        assertThat(row.observedToExpected().estimate())
                .isCloseTo(observed / expected, within(1e-12));
        double se = Math.sqrt((1 - observed / 40) / observed);
        assertThat(row.observedToExpected().upper())
                .isCloseTo(observed / expected * Math.exp(1.959963984540054 * se), within(1e-12));
        assertThat(study.notes()).first().isEqualTo("a remark of the reader");
        assertThat(study.toMap()).containsKeys("n", "auc", "models", "centres", "pooled", "gaps");
        assertThat(study.subgroups().get("sex").rows()).hasSize(2);
        assertThat(study.probabilities("main")).isTrue();
        assertThat(study.score("other")).isEqualTo(worse);
        assertThat(study.positive("main")).isEqualTo(positive);
        assertThatThrownBy(() -> study.score("x")).hasMessageContaining("[main, other]");
    }

    private static int[] rows(String level, String[] levels) {
        return SubgroupTable.rowsByLevel(levels.length, levels).get(level);
    }

    @Test
    void unitWeightsAndClustersOfOneChangeNoEstimate() {
        double[] ones = new double[N];
        Arrays.fill(ones, 1);
        String[] own = new String[N];
        Arrays.setAll(own, i -> "P" + i);
        Map<String, double[]> scores = Map.of("main", p);
        BinaryEvaluation plain =
                BinaryStudy.of(positive, scores, RowColumns.none(N), 0.4, 1).models().get("main");

        for (RowColumns columns :
                List.of(
                        RowColumns.none(N).withWeights(ones),
                        RowColumns.none(N).withClusters(own))) {
            BinaryStudy study = BinaryStudy.of(positive, scores, columns, 0.4, 1);
            BinaryEvaluation found = study.models().get("main");
            assertThat(found.auc().estimate()).isCloseTo(plain.auc().estimate(), within(1e-12));
            assertThat(found.ppv().estimate()).isCloseTo(plain.ppv().estimate(), within(1e-12));
            assertThat(found.brier().estimate()).isCloseTo(plain.brier().estimate(), within(1e-12));
            assertThat(found.calibrationSlope().estimate())
                    .isCloseTo(plain.calibrationSlope().estimate(), within(1e-9));
            assertThat(found.calibrationIntercept().estimate())
                    .isCloseTo(plain.calibrationIntercept().estimate(), within(1e-9));
            assertThat(found.auc().lower()).isCloseTo(plain.auc().lower(), within(0.03));
            assertThat(found.auc().method()).contains("bootstrap");
        }
    }

    @Test
    void weightTwoIsTheRowTwice() {
        double[] weight = new double[N];
        List<Integer> twice = new ArrayList<>();
        for (int i = 0; i < N; i++) {
            weight[i] = 1 + i % 2;
            twice.add(i);
            if (i % 2 == 1) {
                twice.add(i);
            }
        }
        int[] rows = twice.stream().mapToInt(Integer::intValue).toArray();

        BinaryEvaluation weighted =
                BinaryStudy.of(
                                positive,
                                Map.of("s", p),
                                RowColumns.none(N).withWeights(weight),
                                0.5,
                                1)
                        .models()
                        .get("s");
        BinaryEvaluation doubled =
                BinaryEvaluation.of(
                        Scored.pick(positive, rows), Scored.pick(p, rows), 0.5, "given", 1);

        assertThat(weighted.auc().estimate()).isCloseTo(doubled.auc().estimate(), within(1e-12));
        assertThat(weighted.brier().estimate())
                .isCloseTo(doubled.brier().estimate(), within(1e-12));
        assertThat(weighted.sensitivity().estimate())
                .isCloseTo(doubled.sensitivity().estimate(), within(1e-12));
        assertThat(weighted.calibrationSlope().estimate())
                .isCloseTo(doubled.calibrationSlope().estimate(), within(1e-9));
        SurvivalOutcomes outcomes = CompetingOutcomes.of(time, cause).anyCause();
        Concordance c = Concordance.harrell(outcomes.select(rows), Scored.pick(p, rows));
        SurvivalStudy study =
                SurvivalStudy.of(
                        CompetingOutcomes.of(outcomes),
                        Map.of("r", p),
                        new double[] {10},
                        column(p),
                        RowColumns.none(N).withWeights(weight),
                        1);
        SurvivalEvaluation block = study.models().get("r");
        // a row twice is also a pair with itself, tied in time and so not comparable
        assertThat(block.cIndex().estimate()).isCloseTo(c.estimate(), within(1e-12));
        assertThat(block.horizons().get(0).auc().estimate()).isNaN();
        assertThat(study.notes()).anyMatch(n -> n.contains("no weighted definition"));
    }

    private static double[][] column(double[] values) {
        double[][] columns = new double[values.length][];
        Arrays.setAll(columns, i -> new double[] {values[i]});
        return columns;
    }

    @Test
    void survivalStudyIsMadeOfTheFiguresOfItsParts() {
        SurvivalOutcomes outcomes = CompetingOutcomes.of(time, cause).causeOnly(1);
        double[] horizons = {5, 15};
        double[][] probability = new double[N][];
        double[][] survival = new double[N][];
        for (int i = 0; i < N; i++) {
            probability[i] = new double[] {p[i] / 4, p[i] / 2};
            survival[i] = new double[] {1 - p[i] / 4, 1 - p[i] / 2};
        }
        double[] gappy = worse.clone();
        gappy[3] = Double.NaN;

        SurvivalStudy study =
                SurvivalStudy.of(
                        CompetingOutcomes.of(outcomes),
                        scores(p, gappy),
                        horizons,
                        probability,
                        RowColumns.none(N).withCentres(centre).withSubgroup("sex", sex),
                        1);

        assertThat(study.models().get("main"))
                .isEqualTo(SurvivalEvaluation.of(outcomes, p, horizons, survival, 1));
        assertThat(study.models().get("other").n()).isEqualTo(N - 1);
        assertThat(study.comparisons().get(0).n()).isEqualTo(N - 1);
        assertThat(study.notes())
                .anyMatch(n -> n.contains("other: 1 rows without this score"))
                .anyMatch(n -> n.contains("those at 15"));
        assertThat(study.competing()).isFalse();
        assertThat(study.centres().orElseThrow().rows()).hasSize(3);
        assertThat(study.subgroups().get("sex").interaction().degreesOfFreedom()).isEqualTo(1);
        assertThat(study.probability(1)[2]).isEqualTo(p[2] / 2);
        assertThat(study.toMap()).containsKeys("c_index", "horizons", "comparisons", "subgroups");
        assertThatThrownBy(() -> study.risk("x")).hasMessageContaining("no risk x");
    }

    @Test
    void clustersOfSurvivalWidenNothingButTheLimits() {
        String[] pairs = new String[N];
        Arrays.setAll(pairs, i -> "P" + i / 2);
        CompetingOutcomes outcomes =
                CompetingOutcomes.of(CompetingOutcomes.of(time, cause).causeOnly(1));

        SurvivalEvaluation found =
                SurvivalStudy.of(
                                outcomes,
                                Map.of("r", p),
                                new double[] {5, 15},
                                twoColumns(),
                                RowColumns.none(N).withClusters(pairs),
                                1)
                        .models()
                        .get("r");
        SurvivalEvaluation plain =
                SurvivalStudy.of(
                                outcomes,
                                Map.of("r", p),
                                new double[] {5, 15},
                                twoColumns(),
                                RowColumns.none(N),
                                1)
                        .models()
                        .get("r");

        assertThat(found.cIndex().estimate()).isEqualTo(plain.cIndex().estimate());
        assertThat(found.cIndex().lower()).isNotEqualTo(plain.cIndex().lower());
        assertThat(found.unoC().estimate()).isCloseTo(plain.unoC().estimate(), within(1e-12));
        assertThat(found.ibs().estimate()).isCloseTo(plain.ibs().estimate(), within(1e-12));
        for (int h = 0; h < 2; h++) {
            SurvivalEvaluation.Horizon one = found.horizons().get(h);
            SurvivalEvaluation.Horizon other = plain.horizons().get(h);
            assertThat(one.auc().estimate()).isCloseTo(other.auc().estimate(), within(1e-12));
            assertThat(one.ici().estimate()).isCloseTo(other.ici().estimate(), within(1e-12));
            assertThat(one.auc().method()).contains("clustered");
        }
    }

    private double[][] twoColumns() {
        double[][] columns = new double[N][];
        Arrays.setAll(columns, i -> new double[] {p[i] / 4, p[i] / 2});
        return columns;
    }

    @Test
    void competingEventsAreTakenByTheirCause() {
        SurvivalStudy study =
                SurvivalStudy.of(
                        CompetingOutcomes.of(time, cause),
                        Map.of("r", p),
                        new double[] {5, 15, 1e6},
                        threeColumns(),
                        RowColumns.none(N).withSubgroup("sex", sex),
                        1);

        SurvivalEvaluation block = study.models().get("r");
        assertThat(block.events())
                .isEqualTo((int) Arrays.stream(cause).filter(c -> c == 1).count());
        assertThat(block.horizons().get(1).observedToExpected().estimate()).isPositive();
        assertThat(block.horizons().get(1).slope().estimate()).isNaN();
        assertThat(block.unoC().estimate()).isNaN();
        assertThat(block.horizons().get(2).brier().estimate()).isNaN();
        assertThat(study.competing()).isTrue();
        assertThat(study.toMap()).containsKey("competing_events");
        assertThat(study.notes())
                .anyMatch(n -> n.contains("Wolbers"))
                .anyMatch(n -> n.contains("horizon 1000000: after the last time"));
    }

    private double[][] threeColumns() {
        double[][] columns = new double[N][];
        Arrays.setAll(columns, i -> new double[] {p[i] / 4, p[i] / 2, p[i]});
        return columns;
    }

    @Test
    void multiclassStudyIsMadeOfTheFiguresOfItsParts() {
        int[] truth = new int[N];
        double[][] probability = new double[N][];
        for (int i = 0; i < N; i++) {
            truth[i] = i % 3;
            double own = 0.2 + 0.7 * p[i];
            double rest = (1 - own) / 2;
            probability[i] = new double[] {rest, rest, rest};
            probability[i][truth[i]] = own;
        }
        List<String> classes = List.of("a", "b", "c");

        MulticlassStudy study =
                MulticlassStudy.of(
                        truth,
                        classes,
                        probability,
                        RowColumns.none(N).withCentres(centre).withSubgroup("sex", sex),
                        1);

        MulticlassEvaluation all = MulticlassEvaluation.of(truth, probability, null);
        assertThat(study.figures().get("accuracy").estimate()).isEqualTo(all.table().accuracy());
        assertThat(study.figures().get("log_loss").estimate()).isEqualTo(all.logLoss());
        assertThat(study.figures().get("auc_ovr_macro").lower())
                .isLessThanOrEqualTo(all.ovrMacroAuc());
        assertThat(study.oneAgainstRest()).containsOnlyKeys("a", "b", "c");
        assertThat(study.toMap()).containsKeys("confusion", "classes", "centres", "subgroups");
        assertThat(study.centres()).isEmpty();
        assertThat(study.subgroups()).isEmpty();
        MulticlassStudy missing =
                MulticlassStudy.of(
                        new int[] {0, 1},
                        classes,
                        new double[][] {{1, 0, 0}, {1, 0, 0}},
                        RowColumns.none(2)
                                .withWeights(new double[] {1, 2})
                                .withClusters(new String[] {"x", "y"}),
                        1);
        assertThat(missing.notes())
                .anyMatch(n -> n.contains("no row of class c"))
                .anyMatch(n -> n.contains("log_loss"))
                .anyMatch(n -> n.contains("no weights"));
        assertThatThrownBy(
                        () ->
                                MulticlassStudy.of(
                                        new int[] {0},
                                        classes,
                                        new double[][] {{1, 0}},
                                        RowColumns.none(1),
                                        1))
                .hasMessageContaining("2 columns");
    }

    @Test
    void poolingOfOneOrTwoCentresSaysWhatItCannot() {
        RandomEffects one =
                RandomEffects.of(
                        RandomEffects.Scale.LOGIT, new double[] {0.8}, new double[] {0.02});
        assertThat(one.pooled(0.95).estimate()).isCloseTo(0.8, within(1e-12));
        assertThat(one.pooled(0.95).lower()).isNaN();
        assertThat(one.tauSquared()).isNaN();
        RandomEffects two =
                RandomEffects.of(
                        RandomEffects.Scale.IDENTITY, new double[] {1, 3}, new double[] {0.5, 0.5});
        assertThat(two.mean()).isCloseTo(2, within(1e-12));
        assertThat(two.pooled(0.95).lower()).isLessThan(2);
        assertThat(two.prediction(0.95).lower()).isNaN();
        assertThatThrownBy(
                        () ->
                                RandomEffects.of(
                                        RandomEffects.Scale.LOGIT,
                                        new double[] {1},
                                        new double[] {0.1}))
                .hasMessageContaining("leave the centre out");
        assertThatThrownBy(
                        () ->
                                RandomEffects.of(
                                        RandomEffects.Scale.LOG, new double[0], new double[0]))
                .hasMessageContaining("at least 1");
        assertThatThrownBy(() -> two.pooled(1)).hasMessageContaining("level 1.0");
    }

    @Test
    void equalVariancesGiveTheClosedFormOfThePooling() {
        double[] y = {0.2, 0.5, 0.9, 1.6};
        double[] se = {0.1, 0.1, 0.1, 0.1};

        RandomEffects found = RandomEffects.of(RandomEffects.Scale.IDENTITY, y, se);

        // with equal variances REML is the sample variance less the common one
        double variance = 0.36666666666666664;
        assertThat(found.mean()).isCloseTo(0.8, within(1e-12));
        assertThat(found.tauSquared()).isCloseTo(variance - 0.01, within(1e-12));
        assertThat(found.standardError()).isCloseTo(Math.sqrt(variance / 4), within(1e-12));
    }

    @Test
    void aCentreWithOneClassIsShownAndNotPooled() {
        boolean[] y = positive.clone();
        for (int i = 0; i < N; i += 3) {
            y[i] = false;
        }

        CentreTable table = CentreTable.of(Scored.binary(y, p), centre);

        assertThat(table.rows()).hasSize(3);
        assertThat(table.notPooled()).containsExactly("C0");
        assertThat(table.discrimination().orElseThrow().centres()).isEqualTo(2);
        assertThat(CentreTable.of(Scored.binary(new boolean[N], p), centre).discrimination())
                .isEmpty();
    }

    @Test
    void gapsAreDifferencesToTheLargestGroup() {
        String[] group = new String[N];
        Arrays.setAll(group, i -> i < 70 ? "large" : i < 115 ? "small" : "");

        GroupGaps gaps = GroupGaps.of(positive, p, 0.5, group);

        assertThat(gaps.reference()).isEqualTo("large");
        assertThat(gaps.gaps()).hasSize(1);
        int[] one = rows("small", group);
        int[] other = rows("large", group);
        long hits = Arrays.stream(one).filter(i -> positive[i] && p[i] >= 0.5).count();
        long ofOne = Arrays.stream(one).filter(i -> positive[i]).count();
        long hitsOther = Arrays.stream(other).filter(i -> positive[i] && p[i] >= 0.5).count();
        long ofOther = Arrays.stream(other).filter(i -> positive[i]).count();
        Interval expected = ProportionDifference.NEWCOMBE.of(hits, ofOne, hitsOther, ofOther, 0.95);
        assertThat(gaps.gaps().get(0).sensitivity()).isEqualTo(expected);
        double ratio = ofOne / sum(one) / (ofOther / sum(other));
        double se = Math.sqrt((1 - ofOne / 45.0) / ofOne + (1 - ofOther / 70.0) / ofOther);
        Interval found = gaps.gaps().get(0).observedToExpected();
        assertThat(found.estimate()).isCloseTo(ratio, within(1e-12));
        assertThat(found.lower())
                .isCloseTo(ratio * Math.exp(-1.959963984540054 * se), within(1e-12));
        assertThat(GroupGaps.of(positive, p, 0.5, new String[N]).reference()).isEmpty();
        String[] alike = new String[N];
        Arrays.setAll(alike, i -> i % 2 == 0 ? "b" : "a");
        assertThat(GroupGaps.of(positive, p, 0.5, alike).reference()).isEqualTo("a");
    }

    private double sum(int[] rows) {
        return Arrays.stream(rows).mapToDouble(i -> p[i]).sum();
    }

    @Test
    void interactionIsUndefinedWithItsReason() {
        Scored rows = Scored.binary(positive, p);
        String[] one = new String[N];
        Arrays.fill(one, "same");
        assertThat(Interaction.of(rows, one).p()).isNaN();
        assertThat(Interaction.of(rows, one).reason()).contains("fewer than two levels");
        assertThat(Interaction.of(rows, one).toMap()).containsEntry("p", null);
        String[] few = new String[N];
        Arrays.setAll(few, i -> i < 5 ? "rare" : null);
        assertThat(Interaction.of(rows, few).levels()).isEmpty();
        double[] perfect = new double[N];
        Arrays.setAll(perfect, i -> positive[i] ? 0.9 : 0.1);
        assertThat(Interaction.of(Scored.binary(positive, perfect), sex).reason())
                .contains("separates");
        assertThatThrownBy(() -> Interaction.of(rows, new String[1]))
                .hasMessageContaining("level has 1");
    }

    @Test
    void intraclassCorrelationOfEqualReadersIsOne() {
        double[][] equal = {{1, 1}, {2, 2}, {5, 5}};
        IntraclassCorrelation icc = IntraclassCorrelation.of(equal);
        for (IntraclassCorrelation.Form form : IntraclassCorrelation.Form.values()) {
            assertThat(icc.of(form, 0.95).estimate()).as(form.name()).isEqualTo(1);
        }
        IntraclassCorrelation constant = IntraclassCorrelation.of(new double[][] {{1, 1}, {1, 1}});
        assertThat(constant.of(IntraclassCorrelation.Form.AGREEMENT_SINGLE, 0.95).estimate())
                .isNaN();
        assertThatThrownBy(() -> IntraclassCorrelation.of(new double[][] {{1, 2}}))
                .hasMessageContaining("1 subjects x 2 readers");
        assertThatThrownBy(() -> IntraclassCorrelation.of(new double[][] {{1, 2}, {1, Double.NaN}}))
                .hasMessageContaining("subject 1");
        assertThatThrownBy(() -> icc.of(IntraclassCorrelation.Form.ONE_WAY_MEAN, 0))
                .hasMessageContaining("level 0.0");
    }

    /** The error of a mean of n draws with variance 1/12 is known: (1 + 1/n) / 12. */
    @Test
    void learningCurveOfAMeanFollowsItsClosedForm() {
        int n = 400;
        SplittableRandom random = new SplittableRandom(8);
        double[] y = random.doubles(n).toArray();
        boolean[] event = new boolean[n];
        for (int i = 0; i < n; i += 4) {
            event[i] = true;
        }
        LearningCurve.Development development =
                (training, test) -> {
                    double mean =
                            Arrays.stream(training).mapToDouble(i -> y[i]).average().orElse(0);
                    return Arrays.stream(test)
                            .mapToDouble(i -> (y[i] - mean) * (y[i] - mean))
                            .average()
                            .orElse(0);
                };

        LearningCurve curve = LearningCurve.of(event, new int[] {4, 16, 200}, 400, 1, development);

        for (LearningCurve.Point point : curve.points()) {
            assertThat(point.mean()).isCloseTo((1 + 1.0 / point.rows()) / 12, within(0.004));
            assertThat(point.events()).isCloseTo(point.rows() / 4.0, within(0.5));
            assertThat(point.repeats()).isEqualTo(400);
        }
        LearningCurve again =
                ForkJoinPool.commonPool()
                        .submit(
                                () ->
                                        LearningCurve.of(
                                                event, new int[] {4, 16, 200}, 400, 1, development))
                        .join();
        assertThat(again).isEqualTo(curve);
        LearningCurve never =
                LearningCurve.of(event, new int[] {4}, 3, 1, (training, test) -> Double.NaN);
        assertThat(never.points().get(0).mean()).isNaN();
        assertThatThrownBy(() -> LearningCurve.of(event, new int[] {301}, 1, 1, development))
                .hasMessageContaining("size 301 is outside [2, 300]");
        assertThatThrownBy(() -> LearningCurve.of(event, new int[] {4}, 0, 1, development))
                .hasMessageContaining("repeats 0");
    }

    @Test
    void sampleSizeRefusesWhatCannotBe() {
        assertThatThrownBy(() -> DevelopmentSampleSize.binary(0.9, 5, 0.1))
                .hasMessageContaining("the most that can be explained");
        assertThatThrownBy(() -> DevelopmentSampleSize.binary(0.1, 0, 0.1))
                .hasMessageContaining("parameters 0");
        assertThatThrownBy(() -> DevelopmentSampleSize.binary(0.1, 5, 1))
                .hasMessageContaining("prevalence 1.0");
        assertThatThrownBy(() -> DevelopmentSampleSize.survival(0.1, 5, 0, 1, 1))
                .hasMessageContaining("rate 0.0");
    }

    @Test
    void adjustmentKeepsMissingTestsOut() {
        assertThat(PValueAdjustment.HOLM.adjust(0.01, Double.NaN, 0.04))
                .containsExactly(0.02, Double.NaN, 0.04);
        assertThat(PValueAdjustment.BENJAMINI_HOCHBERG.adjust()).isEmpty();
        assertThatThrownBy(() -> PValueAdjustment.HOLM.adjust(1.5))
                .hasMessageContaining("p-value 0 is 1.5");
    }

    @Test
    void firstTableOfOneGroupOrOfConstantsHasNoDistance() {
        String[] same = {"x", "x", "x"};
        BaselineTable one =
                BaselineTable.of(same)
                        .withNumber("age", new double[] {1, 2, Double.NaN})
                        .withCategory("sex", new String[] {"F", null, " "});
        assertThat(one.variables().get(0).standardisedDifference()).isNaN();
        assertThat(one.variables().get(1).present()).containsEntry("x", 1);
        BaselineTable apart =
                BaselineTable.of(new String[] {"a", "a", "b", "b"})
                        .withCategory("sex", new String[] {"F", "F", "M", "M"})
                        .withCategory("all", new String[] {"F", "F", "F", "F"})
                        .withNumber("gap", new double[] {1, 2, Double.NaN, Double.NaN});
        assertThat(apart.variables().get(0).standardisedDifference()).isInfinite();
        assertThat(apart.variables().get(1).standardisedDifference()).isZero();
        assertThat(apart.variables().get(2).standardisedDifference()).isNaN();
        assertThat(apart.variables().get(2).missingDifference()).isInfinite();
        assertThat(apart.size("b")).isEqualTo(2);
        assertThat(apart.size("")).isEqualTo(4);
        assertThat(apart.groups()).containsExactly("a", "b");
        assertThatThrownBy(() -> BaselineTable.of(new String[0])).hasMessageContaining("no row");
        assertThatThrownBy(() -> one.withNumber("x", new double[1]))
                .hasMessageContaining("x has 1 rows");
    }

    @Test
    void whatDoesNotFitIsNamed() {
        assertThatThrownBy(() -> Scored.binary(new boolean[2], new double[1]))
                .hasMessageContaining("score has 1");
        assertThatThrownBy(
                        () -> BinaryStudy.of(positive, Map.of(), RowColumns.none(N), Double.NaN, 1))
                .hasMessageContaining("scores has no column");
        assertThatThrownBy(() -> RowColumns.none(2).withWeights(new double[] {1, -1}))
                .hasMessageContaining("weights row 1 is -1.0");
        assertThatThrownBy(() -> RowColumns.none(1).withWeights(new double[1]))
                .hasMessageContaining("all 0");
        assertThatThrownBy(() -> RowColumns.none(2).withCentres(new String[1]))
                .hasMessageContaining("centres has 1 rows");
        assertThatThrownBy(
                        () ->
                                BinaryStudy.of(
                                        positive,
                                        Map.of("s", p),
                                        RowColumns.none(2),
                                        Double.NaN,
                                        1))
                .hasMessageContaining("further columns have 2");
        assertThatThrownBy(
                        () ->
                                SurvivalStudy.of(
                                        CompetingOutcomes.of(time, cause),
                                        Map.of(),
                                        new double[0],
                                        new double[N][0],
                                        RowColumns.none(N),
                                        1))
                .hasMessageContaining("risks has no column");
    }
}
