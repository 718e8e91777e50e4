// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.benchmarks;

import io.github.livermm.eval.RocCurve;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * How long does an AUC with its DeLong variance take, and does it grow like n log n? A bootstrap
 * computes thousands of them.
 *
 * <p>Run: {@code benchmarks/run RocCurveBenchmark}
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class RocCurveBenchmark {
    @Param({"1000", "10000", "100000", "1000000"})
    int patients;

    private boolean[] positive = {};
    private double[] score = {};

    @Setup
    public void drawCohort() {
        Random random = new Random(1);
        positive = new boolean[patients];
        score = new double[patients];
        for (int i = 0; i < patients; i++) {
            positive[i] = random.nextDouble() < 0.3;
            score[i] = random.nextGaussian() + (positive[i] ? 1 : 0);
        }
    }

    @Benchmark
    public double aucWithDeLongVariance() {
        RocCurve curve = RocCurve.of(positive, score);
        return curve.auc() + curve.delongVariance();
    }
}
