// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.benchmarks;

import io.github.livermm.eval.SurvivalOutcomes;
import io.github.livermm.eval.cox.CoxData;
import io.github.livermm.eval.cox.CoxRegression;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * How long do 200 bootstrap refits of a Cox model take for a cohort of 600 patients and 10
 * covariates, drawing the rows included? Refits run on all cores, as they do in the library.
 *
 * <p>Run: {@code benchmarks/run CoxBootstrapBenchmark}
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
public class CoxBootstrapBenchmark {
    private static final int COVARIATES = 10;

    @Param("600")
    int patients;

    private double[] time = new double[0];
    private boolean[] event = new boolean[0];
    private double[][] x = new double[0][];

    @Setup
    public void drawCohort() {
        time = new double[patients];
        event = new boolean[patients];
        x = new double[patients][COVARIATES];
        Random random = new Random(1);
        for (int i = 0; i < patients; i++) {
            double linearPredictor = 0;
            for (int j = 0; j < COVARIATES; j++) {
                x[i][j] = random.nextGaussian();
                linearPredictor += x[i][j] * 0.5 / Math.sqrt(COVARIATES);
            }
            double death = -Math.log(random.nextDouble()) * 1000 * Math.exp(-linearPredictor);
            double censoring = random.nextDouble() * 2000;
            time[i] = 1 + Math.floor(Math.min(death, censoring));
            event[i] = death <= censoring;
        }
    }

    @Benchmark
    public double refits() {
        return IntStream.range(0, 200).parallel().mapToDouble(this::refit).sum();
    }

    private double refit(int replicate) {
        SplittableRandom random = new SplittableRandom(replicate);
        double[] t = new double[patients];
        boolean[] e = new boolean[patients];
        double[][] rows = new double[patients][];
        for (int k = 0; k < patients; k++) {
            int i = random.nextInt(patients);
            t[k] = time[i];
            e[k] = event[i];
            rows[k] = x[i];
        }
        return CoxRegression.fit(CoxData.of(SurvivalOutcomes.of(t, e), rows)).coefficients()[0];
    }
}
