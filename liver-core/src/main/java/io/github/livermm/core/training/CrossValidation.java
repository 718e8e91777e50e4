// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.core.training;

import io.github.livermm.core.PredictionHead;
import io.github.livermm.core.cohort.CohortInputs;
import io.github.livermm.core.cohort.Progress;
import io.github.livermm.core.model.ModelPredictions;
import io.github.livermm.core.model.MultimodalModel;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;

/**
 * Predicts every patient by a model that was trained without that patient's fold. All fitting,
 * including the choice of penalties and the models of late fusion, is repeated in each fold.
 *
 * @since 0.1.0
 */
public final class CrossValidation {
    private CrossValidation() {}

    /**
     * Runs the folds in parallel on the common pool; the result does not depend on the number of
     * threads.
     *
     * @param trainer how to train
     * @param inputs all patients
     * @param fold fold of each patient, from 0
     * @param progress told as the work goes on
     * @return out-of-fold predictions, one row per patient
     */
    public static ModelPredictions run(
            MultimodalTrainer trainer, CohortInputs inputs, int[] fold, Progress progress) {
        if (fold.length != inputs.size()) {
            throw new IllegalArgumentException(
                    "fold has "
                            + fold.length
                            + " entries, there are "
                            + inputs.size()
                            + " patients");
        }
        int folds = Arrays.stream(fold).max().orElse(-1) + 1;
        AtomicLong done = new AtomicLong();
        List<ModelPredictions> parts =
                IntStream.range(0, folds)
                        .parallel()
                        .mapToObj(
                                k -> {
                                    int[] train = rows(fold, f -> f != k);
                                    MultimodalModel model =
                                            trainer.fit(
                                                    inputs.select(train),
                                                    (stage, step, total) ->
                                                            progress.done(
                                                                    "training out of fold",
                                                                    done.incrementAndGet(),
                                                                    folds * total));
                                    return model.predict(inputs.select(rows(fold, f -> f == k)));
                                })
                        .toList();
        ModelPredictions.Builder out = new ModelPredictions.Builder(inputs.size());
        for (int k = 0; k < folds; k++) {
            int current = k;
            out.addAll(parts.get(k), rows(fold, f -> f == current));
        }
        return out.build();
    }

    /**
     * The joint stratum of each patient over all targets, so that folds balance every target.
     *
     * @param inputs patients
     * @param heads targets
     * @return one word per patient
     */
    public static List<String> strata(CohortInputs inputs, List<PredictionHead> heads) {
        return Rows.strata(inputs, IntStream.range(0, inputs.size()).toArray(), heads);
    }

    private static int[] rows(int[] fold, java.util.function.IntPredicate keep) {
        return IntStream.range(0, fold.length).filter(i -> keep.test(fold[i])).toArray();
    }
}
