// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.eval;

import java.util.Arrays;

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
    private final double[] brierInfluence;
    private final double[] nullInfluence;
    private final double[] aucInfluence;

    private HorizonScore(
            double horizon,
            double brier,
            double nullBrier,
            double auc,
            double[] brierInfluence,
            double[] nullInfluence,
            double[] aucInfluence) {
        this.horizon = horizon;
        this.brier = brier;
        this.nullBrier = nullBrier;
        this.auc = auc;
        this.brierInfluence = brierInfluence;
        this.nullInfluence = nullInfluence;
        this.aucInfluence = aucInfluence;
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
        CensoringModel marginal = CensoringModel.marginal(outcomes.anyCause());
        return score(outcomes, risk, horizon, marginal, true);
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
        return score(outcomes, risk, horizon, censoring, false);
    }

    private static HorizonScore score(
            CompetingOutcomes outcomes,
            double[] risk,
            double horizon,
            CensoringModel censoring,
            boolean marginal) {
        int n = outcomes.size();
        if (risk.length != n || censoring.size() != n) {
            throw new IllegalArgumentException(
                    "outcomes have "
                            + n
                            + " rows, risk "
                            + risk.length
                            + ", censoring model "
                            + censoring.size());
        }
        for (int i = 0; i < n; i++) {
            if (!(risk[i] >= 0 && risk[i] <= 1)) {
                throw new IllegalArgumentException(
                        "risk row " + (i + 1) + ": " + risk[i] + " is outside [0, 1]");
            }
        }
        if (!(horizon >= 0)) {
            throw new IllegalArgumentException("horizon " + horizon + " is negative or NaN");
        }
        SurvivalOutcomes any = outcomes.anyCause();
        double[] none = new double[n];
        Arrays.fill(none, Double.NaN);
        if (n == 0 || horizon > any.lastTime()) {
            return new HorizonScore(horizon, Double.NaN, Double.NaN, Double.NaN, none, none, none);
        }
        double[] weight = new double[n];
        boolean[] happened = new boolean[n];
        double[] time = TiedTimes.merge(any.timeInPlace())[0];
        for (int i = 0; i < n; i++) {
            if (time[i] > horizon) {
                weight[i] = 1 / censoring.at(i, horizon);
            } else if (outcomes.cause(i) > 0) {
                weight[i] = 1 / censoring.beforeOwnTime(i);
                happened[i] = outcomes.cause(i) == 1;
            }
        }
        CensoringInfluence influence =
                marginal ? new CensoringInfluence(time, any, horizon) : CensoringInfluence.NONE;
        double[] brierIf = new double[n];
        double[] constant = new double[n];
        double nullRisk = CumulativeIncidence.of(outcomes, 1).at(horizon);
        Arrays.fill(constant, nullRisk);
        double[] nullIf = new double[n];
        double brier = brier(weight, happened, risk, influence, brierIf);
        double nullBrier = brier(weight, happened, constant, influence, nullIf);
        double[] aucIf = new double[n];
        double auc = auc(weight, happened, risk, influence, aucIf);
        return new HorizonScore(horizon, brier, nullBrier, auc, brierIf, nullIf, aucIf);
    }

    private static double brier(
            double[] weight,
            boolean[] happened,
            double[] risk,
            CensoringInfluence influence,
            double[] filled) {
        int n = weight.length;
        double[] part = new double[n];
        double sum = 0;
        for (int i = 0; i < n; i++) {
            double error = (happened[i] ? 1 : 0) - risk[i];
            part[i] = weight[i] * error * error / n;
            sum += part[i];
        }
        influence.fill(part, filled);
        for (int i = 0; i < n; i++) {
            filled[i] -= sum;
        }
        return sum;
    }

    private static double auc(
            double[] weight,
            boolean[] happened,
            double[] risk,
            CensoringInfluence influence,
            double[] filled) {
        int n = weight.length;
        double cases = 0;
        double controls = 0;
        for (int i = 0; i < n; i++) {
            if (happened[i]) {
                cases += weight[i];
            } else {
                controls += weight[i];
            }
        }
        double[] won = new double[n];
        int[] order = SortOrder.ascending(risk);
        double controlsBelow = 0;
        double casesBelow = 0;
        double sum = 0;
        for (int a = 0; a < n; ) {
            int b = a;
            double tiedCases = 0;
            double tiedControls = 0;
            for (; b < n && risk[order[b]] == risk[order[a]]; b++) {
                if (happened[order[b]]) {
                    tiedCases += weight[order[b]];
                } else {
                    tiedControls += weight[order[b]];
                }
            }
            for (int k = a; k < b; k++) {
                won[order[k]] =
                        happened[order[k]]
                                ? controlsBelow + tiedControls / 2
                                : cases - casesBelow - tiedCases / 2;
            }
            sum += tiedCases * (controlsBelow + tiedControls / 2);
            controlsBelow += tiedControls;
            casesBelow += tiedCases;
            a = b;
        }
        double auc = sum / (cases * controls);
        double[] part = new double[n];
        for (int i = 0; i < n; i++) {
            double others = happened[i] ? controls : cases;
            part[i] = weight[i] * (won[i] - auc * others) / (cases * controls);
        }
        influence.fill(part, filled);
        return auc;
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
        return standardError(brierInfluence);
    }

    /**
     * The standard error of {@link #nullBrier()}.
     *
     * @return 0 or more
     */
    public double nullBrierStandardError() {
        return standardError(nullInfluence);
    }

    /**
     * The standard error of {@link #auc()}.
     *
     * @return 0 or more
     */
    public double aucStandardError() {
        return standardError(aucInfluence);
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
        return difference(auc - other.auc, aucInfluence, other.aucInfluence);
    }

    /**
     * The difference in Brier score to another prediction for the same patients.
     *
     * @param other the comparator at the same horizon
     * @return this less other, negative = better than the other, with normal 95 % limits
     */
    public Interval brierDifference(HorizonScore other) {
        return difference(brier - other.brier, brierInfluence, other.brierInfluence);
    }

    /**
     * The difference in Brier score to the null model.
     *
     * @return this less null, negative = better than null, with normal 95 % limits
     */
    public Interval brierDifferenceToNull() {
        return difference(brier - nullBrier, brierInfluence, nullInfluence);
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
        double half = Tails.normalQuantile(0.95) * standardError(d);
        return new Interval(estimate, estimate - half, estimate + half, "IPCW influence function");
    }

    private static Interval clipped(double estimate, double se) {
        double half = Tails.normalQuantile(0.95) * se;
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
