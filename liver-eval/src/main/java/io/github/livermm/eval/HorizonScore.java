// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.eval;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;

/**
 * How good predicted risks of an event by one horizon are: AUC(t), Brier(t) and the index of
 * prediction accuracy, from censored follow-up by inverse probability of censoring weights (IPCW).
 *
 * <p>Weights are 1/G(T-) for an event by t, 1/G(t) for a patient still under observation after t,
 * and 0 for one censored by t. Brier(t) = mean of weight (status - risk)^2. AUC(t) compares
 * patients with the event by t with those free of it at t (and, with competing risks, those with
 * the competing event by t), ties in risk one half, each pair weighted by the product of weights.
 * IPA = 1 - Brier/Brier(null) with the Kaplan-Meier (Aalen-Johansen) risk of the same patients as
 * null model. Standard errors are those of the influence function including the estimation of G.
 * Figures equal those of riskRegression's {@code Score} ({@code conservative = FALSE}).
 *
 * <p>A horizon after the last time of follow-up gives NaN for all; no event by t or nobody left
 * after it gives AUC NaN (riskRegression prints 0.5 there). O(n log n).
 *
 * <p>Reference: Gerds TA, Schumacher M (2006), doi:10.1002/bimj.200610301; Blanche P, Dartigues
 * J-F, Jacqmin-Gadda H (2013), doi:10.1002/sim.5958; Kattan MW, Gerds TA (2018),
 * doi:10.1186/s41512-018-0029-2.
 *
 * @since 0.1.0
 */
public final class HorizonScore {
    private final double horizon;
    private final double brier;
    private final double nullBrier;
    private final double auc;
    private final Supplier<double[]> brierInfluence;
    private final Supplier<double[]> nullInfluence;
    private final Supplier<double[]> aucInfluence;

    private HorizonScore(HorizonSums sums, double horizon, Supplier<CensoringInfluence> censoring) {
        this.horizon = horizon;
        brier = sums.brier();
        nullBrier = sums.nullBrier();
        auc = sums.auc();
        // influences cost more than the scores and are not always asked for
        brierInfluence = () -> sums.brierInfluence(censoring.get());
        nullInfluence = () -> sums.nullInfluence(censoring.get());
        aucInfluence = () -> sums.aucInfluence(censoring.get());
    }

    /**
     * Scores risks of one event with the marginal censoring model.
     *
     * @param outcomes follow-up, 1 row or more
     * @param risk probability of the event by the horizon per row, in [0, 1]
     * @param horizon time, not negative
     * @return the scores with standard errors
     * @throws IllegalArgumentException if lengths differ or a risk is outside [0, 1]
     */
    public static HorizonScore of(SurvivalOutcomes outcomes, double[] risk, double horizon) {
        return of(CompetingOutcomes.of(outcomes), risk, horizon);
    }

    /**
     * Scores risks of the event of interest with the marginal censoring model.
     *
     * @param outcomes follow-up with causes, 1 row or more
     * @param risk absolute risk of cause 1 by the horizon per row, in [0, 1]
     * @param horizon time, not negative
     * @return the scores with standard errors
     * @throws IllegalArgumentException if lengths differ or a risk is outside [0, 1]
     */
    public static HorizonScore of(CompetingOutcomes outcomes, double[] risk, double horizon) {
        return of(outcomes, new double[][] {risk}, horizon).get(0);
    }

    /**
     * Scores risks of one event by several horizons with the marginal censoring model, which is
     * estimated once.
     *
     * @param outcomes follow-up, 1 row or more
     * @param risk for each horizon the probability of the event by then per row, in [0, 1]
     * @param horizons times, not negative
     * @return one score per horizon
     * @throws IllegalArgumentException if lengths differ, a risk is outside [0, 1] or a horizon is
     *     negative
     */
    public static List<HorizonScore> of(
            SurvivalOutcomes outcomes, double[][] risk, double... horizons) {
        return of(CompetingOutcomes.of(outcomes), risk, horizons);
    }

    /**
     * Scores risks of the event of interest by several horizons with the marginal censoring model.
     *
     * @param outcomes follow-up with causes, 1 row or more
     * @param risk for each horizon the absolute risk of cause 1 by then per row, in [0, 1]
     * @param horizons times, not negative
     * @return one score per horizon
     * @throws IllegalArgumentException if lengths differ, a risk is outside [0, 1] or a horizon is
     *     negative
     */
    public static List<HorizonScore> of(
            CompetingOutcomes outcomes, double[][] risk, double... horizons) {
        Rows.requireSameLength("risk", risk.length, "horizons", horizons.length);
        for (int h = 0; h < horizons.length; h++) {
            check(outcomes.size(), risk[h], horizons[h]);
        }
        HorizonCohort cohort = new HorizonCohort(outcomes);
        List<HorizonScore> scores = new ArrayList<>();
        for (int h = 0; h < horizons.length; h++) {
            double horizon = horizons[h];
            scores.add(
                    horizon <= cohort.lastTime()
                            ? new HorizonScore(
                                    HorizonSums.marginal(cohort, risk[h].clone(), horizon),
                                    horizon,
                                    () -> new CensoringInfluence(cohort, horizon))
                            : undefined(cohort.size(), horizon));
        }
        return List.copyOf(scores);
    }

