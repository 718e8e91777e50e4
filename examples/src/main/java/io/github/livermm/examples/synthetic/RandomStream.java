// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.examples.synthetic;

import java.util.List;
import java.util.SplittableRandom;

/**
 * The random numbers of one patient or one batch, a function of its seed parts alone. The
 * transformations are written out here because those of the JDK may change between releases.
 */
final class RandomStream {
    private final SplittableRandom source;
    private double spare;
    private boolean hasSpare;

    private RandomStream(long seed) {
        this.source = new SplittableRandom(seed);
    }

    /** The stream that belongs to these seed parts; other parts give an unrelated stream. */
    static RandomStream of(long... parts) {
        long state = 0x9E3779B97F4A7C15L;
        for (long part : parts) {
            state = mix(state ^ mix(part + 0x632BE59BD9B4E019L));
        }
        return new RandomStream(state);
    }

    private static long mix(long value) {
        long z = (value ^ (value >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }

    /** Uniform on [0, 1). */
    double uniform() {
        return (source.nextLong() >>> 11) * 0x1.0p-53;
    }

    /** Uniform on [low, high). */
    double uniform(double low, double high) {
        return low + (high - low) * uniform();
    }

    /** Uniform on 0 .. bound - 1. */
    int index(int bound) {
        return (int) (uniform() * bound);
    }

    /** True with the given probability. */
    boolean chance(double probability) {
        return uniform() < probability;
    }

    /** Standard normal, by Marsaglia's polar method. */
    double gaussian() {
        if (hasSpare) {
            hasSpare = false;
            return spare;
        }
        double u;
        double v;
        double s;
        do {
            u = 2 * uniform() - 1;
            v = 2 * uniform() - 1;
            s = u * u + v * v;
        } while (s >= 1 || s == 0);
        double factor = Math.sqrt(-2 * StrictMath.log(s) / s);
        spare = v * factor;
        hasSpare = true;
        return u * factor;
    }

    /** Exponential with mean one. */
    double exponential() {
        return -StrictMath.log(1 - uniform());
    }

    /** One of the words, each as likely as the others. */
    String pick(String... words) {
        return words[index(words.length)];
    }

    /** One of the values, each as likely as the others. */
    <T> T pick(List<T> values) {
        return values.get(index(values.size()));
    }

    /** The index drawn with probability proportional to its weight. */
    int weighted(double... weights) {
        double total = 0;
        for (double weight : weights) {
            total += weight;
        }
        double target = uniform() * total;
        for (int i = 0; i < weights.length; i++) {
            target -= weights[i];
            if (target < 0) {
                return i;
            }
        }
        return weights.length - 1;
    }

    /** Shuffles in place. */
    void shuffle(List<?> values) {
        shuffleTyped(values);
    }

    private <T> void shuffleTyped(List<T> values) {
        for (int i = values.size() - 1; i > 0; i--) {
            int j = index(i + 1);
            T held = values.get(i);
            values.set(i, values.get(j));
            values.set(j, held);
        }
    }
}
