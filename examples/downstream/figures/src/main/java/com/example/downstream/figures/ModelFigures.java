// SPDX-License-Identifier: Apache-2.0
package com.example.downstream.figures;

import io.github.livermm.eval.Concordance;
import io.github.livermm.eval.Interval;
import io.github.livermm.eval.LogisticCalibration;
import io.github.livermm.eval.RocCurve;
import io.github.livermm.eval.SurvivalOutcomes;

/** How good are the predictions of a model of one's own? Arrays in, figures out. */
public final class ModelFigures {
    private ModelFigures() {}

    /**
     * Prints the figures of small examples and fails when one of them is wrong.
     *
     * @param arguments none
     */
    public static void main(String[] arguments) {
        discrimination();
        calibration();
        survival();
    }

    private static void discrimination() {
        boolean[] malignant = {false, false, true, false, true, true, false, true};
        double[] probability = {0.1, 0.3, 0.35, 0.4, 0.6, 0.65, 0.7, 0.9};

        RocCurve curve = RocCurve.of(malignant, probability);
        print("AUC", curve.aucInterval(0.95));

        // 4 x 4 pairs of a malignant and a benign lesion, 12 of them in the right order
        expect("AUC", 12.0 / 16, curve.auc());
    }

    private static void calibration() {
        // of 10 patients at 20 % two have the event, of 10 at 80 % eight: as predicted
        boolean[] event = new boolean[20];
        double[] probability = new double[20];
        for (int i = 0; i < 20; i++) {
            event[i] = i < 2 || i >= 12;
            probability[i] = i < 10 ? 0.2 : 0.8;
        }

        LogisticCalibration calibration = LogisticCalibration.of(event, probability, 0.95);
        print("calibration intercept", calibration.inTheLarge());
        print("calibration slope", calibration.slope());

        expect("calibration intercept", 0, calibration.inTheLarge().estimate());
        expect("calibration slope", 1, calibration.slope().estimate());
    }

    private static void survival() {
        double[] months = {3, 5, 8, 12, 20};
        boolean[] recurred = {true, false, true, true, false};
        double[] risk = {2.0, 0.1, 0.5, 0.9, 0.2};

        Concordance concordance = Concordance.harrell(SurvivalOutcomes.of(months, recurred), risk);
        print("C", concordance.interval());

        // usable pairs: 4 begin with the recurrence at 3, 2 with that at 8, 1 with that at 12;
        // only the pair (8, 12) is in the wrong order
        expect("C", 6.0 / 7, concordance.estimate());
    }

    private static void print(String figure, Interval interval) {
        System.out.printf(
                "%s %.3f (%.3f to %.3f, %s)%n",
                figure,
                interval.estimate(),
                interval.lower(),
                interval.upper(),
                interval.method());
    }

    private static void expect(String figure, double expected, double found) {
        if (!(Math.abs(found - expected) < 1e-6)) {
            throw new AssertionError(figure + " is " + found + ", expected " + expected);
        }
    }
}
