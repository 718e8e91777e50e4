// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.benchmarks;

import io.github.livermm.eval.Concordance;
import io.github.livermm.eval.SurvivalOutcomes;
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
 * Does Harrell's C avoid the comparison of all pairs, so that a registry of 100 000 patients is no
 * obstacle? Times are whole days, so that ties occur as they do in practice.
 *
 * <p>Run: {@code benchmarks/run ConcordanceBenchmark}
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class ConcordanceBenchmark {
    @Param({"1000", "10000", "100000", "1000000"})
    int patients;

    private SurvivalOutcomes outcomes = SurvivalOutcomes.of(new double[] {1}, new boolean[] {true});
    private double[] risk = {0};

    @Setup
    public void drawCohort() {
        Random random = new Random(1);
        double[] time = new double[patients];
        boolean[] event = new boolean[patients];
        risk = new double[patients];
        for (int i = 0; i < patients; i++) {
            double linearPredictor = 0.5 * random.nextGaussian();
            double death = -Math.log(random.nextDouble()) * 1000 * Math.exp(-linearPredictor);
            double censoring = random.nextDouble() * 2000;
            time[i] = 1 + Math.floor(Math.min(death, censoring));
            event[i] = death <= censoring;
            risk[i] = linearPredictor + random.nextGaussian();
        }
        outcomes = SurvivalOutcomes.of(time, event);
    }

    @Benchmark
    public double harrell() {
        Concordance c = Concordance.harrell(outcomes, risk);
        return c.estimate() + c.standardError();
    }
}
