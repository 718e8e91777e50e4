// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.eval;

import org.apache.commons.math3.special.Gamma;

/** The upper tail of the chi-squared distribution, accurate where p-values are small. */
final class ChiSquared {
    private ChiSquared() {}

    /** P(X >= statistic); NaN for an undefined statistic or no degree of freedom. */
    static double upper(double statistic, double df) {
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
