// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.eval;

import java.util.Arrays;

/**
 * The distribution of the censoring time: how long patients would have been followed had no event
 * ended it. Use it for the median follow-up and for weights by the inverse probability of
 * censoring.
 *
 * <p>Two estimates differ only where an event ties with a censoring. {@link #of} swaps the
 * indicator, so that tied events still count as at risk: the usual reverse Kaplan-Meier of {@code
 * survfit(Surv(time, 1 - event) ~ 1)}. {@link #eventsFirst} lets tied events leave first, as IPCW
 * needs it and {@code prodlim(reverse = TRUE)} does it.
 *
 * <p>Reference: Schemper M, Smith TL (1996), A note on quantifying follow-up in studies of failure
 * time, doi:10.1016/0197-2456(96)00075-X.
 *
 * @since 0.1.0
 */
public final class ReverseKaplanMeier {
    private final double[] time;
    private final double[] censoring;

    private ReverseKaplanMeier(double[] time, double[] censoring) {
        this.time = time;
        this.censoring = censoring;
    }

    /**
     * The curve with the indicator swapped.
     *
     * @param outcomes follow-up, 1 row or more
     * @return a Kaplan-Meier curve whose events are the censorings
     * @throws IllegalArgumentException if there is no row
     */
    public static KaplanMeier of(SurvivalOutcomes outcomes) {
        boolean[] swapped = outcomes.eventIndicators();
        for (int i = 0; i < swapped.length; i++) {
            swapped[i] = !swapped[i];
        }
        return KaplanMeier.of(SurvivalOutcomes.of(outcomes.timeInPlace(), swapped));
    }

    /**
     * The censoring distribution G in which an event tied with a censoring leaves first.
     *
     * @param outcomes follow-up, 1 row or more
     * @return G as a step function
     * @throws IllegalArgumentException if there is no row
     */
    public static ReverseKaplanMeier eventsFirst(SurvivalOutcomes outcomes) {
        double[] ones = new double[outcomes.size()];
        Arrays.fill(ones, 1);
        return eventsFirst(outcomes, ones);
    }

    static ReverseKaplanMeier eventsFirst(SurvivalOutcomes outcomes, double[] weights) {
        if (outcomes.size() == 0) {
            throw new IllegalArgumentException("outcomes has no row; a curve needs one or more");
        }
        TimeGroups groups = TimeGroups.of(outcomes.timeInPlace());
        RiskTable table = RiskTable.of(groups, outcomes.eventInPlace(), weights);
        return new ReverseKaplanMeier(table.time, eventsFirst(table));
    }

    /** G from each time on. */
    static double[] eventsFirst(RiskTable table) {
        double[] g = new double[table.size()];
        double value = 1;
        for (int k = 0; k < g.length; k++) {
            double n = table.atRisk[k] - table.events[k];
            if (table.censored[k] > 0) {
                value *= Math.max(0, 1 - table.censored[k] / n);
            }
            g[k] = value;
        }
        return g;
    }

    /**
     * The median follow-up with log limits at 95 %, from the swapped indicator.
     *
     * @param outcomes follow-up, 1 row or more
     * @return the time; NaN where half of the cohort is not yet censored
     */
    public static Interval medianFollowUp(SurvivalOutcomes outcomes) {
        return of(outcomes).median();
    }

    /**
     * The probability of being uncensored beyond a time.
     *
     * @param t any time
     * @return G(t) in [0, 1]
     */
    public double at(double t) {
        int at = Arrays.binarySearch(time, t);
        int k = at >= 0 ? at : -at - 2;
        return k < 0 ? 1 : censoring[k];
    }

    /**
     * The probability of being uncensored just before a time.
     *
     * @param t any time
     * @return G(t-) in [0, 1]
     */
    public double before(double t) {
        int at = Arrays.binarySearch(time, t);
        int k = at >= 0 ? at - 1 : -at - 2;
        return k < 0 ? 1 : censoring[k];
    }
}
