// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.core.report;

import io.github.livermm.core.Finding;
import io.github.livermm.core.ModalityEncoder;
import io.github.livermm.core.Patient;
import io.github.livermm.core.Prediction;
import io.github.livermm.core.PredictionHead;
import io.github.livermm.core.SurvivalTime;
import io.github.livermm.core.TrainingException;
import io.github.livermm.core.cohort.Cohort;
import io.github.livermm.core.cohort.CohortInputs;
import io.github.livermm.core.cohort.ComparatorModel;
import io.github.livermm.core.cohort.Enrolment;
import io.github.livermm.core.cohort.Folds;
import io.github.livermm.core.cohort.ModellingPlan;
import io.github.livermm.core.cohort.Progress;
import io.github.livermm.core.cohort.Protocol;
import io.github.livermm.core.cohort.Selection;
import io.github.livermm.core.cohort.SplitKind;
import io.github.livermm.core.cohort.Study;
import io.github.livermm.core.fusion.BinaryHead;
import io.github.livermm.core.model.ModelPredictions;
import io.github.livermm.core.model.MultimodalModel;
import io.github.livermm.core.training.CrossValidation;
import io.github.livermm.core.training.MultimodalTrainer;
import io.github.livermm.core.training.TrainingOptions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/**
 * One run of the protocol on a study: who was eligible, what every model predicted for each patient
 * out of fold, and what could not be asked.
 *
 * @param protocol the study's protocol
 * @param selection eligible patients and the flow
 * @param inputs eligible patients with what was read for them
 * @param heads targets that the data can answer, in order
 * @param folds per target, the fold in which each patient was predicted
 * @param predictions out-of-fold predictions, one row per patient
 * @param findings files that could not be used
 * @param notes what was not asked, and why
 * @param shuffled whether the labels were permuted
 * @since 0.1.0
 */
