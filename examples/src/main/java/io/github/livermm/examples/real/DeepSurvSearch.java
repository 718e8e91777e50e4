// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.examples.real;

import io.github.livermm.core.TrainingException;
import io.github.livermm.core.cohort.Folds;
import io.github.livermm.eval.Concordance;
import io.github.livermm.eval.SurvivalOutcomes;
import io.github.livermm.survival.deep.DeepSurv;
import io.github.livermm.survival.deep.Rectifier;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Random search for the options of DeepSurv by cross-validated C, inside the training rows only.
 */
final class DeepSurvSearch {
    private static final int[][] HIDDEN = {{16}, {32}, {64}, {16, 16}, {32, 32}, {64, 64}};
    private static final double[] DROPOUT = {0, 0.1, 0.2, 0.4, 0.6};
    private static final double[] DECAY = {0, 0.01, 0.1, 0.5, 1};
    private static final double[] RATE = {0.001, 0.003, 0.01, 0.03};
    private static final int[] BATCH = {128, 512, Integer.MAX_VALUE};

    private final int candidates;
    private final int folds;

    DeepSurvSearch(int candidates, int folds) {
        this.candidates = candidates;
        this.folds = folds;
    }

    /** The best candidate and its cross-validated C. */
    record Choice(DeepSurv recipe, double c) {}

    Choice best(double[][] x, SurvivalOutcomes outcomes, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        int[] fold = Folds.stratified(SurvivalMethod.strata(outcomes), folds, seed);
        Choice best = new Choice(DeepSurv.defaults(), Double.NEGATIVE_INFINITY);
        for (int k = 0; k < candidates; k++) {
            DeepSurv recipe = draw(random);
            double c = crossValidated(recipe, x, outcomes, fold, seed);
            best = c > best.c() ? new Choice(recipe, c) : best;
        }
        return best;
    }

    private static DeepSurv draw(SplittableRandom random) {
        return DeepSurv.defaults()
                .withHidden(HIDDEN[random.nextInt(HIDDEN.length)])
                .withRectifier(random.nextBoolean() ? Rectifier.SELU : Rectifier.RELU)
                .withDropout(DROPOUT[random.nextInt(DROPOUT.length)])
                .withWeightDecay(DECAY[random.nextInt(DECAY.length)])
                .withLearningRate(RATE[random.nextInt(RATE.length)])
                .withBatchSize(BATCH[random.nextInt(BATCH.length)])
                .withEarlyStopping(0.2, 15);
    }

    private double crossValidated(
            DeepSurv recipe, double[][] x, SurvivalOutcomes outcomes, int[] fold, long seed) {
        double sum = 0;
        for (int k = 0; k < folds; k++) {
            int held = k;
            int[] in = IntStream.range(0, x.length).filter(i -> fold[i] != held).toArray();
            int[] out = IntStream.range(0, x.length).filter(i -> fold[i] == held).toArray();
            try {
                var model = recipe.fit(rows(x, in), outcomes.select(in), seed + k);
                double[] eta =
                        IntStream.of(out).mapToDouble(i -> model.linearPredictor(x[i])).toArray();
                sum += Concordance.harrell(outcomes.select(out), eta).estimate();
            } catch (TrainingException diverged) {
                return Double.NEGATIVE_INFINITY;
            }
        }
        return sum / folds;
    }

    static double[][] rows(double[][] x, int[] rows) {
        return IntStream.of(rows).mapToObj(i -> x[i]).toArray(double[][]::new);
    }
}
