// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.eval.resample;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The bootstrap over rows, within strata, of whole clusters, or of clusters within strata. A
 * statistic is a function of row numbers, so that any figure of this library can be resampled
 * without copying its input. Replicates run in parallel; replicate {@code r} draws from a generator
 * that depends on the seed and on {@code r} alone, so the result is the same for any number of
 * threads.
 *
 * <p>Reference: Efron, Tibshirani (1993), An Introduction to the Bootstrap; Davison, Hinkley
 * (1997), Bootstrap Methods and their Application.
 *
 * @since 0.1.0
 */
public final class Bootstrap {
    /** An odd constant that keeps the seeds of neighbouring replicates apart before mixing. */
    private static final long STEP = 0xD1342543DE82EF95L;

    private final int replicates;
    private final long seed;
    private final int @Nullable [] strata;
    private final int @Nullable [] clusters;
    private final Workers workers;

    private Bootstrap(
            int replicates,
            long seed,
            int @Nullable [] strata,
            int @Nullable [] clusters,
            Workers workers) {
        this.workers = workers;
        this.replicates = replicates;
        this.seed = seed;
        this.strata = strata;
        this.clusters = clusters;
    }

    /**
     * A plain bootstrap of rows.
     *
     * @param replicates how many times to resample, at least 1; 2000 suit percentile limits
     * @param seed the seed; the same seed gives the same numbers
     * @return the resampling plan
     * @throws IllegalArgumentException when {@code replicates < 1}
     */
    public static Bootstrap of(int replicates, long seed) {
        if (replicates < 1) {
            throw new IllegalArgumentException("replicates " + replicates + " is below 1");
        }
        return new Bootstrap(replicates, seed, null, null, Workers.ALL);
    }

    /**
     * The same plan with every replicate keeping the size of each stratum.
     *
     * @param strata the stratum of each row
     * @return the stratified plan
     */
    public Bootstrap stratifiedBy(int[] strata) {
        return new Bootstrap(replicates, seed, strata.clone(), clusters, workers);
    }

    /**
     * The same plan with every replicate keeping the number of positive and of negative rows.
     *
     * @param strata the class of each row
     * @return the stratified plan
     */
    public Bootstrap stratifiedBy(boolean[] strata) {
        int[] codes = new int[strata.length];
        for (int i = 0; i < codes.length; i++) {
            codes[i] = strata[i] ? 1 : 0;
        }
        return new Bootstrap(replicates, seed, codes, clusters, workers);
    }

    /**
     * The same plan drawing whole clusters, for example patients with several lesions.
     *
     * @param clusters the cluster of each row
     * @return the clustered plan
     */
    public Bootstrap clusteredBy(int[] clusters) {
        return new Bootstrap(replicates, seed, strata, clusters.clone(), workers);
    }

    /**
     * The same plan on a number of threads of its own; without it all cores are used. The numbers
     * do not change.
     *
     * @param threads at least 1
     * @return the plan
     * @throws IllegalArgumentException when {@code threads < 1}
     */
    public Bootstrap withThreads(int threads) {
        return new Bootstrap(replicates, seed, strata, clusters, workers.withThreads(threads));
    }

    /**
     * The same plan telling how far it is.
     *
     * @param progress called after every replicate
     * @return the plan
     */
    public Bootstrap withProgress(Progress progress) {
        return new Bootstrap(replicates, seed, strata, clusters, workers.withProgress(progress));
    }

    /** The rows of every replicate, handed to a task that may run in parallel. */
    <T> List<T> map(int rows, Function<int[], T> task) {
        Units units = Units.of(rows, strata, clusters);
        return workers.map(replicates, r -> task.apply(units.draw(generator(seed, r))));
    }

    /**
     * Resamples one statistic.
     *
     * @param rows the number of rows
     * @param statistic a pure function of row numbers in {@code [0, rows)}, with repetition; it is
     *     called from several threads and may return {@code NaN} where undefined
     * @return the distribution of the statistic
     * @throws IllegalArgumentException when {@code rows} is below 1 or differs from the length of
     *     strata or clusters, or when a cluster lies in two strata
     */
    public BootstrapDistribution distribution(int rows, ToDoubleFunction<int[]> statistic) {
        return distributions(rows, drawn -> new double[] {statistic.applyAsDouble(drawn)}).get(0);
    }

    /**
     * Resamples several statistics on the same draws.
     *
     * @param rows the number of rows
     * @param statistics a pure function of row numbers in {@code [0, rows)}, with repetition, that
     *     returns the same number of values at every call; it is called from several threads
     * @return one distribution for each value
     * @throws IllegalArgumentException when {@code rows} is below 1 or differs from the length of
     *     strata or clusters, or when a cluster lies in two strata
     */
    public List<BootstrapDistribution> distributions(
            int rows, Function<int[], double[]> statistics) {
        Units units = Units.of(rows, strata, clusters);
        double[] estimates = statistics.apply(IntStream.range(0, rows).toArray());
        double[][] draws = new double[replicates][];
        workers.run(replicates, r -> draws[r] = statistics.apply(units.draw(generator(seed, r))));
        List<BootstrapDistribution> result = new ArrayList<>();
        for (int k = 0; k < estimates.length; k++) {
            int part = k;
            double[] values = Arrays.stream(draws).mapToDouble(d -> d[part]).toArray();
            result.add(
                    new BootstrapDistribution(
                            estimates[k], values, () -> jackknife(units, statistics, part)));
        }
        return List.copyOf(result);
    }

    /**
     * Resamples a statistic that takes how often each row was drawn, which saves sorting the rows
     * of every replicate. The draws are those of {@link #distribution}.
     *
     * @param rows the number of rows
     * @param statistic a pure function of one count per row; it must not keep or change the array,
     *     is called from several threads and may return {@code NaN} where undefined
     * @return the distribution of the statistic
     * @throws IllegalArgumentException when {@code rows} is below 1 or differs from the length of
     *     strata or clusters, or when a cluster lies in two strata
     */
    public BootstrapDistribution distributionOfCounts(int rows, ToDoubleFunction<int[]> statistic) {
        Units units = Units.of(rows, strata, clusters);
        int[] once = new int[rows];
        Arrays.fill(once, 1);
        double[] draws = new double[replicates];
        workers.run(
                replicates,
                r -> draws[r] = statistic.applyAsDouble(units.counts(generator(seed, r))));
        return new BootstrapDistribution(
                statistic.applyAsDouble(once),
                draws,
                () -> {
                    double[] values = new double[units.count()];
                    workers.run(
                            values.length,
                            u -> values[u] = statistic.applyAsDouble(units.countsWithout(u)));
                    return values;
                });
    }

    private double[] jackknife(Units units, Function<int[], double[]> statistics, int part) {
        double[] values = new double[units.count()];
        workers.run(values.length, u -> values[u] = statistics.apply(units.without(u))[part]);
        return values;
    }

    /**
     * The generator of one replicate.
     *
     * @param seed the seed of the run
     * @param replicate the number of the replicate
     * @return a generator that depends on both and on nothing else
     */
    public static SplittableRandom generator(long seed, long replicate) {
        return new SplittableRandom(mix(mix(seed) + STEP * (replicate + 1)));
    }

    /** Stafford's variant 13 of the MurmurHash3 finaliser. */
    private static long mix(long value) {
        long z = (value ^ (value >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
