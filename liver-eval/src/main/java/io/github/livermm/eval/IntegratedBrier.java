// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.eval;

/**
 * The Brier score averaged over time, by either of the two rules in use; they give different
 * numbers on the same grid, so name the rule when reporting.
 *
 * <p>Reference: Graf E et al. (1999), Assessment and comparison of prognostic classification
 * schemes for survival data, doi:10.1002/(SICI)1097-0258(19990915/30)18:17/18.
 *
 * @since 0.1.0
 */
public enum IntegratedBrier {
    /** Trapezoid rule over [first, last horizon], divided by that range (scikit-survival). */
    TRAPEZOID {
        @Override
        public double of(double[] horizons, double[] brier) {
            requireGrid(horizons, brier);
            double sum = 0;
            for (int k = 1; k < brier.length; k++) {
                sum += (horizons[k] - horizons[k - 1]) * (brier[k] + brier[k - 1]) / 2;
            }
            return brier.length < 2 ? Double.NaN : sum / (horizons[brier.length - 1] - horizons[0]);
        }
    },
    /**
     * Left steps from 0, divided by the last horizon; before the first horizon the score counts as
     * 0 (riskRegression and pec, whose grids start at 0).
     */
    LEFT_STEP {
        @Override
        public double of(double[] horizons, double[] brier) {
            requireGrid(horizons, brier);
            double sum = 0;
            for (int k = 1; k < brier.length; k++) {
                sum += (horizons[k] - horizons[k - 1]) * brier[k - 1];
            }
            return brier.length == 0 ? Double.NaN : sum / horizons[brier.length - 1];
        }
    };

    /**
     * The integrated score.
     *
     * @param horizons ascending times
     * @param brier Brier score at each; a NaN gives NaN
     * @return 0 or more; NaN on fewer than 2 horizons (trapezoid) or none
     * @throws IllegalArgumentException if lengths differ or horizons do not ascend
     */
    public abstract double of(double[] horizons, double[] brier);

    private static void requireGrid(double[] horizons, double[] brier) {
        if (horizons.length != brier.length) {
            throw new IllegalArgumentException(
                    horizons.length + " horizons but " + brier.length + " Brier scores");
        }
        for (int k = 1; k < horizons.length; k++) {
            if (!(horizons[k] > horizons[k - 1])) {
                throw new IllegalArgumentException(
                        "horizon " + horizons[k] + " does not follow " + horizons[k - 1]);
            }
        }
    }
}
