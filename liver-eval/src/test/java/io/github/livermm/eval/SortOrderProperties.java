// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.eval;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Comparator;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;

/** The order equals that of the JDK's stable sort, whatever the bits of the numbers are like. */
class SortOrderProperties {
    @Property
    void anyNumbers(@ForAll @Size(max = 200) double[] values) {
        sortsAsTheJdk(values);
    }

    @Property(tries = 50)
    void tiesKeepTheirOrder(@ForAll long seed) {
        Random random = new Random(seed);
        sortsAsTheJdk(random.doubles(2000).map(v -> Math.floor(50 * v) - 25).toArray());
    }

    /** Leading bits that decide nearly everything, and what they leave to the rest. */
    @Property(tries = 50)
    void exponentialTimes(@ForAll long seed) {
        Random random = new Random(seed);
        sortsAsTheJdk(random.doubles(5000).map(v -> -1000 * Math.log(v)).toArray());
    }

    /** Clusters whose members differ in the last bits only: leading bits decide nothing in them. */
    @Property(tries = 50)
    void clustersOfNeighbours(@ForAll long seed) {
        Random random = new Random(seed);
        sortsAsTheJdk(
                IntStream.range(0, 5000)
                        .mapToDouble(
                                i ->
                                        Double.longBitsToDouble(
                                                Double.doubleToLongBits(i % 2 == 0 ? 1 : -1e9)
                                                        + random.nextInt(1000)))
                        .toArray());
    }

    @Example
    void edges() {
        double[] values = new double[100];
        for (int i = 0; i < values.length; i++) {
            values[i] =
                    switch (i % 6) {
                        case 0 -> Double.NaN;
                        case 1 -> -0.0;
                        case 2 -> 0.0;
                        case 3 -> Double.NEGATIVE_INFINITY;
                        case 4 -> Double.MAX_VALUE;
                        default -> Double.MIN_VALUE;
                    };
        }
        sortsAsTheJdk(values);
    }

    private static void sortsAsTheJdk(double[] values) {
        Comparator<Integer> byValue = Comparator.comparingDouble(i -> values[i] + 0.0);
        assertThat(SortOrder.ascending(values)).isEqualTo(sorted(values.length, byValue));
        assertThat(SortOrder.descending(values))
                .isEqualTo(sorted(values.length, byValue.reversed()));
        int[] codes = IntStream.range(0, values.length).map(i -> i % 3 - 1).toArray();
        assertThat(SortOrder.thenBy(codes, SortOrder.ascending(values)))
                .isEqualTo(
                        sorted(
                                values.length,
                                Comparator.<Integer>comparingInt(i -> codes[i])
                                        .thenComparing(byValue)));
    }

    private static int[] sorted(int n, Comparator<Integer> order) {
        return IntStream.range(0, n).boxed().sorted(order).mapToInt(i -> i).toArray();
    }
}
