// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.benchmarks;

import io.github.livermm.eval.HorizonScore;
import io.github.livermm.eval.SurvivalOutcomes;
import java.util.List;
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
 * What do AUC(t) and Brier(t) with IPCW at three horizons cost in a large cohort, and how much more
 * with standard errors that include the estimation of the weights?
 *
 * <p>Run: {@code benchmarks/run HorizonScoreBenchmark}
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
public class HorizonScoreBenchmark {
    private static final double[] HORIZONS = {365, 730, 1095};

    @Param({"100000"})
    int patients;

    private SurvivalOutcomes outcomes = SurvivalOutcomes.of(new double[] {1}, new boolean[] {true});
    private double[][] risk = {};

    @Setup
    public void drawCohort() {
        Random random = new Random(1);
        double[] time = new double[patients];
        boolean[] event = new boolean[patients];
        risk = new double[HORIZONS.length][patients];
        for (int i = 0; i < patients; i++) {
            double linearPredictor = 0.5 * random.nextGaussian();
            double death = -Math.log(random.nextDouble()) * 1000 * Math.exp(-linearPredictor);
            double censoring = random.nextDouble() * 2000;
            time[i] = 1 + Math.floor(Math.min(death, censoring));
            event[i] = death <= censoring;
            for (int h = 0; h < HORIZONS.length; h++) {
                risk[h][i] = 1 - Math.exp(-HORIZONS[h] / 1000 * Math.exp(linearPredictor));
            }
        }
        outcomes = SurvivalOutcomes.of(time, event);
    }

    @Benchmark
    public double aucAndBrierAtThreeHorizons() {
        double sum = 0;
        for (HorizonScore score : HorizonScore.of(outcomes, risk, HORIZONS)) {
            sum += score.auc() + score.brier();
        }
        return sum;
    }

    @Benchmark
    public double withStandardErrors() {
        List<HorizonScore> scores = HorizonScore.of(outcomes, risk, HORIZONS);
        double sum = 0;
        for (HorizonScore score : scores) {
            sum += score.aucStandardError() + score.brierStandardError();
        }
        return sum;
    }
}
