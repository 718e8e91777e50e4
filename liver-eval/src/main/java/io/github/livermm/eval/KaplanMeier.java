// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.eval;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The Kaplan-Meier estimate of a survival curve with Greenwood's standard error, Nelson-Aalen's
 * cumulative hazard, quantiles and restricted means. Use it for one group; compare groups with
 * {@link LogRank}. It is not for competing risks, where 1 - S overstates the risk.
 *
 * <p>S(t) is the product over event times up to t of 1 - d/n, with d events among n at risk; its
 * variance S(t)^2 times the sum of d/(n(n-d)). A row censored at an event time is still at risk
 * there; an entry time equal to an event time is not yet at risk. Times closer than rounding are
 * tied ({@link TiedTimes}). Once S is 0 it stays 0. Figures equal those of {@code survfit} of R's
 * survival package with {@code robust = FALSE}.
 *
 * <p>Reference: Kaplan EL, Meier P (1958), Nonparametric estimation from incomplete observations,
 * doi:10.1080/01621459.1958.10501452.
 *
 * @since 0.1.0
 */
public final class KaplanMeier {
    private static final double LEVEL_TOLERANCE = Math.sqrt(Math.ulp(1.0));

    private final RiskTable table;
    private final double[] survival;
    private final double[] greenwood;
    private final double[] exit;
    private final boolean[] event;
    private final double @Nullable [] entry;
    private final double @Nullable [] weights;

    private KaplanMeier(
            RiskTable table,
            double[] exit,
            boolean[] event,
            double @Nullable [] entry,
            double @Nullable [] weights) {
        this.table = table;
        this.exit = exit;
        this.event = event;
        this.entry = entry;
        this.weights = weights;
        int m = table.size();
        survival = new double[m];
        greenwood = new double[m];
        double s = 1;
        double sum = 0;
        for (int k = 0; k < m; k++) {
            double d = table.events[k];
            double n = table.atRisk[k];
            if (d > 0 && s > 0) {
                boolean last = !(n - d > 1e-12 * n);
                s = last ? 0 : s * (1 - d / n);
                sum += last ? Double.POSITIVE_INFINITY : d / (n * (n - d));
            }
            survival[k] = s;
            greenwood[k] = sum;
        }
    }

    /**
     * The curve of one group.
     *
     * @param outcomes follow-up, 1 row or more
     * @return the estimate; O(n)
     * @throws IllegalArgumentException if there is no row
     */
    public static KaplanMeier of(SurvivalOutcomes outcomes) {
        requireRows(outcomes);
        return of(outcomes, null);
    }

    /**
     * The curve of one group with case weights; standard errors treat a weight as a count.
     *
     * @param outcomes follow-up, 1 row or more
     * @param weights finite, 0 or more, one per row
     * @return the estimate
     * @throws IllegalArgumentException if there is no row, lengths differ or a weight is not
     *     allowed
     */
    public static KaplanMeier weighted(SurvivalOutcomes outcomes, double[] weights) {
        requireRows(outcomes);
        return of(outcomes, checkedWeights(outcomes, weights));
    }

    private static KaplanMeier of(SurvivalOutcomes outcomes, double @Nullable [] weights) {
        TimeGroups groups = TimeGroups.of(outcomes.timeInPlace());
        boolean[] event = outcomes.eventInPlace();
        RiskTable table = RiskTable.of(groups, event, weights);
        return new KaplanMeier(table, groups.merged, event, null, weights);
    }

    /**
     * The curve of one group whose rows enter late: a row is at risk on (entry, time].
     *
     * @param outcomes follow-up, 1 row or more
     * @param entry finite, each below the row's time
     * @return the estimate
     * @throws IllegalArgumentException if there is no row, lengths differ or an entry is not below
     *     its time
     */
    public static KaplanMeier leftTruncated(SurvivalOutcomes outcomes, double[] entry) {
        requireRows(outcomes);
        double[] checked = checkedEntry(outcomes, entry);
        double[][] merged = TiedTimes.merge(outcomes.timeInPlace(), checked);
        boolean[] event = outcomes.eventInPlace();
        RiskTable table = RiskTable.of(merged[0], event, merged[1], null);
        return new KaplanMeier(table, merged[0], event, merged[1], null);
    }

