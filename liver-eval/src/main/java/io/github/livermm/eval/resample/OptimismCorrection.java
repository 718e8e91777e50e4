// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.eval.resample;

import java.util.List;
import java.util.function.Function;
import java.util.function.ToDoubleBiFunction;
import java.util.stream.IntStream;

/**
 * How good a model will be on new patients of the same kind, from the patients it was fitted to:
 * the whole fitting procedure is repeated in every bootstrap sample, and what it gains there over
 * the original rows is the optimism. Everything that looked at the outcome belongs inside the
 * procedure: imputation, selection, tuning, thresholds.
 *
 * <p>{@code corrected = apparent - mean(performance of the refit on its own sample - its
 * performance on the original rows)}. Replicates in which either is undefined are left out and
 * counted.
 *
 * <p>Reference: Harrell FE, Lee KL, Mark DB (1996), Multivariable prognostic models,
 * doi:10.1002/(SICI)1097-0258(19960229)15:4&lt;361; Noma H, Shinozaki T, Iba K, Teramukai S,
 * Furukawa TA (2021), Confidence intervals of prediction accuracy measures for multivariable
 * prediction models based on the bootstrap-based optimism correction methods, doi:10.1002/sim.9148.
 *
 * @param apparent performance on the rows of the fit
 * @param optimism the mean gain
 * @param replicates how many times the procedure was repeated
 * @param undefined in how many of them a performance was undefined
 * @param onOwnSample the distribution of the performance of refits on their own samples
 * @since 0.1.0
 */
public record OptimismCorrection(
        double apparent,
        double optimism,
        int replicates,
        int undefined,
        BootstrapDistribution onOwnSample) {

    /**
     * Repeats a fitting procedure.
     *
     * @param <M> the fitted model
     * @param plan how to resample
     * @param rows the number of rows
     * @param fit the whole procedure, a pure function of row numbers with repetition; called from
     *     several threads, seeded by itself
     * @param performance of a model on rows, higher or lower being better; {@code NaN} where
     *     undefined
     * @return the correction
     * @throws IllegalArgumentException when rows is below 1 or does not fit the plan
     */
    public static <M> OptimismCorrection of(
            Bootstrap plan,
            int rows,
            Function<int[], M> fit,
            ToDoubleBiFunction<M, int[]> performance) {
        int[] all = IntStream.range(0, Math.max(rows, 0)).toArray();
        List<double[]> pairs =
                plan.map(
                        rows,
                        drawn -> {
                            M refit = fit.apply(drawn);
                            return new double[] {
                                performance.applyAsDouble(refit, drawn),
                                performance.applyAsDouble(refit, all)
                            };
                        });
        double apparent = performance.applyAsDouble(fit.apply(all), all);
        double sum = 0;
        int defined = 0;
        for (double[] pair : pairs) {
            double gain = pair[0] - pair[1];
            if (!Double.isNaN(gain)) {
                sum += gain;
                defined++;
            }
        }
        double[] own = pairs.stream().mapToDouble(pair -> pair[0]).toArray();
        return new OptimismCorrection(
                apparent,
                sum / defined,
                own.length,
                own.length - defined,
                new BootstrapDistribution(apparent, own, OptimismCorrection::noJackknife));
    }

    private static double[] noJackknife() {
        throw new UnsupportedOperationException(
                "BCa limits would need a refit without each row; use limits(level)");
    }

    /**
     * The performance to expect on new patients.
     *
     * @return apparent less optimism
     */
    public double corrected() {
        return apparent - optimism;
    }

    /**
     * Location-shifted percentile limits of the corrected performance: the limits of the refits on
     * their own samples less the optimism. They leave out the variation of the optimism and can be
     * a little short in small samples.
     *
     * @param level the confidence level in (0, 1)
     * @return the limits; {@code NaN} when undefined
     * @throws IllegalArgumentException when the level is outside (0, 1)
     */
    public Limits limits(double level) {
        Limits own = onOwnSample.percentile(level);
        return new Limits(own.lower() - optimism, own.upper() - optimism);
    }
}
