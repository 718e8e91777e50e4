// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.eval.cox;

import io.github.livermm.eval.Interval;
import org.apache.commons.math3.distribution.NormalDistribution;
import org.apache.commons.math3.special.Erf;

/**
 * One line of a table of coefficients: a column's log hazard ratio with its standard error, and
 * what follows from the two (Wald's statistic, p-value and limits). A coefficient without a finite
 * estimate is NaN, and so is all that follows.
 *
 * @param name the column
 * @param coefficient log hazard ratio per unit of the column
 * @param standardError of the coefficient
 * @since 0.1.0
 */
public record HazardRatio(String name, double coefficient, double standardError) {
    private static final NormalDistribution STANDARD = new NormalDistribution(null, 0, 1);

    /**
     * Wald's statistic.
     *
     * @return coefficient over standard error
     */
    public double z() {
        return coefficient / standardError;
    }

    /**
     * The two-sided p-value of {@link #z()}.
     *
     * @return in [0, 1]
     */
    public double p() {
        return Erf.erfc(Math.abs(z()) / Math.sqrt(2));
    }

    /**
     * The hazard ratio with its limits, symmetric in the logarithm.
     *
     * @param level confidence level in (0, 1), for example 0.95
     * @return the interval
     * @throws IllegalArgumentException if the level is outside (0, 1)
     */
    public Interval interval(double level) {
        if (!(level > 0 && level < 1)) {
            throw new IllegalArgumentException("level " + level + " is outside (0, 1)");
        }
        double z = STANDARD.inverseCumulativeProbability(0.5 + level / 2);
        return new Interval(
                Math.exp(coefficient),
                Math.exp(coefficient - z * standardError),
                Math.exp(coefficient + z * standardError),
                "Wald, log scale");
    }
}
