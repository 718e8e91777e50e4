// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.eval.reference;

import io.github.livermm.eval.ClassTable;
import io.github.livermm.eval.HandTill;
import io.github.livermm.eval.MulticlassEvaluation;
import io.github.livermm.eval.RocCurve;
import io.github.livermm.eval.WeightedRoc;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Proves that figures of several classes and of precision equal scikit-learn and pROC. */
class ClassReferenceTest {

    @TestFactory
    Stream<DynamicTest> classMetrics() {
        return Fixture.tests("class_metrics", ClassReferenceTest::checkMetrics);
    }

    @TestFactory
    Stream<DynamicTest> handTill() {
        return Fixture.tests("hand_till", ClassReferenceTest::checkHandTill);
    }

    @TestFactory
    Stream<DynamicTest> precisionRecall() {
        return Fixture.tests("precision_recall", ClassReferenceTest::checkPrecision);
    }

    private static List<String> classes(Fixture fixture) {
        List<String> classes = new ArrayList<>();
        fixture.spec().path("classes").forEach(c -> classes.add(c.asText()));
        return classes;
    }

    private static int[] truth(Fixture fixture) {
        List<String> classes = classes(fixture);
        return Arrays.stream(fixture.input().text(fixture.spec().path("label").asText()))
                .mapToInt(classes::indexOf)
                .toArray();
    }

    private static double[][] probability(Fixture fixture) {
        CsvTable input = fixture.input();
        double[][] p = new double[input.size()][fixture.spec().path("probability_columns").size()];
        for (int k = 0; k < p[0].length; k++) {
            double[] column =
                    input.numbers(fixture.spec().path("probability_columns").path(k).asText());
            for (int i = 0; i < p.length; i++) {
                p[i][k] = column[i];
            }
        }
        return p;
    }

    private static double[] weights(Fixture fixture) {
        return fixture.spec().has("weights")
                ? fixture.input().numbers(fixture.spec().path("weights").asText())
                : null;
    }

    private static void checkMetrics(Fixture fixture) {
        int[] truth = truth(fixture);
        double[][] p = probability(fixture);
        double[] weights = weights(fixture);
        MulticlassEvaluation evaluation = MulticlassEvaluation.of(truth, p, weights);
        ClassTable table = evaluation.table();
        int classes = table.classes();
        double[][] confusion = new double[classes][classes];
        Map<String, Object> perClass = new LinkedHashMap<>();
        for (int k = 0; k < classes; k++) {
            for (int c = 0; c < classes; c++) {
                confusion[k][c] = table.weight(k, c);
            }
            perClass.put(
                    classes(fixture).get(k),
                    Map.of(
                            "precision", table.precision(k),
                            "recall", table.recall(k),
                            "f1", table.f1(k),
                            "support", table.support(k)));
        }
        HandTill handTill = HandTill.of(truth, p);
        Map<String, Object> found = new LinkedHashMap<>();
        found.put("confusion", confusion);
        found.put("accuracy", table.accuracy());
        found.put("balanced_accuracy", table.balancedAccuracy());
        found.put("mcc", table.mcc());
        found.put("cohen_kappa", table.kappa());
        found.put("macro", averages(table, k -> 1));
        found.put("weighted", averages(table, table::support));
        found.put(
                "micro",
                Map.of(
                        "precision", table.accuracy(),
                        "recall", table.accuracy(),
                        "f1", table.accuracy()));
        found.put("per_class", perClass);
        found.put("log_loss_clipped_eps", evaluation.clippedLogLoss());
        found.put("log_loss_unclipped", evaluation.logLoss());
        found.put("brier_multiclass_sum", evaluation.brier());
        found.put("auc_ovr_macro", evaluation.ovrMacroAuc());
        found.put("auc_ovr_weighted", evaluation.ovrWeightedAuc());
        found.put("auc_ovo_macro", handTill.m());
        found.put("auc_ovo_weighted", handTill.weighted());
        found.put("top2_accuracy", MulticlassEvaluation.topAccuracy(truth, p, 2, weights));
        fixture.comparison().tree(found).verify();
    }

    private static Map<String, Object> averages(ClassTable table, IntToDoubleFunction weight) {
        double total = IntStream.range(0, table.classes()).mapToDouble(weight).sum();
        Map<String, Object> found = new LinkedHashMap<>();
        found.put("precision", average(table, weight, total, table::precision));
        found.put("recall", average(table, weight, total, table::recall));
        found.put("f1", average(table, weight, total, table::f1));
        return found;
    }

    private static double average(
            ClassTable table, IntToDoubleFunction weight, double total, IntToDoubleFunction of) {
        return IntStream.range(0, table.classes())
                        .mapToDouble(k -> weight.applyAsDouble(k) * of.applyAsDouble(k))
                        .sum()
                / total;
    }

    private static void checkHandTill(Fixture fixture) {
        HandTill handTill = HandTill.of(truth(fixture), probability(fixture));
        List<String> classes = classes(fixture);
        List<Object> pairs = new ArrayList<>();
        for (HandTill.Pair pair : handTill.pairs()) {
            pairs.add(
                    Map.of(
                            "pair", List.of(classes.get(pair.first()), classes.get(pair.second())),
                            "a_ij", pair.ofFirst(),
                            "a_ji", pair.ofSecond()));
        }
        fixture.comparison()
                .tree(
                        Map.of(
                                "hand_till_m", handTill.m(),
                                "proc_multiclass_auc", handTill.m(),
                                "pairs", pairs))
                .verify();
    }

    private static void checkPrecision(Fixture fixture) {
        CsvTable input = fixture.input();
        boolean[] y = input.flags(fixture.spec().path("label").asText());
        double[] score = input.numbers(fixture.spec().path("score").asText());
        WeightedRoc roc = WeightedRoc.of(y, score, weights(fixture));
        Map<String, Object> found = new LinkedHashMap<>();
        found.put("average_precision", roc.averagePrecision());
        found.put("pr_auc_trapezoid", roc.precisionRecallTrapezoid());
        found.put("prevalence", roc.prevalence());
        found.put("roc_auc", roc.auc());
        found.put("partial_auc_max_fpr_0.2_mcclish", RocCurve.mcClish(roc.partialAuc(0.2), 0.8, 1));
        Comparison comparison = fixture.comparison();
        if (roc.prevalence() == 0) {
            // the notes accept undefined, which is what recall without a positive row is
            comparison.except("average_precision", "recall");
        }
        comparison
                .tree(found)
                .file(
                        "curve",
                        Map.of(
                                "threshold", with(roc.thresholds(), Double.POSITIVE_INFINITY),
                                "precision", with(roc.precision(), 1),
                                "recall", with(roc.recall(), 0)))
                .verify();
    }

    /** The last row of the reference's curve is a convention: nothing called positive. */
    private static double[] with(double[] values, double last) {
        double[] longer = Arrays.copyOf(values, values.length + 1);
        longer[values.length] = last;
        return longer;
    }
}
