// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.eval.cox;

import org.apache.commons.math3.special.Gamma;

/**
 * A chi-squared test of a Cox model.
 *
 * @param statistic chi-squared; NaN when undefined
 * @param degreesOfFreedom degrees of freedom
 * @since 0.1.0
 */
public record CoxTest(double statistic, double degreesOfFreedom) {
    /**
     * The p-value.
     *
     * @return upper tail in [0, 1]; NaN for an undefined statistic or no degree of freedom
     */
    public double p() {
        if (Double.isNaN(statistic) || !(degreesOfFreedom > 0)) {
            return Double.NaN;
        }
        return statistic <= 0 ? 1 : Gamma.regularizedGammaQ(degreesOfFreedom / 2, statistic / 2);
    }
}
