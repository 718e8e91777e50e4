// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.core.report;

import io.github.livermm.eval.Concordance;
import io.github.livermm.eval.ConcordanceDifference;
import io.github.livermm.eval.CrossValidationCorrection;
import io.github.livermm.eval.DeLongTest;
import io.github.livermm.eval.Interval;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How much the primary strategy gains over the best single modality, on the patients whom both
 * predict: the difference of AUC (paired DeLong) or of C (infinitesimal jackknife).
 *
 * @param single the single modality with the highest figure
 * @param difference primary minus single
 */
record Gain(String single, Interval difference) {
    static Optional<Gain> of(RunEvaluation evaluation, String target) {
        List<String> singles = evaluation.run().inputs().modalities();
        TargetEvaluation primary = evaluation.all(evaluation.run().primary(), target);
        String best = null;
        double highest = Double.NEGATIVE_INFINITY;
        for (String modality : singles) {
            if (evaluation.models().containsKey(modality)) {
                double estimate = evaluation.all(modality, target).discrimination().estimate();
                if (estimate > highest) {
                    best = modality;
                    highest = estimate;
                }
            }
        }
        if (best == null || best.equals(evaluation.run().primary())) {
            return Optional.empty();
        }
        TargetEvaluation single = evaluation.all(best, target);
        CrossValidationCorrection correction =
                TargetEvaluation.correction(
                        evaluation.run(), evaluation.head(target), primary.rows());
        int[] a = common(primary.rows(), single.rows());
        int[] b = common(single.rows(), primary.rows());
        if (primary instanceof TargetEvaluation.Binary p
                && single instanceof TargetEvaluation.Binary s) {
            DeLongTest test =
                    DeLongTest.paired(
                            pick(p.positive(), a),
                            pick(p.score(), a),
                            pick(s.score(), b),
                            TargetEvaluation.LEVEL);
            return Optional.of(new Gain(best, correction.difference(test.difference())));
        }
        if (primary instanceof TargetEvaluation.Survival p
                && single instanceof TargetEvaluation.Survival s
                && a.length == p.rows().length
                && b.length == s.rows().length) {
            ConcordanceDifference d =
                    Concordance.difference(
                            Concordance.harrell(p.outcomes(), p.risk()),
                            Concordance.harrell(s.outcomes(), s.risk()));
            return Optional.of(new Gain(best, correction.difference(d.interval())));
        }
        return Optional.empty();
    }

    Map<String, @Nullable Object> toMap() {
        Map<String, @Nullable Object> out = new LinkedHashMap<>();
        out.put("best_single", single);
        out.put("difference", difference.toMap());
        return out;
    }

    /** Positions in the first list of rows that the second holds too; both ascend. */
    private static int[] common(int[] rows, int[] others) {
        return java.util.stream.IntStream.range(0, rows.length)
                .filter(i -> java.util.Arrays.binarySearch(others, rows[i]) >= 0)
                .toArray();
    }

    private static boolean[] pick(boolean[] values, int[] at) {
        boolean[] out = new boolean[at.length];
        for (int i = 0; i < at.length; i++) {
            out[i] = values[at[i]];
        }
        return out;
    }

    private static double[] pick(double[] values, int[] at) {
        return java.util.Arrays.stream(at).mapToDouble(i -> values[i]).toArray();
    }
}
