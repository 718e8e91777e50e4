// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.core.report;

import io.github.livermm.core.Diagnosis;
import io.github.livermm.core.Patient;
import io.github.livermm.core.PredictionHead;
import io.github.livermm.core.cohort.Column;
import io.github.livermm.core.cohort.Role;
import io.github.livermm.core.fusion.BinaryHead;
import io.github.livermm.core.model.LesionProbabilities;
import io.github.livermm.eval.CrossValidationCorrection;
import io.github.livermm.eval.Interval;
import io.github.livermm.eval.RocCurve;
import io.github.livermm.eval.study.Interaction;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Every figure of a run: per strategy and target, and for the primary strategy per centre and
 * subgroup.
 *
 * @since 0.1.0
 */
public final class RunEvaluation {
    /** Order of lesion types in the confusion matrix. */
    private static final List<Diagnosis> LESIONS =
            List.of(Diagnosis.BENIGN, Diagnosis.HCC, Diagnosis.ICC, Diagnosis.OTHER_MALIGNANT);

    private final StudyRun run;
    private final Map<String, Map<String, TargetEvaluation>> models = new LinkedHashMap<>();
    private final Map<String, Map<String, TargetEvaluation>> centres = new TreeMap<>();
    private final Map<String, Map<String, Map<String, TargetEvaluation>>> subgroups =
            new LinkedHashMap<>();
    private final Map<String, Map<String, Interaction>> interactions = new LinkedHashMap<>();

    private RunEvaluation(StudyRun run) {
        this.run = run;
        for (String strategy : run.predictions().strategies()) {
            models.put(strategy, targets(strategy, i -> true));
        }
        List<Patient> patients = run.inputs().patients();
        for (String centre : new TreeSet<>(patients.stream().map(Patient::centre).toList())) {
            centres.put(
                    centre, targets(run.primary(), i -> patients.get(i).centre().equals(centre)));
        }
        for (Column column : run.protocol().columns()) {
            if (column.role() == Role.SUBGROUP) {
                subgroup(column.name(), patients);
            }
        }
    }

    /**
     * Evaluates a run.
     *
     * @param run predictions out of fold
     * @return every figure
     */
    public static RunEvaluation of(StudyRun run) {
        return new RunEvaluation(run);
    }

    private void subgroup(String column, List<Patient> patients) {
        Map<String, Map<String, TargetEvaluation>> byLevel = new TreeMap<>();
        TreeSet<String> levels = new TreeSet<>();
        patients.forEach(
                p -> Optional.ofNullable(p.subgroups().get(column)).ifPresent(levels::add));
        for (String level : levels) {
            byLevel.put(
                    level,
                    targets(
                            run.primary(),
                            i -> level.equals(patients.get(i).subgroups().get(column))));
        }
        subgroups.put(column, byLevel);
        Map<String, Interaction> tests = new LinkedHashMap<>();
        for (PredictionHead head : targets()) {
            TargetEvaluation all = all(run.primary(), head.target());
            String[] level =
                    IntStream.of(all.rows())
                            .mapToObj(i -> patients.get(i).subgroups().get(column))
                            .toArray(String[]::new);
            Interaction test = Interaction.of(all.scored(), level);
            if (test.reason().isBlank()) {
                tests.put(head.target(), test);
            }
        }
        interactions.put(column, tests);
    }

    StudyRun run() {
        return run;
    }

    /** Heads that are targets of the protocol, without those that only link others. */
    List<PredictionHead> targets() {
        return run.heads().stream()
                .filter(h -> !h.target().equals(BinaryHead.primaryGivenMalignant().target()))
                .toList();
    }

    PredictionHead head(String target) {
        return targets().stream().filter(h -> h.target().equals(target)).findFirst().orElseThrow();
    }

    TargetEvaluation all(String strategy, String target) {
        Map<String, TargetEvaluation> byTarget = models.getOrDefault(strategy, Map.of());
        TargetEvaluation evaluation = byTarget.get(target);
        if (evaluation == null) {
            throw new IllegalArgumentException("no target " + target + " of " + strategy);
        }
        return evaluation;
    }

    Map<String, Map<String, TargetEvaluation>> models() {
        return models;
    }

    Map<String, Map<String, TargetEvaluation>> centres() {
        return centres;
    }

    Map<String, Map<String, Map<String, TargetEvaluation>>> subgroups() {
        return subgroups;
    }

    Map<String, Map<String, Interaction>> interactions() {
        return interactions;
    }

    private Map<String, TargetEvaluation> targets(String strategy, IntPredicate rows) {
        Map<String, TargetEvaluation> byTarget = new LinkedHashMap<>();
        for (PredictionHead head : targets()) {
            byTarget.put(head.target(), TargetEvaluation.of(run, strategy, head, rows));
        }
        return byTarget;
    }

