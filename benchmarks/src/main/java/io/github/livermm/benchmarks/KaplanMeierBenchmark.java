// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.benchmarks;

import io.github.livermm.eval.ConfidenceScale;
import io.github.livermm.eval.KaplanMeier;
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
 * Is the survival curve of a registry of a million patients, with its limits, a matter of moments?
 * Times are whole days, or exact and all different.
 *
 * <p>Run: {@code benchmarks/run KaplanMeierBenchmark}
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
public class KaplanMeierBenchmark {
    @Param({"1000000"})
    int patients;

    @Param({"days", "exact"})
    String times = "days";

    private SurvivalOutcomes outcomes = SurvivalOutcomes.of(new double[] {1}, new boolean[] {true});

    @Setup
    public void drawCohort() {
        Random random = new Random(1);
        double[] time = new double[patients];
        boolean[] event = new boolean[patients];
        for (int i = 0; i < patients; i++) {
            double death = -Math.log(random.nextDouble()) * 1000;
            double censoring = random.nextDouble() * 2000;
            double end = Math.min(death, censoring);
            time[i] = times.equals("days") ? 1 + Math.floor(end) : end;
            event[i] = death <= censoring;
        }
        outcomes = SurvivalOutcomes.of(time, event);
    }

    @Benchmark
    public double curveWithLimits() {
        KaplanMeier curve = KaplanMeier.of(outcomes);
        double[] lower = curve.lower(ConfidenceScale.LOG, 0.95);
        double[] upper = curve.upper(ConfidenceScale.LOG, 0.95);
        return lower[lower.length / 2] + upper[upper.length / 2];
    }
}