    /**
     * The curve given survival to a time: S(t) / S(time) for later t, 1 before, with Greenwood's
     * variance from that time on. As {@code survfit(start.time = )} of R's survival, which however
     * keeps events at exactly that time.
     *
     * @param time any time
     * @return the curve of the rows still followed after the time
     * @throws IllegalArgumentException if no row is followed beyond the time
     */
    public KaplanMeier conditionalOn(double time) {
        int[] rows = IntStream.range(0, exit.length).filter(i -> exit[i] > time).toArray();
        if (rows.length == 0) {
            throw new IllegalArgumentException(
                    "no row is followed beyond time " + time + "; condition on an earlier one");
        }
        boolean[] happened = new boolean[rows.length];
        for (int k = 0; k < rows.length; k++) {
            happened[k] = event[rows[k]];
        }
        double[] left = Rows.pick(exit, rows);
        double[] late = entry == null ? null : Rows.pick(entry, rows);
        double[] weighed = weights == null ? null : Rows.pick(weights, rows);
        RiskTable later = RiskTable.of(left, happened, late, weighed);
        return new KaplanMeier(later, left, happened, late, weighed);
    }

    static double[] checkedWeights(SurvivalOutcomes outcomes, double[] weights) {
        if (weights.length != outcomes.size()) {
            throw new IllegalArgumentException(
                    "weights has " + weights.length + " rows, outcomes " + outcomes.size());
        }
        for (int i = 0; i < weights.length; i++) {
            if (!(weights[i] >= 0) || weights[i] == Double.POSITIVE_INFINITY) {
                throw new IllegalArgumentException(
                        "weights row "
                                + (i + 1)
                                + ": "
                                + weights[i]
                                + " is not a finite number >= 0");
            }
        }
        return weights.clone();
    }

    static double[] checkedEntry(SurvivalOutcomes outcomes, double[] entry) {
        if (entry.length != outcomes.size()) {
            throw new IllegalArgumentException(
                    "entry has " + entry.length + " rows, outcomes " + outcomes.size());
        }
        for (int i = 0; i < entry.length; i++) {
            if (!(entry[i] < outcomes.time(i)) || entry[i] == Double.NEGATIVE_INFINITY) {
                throw new IllegalArgumentException(
                        "entry row "
                                + (i + 1)
                                + ": "
                                + entry[i]
                                + " is not a finite time below the row's time "
                                + outcomes.time(i));
            }
        }
        return entry.clone();
    }

    private static void requireRows(SurvivalOutcomes outcomes) {
        if (outcomes.size() == 0) {
            throw new IllegalArgumentException("outcomes has no row; a curve needs one or more");
        }
    }

    /**
     * The number of rows.
     *
     * @return rows, not weighted
     */
    public int size() {
        return exit.length;
    }

    /**
     * All distinct times of event or censoring.
     *
     * @return ascending; the other arrays of this class follow it
     */
    public double[] times() {
        return table.time.clone();
    }

    /**
     * Weight at risk just before each time.
     *
     * @return as long as {@link #times()}
     */
    public double[] atRisk() {
        return table.atRisk.clone();
    }

    /**
     * Weight with an event at each time.
     *
     * @return as long as {@link #times()}
     */
    public double[] events() {
        return table.events.clone();
    }

    /**
     * Weight censored at each time.
     *
     * @return as long as {@link #times()}
     */
    public double[] censored() {
        return table.censored.clone();
    }

    /**
     * S(t) from each time on.
     *
     * @return as long as {@link #times()}, falling from at most 1
     */
    public double[] survival() {
        return survival.clone();
    }

    /**
     * Greenwood's standard error of S at each time.
     *
     * @return as long as {@link #times()}; NaN where S is 0
     */
    public double[] standardErrors() {
        double[] se = new double[survival.length];
        for (int k = 0; k < se.length; k++) {
            se[k] = standardError(k);
        }
        return se;
    }

