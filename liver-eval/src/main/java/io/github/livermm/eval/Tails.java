// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.eval;

import org.apache.commons.math3.distribution.NormalDistribution;
import org.apache.commons.math3.special.Erf;
import org.apache.commons.math3.special.Gamma;

/** Tail probabilities of the normal and chi-squared distributions, without loss in the far tail. */
final class Tails {
    private static final NormalDistribution NORMAL = new NormalDistribution(null, 0, 1);

    private Tails() {}

    /** The z that leaves (1 - level) / 2 above it. */
    static double normalQuantile(double level) {
        if (!(level > 0 && level < 1)) {
            throw new IllegalArgumentException("level " + level + " is outside (0, 1)");
        }
        return NORMAL.inverseCumulativeProbability((1 + level) / 2);
    }

    /** Two-sided p-value of a standard normal statistic; NaN for NaN. */
    static double normalTwoSided(double z) {
        return Double.isNaN(z) ? Double.NaN : Erf.erfc(Math.abs(z) / Math.sqrt(2));
    }

    /** Upper tail of chi-squared; NaN for NaN or no degree of freedom. */
    static double chiSquaredUpper(double statistic, double df) {
        if (Double.isNaN(statistic) || !(df > 0)) {
            return Double.NaN;
        }
        return statistic <= 0
                ? 1
                : statistic == Double.POSITIVE_INFINITY
                        ? 0
                        : Gamma.regularizedGammaQ(df / 2, statistic / 2);
    }
}
