// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.eval.cox;

/**
 * The predicted curve of one new patient with its standard error, at the event times of a stratum.
 *
 * @since 0.1.0
 */
public final class CoxCurve {
    private final double[] times;
    private final double[] atRisk;
    private final double[] events;
    private final double[] cumulativeHazard;
    private final double[] standardError;

    CoxCurve(
            double[] times,
            double[] atRisk,
            double[] events,
            double[] cumulativeHazard,
            double[] standardError) {
        this.times = times;
        this.atRisk = atRisk;
        this.events = events;
        this.cumulativeHazard = cumulativeHazard;
        this.standardError = standardError;
    }

    /**
     * The event times.
     *
     * @return ascending
     */
    public double[] times() {
        return times.clone();
    }

    /**
     * Training weight at risk at each time.
     *
     * @return as long as {@link #times()}
     */
    public double[] atRisk() {
        return atRisk.clone();
    }

    /**
     * Training weight with an event at each time.
     *
     * @return as long as {@link #times()}
     */
    public double[] events() {
        return events.clone();
    }

    /**
     * The patient's cumulative hazard.
     *
     * @return as long as {@link #times()}
     */
    public double[] cumulativeHazard() {
        return cumulativeHazard.clone();
    }

    /**
     * The patient's survival probability.
     *
     * @return as long as {@link #times()}, in [0, 1]
     */
    public double[] survival() {
        double[] s = new double[times.length];
        for (int k = 0; k < s.length; k++) {
            s[k] = Math.exp(-cumulativeHazard[k]);
        }
        return s;
    }

    /**
     * The standard error of the cumulative hazard, which is that of log survival: the part of the
     * baseline and the part of the coefficients.
     *
     * @return as long as {@link #times()}
     */
    public double[] standardErrors() {
        return standardError.clone();
    }

    /**
     * Limits of survival, symmetric in log S, at most 1.
     *
     * @param z how many standard errors: 1.96 for the upper, -1.96 for the lower 95 % limit
     * @return as long as {@link #times()}
     */
    public double[] limit(double z) {
        double[] limit = new double[times.length];
        for (int k = 0; k < limit.length; k++) {
            limit[k] = Math.min(1, Math.exp(z * standardError[k] - cumulativeHazard[k]));
        }
        return limit;
    }
}
