// SPDX-License-Identifier: Apache-2.0
package com.example.downstream.figures;

import io.github.livermm.eval.Interval;
import io.github.livermm.eval.RocCurve;

/** How good are the predictions of a model of one's own? Arrays in, figures out. */
public final class ModelFigures {
    private ModelFigures() {}

    /**
     * Prints the figures of a small example and fails when one of them is wrong.
     *
     * @param arguments none
     */
    public static void main(String[] arguments) {
        boolean[] malignant = {false, false, true, false, true, true, false, true};
        double[] probability = {0.1, 0.3, 0.35, 0.4, 0.6, 0.65, 0.7, 0.9};

        RocCurve curve = RocCurve.of(malignant, probability);
        Interval interval = curve.aucInterval(0.95);
        System.out.printf("AUC %.3f, 95 %% %s%n", curve.auc(), interval);
        // 4 x 4 pairs, 12 in the right order: counted by hand
        require(curve.auc() == 12.0 / 16, "AUC", curve.auc());
    }

    private static void require(boolean right, String figure, double found) {
        if (!right) {
            throw new AssertionError(figure + " is " + found);
        }
    }
}
