// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.eval;

import java.util.Arrays;

/**
 * The concordance of a risk with censored outcomes: the probability that of two patients the one
 * with the higher risk has the event first. Harrell's C by default; Uno's C when the censoring
 * should not matter. It measures ranking only, not whether risks are right in size.
 *
 * <p>C = (concordant + tied risk / 2) / (concordant + discordant + tied risk), over the pairs in
 * which one patient has an event while the other is at risk and stays free of it for longer. An
 * event tied with a censoring is comparable, the censored patient living longer; two events at one
 * time are not comparable. Without a comparable pair C and its standard error are NaN.
 *
 * <p>The standard error is the infinitesimal jackknife (root of the sum of squared influences), the
 * one of {@code concordance} of R's survival package; it is not that of {@code rcorr.cens}. Cost
 * O(n log n) time, O(n) memory.
 *
 * <p>Reference: Harrell FE et al. (1982), Evaluating the yield of medical tests,
 * doi:10.1001/jama.1982.03320430047030; Uno H et al. (2011), On the C-statistics for evaluating
 * overall adequacy of risk prediction procedures with censored survival data, doi:10.1002/sim.4154.
 *
 * @since 0.1.0
 */
public final class Concordance {
    private final double concordant;
    private final double discordant;
    private final double tiedRisk;
    private final double tiedTime;
    private final double tiedBoth;
    private final double[] influence;
    private final String method;

    Concordance(
            double concordant,
            double discordant,
            double tiedRisk,
            double tiedTime,
            double tiedBoth,
            double[] influence,
            String method) {
        this.concordant = concordant;
        this.discordant = discordant;
        this.tiedRisk = tiedRisk;
        this.tiedTime = tiedTime;
        this.tiedBoth = tiedBoth;
        this.influence = influence;
        this.method = method;
    }

    /**
     * Harrell's C.
     *
     * @param outcomes follow-up
     * @param risk one finite number per row, higher = worse
     * @return the concordance
     * @throws IllegalArgumentException if lengths differ or a risk is NaN
     */
    public static Concordance harrell(SurvivalOutcomes outcomes, double[] risk) {
        return of(outcomes, risk, ConcordanceOptions.defaults());
    }

    /**
     * Uno's C up to a fixed time.
     *
     * @param outcomes follow-up
     * @param risk one finite number per row, higher = worse
     * @param tau only events up to this time count; choose it where follow-up is still common, or
     *     infinity
     * @return the concordance
     * @throws IllegalArgumentException if lengths differ, a risk is NaN or tau is not positive
     */
    public static Concordance uno(SurvivalOutcomes outcomes, double[] risk, double tau) {
        return of(
                outcomes,
                risk,
                ConcordanceOptions.defaults().withTimeWeight(TimeWeight.UNO).withTau(tau));
    }

    /**
     * A concordance with options.
     *
     * @param outcomes follow-up
     * @param risk one number per row, not NaN, higher = worse
     * @param options weights, entry times, strata
     * @return the concordance
     * @throws IllegalArgumentException if lengths differ or a value is not allowed; also for
     *     weights over time other than Harrell's together with entry times or strata, which no
     *     reference defines
     */
    public static Concordance of(
            SurvivalOutcomes outcomes, double[] risk, ConcordanceOptions options) {
        int n = outcomes.size();
        if (risk.length != n) {
            throw new IllegalArgumentException("risk has " + risk.length + " rows, outcomes " + n);
        }
        requireRisk(risk);
        return new ConcordanceCount(outcomes, risk, options).count();
    }

    static void requireRisk(double[] risk) {
        for (int i = 0; i < risk.length; i++) {
            if (Double.isNaN(risk[i])) {
                throw new IllegalArgumentException(
                        "risk row " + (i + 1) + " is NaN; leave the patient out or impute");
            }
        }
    }

    /** The rank of each risk from 0, equal risks sharing one. */
    static int[] ranks(double[] risk) {
        int[] rank = new int[risk.length];
        int[] byRisk = SortOrder.ascending(risk);
        int count = 0;
        for (int k = 1; k < rank.length; k++) {
            count += risk[byRisk[k]] != risk[byRisk[k - 1]] ? 1 : 0;
            rank[byRisk[k]] = count;
        }
        return rank;
    }

