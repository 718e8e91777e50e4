// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.core.report;

import io.github.livermm.core.PatientLabels;
import io.github.livermm.core.Prediction;
import io.github.livermm.core.PredictionHead;
import io.github.livermm.core.SurvivalTime;
import io.github.livermm.core.fusion.BinaryHead;
import io.github.livermm.eval.BinaryEvaluation;
import io.github.livermm.eval.CrossValidationCorrection;
import io.github.livermm.eval.Interval;
import io.github.livermm.eval.RocCurve;
import io.github.livermm.eval.SurvivalEvaluation;
import io.github.livermm.eval.SurvivalOutcomes;
import io.github.livermm.eval.study.Scored;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/**
 * One target of one strategy on some patients: the rows that count, and their figures. Patients
 * without label or without prediction do not count.
 */
sealed interface TargetEvaluation {
    /** The rows of the run that count, ascending. */
    int[] rows();

    /** Number of events, or positives. */
    int events();

    /** AUC of a binary target, Harrell's C of an endpoint. */
    Interval discrimination();

    /** Outcomes and score of the rows. */
    Scored scored();

    /** The block of metrics.json. */
    Map<String, @Nullable Object> toMap();

    /** Why figures are undefined. */
    List<String> notes();

    /** Where calls change from no to yes: one half, fixed before any data were seen. */
    double THRESHOLD = 0.5;

    /** Confidence level of every interval. */
    double LEVEL = 0.95;

    /** A yes-or-no target. */
    @SuppressWarnings("ArrayRecordComponent") // stays inside this package, never compared
    record Binary(
            int[] rows,
            boolean[] positive,
            double[] probability,
            double[] score,
            BinaryEvaluation figures)
            implements TargetEvaluation {
        @Override
        public int events() {
            return figures.events();
        }

        @Override
        public Interval discrimination() {
            return figures.auc();
        }

        @Override
        public Scored scored() {
            return Scored.binary(positive, probability);
        }

        @Override
        public Map<String, @Nullable Object> toMap() {
            return figures.toMap();
        }

        @Override
        public List<String> notes() {
            return figures.notes();
        }
    }

    /** A time-to-event target. */
    @SuppressWarnings("ArrayRecordComponent") // stays inside this package, never compared
    record Survival(
            int[] rows,
            SurvivalOutcomes outcomes,
            double[] risk,
            double[][] survival,
            SurvivalEvaluation figures)
            implements TargetEvaluation {
        @Override
        public int events() {
            return outcomes.events();
        }

        @Override
        public Interval discrimination() {
            return figures.cIndex();
        }

        @Override
        public Scored scored() {
            return Scored.survival(outcomes, risk);
        }

        @Override
        public Map<String, @Nullable Object> toMap() {
            return figures.toMap();
        }

        @Override
        public List<String> notes() {
            return figures.notes();
        }
    }

    /** Evaluates a strategy's predictions of one target on the rows that a filter keeps. */
    static TargetEvaluation of(
            StudyRun run, String strategy, PredictionHead head, IntPredicate filter) {
        List<Integer> rows = new ArrayList<>();
        List<Prediction> predictions = new ArrayList<>();
        for (int i = 0; i < run.inputs().size(); i++) {
            PatientLabels labels = run.inputs().patients().get(i).labels();
            Optional<Prediction> prediction = run.predictions().get(strategy, head.target(), i);
            if (filter.test(i) && head.labelled(labels) && prediction.isPresent()) {
                rows.add(i);
                predictions.add(prediction.get());
            }
        }
        int[] kept = rows.stream().mapToInt(Integer::intValue).toArray();
        return head instanceof BinaryHead binary
                ? binary(run, binary, kept, predictions)
                : survival(run, head, kept, predictions);
    }

    /**
     * The correction of limits for the cross-validation: how many patients trained the models that
     * predicted these rows, on average. Without patients there is nothing to correct.
     */
    static CrossValidationCorrection correction(StudyRun run, PredictionHead head, int[] rows) {
        List<Integer> folds = run.folds().getOrDefault(head.target(), List.of());
        Map<Integer, Integer> labelled = new HashMap<>();
        int all = 0;
        for (int i = 0; i < folds.size(); i++) {
            if (head.labelled(run.inputs().patients().get(i).labels())) {
                labelled.merge(folds.get(i), 1, Integer::sum);
                all++;
            }
        }
        double training = 0;
        for (int row : rows) {
            training += (double) (all - labelled.getOrDefault(folds.get(row), 0)) / rows.length;
        }
        return new CrossValidationCorrection(rows.length, Math.max(1, training));
    }

    private static Binary binary(
            StudyRun run, BinaryHead head, int[] rows, List<Prediction> predictions) {
        boolean[] positive = new boolean[rows.length];
        double[] probability = new double[rows.length];
        double[] score = new double[rows.length];
        for (int i = 0; i < rows.length; i++) {
            positive[i] = head.positive(run.inputs().patients().get(rows[i]).labels());
            probability[i] =
                    predictions.get(i) instanceof Prediction.Binary b
                            ? b.probability()
                            : Double.NaN;
            score[i] = predictions.get(i).linearPredictor();
        }
        BinaryEvaluation figures =
                BinaryEvaluation.of(
                        positive,
                        probability,
                        THRESHOLD,
                        "fixed in advance",
                        run.protocol().plan().seed());
        Interval auc = RocCurve.of(positive, score).aucLogitInterval(LEVEL);
        return new Binary(
                rows,
                positive,
                probability,
                score,
                figures.withAuc(correction(run, head, rows).share(auc)));
    }

    private static Survival survival(
            StudyRun run, PredictionHead head, int[] rows, List<Prediction> predictions) {
        double[] horizons =
                run.protocol().plan().horizonsMonths().stream()
                        .mapToDouble(Double::doubleValue)
                        .toArray();
        double[] time = new double[rows.length];
        boolean[] event = new boolean[rows.length];
        double[] risk = new double[rows.length];
        double[][] survival = new double[rows.length][];
        for (int i = 0; i < rows.length; i++) {
            SurvivalTime outcome =
                    run.inputs()
                            .patients()
                            .get(rows[i])
                            .labels()
                            .outcome(head.target())
                            .orElseThrow();
            time[i] = outcome.months();
            event[i] = outcome.event();
            risk[i] = predictions.get(i).linearPredictor();
            survival[i] =
                    predictions.get(i) instanceof Prediction.Survival s
                            ? s.survival().stream().mapToDouble(Double::doubleValue).toArray()
                            : new double[horizons.length];
        }
        SurvivalOutcomes outcomes = SurvivalOutcomes.of(time, event);
        return new Survival(
                rows,
                outcomes,
                risk,
                survival,
                SurvivalEvaluation.of(
                                outcomes, risk, horizons, survival, run.protocol().plan().seed())
                        .crossValidated(correction(run, head, rows)));
    }
}
