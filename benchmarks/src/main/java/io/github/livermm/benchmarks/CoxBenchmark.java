// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.benchmarks;

import io.github.livermm.eval.SurvivalOutcomes;
import io.github.livermm.eval.cox.CoxData;
import io.github.livermm.eval.cox.CoxFit;
import io.github.livermm.eval.cox.CoxRegression;
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
 * How long does one Cox fit with Efron ties take for cohorts and numbers of covariates as hospitals
 * have them? Nested cross-validation fits hundreds. Times are whole days, so that ties occur as
 * they do in practice.
 *
 * <p>Run: {@code benchmarks/run CoxBenchmark}
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
public class CoxBenchmark {
    /** Patients x covariates. */
    @Param({"1000x5", "1000x30", "10000x5", "10000x30", "100000x30", "1000000x10"})
    String size = "";

    private CoxData data = drawCohort(1, 1);

    @Setup
    public void drawCohort() {
        String[] parts = size.split("x");
        data = drawCohort(Integer.parseInt(parts[0]), Integer.parseInt(parts[1]));
    }

    static CoxData drawCohort(int patients, int covariates) {
        Random random = new Random(1);
        double[] time = new double[patients];
        boolean[] event = new boolean[patients];
        double[][] x = new double[patients][covariates];
        for (int i = 0; i < patients; i++) {
            double linearPredictor = 0;
            for (int j = 0; j < covariates; j++) {
                x[i][j] = random.nextGaussian();
                linearPredictor += x[i][j] * 0.5 / Math.sqrt(covariates);
            }
            double death = -Math.log(random.nextDouble()) * 1000 * Math.exp(-linearPredictor);
            double censoring = random.nextDouble() * 2000;
            time[i] = 1 + Math.floor(Math.min(death, censoring));
            event[i] = death <= censoring;
        }
        return CoxData.of(SurvivalOutcomes.of(time, event), x);
    }

    @Benchmark
    public CoxFit fit() {
        return CoxRegression.fit(data);
    }
}