public record StudyRun(
        Protocol protocol,
        Selection selection,
        CohortInputs inputs,
        List<PredictionHead> heads,
        Map<String, List<Integer>> folds,
        ModelPredictions predictions,
        List<Finding> findings,
        List<String> notes,
        boolean shuffled) {
    /** With fewer patients of a class, or events, a target is not asked. */
    private static final int FEWEST = 10;

    /** Copies the collections. */
    public StudyRun {
        heads = List.copyOf(heads);
        folds = Map.copyOf(folds);
        findings = List.copyOf(findings);
        notes = List.copyOf(notes);
    }

    /**
     * Predicts every eligible patient out of fold, target by target as the protocol splits them.
     *
     * @param study the study
     * @param enrolment eligible patients with their inputs
     * @param encoders one per modality
     * @param wanted targets to predict; those that the data cannot answer are left out with a note
     * @param options how to train
     * @param coherence brings the predictions of one patient into agreement, such as the order of
     *     two survival curves
     * @param progress told as the work goes on
     * @param shuffled whether to permute the labels, as a check that nothing leaks
     * @return the run
     * @throws TrainingException when the data can answer none of the targets
     */
    public static StudyRun execute(
            Study study,
            Enrolment enrolment,
            List<ModalityEncoder<?>> encoders,
            List<PredictionHead> wanted,
            TrainingOptions options,
            UnaryOperator<Map<String, Prediction>> coherence,
            Progress progress,
            boolean shuffled) {
        CohortInputs read = enrolment.inputs();
        CohortInputs inputs = shuffled ? shuffle(read, options.seed()) : read;
        List<String> notes = new ArrayList<>();
        List<PredictionHead> heads = answerable(wanted, inputs.patients(), notes);
        if (heads.isEmpty()) {
            throw new TrainingException("no target can be learnt: " + String.join("; ", notes));
        }
        ModellingPlan.Splits splits = study.protocol().plan().splits();
        Map<SplitKind, List<PredictionHead>> schemes = new LinkedHashMap<>();
        for (PredictionHead head : heads) {
            schemes.computeIfAbsent(splits.of(head.target()), k -> new ArrayList<>()).add(head);
        }
        ModelPredictions.Builder out = new ModelPredictions.Builder(inputs.size());
        Map<String, List<Integer>> folds = new TreeMap<>();
        int[] all = IntStream.range(0, inputs.size()).toArray();
        int scheme = 0;
        for (Map.Entry<SplitKind, List<PredictionHead>> entry : schemes.entrySet()) {
            int[] fold = split(entry.getKey(), splits, inputs, entry.getValue(), options.seed());
            List<Integer> list = IntStream.of(fold).boxed().toList();
            entry.getValue().forEach(head -> folds.put(head.target(), list));
            int done = scheme++;
            ModelPredictions part =
                    CrossValidation.run(
                            new MultimodalTrainer(encoders, entry.getValue(), options),
                            inputs,
                            fold,
                            (stage, d, total) ->
                                    progress.done(stage, done * total + d, schemes.size() * total));
            out.addAll(part, all);
        }
        ModelPredictions predictions = out.build().adjusted(coherence);
        for (ComparatorModel comparator : options.comparators()) {
            if (!predictions.strategies().contains(comparator.name())) {
                notes.add(
                        "comparator "
                                + comparator.name()
                                + " is absent: no modality has all of its features "
                                + comparator.features());
            }
        }
        return new StudyRun(
                study.protocol(),
                enrolment.selection(),
                inputs,
                heads,
                folds,
                predictions,
                enrolment.findings(),
                notes,
                shuffled);
    }

    /**
     * The targets that the data can answer: at least ten patients of the rarer class, at least ten
     * events.
     *
     * @param wanted targets asked for
     * @param patients eligible patients
     * @param notes takes one line for each target that is left out
     * @return the others, in order
     */
    public static List<PredictionHead> answerable(
            List<PredictionHead> wanted, List<Patient> patients, List<String> notes) {
        List<PredictionHead> heads = new ArrayList<>();
        for (PredictionHead head : wanted) {
            String missing = missing(head, patients);
            if (missing.isEmpty()) {
                heads.add(head);
            } else {
                notes.add("target " + head.target() + " is absent: " + missing);
            }
        }
        return heads;
    }

    /**
     * Trains the model to keep on all eligible patients, by the same recipe, without the
     * comparators.
     *
     * @param encoders one per modality
     * @param options how to train
     * @param progress told as the work goes on
     * @return the model
     */
    public MultimodalModel fitOnAll(
            List<ModalityEncoder<?>> encoders, TrainingOptions options, Progress progress) {
        return new MultimodalTrainer(encoders, heads, options.withComparators(List.of()))
                .fit(
                        inputs,
                        (stage, done, total) ->
                                progress.done("training the model to keep", done, total));
    }

    /**
     * The strategy that the protocol reports first: late fusion, or the only modality.
     *
     * @return name of a strategy of {@link #predictions()}
     */
    public String primary() {
        List<String> strategies = predictions.strategies();
        return strategies.contains("late") ? "late" : strategies.get(0);
    }

    private static CohortInputs shuffle(CohortInputs inputs, long seed) {
        Cohort shuffled = new Cohort(inputs.patients()).withShuffledLabels(seed);
        return inputs.withLabels(shuffled.patients().stream().map(Patient::labels).toList());
    }

    private static int[] split(
            SplitKind kind,
            ModellingPlan.Splits splits,
            CohortInputs inputs,
            List<PredictionHead> heads,
            long seed) {
        if (kind == SplitKind.LEAVE_ONE_CENTRE_OUT) {
            return Folds.leaveOneCentreOut(
                    inputs.patients().stream().map(Patient::centre).toList(),
                    splits.poolCentresUnder());
        }
        List<String> strata = CrossValidation.strata(inputs, heads);
        return Folds.stratified(strata, splits.folds(), seed);
    }

    /** Why a head cannot be learnt and judged on these patients; empty when it can. */
    private static String missing(PredictionHead head, List<Patient> patients) {
        List<Patient> labelled = patients.stream().filter(p -> head.labelled(p.labels())).toList();
        if (labelled.isEmpty()) {
            return "no eligible patient has a label for it";
        }
        if (head instanceof BinaryHead binary) {
            long yes = labelled.stream().filter(p -> binary.positive(p.labels())).count();
            long rarer = Math.min(yes, labelled.size() - yes);
            return rarer >= FEWEST
                    ? ""
                    : "the rarer of its two classes has "
                            + rarer
                            + " eligible patients, at least "
                            + FEWEST
                            + " are needed";
        }
        long events =
                labelled.stream()
                        .flatMap(p -> p.labels().outcome(head.target()).stream())
                        .filter(SurvivalTime::event)
                        .count();
        return events >= FEWEST
                ? ""
                : "it has " + events + " events, at least " + FEWEST + " are needed";
    }
}
