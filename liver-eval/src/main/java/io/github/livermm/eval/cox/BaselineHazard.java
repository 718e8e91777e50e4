// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.eval.cox;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A cumulative hazard as a step function: that of a patient whose linear predictor is 0, in one
 * stratum. It gives survival and risk for any other predictor by proportionality. It does not
 * extrapolate shapes: after the last event it stays flat.
 *
 * @since 0.1.0
 */
public final class BaselineHazard {
    private final int stratum;
    private final double[] times;
    private final double[] cumulative;
    private final double lastTime;

    BaselineHazard(int stratum, double[] times, double[] cumulative, double lastTime) {
        this.stratum = stratum;
        this.times = times;
        this.cumulative = cumulative;
        this.lastTime = lastTime;
    }

    /**
     * A hazard from its steps, as when it is read back from a file.
     *
     * @param times event times, finite, strictly ascending
     * @param cumulativeHazard value from each time on, finite, not negative, not falling
     * @param lastTime the last time of follow-up, at or after the last step
     * @return the hazard, with stratum code 0
     * @throws IllegalArgumentException if the steps are not of that form
     */
    public static BaselineHazard of(double[] times, double[] cumulativeHazard, double lastTime) {
        if (times.length != cumulativeHazard.length) {
            throw new IllegalArgumentException(
                    times.length + " times but " + cumulativeHazard.length + " hazards");
        }
        for (int k = 0; k < times.length; k++) {
            boolean rises =
                    k == 0
                            ? cumulativeHazard[0] >= 0
                            : times[k] > times[k - 1]
                                    && cumulativeHazard[k] >= cumulativeHazard[k - 1];
            if (!rises
                    || !(Math.abs(times[k]) < Double.POSITIVE_INFINITY)
                    || cumulativeHazard[k] == Double.POSITIVE_INFINITY) {
                throw new IllegalArgumentException(
                        "step "
                                + (k + 1)
                                + " (time "
                                + times[k]
                                + ", hazard "
                                + cumulativeHazard[k]
                                + "): times must ascend and hazards must not fall");
            }
        }
        if (times.length > 0 && !(lastTime >= times[times.length - 1])) {
            throw new IllegalArgumentException(
                    "lastTime " + lastTime + " is before the last step " + times[times.length - 1]);
        }
        return new BaselineHazard(0, times.clone(), cumulativeHazard.clone(), lastTime);
    }

    static List<BaselineHazard> of(RiskSets sets, Sweep sweep) {
        List<BaselineHazard> hazards = new ArrayList<>();
        for (int s = 0; s < sets.strata(); s++) {
            int first = sets.stratumGroup[s];
            int count = sets.stratumGroup[s + 1] - first;
            double[] times = new double[count];
            double[] cumulative = new double[count];
            double sum = 0;
            for (int k = 0; k < count; k++) {
                int g = first + count - 1 - k;
                sum += Math.exp(sweep.logHazard(g));
                times[k] = sets.time[sets.groupFrom[g]];
                cumulative[k] = sum;
            }
            double last = sets.time[sets.stratumStart[s]];
            hazards.add(new BaselineHazard(sets.stratumCode[s], times, cumulative, last));
        }
        return hazards;
    }

    /**
     * The same hazard under another code of its stratum.
     *
     * @param code any integer
     * @return a changed copy
     */
    public BaselineHazard withStratum(int code) {
        return new BaselineHazard(code, times, cumulative, lastTime);
    }

    /** The same hazard for a patient whose hazard is {@code factor} times as high. */
    BaselineHazard scaled(double factor) {
        double[] changed = cumulative.clone();
        for (int k = 0; k < changed.length; k++) {
            changed[k] *= factor;
        }
        return new BaselineHazard(stratum, times, changed, lastTime);
    }

    /**
     * The stratum.
     *
     * @return its code, 0 for data without strata
     */
    public int stratum() {
        return stratum;
    }

    /**
     * The event times.
     *
     * @return a copy, ascending
     */
    public double[] times() {
        return times.clone();
    }

    /**
     * The cumulative hazard from each event time on.
     *
     * @return a copy, as long as {@link #times()}
     */
    public double[] cumulativeHazards() {
        return cumulative.clone();
    }

    /**
     * The last time of follow-up in the stratum; later values are an extrapolation.
     *
     * @return time
     */
    public double lastTime() {
        return lastTime;
    }

    /**
     * The cumulative hazard at predictor 0.
     *
     * @param time any time
     * @return 0 before the first event, flat after the last; NaN for a NaN time
     */
    public double cumulativeHazard(double time) {
        if (Double.isNaN(time)) {
            return Double.NaN;
        }
        int at = Arrays.binarySearch(times, time);
        int k = at >= 0 ? at : -at - 2;
        return k < 0 ? 0 : cumulative[k];
    }

    /**
     * The survival probability of a patient.
     *
     * @param time any time
     * @param eta the patient's linear predictor
     * @return exp(-cumulative hazard * exp(eta)), in [0, 1]
     */
    public double survival(double time, double eta) {
        double hazard = cumulativeHazard(time);
        return hazard == 0 ? 1 : Math.exp(-hazard * Math.exp(eta));
    }

    /**
     * The probability that a patient has had the event, exact where it is small.
     *
     * @param time any time
     * @param eta the patient's linear predictor
     * @return 1 - exp(-cumulative hazard * exp(eta)), in [0, 1]
     */
    public double risk(double time, double eta) {
        double hazard = cumulativeHazard(time);
        return hazard == 0 ? 0 : -Math.expm1(-hazard * Math.exp(eta));
    }
}