    /**
     * Scores risks with a censoring model of one's own; standard errors are NaN, because the
     * influence of that model is not known here.
     *
     * @param outcomes follow-up with causes
     * @param risk absolute risk of cause 1 by the horizon per row, in [0, 1]
     * @param horizon time, not negative
     * @param censoring a model fitted to the same rows
     * @return the scores
     * @throws IllegalArgumentException if lengths differ or a risk is outside [0, 1]
     */
    public static HorizonScore of(
            CompetingOutcomes outcomes, double[] risk, double horizon, CensoringModel censoring) {
        check(outcomes.size(), risk, horizon);
        Rows.requireSameLength("outcomes", outcomes.size(), "censoring", censoring.size());
        HorizonCohort cohort = new HorizonCohort(outcomes);
        if (!(horizon <= cohort.lastTime())) {
            return undefined(cohort.size(), horizon);
        }
        HorizonSums sums = HorizonSums.modelled(cohort, risk, horizon, censoring);
        return new HorizonScore(sums, horizon, () -> CensoringInfluence.NONE);
    }

    private static void check(int rows, double[] risk, double horizon) {
        Rows.requireSameLength("outcomes", rows, "risk", risk.length);
        for (int i = 0; i < rows; i++) {
            if (!(risk[i] >= 0 && risk[i] <= 1)) {
                throw new IllegalArgumentException(
                        "risk row " + (i + 1) + ": " + risk[i] + " is outside [0, 1]");
            }
        }
        if (!(horizon >= 0)) {
            throw new IllegalArgumentException("horizon " + horizon + " is negative or NaN");
        }
    }

    private static HorizonScore undefined(int rows, double horizon) {
        return new HorizonScore(
                HorizonSums.undefined(rows), horizon, () -> CensoringInfluence.NONE);
    }

    /**
     * The horizon.
     *
     * @return time
     */
    public double horizon() {
        return horizon;
    }

    /**
     * The Brier score.
     *
     * @return 0 (perfect) or more; NaN after the last time of follow-up
     */
    public double brier() {
        return brier;
    }

    /**
     * The Brier score of the null model, which gives everybody the observed risk.
     *
     * @return 0 or more
     */
    public double nullBrier() {
        return nullBrier;
    }

    /**
     * The index of prediction accuracy, 1 - Brier/Brier(null).
     *
     * @return at most 1; 0 for the null model, negative for worse than it
     */
    public double ipa() {
        return 1 - brier / nullBrier;
    }

    /**
     * The time-dependent AUC.
     *
     * @return in [0, 1]; NaN without an event by the horizon or a patient free of it
     */
    public double auc() {
        return auc;
    }

    /**
     * The standard error of {@link #brier()}.
     *
     * @return 0 or more
     */
    public double brierStandardError() {
        return standardError(brierInfluence.get());
    }

    /**
     * The standard error of {@link #nullBrier()}.
     *
     * @return 0 or more
     */
    public double nullBrierStandardError() {
        return standardError(nullInfluence.get());
    }

    /**
     * The standard error of {@link #auc()}.
     *
     * @return 0 or more
     */
    public double aucStandardError() {
        return standardError(aucInfluence.get());
    }

    /**
     * The Brier score with normal 95 % limits, clipped to [0, 1].
     *
     * @return the interval
     */
    public Interval brierInterval() {
        return clipped(brier, brierStandardError());
    }

    /**
     * The AUC with normal 95 % limits, clipped to [0, 1].
     *
     * @return the interval
     */
    public Interval aucInterval() {
        return clipped(auc, aucStandardError());
    }

    /**
     * The difference in AUC to another prediction for the same patients.
     *
     * @param other the comparator at the same horizon
     * @return this less other, with normal 95 % limits
     */
    public Interval aucDifference(HorizonScore other) {
        return difference(auc - other.auc, aucInfluence.get(), other.aucInfluence.get());
    }

    /**
     * The difference in Brier score to another prediction for the same patients.
     *
     * @param other the comparator at the same horizon
     * @return this less other, negative = better than the other, with normal 95 % limits
     */
    public Interval brierDifference(HorizonScore other) {
        return difference(brier - other.brier, brierInfluence.get(), other.brierInfluence.get());
    }

    /**
     * The difference in Brier score to the null model.
     *
     * @return this less null, negative = better than null, with normal 95 % limits
     */
    public Interval brierDifferenceToNull() {
        return difference(brier - nullBrier, brierInfluence.get(), nullInfluence.get());
    }

    private Interval difference(double estimate, double[] mine, double[] others) {
        if (mine.length != others.length) {
            throw new IllegalArgumentException(
                    mine.length + " rows against " + others.length + "; compare on the same rows");
        }
        double[] d = new double[mine.length];
        for (int i = 0; i < d.length; i++) {
            d[i] = mine[i] - others[i];
        }
        double half = Normal.twoSided(0.95) * standardError(d);
        return new Interval(estimate, estimate - half, estimate + half, "IPCW influence function");
    }

    private static Interval clipped(double estimate, double se) {
        double half = Normal.twoSided(0.95) * se;
        return new Interval(
                estimate,
                Math.max(0, estimate - half),
                Math.min(1, estimate + half),
                "IPCW influence function");
    }

    private static double standardError(double[] influence) {
        int n = influence.length;
        double mean = Arrays.stream(influence).sum() / n;
        double sum = 0;
        for (double value : influence) {
            sum += (value - mean) * (value - mean);
        }
        return Math.sqrt(sum / (n - 1) / n);
    }
}
