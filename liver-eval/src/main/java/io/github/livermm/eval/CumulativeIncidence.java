// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.eval;

import java.util.Arrays;

/**
 * The Aalen-Johansen estimate of the probability that one cause has happened by a time while other
 * causes compete. Without competing events it is 1 - Kaplan-Meier.
 *
 * <p>Reference: Aalen OO, Johansen S (1978), An empirical transition matrix for non-homogeneous
 * Markov chains based on censored observations, Scand J Stat 5:141-150.
 *
 * @since 0.1.0
 */
public final class CumulativeIncidence {
    private final double[] time;
    private final double[] incidence;

    private CumulativeIncidence(double[] time, double[] incidence) {
        this.time = time;
        this.incidence = incidence;
    }

    /**
     * The incidence of one cause.
     *
     * @param outcomes follow-up with causes, 1 row or more
     * @param cause the cause, 1 or more
     * @return the estimate; O(n)
     * @throws IllegalArgumentException if there is no row
     */
    public static CumulativeIncidence of(CompetingOutcomes outcomes, int cause) {
        SurvivalOutcomes any = outcomes.anyCause();
        if (any.size() == 0) {
            throw new IllegalArgumentException("outcomes has no row; a curve needs one or more");
        }
        double[] merged = TiedTimes.merge(any.timeInPlace())[0];
        RiskTable all = RiskTable.of(merged, any.eventInPlace(), null, null);
        RiskTable one = RiskTable.of(merged, outcomes.causeOnly(cause).eventInPlace(), null, null);
        double[] incidence = new double[all.size()];
        double survival = 1;
        double sum = 0;
        for (int k = 0; k < incidence.length; k++) {
            sum += survival * one.events[k] / all.atRisk[k];
            survival *= 1 - all.events[k] / all.atRisk[k];
            incidence[k] = sum;
        }
        return new CumulativeIncidence(all.time, incidence);
    }

    /**
     * The incidence by a time.
     *
     * @param t any time; the last value is carried forward
     * @return in [0, 1]
     */
    public double at(double t) {
        int at = Arrays.binarySearch(time, t);
        int k = at >= 0 ? at : -at - 2;
        return k < 0 ? 0 : incidence[k];
    }

    /**
     * The distinct times of event or censoring.
     *
     * @return ascending
     */
    public double[] times() {
        return time.clone();
    }

    /**
     * The incidence from each time on.
     *
     * @return as long as {@link #times()}
     */
    public double[] incidence() {
        return incidence.clone();
    }
}
