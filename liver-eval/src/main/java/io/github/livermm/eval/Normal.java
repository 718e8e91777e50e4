// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.eval;

import org.apache.commons.math3.distribution.NormalDistribution;
import org.apache.commons.math3.special.Erf;

/** The standard normal distribution, exact in the tails. */
final class Normal {
    private static final NormalDistribution STANDARD = new NormalDistribution(null, 0, 1);

    private Normal() {}

    /** The z with probability {@code level} between -z and z. */
    static double twoSided(double level) {
        requireLevel(level);
        return STANDARD.inverseCumulativeProbability(1 - (1 - level) / 2);
    }

    static double quantile(double probability) {
        return STANDARD.inverseCumulativeProbability(probability);
    }

    static double cumulative(double z) {
        return 0.5 * Erf.erfc(-z / Math.sqrt(2));
    }

    /** The two-sided p-value of a standard normal statistic. */
    static double pValue(double z) {
        return Erf.erfc(Math.abs(z) / Math.sqrt(2));
    }

    static void requireLevel(double level) {
        if (!(level > 0 && level < 1)) {
            throw new IllegalArgumentException("level " + level + " is outside (0, 1)");
        }
    }
}
