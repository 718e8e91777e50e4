// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.eval;

import io.github.livermm.eval.cox.BaselineHazard;
import io.github.livermm.eval.cox.CoxData;
import io.github.livermm.eval.cox.CoxFit;
import io.github.livermm.eval.cox.CoxRegression;

/**
 * The probability G of being uncensored at a time, by which observed patients are weighted so that
 * they stand for the censored ones. The marginal model assumes that censoring does not depend on
 * the patient; the Cox model lets it depend on covariates.
 *
 * @since 0.1.0
 */
public final class CensoringModel {
    private final double[] atOwnTime;
    private final Step[] steps;
    private final int[] stepOfRow;

    private CensoringModel(double[] atOwnTime, Step[] steps, int[] stepOfRow) {
        this.atOwnTime = atOwnTime;
        this.steps = steps;
        this.stepOfRow = stepOfRow;
    }

    /** G(t) of one kind of patient. */
    private interface Step {
        double at(double time);
    }

    /**
     * Kaplan-Meier of the censoring time, an event tied with a censoring leaving first; the one of
     * {@code prodlim(reverse = TRUE)} and of riskRegression's {@code cens.model = "km"}.
     *
     * @param outcomes follow-up, 1 row or more; an event is anything that ends observation for
     *     another reason than censoring
     * @return the model
     * @throws IllegalArgumentException if there is no row
     */
    public static CensoringModel marginal(SurvivalOutcomes outcomes) {
        return marginal(outcomes, outcomes);
    }

    /**
     * The marginal model of other patients than those that are judged: the training cohort of an
     * external validation, as scikit-survival and survAUC take it. Where nobody of them was
     * followed up to an event that is judged its weight is infinite and the score undefined; choose
     * an earlier horizon then.
     *
     * @param followed whose censoring is estimated, 1 row or more
     * @param outcomes the rows to weight
     * @return the model, one weight for each row of {@code outcomes}
     * @throws IllegalArgumentException if {@code followed} has no row
     */
    public static CensoringModel marginal(SurvivalOutcomes followed, SurvivalOutcomes outcomes) {
        ReverseKaplanMeier g = ReverseKaplanMeier.eventsFirst(followed);
        double[] time =
                followed == outcomes
                        ? TiedTimes.merge(outcomes.timeInPlace())[0]
                        : outcomes.timeInPlace();
        double[] before = new double[time.length];
        for (int i = 0; i < before.length; i++) {
            before[i] = g.before(time[i]);
        }
        return new CensoringModel(before, new Step[] {g::at}, new int[time.length]);
    }

    /**
     * Kaplan-Meier with the indicator simply swapped, an event tied with a censoring staying at
     * risk, read at the row's own time and not just before it: the rule of R's SurvMetrics and of
     * several libraries. Without ties between events and censorings it differs from {@link
     * #marginal} in nothing.
     *
     * @param outcomes follow-up, 1 row or more
     * @return the model
     * @throws IllegalArgumentException if there is no row
     */
    public static CensoringModel swapped(SurvivalOutcomes outcomes) {
        KaplanMeier g = ReverseKaplanMeier.of(outcomes);
        double[] at = new double[outcomes.size()];
        for (int i = 0; i < at.length; i++) {
            at[i] = g.survivalAt(outcomes.time(i));
        }
        return new CensoringModel(at, new Step[] {g::survivalAt}, new int[at.length]);
    }

    /**
     * Cox regression of the censoring time on covariates, with Efron ties and the indicator simply
     * swapped (an event tied with a censoring stays at risk): riskRegression's {@code cens.model =
     * "cox"}. Without any censoring all weights are 1.
     *
     * @param outcomes follow-up
     * @param covariates rows x columns, finite
     * @return the model
     * @throws IllegalArgumentException if lengths differ, a value is not finite or the model has no
     *     finite estimate
     */
    public static CensoringModel cox(SurvivalOutcomes outcomes, double[][] covariates) {
        if (outcomes.events() == outcomes.size()) {
            return marginal(outcomes);
        }
        boolean[] censored = outcomes.eventIndicators();
        for (int i = 0; i < censored.length; i++) {
            censored[i] = !censored[i];
        }
        SurvivalOutcomes swapped = SurvivalOutcomes.of(outcomes.timeInPlace(), censored);
        CoxFit fit = CoxRegression.fit(CoxData.of(swapped, covariates));
        if (fit.status() != CoxFit.Status.CONVERGED) {
            throw new IllegalArgumentException(
                    "the Cox model of the censoring time has no finite estimate ("
                            + fit.status()
                            + "); use fewer covariates or the marginal model");
        }
        BaselineHazard hazard = fit.centredBaseline().get(0);
        double[] time = TiedTimes.merge(outcomes.timeInPlace())[0];
        double[] before = new double[time.length];
        Step[] steps = new Step[time.length];
        int[] own = new int[time.length];
        for (int i = 0; i < before.length; i++) {
            double eta = fit.linearPredictor(covariates[i]) - fit.meanLinearPredictor();
            steps[i] = t -> hazard.survival(t, eta);
            before[i] = hazard.survival(Math.nextDown(time[i]), eta);
            own[i] = i;
        }
        return new CensoringModel(before, steps, own);
    }

    /** G just before the row's own time. */
    double beforeOwnTime(int row) {
        return atOwnTime[row];
    }

    /** G at a time for the row. */
    double at(int row, double time) {
        return steps[stepOfRow[row]].at(time);
    }

    int size() {
        return atOwnTime.length;
    }
}