    /**
     * The infinitesimal jackknife standard error of S at each time, for weights that are not
     * counts: S times the root of the sum over rows of the squared, weighted influence on log S.
     * For unit weights it equals Greenwood's. It is {@code std.err} of {@code survfit(robust =
     * TRUE)} in R's survival, which then holds the error of S, not of log S.
     *
     * @return as long as {@link #times()}; NaN where S is 0
     */
    public double[] robustStandardErrors() {
        int m = table.size();
        double[] hazard = new double[m + 1];
        double[] jump = new double[m];
        for (int k = 0; k < m; k++) {
            double d = table.events[k];
            double n = table.atRisk[k];
            hazard[k + 1] = hazard[k] + (d > 0 ? d / (n * (n - d)) : 0);
            jump[k] = d > 0 ? 1 / (n - d) : 0;
        }
        // rows still at risk have influence H(entry) - H(t): kept as sums of w^2, w^2 H, w^2 H^2
        double[] w0 = new double[m + 1];
        double[] w1 = new double[m + 1];
        double[] w2 = new double[m + 1];
        double[] settled = new double[m + 1];
        for (int i = 0; i < exit.length; i++) {
            double w = weights == null ? 1 : weights[i];
            int leaves = Arrays.binarySearch(table.time, exit[i]);
            int from = 0;
            if (entry != null) {
                int at = Arrays.binarySearch(table.time, entry[i]);
                from = at >= 0 ? at + 1 : -at - 1;
            }
            double h = hazard[from];
            for (int sign = 1, at = from; sign >= -1; sign -= 2, at = leaves) {
                w0[at] += sign * w * w;
                w1[at] += sign * w * w * h;
                w2[at] += sign * w * w * h * h;
            }
            double u = (event[i] ? jump[leaves] : 0) - (hazard[leaves + 1] - h);
            settled[leaves] += w * w * u * u;
        }
        double[] se = new double[m];
        double a = 0;
        double b = 0;
        double c = 0;
        double done = 0;
        for (int k = 0; k < m; k++) {
            a += w0[k];
            b += w1[k];
            c += w2[k];
            done += settled[k];
            double h = hazard[k + 1];
            double open = Math.max(0, a * h * h - 2 * b * h + c);
            se[k] = survival[k] == 0 ? Double.NaN : survival[k] * Math.sqrt(open + done);
        }
        return se;
    }

    /**
     * The lower limits of S at each time.
     *
     * @param scale where the limits are symmetric
     * @param level confidence level in (0, 1)
     * @return as long as {@link #times()}; NaN where undefined
     */
    public double[] lower(ConfidenceScale scale, double level) {
        double z = Normal.twoSided(level);
        double[] limits = new double[survival.length];
        for (int k = 0; k < limits.length; k++) {
            limits[k] = scale.lower(survival[k], standardError(k), z);
        }
        return limits;
    }

    /**
     * The upper limits of S at each time.
     *
     * @param scale where the limits are symmetric
     * @param level confidence level in (0, 1)
     * @return as long as {@link #times()}; NaN where undefined
     */
    public double[] upper(ConfidenceScale scale, double level) {
        double z = Normal.twoSided(level);
        double[] limits = new double[survival.length];
        for (int k = 0; k < limits.length; k++) {
            limits[k] = scale.upper(survival[k], standardError(k), z);
        }
        return limits;
    }

    /**
     * S(t) at a time.
     *
     * @param time any time; the last value is carried forward
     * @return in [0, 1]
     */
    public double survivalAt(double time) {
        int k = indexAt(time);
        return k < 0 ? 1 : survival[k];
    }

    /**
     * S just before a time.
     *
     * @param time any time
     * @return in [0, 1]
     */
    public double survivalBefore(double time) {
        int at = Arrays.binarySearch(table.time, time);
        int k = at >= 0 ? at - 1 : -at - 2;
        return k < 0 ? 1 : survival[k];
    }

