// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.benchmarks;

import io.github.livermm.eval.CalibrationCurve;
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
 * What does the integrated calibration index by loess cost, on the interpolated surface that R uses
 * without being asked, and evaluated exactly at every prediction?
 *
 * <p>Run: {@code benchmarks/run CalibrationBenchmark}
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
public class CalibrationBenchmark {
    @Param({"10000"})
    int patients;

    private boolean[] positive = {};
    private double[] probability = {};

    @Setup
    public void drawCohort() {
        Random random = new Random(1);
        positive = new boolean[patients];
        probability = new double[patients];
        for (int i = 0; i < patients; i++) {
            double linearPredictor = random.nextGaussian();
            probability[i] = 1 / (1 + Math.exp(-linearPredictor));
            positive[i] = random.nextDouble() < 1 / (1 + Math.exp(-0.8 * linearPredictor));
        }
    }

    @Benchmark
    public double loessInterpolated() {
        return CalibrationCurve.interpolated(positive, probability).ici();
    }

    @Benchmark
    public double loessExact() {
        return CalibrationCurve.of(positive, probability).ici();
    }
}