    /**
     * The tree of {@code metrics.json}.
     *
     * @return ordered maps; undefined figures are null, with the reason under {@code notes}
     */
    public Map<String, @Nullable Object> toMap() {
        Map<String, @Nullable Object> out = new LinkedHashMap<>();
        out.put("n", run.inputs().size());
        out.put("flow", run.selection().flow().toMap());
        out.put("primary_model", run.primary());
        out.put("labels_shuffled", run.shuffled());
        out.put("tasks", blocks(models.getOrDefault(run.primary(), Map.of())));
        out.put("lesion_type", lesionType().orElse(null));
        Map<String, Object> byModel = new LinkedHashMap<>();
        models.forEach((name, targets) -> byModel.put(name, blocks(targets)));
        out.put("models", byModel);
        out.put("gain_over_best_single", gains());
        Map<String, Object> byCentre = new LinkedHashMap<>();
        centres.forEach((name, targets) -> byCentre.put(name, blocks(targets)));
        out.put("centres", byCentre);
        Map<String, Object> bySubgroup = new LinkedHashMap<>();
        subgroups.forEach(
                (column, levels) -> {
                    Map<String, Object> block = new LinkedHashMap<>();
                    levels.forEach((level, targets) -> block.put(level, blocks(targets)));
                    Map<String, Object> tests = new LinkedHashMap<>();
                    interactions
                            .getOrDefault(column, Map.of())
                            .forEach((target, test) -> tests.put(target, test.toMap()));
                    block.put("interaction", tests);
                    bySubgroup.put(column, block);
                });
        out.put("subgroups", bySubgroup);
        out.put("notes", notes());
        return out;
    }

    /** Fusion against the best single modality, per target; empty with one modality only. */
    Map<String, Object> gains() {
        Map<String, Object> out = new LinkedHashMap<>();
        for (PredictionHead head : targets()) {
            Gain.of(this, head.target()).ifPresent(g -> out.put(head.target(), g.toMap()));
        }
        return out;
    }

    private List<String> notes() {
        List<String> notes = new ArrayList<>(run.notes());
        if (!run.findings().isEmpty()) {
            notes.add(
                    run.findings().size()
                            + " files could not be used and are masked; see findings.csv");
        }
        models.forEach((model, targets) -> addNotes(notes, model, targets));
        centres.forEach((centre, targets) -> addNotes(notes, "centre " + centre, targets));
        subgroups.forEach(
                (column, levels) ->
                        levels.forEach(
                                (level, targets) ->
                                        addNotes(notes, column + " " + level, targets)));
        return notes;
    }

    private static void addNotes(
            List<String> notes, String where, Map<String, TargetEvaluation> targets) {
        targets.forEach(
                (target, e) -> e.notes().forEach(n -> notes.add(where + ", " + target + ": " + n)));
    }

    private static Map<String, Object> blocks(Map<String, TargetEvaluation> targets) {
        Map<String, Object> out = new LinkedHashMap<>();
        targets.forEach((target, evaluation) -> out.put(target, evaluation.toMap()));
        return out;
    }

    /** Accuracy, one-against-rest AUC and confusion of the four lesion types. */
    Optional<Map<String, @Nullable Object>> lesionType() {
        List<double[]> probabilities = new ArrayList<>();
        List<Integer> truth = new ArrayList<>();
        List<Integer> rows = new ArrayList<>();
        for (int i = 0; i < run.inputs().size(); i++) {
            Diagnosis diagnosis = run.inputs().patients().get(i).labels().diagnosis();
            Optional<LesionProbabilities> p =
                    LesionProbabilities.of(run.predictions(), run.primary(), i);
            if (diagnosis != null && p.isPresent()) {
                truth.add(LESIONS.indexOf(diagnosis));
                rows.add(i);
                probabilities.add(
                        new double[] {
                            p.get().benign(), p.get().hcc(), p.get().icc(), p.get().otherMalignant()
                        });
            }
        }
        if (truth.isEmpty()) {
            return Optional.empty();
        }
        int[][] confusion = new int[LESIONS.size()][LESIONS.size()];
        int right = 0;
        for (int i = 0; i < truth.size(); i++) {
            int called = argmax(probabilities.get(i));
            confusion[truth.get(i)][called]++;
            right += called == truth.get(i) ? 1 : 0;
        }
        Map<String, @Nullable Object> out = new LinkedHashMap<>();
        out.put("n", truth.size());
        out.put("accuracy", (double) right / truth.size());
        Map<String, @Nullable Object> auc = new LinkedHashMap<>();
        Map<String, Object> confused = new LinkedHashMap<>();
        CrossValidationCorrection correction =
                TargetEvaluation.correction(
                        run,
                        head(BinaryHead.malignant().target()),
                        rows.stream().mapToInt(Integer::intValue).toArray());
        for (int k = 0; k < LESIONS.size(); k++) {
            boolean[] positive = new boolean[truth.size()];
            double[] score = new double[truth.size()];
            for (int i = 0; i < positive.length; i++) {
                positive[i] = truth.get(i) == k;
                score[i] = probabilities.get(i)[k];
            }
            Interval limits = RocCurve.of(positive, score).aucLogitInterval(TargetEvaluation.LEVEL);
            auc.put(word(k), correction.share(limits).toMap());
            Map<String, Object> row = new LinkedHashMap<>();
            for (int c = 0; c < LESIONS.size(); c++) {
                row.put(word(c), confusion[k][c]);
            }
            confused.put(word(k), row);
        }
        out.put("one_against_rest_auc", auc);
        out.put("confusion", confused);
        return Optional.of(out);
    }

    private static String word(int lesion) {
        return LESIONS.get(lesion).name().toLowerCase(java.util.Locale.ROOT);
    }

    private static int argmax(double[] values) {
        int best = 0;
        for (int i = 1; i < values.length; i++) {
            best = values[i] > values[best] ? i : best;
        }
        return best;
    }
}
