// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.eval.resample;

import java.util.Arrays;
import java.util.function.Supplier;
import org.apache.commons.math3.distribution.NormalDistribution;

/**
 * The values of one statistic over bootstrap replicates, with the limits made from them. Replicates
 * in which the statistic was undefined are counted and left out.
 *
 * @since 0.1.0
 */
public final class BootstrapDistribution {
    private static final NormalDistribution NORMAL = new NormalDistribution(null, 0, 1);

    private final double estimate;
    private final int replicates;
    private final double[] sorted;
    private final Supplier<double[]> jackknife;

    BootstrapDistribution(double estimate, double[] values, Supplier<double[]> jackknife) {
        this.estimate = estimate;
        this.replicates = values.length;
        this.sorted = Arrays.stream(values).filter(v -> !Double.isNaN(v)).sorted().toArray();
        this.jackknife = jackknife;
    }

    /**
     * The statistic on the observed rows.
     *
     * @return the estimate, {@code NaN} when undefined
     */
    public double estimate() {
        return estimate;
    }

    /**
     * How many replicates were drawn.
     *
     * @return the number of replicates
     */
    public int replicates() {
        return replicates;
    }

    /**
     * How many replicates left the statistic undefined.
     *
     * @return the number of replicates with {@code NaN}
     */
    public int undefined() {
        return replicates - sorted.length;
    }

    /**
     * The values of the replicates in ascending order, undefined ones left out.
     *
     * @return a new array
     */
    public double[] values() {
        return sorted.clone();
    }

    /**
     * The standard deviation of the replicates: the bootstrap standard error.
     *
     * @return the standard error, {@code NaN} with fewer than two defined replicates
     */
    public double standardError() {
        if (sorted.length < 2) {
            return Double.NaN;
        }
        double mean = Arrays.stream(sorted).average().orElse(Double.NaN);
        double sum = 0;
        for (double value : sorted) {
            sum += (value - mean) * (value - mean);
        }
        return Math.sqrt(sum / (sorted.length - 1));
    }

    /**
     * A quantile of the replicates, interpolated between order statistics (Hyndman and Fan's type
     * 7, the default of R and NumPy).
     *
     * @param probability in [0, 1]
     * @return the quantile, {@code NaN} when no replicate is defined
     */
    public double quantile(double probability) {
        if (sorted.length == 0) {
            return Double.NaN;
        }
        double h = (sorted.length - 1) * Math.min(1, Math.max(0, probability));
        int below = (int) Math.floor(h);
        int above = Math.min(below + 1, sorted.length - 1);
        return sorted[below] + (h - below) * (sorted[above] - sorted[below]);
    }

    /**
     * Percentile limits.
     *
     * @param level the confidence level in (0, 1)
     * @return the limits; {@code NaN} when the estimate or every replicate is undefined
     * @throws IllegalArgumentException when the level is outside (0, 1)
     */
    public Limits percentile(double level) {
        requireLevel(level);
        if (Double.isNaN(estimate)) {
            return new Limits(Double.NaN, Double.NaN);
        }
        return new Limits(quantile((1 - level) / 2), quantile((1 + level) / 2));
    }

    /**
     * Bias-corrected and accelerated limits. The acceleration comes from the jackknife over rows,
     * or over clusters when those are drawn, which costs one more call of the statistic for each.
     *
     * <p>Reference: Efron (1987), Better bootstrap confidence intervals, JASA 82:171,
     * doi:10.1080/01621459.1987.10478410.
     *
     * @param level the confidence level in (0, 1)
     * @return the limits; {@code NaN} when the estimate or every replicate is undefined
     * @throws IllegalArgumentException when the level is outside (0, 1)
     */
    public Limits bca(double level) {
        requireLevel(level);
        if (Double.isNaN(estimate) || sorted.length == 0) {
            return new Limits(Double.NaN, Double.NaN);
        }
        double z0 = bias();
        double acceleration = acceleration(jackknife.get());
        return new Limits(
                quantile(adjusted((1 - level) / 2, z0, acceleration)),
                quantile(adjusted((1 + level) / 2, z0, acceleration)));
    }

    /**
     * Bias-corrected limits without acceleration, for figures such as a mean absolute distance
     * whose replicates lie to one side of the estimate.
     *
     * <p>Reference: Efron (1981), Nonparametric standard errors and confidence intervals,
     * doi:10.2307/3314608.
     *
     * @param level the confidence level in (0, 1)
     * @return the limits; {@code NaN} when the estimate or every replicate is undefined
     * @throws IllegalArgumentException when the level is outside (0, 1)
     */
    public Limits biasCorrected(double level) {
        requireLevel(level);
        if (Double.isNaN(estimate) || sorted.length == 0) {
            return new Limits(Double.NaN, Double.NaN);
        }
        double z0 = bias();
        return new Limits(
                Math.min(estimate, quantile(adjusted((1 - level) / 2, z0, 0))),
                Math.max(estimate, quantile(adjusted((1 + level) / 2, z0, 0))));
    }

    /** The normal score of the estimate among the replicates, kept finite by half a replicate. */
    private double bias() {
        double below = 0;
        for (double value : sorted) {
            below += value < estimate ? 1 : value > estimate ? 0 : 0.5;
        }
        double inside = Math.min(Math.max(below, 0.5), sorted.length - 0.5);
        return NORMAL.inverseCumulativeProbability(inside / sorted.length);
    }

    private static double adjusted(double probability, double z0, double acceleration) {
        double z = z0 + NORMAL.inverseCumulativeProbability(probability);
        return NORMAL.cumulativeProbability(z0 + z / (1 - acceleration * z));
    }

    private static double acceleration(double[] values) {
        double[] defined = Arrays.stream(values).filter(v -> !Double.isNaN(v)).toArray();
        double mean = Arrays.stream(defined).average().orElse(Double.NaN);
        double squares = 0;
        double cubes = 0;
        for (double value : defined) {
            double d = mean - value;
            squares += d * d;
            cubes += d * d * d;
        }
        return squares > 0 ? cubes / (6 * Math.pow(squares, 1.5)) : 0;
    }

    private static void requireLevel(double level) {
        if (!(level > 0 && level < 1)) {
            throw new IllegalArgumentException("level " + level + " is outside (0, 1)");
        }
    }
}
