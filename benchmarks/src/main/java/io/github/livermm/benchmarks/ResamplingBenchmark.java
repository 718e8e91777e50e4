// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.benchmarks;

import io.github.livermm.eval.AucBootstrap;
import io.github.livermm.eval.resample.Bootstrap;
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
 * What do percentile limits of an AUC from 2 000 replicates cost, on all cores?
 *
 * <p>Run: {@code benchmarks/run ResamplingBenchmark}
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
public class ResamplingBenchmark {
    @Param({"10000"})
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
    public double aucOf2000Replicates() {
        return AucBootstrap.of(positive, score, Bootstrap.of(2000, 1).stratifiedBy(positive))
                .percentile(0.95)
                .lower();
    }
}