    /**
     * S(t) with limits.
     *
     * @param time any time; the last value is carried forward
     * @param scale where the limits are symmetric
     * @param level confidence level in (0, 1)
     * @return the interval; limits NaN where S is 0
     */
    public Interval survivalAt(double time, ConfidenceScale scale, double level) {
        double z = Normal.twoSided(level);
        double s = survivalAt(time);
        double se = standardErrorAt(time);
        return new Interval(
                s, scale.lower(s, se, z), scale.upper(s, se, z), "Greenwood, " + named(scale));
    }

    /**
     * Greenwood's standard error of S at a time.
     *
     * @param time any time
     * @return 0 before the first event, NaN where S is 0
     */
    public double standardErrorAt(double time) {
        int k = indexAt(time);
        return k < 0 ? 0 : standardError(k);
    }

    /**
     * Weight at risk just before a time: the row under a plotted curve.
     *
     * @param time any time
     * @return rows (or weight) with entry before and follow-up not before the time
     */
    public double atRisk(double time) {
        double sum = 0;
        for (int i = 0; i < exit.length; i++) {
            if (exit[i] >= time && (entry == null || entry[i] < time)) {
                sum += weights == null ? 1 : weights[i];
            }
        }
        return sum;
    }

    /**
     * Nelson-Aalen's cumulative hazard, the sum of d/n.
     *
     * @return as long as {@link #times()}
     */
    public double[] nelsonAalen() {
        double[] hazard = new double[table.size()];
        double sum = 0;
        for (int k = 0; k < hazard.length; k++) {
            sum += table.events[k] > 0 ? table.events[k] / table.atRisk[k] : 0;
            hazard[k] = sum;
        }
        return hazard;
    }

    /**
     * Nelson-Aalen's cumulative hazard at a time.
     *
     * @param time any time; the last value is carried forward
     * @return 0 before the first event
     */
    public double nelsonAalenAt(double time) {
        int k = indexAt(time);
        return k < 0 ? 0 : nelsonAalen()[k];
    }

    /**
     * The standard error of {@link #nelsonAalen()} in the Poisson form, root of the sum of d/n^2.
     *
     * @return as long as {@link #times()}
     */
    public double[] nelsonAalenStandardErrors() {
        double[] se = new double[table.size()];
        double sum = 0;
        for (int k = 0; k < se.length; k++) {
            double n = table.atRisk[k];
            sum += table.events[k] > 0 ? table.events[k] / (n * n) : 0;
            se[k] = Math.sqrt(sum);
        }
        return se;
    }

    /**
     * Fleming and Harrington's cumulative hazard: tied events leave one after the other, 1/n +
     * 1/(n-1) + ...
     *
     * @return as long as {@link #times()}
     */
    public double[] flemingHarrington() {
        double[] hazard = new double[table.size()];
        double sum = 0;
        for (int k = 0; k < hazard.length; k++) {
            int d = table.eventRows[k];
            double each = table.events[k] / Math.max(1, d);
            for (int l = 0; l < d; l++) {
                sum += each / (table.atRisk[k] - l * each);
            }
            hazard[k] = sum;
        }
        return hazard;
    }

    /**
     * The time by which a share of the cohort has had the event: the first time at which S is below
     * 1 - p, or, where S equals 1 - p over an interval, the interval's midpoint. Limits invert the
     * limits of the curve by the same rule.
     *
     * @param p share in (0, 1), 0.5 for the median
     * @param scale where the limits are symmetric
     * @param level confidence level in (0, 1)
     * @return the time; NaN where the curve or its limit does not come so low
     * @throws IllegalArgumentException if p is outside (0, 1)
     */
    public Interval quantile(double p, ConfidenceScale scale, double level) {
        if (!(p > 0 && p < 1)) {
            throw new IllegalArgumentException("p " + p + " is outside (0, 1)");
        }
        return new Interval(
                crossing(survival, 1 - p),
                crossing(lower(scale, level), 1 - p),
                crossing(upper(scale, level), 1 - p),
                "inverted " + named(scale) + " limits");
    }