    /**
     * C itself.
     *
     * @return in [0, 1], 0.5 for no ranking, 1 for a perfect one; NaN without a comparable pair
     */
    public double estimate() {
        return (concordant + tiedRisk / 2) / (concordant + discordant + tiedRisk);
    }

    /**
     * The infinitesimal jackknife standard error.
     *
     * @return 0 or more; NaN without a comparable pair
     */
    public double standardError() {
        return Math.sqrt(product(influence, influence));
    }

    /**
     * The standard error when rows of one cluster are not independent.
     *
     * @param cluster code of each row's cluster, from 0 to less than the number of rows
     * @return grouped infinitesimal jackknife standard error
     * @throws IllegalArgumentException if the length differs
     */
    public double standardError(int[] cluster) {
        if (cluster.length != influence.length) {
            throw new IllegalArgumentException(
                    "cluster has " + cluster.length + " rows, outcomes " + influence.length);
        }
        double[] sums = new double[influence.length];
        for (int i = 0; i < influence.length; i++) {
            sums[cluster[i]] += influence[i];
        }
        return Math.sqrt(product(sums, sums));
    }

    /**
     * C with its 95 % limits, estimate -/+ z standard errors, clipped to [0, 1].
     *
     * @return the interval; NaN without a comparable pair
     */
    public Interval interval() {
        double half = Normal.twoSided(0.95) * standardError();
        double c = estimate();
        return new Interval(c, Math.max(0, c - half), Math.min(1, c + half), method);
    }

    /**
     * The weighted number of concordant pairs.
     *
     * @return pairs
     */
    public double concordant() {
        return concordant;
    }

    /**
     * The weighted number of discordant pairs.
     *
     * @return pairs
     */
    public double discordant() {
        return discordant;
    }

    /**
     * The weighted number of comparable pairs with equal risk.
     *
     * @return pairs
     */
    public double tiedRisk() {
        return tiedRisk;
    }

    /**
     * The weighted number of pairs of events at one time with different risk.
     *
     * @return pairs, not part of C
     */
    public double tiedTime() {
        return tiedTime;
    }

    /**
     * The weighted number of pairs of events at one time with equal risk.
     *
     * @return pairs, not part of C
     */
    public double tiedBoth() {
        return tiedBoth;
    }

    /**
     * How much each row moves C: the derivative by its weight, times the weight.
     *
     * @return one value per row, summing to 0
     */
    public double[] influence() {
        return influence.clone();
    }

    /**
     * The difference of the concordances of two risks on the same patients.
     *
     * @param first the one
     * @param second the other, of the same outcomes and options
     * @return first less second
     * @throws IllegalArgumentException if the number of rows differs
     */
    public static ConcordanceDifference difference(Concordance first, Concordance second) {
        double[] ones = new double[first.influence.length];
        Arrays.fill(ones, 1);
        return difference(first, second, ones);
    }

    /**
     * The same with each product of influences multiplied by the row's case weight, which is what
     * {@code concordance(fit1, fit2)} of R's survival 3.5 reports for weighted fits. The other form
     * is the one whose variances equal the squared {@link #standardError()}.
     *
     * @param first the one
     * @param second the other, of the same outcomes and options
     * @param weights case weights of the rows
     * @return first less second
     * @throws IllegalArgumentException if the number of rows differs
     */
    public static ConcordanceDifference difference(
            Concordance first, Concordance second, double[] weights) {
        int n = first.influence.length;
        if (n != second.influence.length || n != weights.length) {
            throw new IllegalArgumentException(
                    "the first has "
                            + n
                            + " rows, the second "
                            + second.influence.length
                            + ", weights "
                            + weights.length
                            + "; compare on the same patients");
        }
        double[] one = new double[n];
        double[] two = new double[n];
        for (int i = 0; i < n; i++) {
            double root = Math.sqrt(weights[i]);
            one[i] = root * first.influence[i];
            two[i] = root * second.influence[i];
        }
        return new ConcordanceDifference(
                first.estimate(),
                second.estimate(),
                product(one, one),
                product(two, two),
                product(one, two));
    }

    private static double product(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }
}
