// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.survival.deep;

import io.github.livermm.eval.SurvivalOutcomes;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;

/** Exponential times of rate 0.1 exp(f(x)) for uniform columns in [-1, 1], uniform censoring. */
final class Simulated {
    static final double RATE = 0.1;

    final double[][] x;
    final SurvivalOutcomes outcomes;

    Simulated(int n, int columns, long seed, ToDoubleFunction<double[]> f) {
        SplittableRandom random = new SplittableRandom(seed);
        x = new double[n][columns];
        double[] time = new double[n];
        boolean[] event = new boolean[n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < columns; j++) {
                x[i][j] = 2 * random.nextDouble() - 1;
            }
            double happens =
                    -Math.log(1 - random.nextDouble()) / (RATE * Math.exp(f.applyAsDouble(x[i])));
            double censored = 40 * random.nextDouble();
            time[i] = Math.min(happens, censored);
            event[i] = happens <= censored;
        }
        outcomes = SurvivalOutcomes.of(time, event);
    }
}