    /**
     * The median time with log limits at 95 %.
     *
     * @return the time; NaN where not reached
     */
    public Interval median() {
        return quantile(0.5, ConfidenceScale.LOG, 0.95);
    }

    /**
     * The restricted mean: the area under S up to a time, the last value carried forward.
     *
     * @param tau end of the area, positive
     * @return the area with its normal 95 % limits
     * @throws IllegalArgumentException if tau is not positive
     */
    public Interval restrictedMean(double tau) {
        double area = area(tau);
        double half = Normal.twoSided(0.95) * restrictedMeanStandardError(tau);
        return new Interval(area, area - half, area + half, "restricted mean, Greenwood");
    }

    /**
     * The standard error of {@link #restrictedMean(double)}: root of the sum over events of the
     * squared remaining area times d/(n(n-d)).
     *
     * @param tau end of the area, positive
     * @return standard error
     * @throws IllegalArgumentException if tau is not positive
     */
    public double restrictedMeanStandardError(double tau) {
        double whole = area(tau);
        double before = 0;
        double last = 0;
        double s = 1;
        double sum = 0;
        for (int k = 0; k < table.size() && table.time[k] <= tau; k++) {
            before += s * (table.time[k] - last);
            last = table.time[k];
            double increment = greenwood[k] - (k == 0 ? 0 : greenwood[k - 1]);
            if (increment > 0 && increment < Double.POSITIVE_INFINITY) {
                double remaining = whole - before;
                sum += remaining * remaining * increment;
            }
            s = survival[k];
        }
        return Math.sqrt(sum);
    }

    /**
     * The difference of the restricted means of two independent groups.
     *
     * @param other the group to compare with
     * @param tau end of the area, positive
     * @return this less other, with its normal 95 % limits
     * @throws IllegalArgumentException if tau is not positive
     */
    public Interval restrictedMeanDifference(KaplanMeier other, double tau) {
        double difference = area(tau) - other.area(tau);
        double half =
                Normal.twoSided(0.95)
                        * Math.hypot(
                                restrictedMeanStandardError(tau),
                                other.restrictedMeanStandardError(tau));
        return new Interval(
                difference,
                difference - half,
                difference + half,
                "difference of restricted means, Greenwood");
    }

    private double area(double tau) {
        if (!(tau > 0)) {
            throw new IllegalArgumentException("tau " + tau + " is not positive");
        }
        double area = 0;
        double last = 0;
        double s = 1;
        for (int k = 0; k < table.size() && table.time[k] < tau; k++) {
            area += s * (table.time[k] - last);
            last = table.time[k];
            s = survival[k];
        }
        return area + s * (tau - last);
    }

    /**
     * The time of the highest value below the target, or the middle between it and the first value
     * that equals the target. Limits of a left-truncated curve need not fall everywhere; the rule
     * then is that of {@code quantile.survfit}.
     */
    private double crossing(double[] curve, double target) {
        int equal = highest(curve, target + LEVEL_TOLERANCE);
        int below = highest(curve, target - LEVEL_TOLERANCE);
        if (below >= 0) {
            return (table.time[equal] + table.time[below]) / 2;
        }
        double last = curve[curve.length - 1];
        return Math.abs(last - target) < LEVEL_TOLERANCE
                ? (table.time[equal] + table.time[curve.length - 1]) / 2
                : Double.NaN;
    }

    private static int highest(double[] curve, double bound) {
        int best = -1;
        for (int k = 0; k < curve.length; k++) {
            if (curve[k] < bound && (best < 0 || curve[k] > curve[best])) {
                best = k;
            }
        }
        return best;
    }

    private double standardError(int k) {
        return survival[k] == 0 ? Double.NaN : survival[k] * Math.sqrt(greenwood[k]);
    }

    private int indexAt(double time) {
        int at = Arrays.binarySearch(table.time, time);
        return at >= 0 ? at : -at - 2;
    }

    private static String named(ConfidenceScale scale) {
        return switch (scale) {
            case LOG -> "log";
            case LOG_LOG -> "log-log";
            case PLAIN -> "plain";
        };
    }
}
