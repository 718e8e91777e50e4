// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.benchmarks;

import io.github.livermm.eval.SurvivalOutcomes;
import io.github.livermm.survival.deep.DeepSurv;
import io.github.livermm.survival.deep.DeepSurvModel;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * How long does DeepSurv take for one pass over 100 000 patients with two layers of 64, full batch
 * and in batches of 256? Standardising and the baseline hazard are shared out over ten epochs.
 *
 * <p>Run: {@code benchmarks/run DeepSurvBenchmark}
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
public class DeepSurvBenchmark {
    private static final int EPOCHS = 10;
    private static final int COLUMNS = 10;

    @Param("100000")
    int patients;

    @Param({"256", "100000"})
    int batch;

    private double[][] x = {};
    private @Nullable SurvivalOutcomes outcomes;

    @Setup
    public void draw() {
        Random random = new Random(1);
        x = new double[patients][COLUMNS];
        double[] time = new double[patients];
        boolean[] event = new boolean[patients];
        for (int i = 0; i < patients; i++) {
            for (int j = 0; j < COLUMNS; j++) {
                x[i][j] = random.nextGaussian();
            }
            double hazard = Math.exp(x[i][0] - x[i][1] * x[i][2]);
            double happens = -Math.log(1 - random.nextDouble()) / hazard;
            double censored = 3 * random.nextDouble();
            time[i] = Math.min(happens, censored);
            event[i] = happens <= censored;
        }
        outcomes = SurvivalOutcomes.of(time, event);
    }

    @Benchmark
    @OperationsPerInvocation(EPOCHS)
    public DeepSurvModel epoch() {
        SurvivalOutcomes drawn = outcomes;
        if (drawn == null) {
            throw new IllegalStateException("the cohort is drawn before the first epoch");
        }
        return DeepSurv.defaults()
                .withHidden(64, 64)
                .withDropout(0)
                .withBatchSize(batch)
                .withEpochs(EPOCHS)
                .withoutEarlyStopping()
                .fit(x, drawn, 1);
    }
}
