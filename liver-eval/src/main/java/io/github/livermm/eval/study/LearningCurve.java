// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.eval.study;

import io.github.livermm.eval.resample.Bootstrap;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * How a figure grows with the number of patients, and of events, that a model is developed on:
 * would more patients help? In every repeat the rows are dealt anew into a test part (the same for
 * all sizes of the repeat) and a row of nested training parts, both with the overall share of
 * events.
 *
 * <p>The spread is over repeats of one data set, whose parts overlap: it shows stability and is no
 * confidence interval.
 *
 * <p>Reference: Figueroa et al. (2012), doi:10.1186/1472-6947-12-8.
 *
 * @param points one for each size, in the order asked for
 * @since 0.1.0
 */
public record LearningCurve(List<Point> points) {
    private static final double TEST_SHARE = 0.25;

    /**
     * Copies the points.
     *
     * @param points one for each size
     */
    public LearningCurve {
        points = List.copyOf(points);
    }

    /**
     * One size.
     *
     * @param rows training rows
     * @param events events among them, mean over repeats
     * @param mean the figure in the test part, mean over the repeats where it is defined; {@code
     *     NaN} when it never is
     * @param standardDeviation over those repeats; {@code NaN} with fewer than two
     * @param repeats where the figure is defined
     * @since 0.1.0
     */
    public record Point(
            int rows, double events, double mean, double standardDeviation, int repeats) {}

    /** Develops a model on some rows and judges it on others. */
    @FunctionalInterface
    public interface Development {
        /**
         * Fits everything on the training rows and gives the figure on the test rows.
         *
         * @param training row numbers
         * @param test row numbers, none of them in {@code training}
         * @return the figure, or {@code NaN} when it is undefined
         */
        double judge(int[] training, int[] test);
    }

    /**
     * Develops a model at several sizes; repeats run in parallel and give the same numbers for any
     * number of threads.
     *
     * @param event whether each row is an event; at least one row of each kind
     * @param sizes of the training part, each at least 2 and at most three quarters of the rows
     * @param repeats at least 1
     * @param seed of the dealing
     * @param development a pure function
     * @return the curve
     * @throws IllegalArgumentException when a size or the number of repeats is out of range
     */
    public static LearningCurve of(
            boolean[] event, int[] sizes, int repeats, long seed, Development development) {
        int n = event.length;
        int test = (int) Math.ceil(TEST_SHARE * n);
        for (int size : sizes) {
            if (size < 2 || size > n - test) {
                throw new IllegalArgumentException(
                        "size " + size + " is outside [2, " + (n - test) + "] for " + n + " rows");
            }
        }
        if (repeats < 1) {
            throw new IllegalArgumentException("repeats " + repeats + " is below 1");
        }
        double[][] figure = new double[repeats][];
        double[][] events = new double[repeats][];
        IntStream.range(0, repeats)
                .parallel()
                .forEach(
                        r -> {
                            int[] order = dealt(event, Bootstrap.generator(seed, r));
                            int[] held = Arrays.copyOf(order, test);
                            figure[r] = new double[sizes.length];
                            events[r] = new double[sizes.length];
                            for (int s = 0; s < sizes.length; s++) {
                                int[] training = Arrays.copyOfRange(order, test, test + sizes[s]);
                                figure[r][s] = development.judge(training, held);
                                events[r][s] =
                                        Arrays.stream(training).filter(i -> event[i]).count();
                            }
                        });
        List<Point> points = new ArrayList<>();
        for (int s = 0; s < sizes.length; s++) {
            int size = s;
            double[] known =
                    Arrays.stream(figure)
                            .mapToDouble(row -> row[size])
                            .filter(v -> !Double.isNaN(v))
                            .toArray();
            double mean = Arrays.stream(known).average().orElse(Double.NaN);
            double squares = Arrays.stream(known).map(v -> (v - mean) * (v - mean)).sum();
            points.add(
                    new Point(
                            sizes[s],
                            Arrays.stream(events).mapToDouble(row -> row[size]).average().orElse(0),
                            mean,
                            known.length < 2 ? Double.NaN : Math.sqrt(squares / (known.length - 1)),
                            known.length));
        }
        return new LearningCurve(points);
    }

    /** All rows in random order, events spread evenly: any stretch has about their share. */
    private static int[] dealt(boolean[] event, SplittableRandom random) {
        int n = event.length;
        double[] key = new double[n];
        for (boolean kind : new boolean[] {true, false}) {
            int[] rows = IntStream.range(0, n).filter(i -> event[i] == kind).toArray();
            for (int i = rows.length - 1; i > 0; i--) {
                int j = random.nextInt(i + 1);
                int swap = rows[i];
                rows[i] = rows[j];
                rows[j] = swap;
            }
            double shift = random.nextDouble();
            for (int i = 0; i < rows.length; i++) {
                key[rows[i]] = (i + shift) / rows.length;
            }
        }
        return IntStream.range(0, n)
                .boxed()
                .sorted((a, b) -> Double.compare(key[a], key[b]))
                .mapToInt(Integer::intValue)
                .toArray();
    }
}
