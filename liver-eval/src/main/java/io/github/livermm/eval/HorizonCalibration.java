// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.eval;

import io.github.livermm.eval.cox.CoxData;
import io.github.livermm.eval.cox.CoxFit;
import io.github.livermm.eval.cox.CoxRegression;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Whether predicted risks of an event by one horizon are right in size, from censored follow-up:
 * observed against expected, slope, a smooth recalibration curve with its integrated calibration
 * index (ICI), and groups.
 *
 * <p>The slope is the coefficient of log(-log(1 - risk)) in a Cox model (1 = right spread, below 1
 * = too extreme). The smooth curve is the Cox model on a restricted cubic spline of the same with 3
 * knots at its 10, 50 and 90 % quantiles; ICI, E50, E90 and Emax are the mean, median, 90 %
 * quantile and maximum of |risk - recalibrated risk| over the patients. Risks are moved into [1e-8,
 * 1 - 1e-8] for the logarithms. What has no finite estimate is NaN: no event, constant risk, fewer
 * than 3 distinct knots, a horizon after the last time of follow-up.
 *
 * <p>Reference: Austin PC, Harrell FE, van Klaveren D (2020), Graphical calibration curves and the
 * integrated calibration index (ICI) for survival models, doi:10.1002/sim.8570.
 *
 * @since 0.1.0
 */
public final class HorizonCalibration {
    private static final double EDGE = 1e-8;

    private final double horizon;
    private final double observed;
    private final double observedStandardError;
    private final double meanRisk;
    private final double slope;
    private final double slopeStandardError;
    private final double[] risk;
    private final double[] recalibrated;
    private final SurvivalOutcomes outcomes;

    private HorizonCalibration(SurvivalOutcomes outcomes, double[] risk, double horizon) {
        this.outcomes = outcomes;
        this.risk = risk;
        this.horizon = horizon;
        boolean reached = outcomes.size() > 0 && horizon <= outcomes.lastTime();
        if (reached) {
            KaplanMeier curve = KaplanMeier.of(outcomes);
            observed = 1 - curve.survivalAt(horizon);
            observedStandardError = curve.standardErrorAt(horizon);
        } else {
            observed = Double.NaN;
            observedStandardError = Double.NaN;
        }
        meanRisk = Arrays.stream(risk).average().orElse(Double.NaN);
        double[] z = new double[risk.length];
        for (int i = 0; i < z.length; i++) {
            double inside = Math.min(1 - EDGE, Math.max(EDGE, risk[i]));
            z[i] = Math.log(-Math.log1p(-inside));
        }
        double[][] linear = new double[z.length][];
        for (int i = 0; i < z.length; i++) {
            linear[i] = new double[] {z[i]};
        }
        CoxFit line = reached ? fit(outcomes, linear) : null;
        slope = line == null ? Double.NaN : line.coefficients()[0];
        slopeStandardError = line == null ? Double.NaN : line.standardErrors()[0];
        recalibrated = new double[risk.length];
        if (!reached || !smooth(outcomes, z, horizon, recalibrated)) {
            Arrays.fill(recalibrated, Double.NaN);
        }
    }

    /**
     * Calibration of risks at a horizon.
     *
     * @param outcomes follow-up
     * @param risk probability of the event by the horizon per row, in [0, 1]
     * @param horizon time, positive
     * @return the calibration; O(n log n)
     * @throws IllegalArgumentException if lengths differ, a risk is outside [0, 1] or the horizon
     *     is not positive
     */
    public static HorizonCalibration of(SurvivalOutcomes outcomes, double[] risk, double horizon) {
        Rows.requireSameLength("outcomes", outcomes.size(), "risk", risk.length);
        Rows.requireProbabilities("risk", risk);
        if (!(horizon > 0)) {
            throw new IllegalArgumentException("horizon " + horizon + " is not positive");
        }
        return new HorizonCalibration(outcomes, risk.clone(), horizon);
    }

    /** A converged fit with a finite estimate in every column, or null. */
    private static @Nullable CoxFit fit(SurvivalOutcomes outcomes, double[][] x) {
        if (outcomes.events() == 0) {
            return null;
        }
        CoxFit fit = CoxRegression.fit(CoxData.of(outcomes, x));
        boolean finite = fit.status() == CoxFit.Status.CONVERGED;
        for (double coefficient : fit.coefficients()) {
            finite &= Double.isFinite(coefficient);
        }
        return finite ? fit : null;
    }

    private static boolean smooth(
            SurvivalOutcomes outcomes, double[] z, double horizon, double[] recalibrated) {
        double[] sorted = z.clone();
        Arrays.sort(sorted);
        double[] knot = {
            Quantile.ofSorted(sorted, 0.1),
            Quantile.ofSorted(sorted, 0.5),
            Quantile.ofSorted(sorted, 0.9)
        };
        if (!(knot[0] < knot[1] && knot[1] < knot[2])) {
            return false;
        }
        double[][] x = new double[z.length][];
        for (int i = 0; i < z.length; i++) {
            x[i] = new double[] {z[i], curvature(z[i], knot)};
        }
        CoxFit fit = fit(outcomes, x);
        if (fit == null) {
            return false;
        }
        for (int i = 0; i < z.length; i++) {
            recalibrated[i] = 1 - fit.survival(x[i], horizon);
        }
        return true;
    }

    /** The one non-linear term of a restricted cubic spline with 3 knots. */
    private static double curvature(double z, double[] knot) {
        double spread = knot[2] - knot[0];
        double outer = knot[2] - knot[1];
        double a = cube(z - knot[0]);
        double b = cube(z - knot[1]) * (knot[2] - knot[0]) / outer;
        double c = cube(z - knot[2]) * (knot[1] - knot[0]) / outer;
        return (a - b + c) / (spread * spread);
    }

    private static double cube(double x) {
        return x > 0 ? x * x * x : 0;
    }

    /**
     * The observed risk by the horizon.
     *
     * @return 1 - Kaplan-Meier; NaN after the last time of follow-up
     */
    public double observed() {
        return observed;
    }

    /**
     * Greenwood's standard error of {@link #observed()}.
     *
     * @return standard error
     */
    public double observedStandardError() {
        return observedStandardError;
    }

    /**
     * The mean predicted risk.
     *
     * @return in [0, 1]
     */
    public double meanRisk() {
        return meanRisk;
    }

    /**
     * Observed over expected with log-scale 95 % limits by Greenwood's error.
     *
     * @return 1 = right on average, above 1 = risks are too low; NaN where undefined, limits NaN
     *     without events
     */
    public Interval observedToExpected() {
        double ratio = observed / meanRisk;
        double half = Normal.twoSided(0.95) * observedStandardError / observed;
        return new Interval(
                ratio, ratio * Math.exp(-half), ratio * Math.exp(half), "log scale, Greenwood");
    }

    /**
     * The calibration slope with Wald's 95 % limits.
     *
     * @return 1 = right spread, below 1 = risks are too extreme
     */
    public Interval slope() {
        double half = Normal.twoSided(0.95) * slopeStandardError;
        return new Interval(slope, slope - half, slope + half, "Cox on log(-log(1-risk)), Wald");
    }

    /**
     * The standard error of the slope.
     *
     * @return standard error
     */
    public double slopeStandardError() {
        return slopeStandardError;
    }

    /**
     * The recalibrated risk of each row: the points of the smooth calibration curve.
     *
     * @return as long as the risks; NaN where the curve is undefined
     */
    public double[] recalibrated() {
        return recalibrated.clone();
    }

    /**
     * The integrated calibration index: mean |risk - recalibrated risk|.
     *
     * @return 0 or more; NaN where the curve is undefined
     */
    public double ici() {
        return Arrays.stream(errors()).average().orElse(Double.NaN);
    }

    /**
     * The median of |risk - recalibrated risk|.
     *
     * @return 0 or more; NaN where the curve is undefined
     */
    public double e50() {
        return Quantile.ofSorted(errors(), 0.5);
    }

    /**
     * The 90 % quantile of |risk - recalibrated risk|.
     *
     * @return 0 or more; NaN where the curve is undefined
     */
    public double e90() {
        return Quantile.ofSorted(errors(), 0.9);
    }

    /**
     * The largest |risk - recalibrated risk|.
     *
     * @return 0 or more; NaN where the curve is undefined
     */
    public double eMax() {
        double[] errors = errors();
        return errors.length == 0 ? Double.NaN : errors[errors.length - 1];
    }

    private double[] errors() {
        double[] errors = new double[risk.length];
        for (int i = 0; i < errors.length; i++) {
            errors[i] = Math.abs(risk[i] - recalibrated[i]);
        }
        Arrays.sort(errors);
        return errors;
    }

    /**
     * Groups of equal size by predicted risk: the points of a grouped calibration plot.
     *
     * @param count how many; fewer come back where quantiles coincide
     * @return groups from the lowest risk up, cut at the quantiles of type 7, intervals closed on
     *     the right
     * @throws IllegalArgumentException if count is below 1
     */
    public List<Group> groups(int count) {
        if (count < 1) {
            throw new IllegalArgumentException("count " + count + " is below 1");
        }
        List<Group> groups = new ArrayList<>();
        double[] sorted = risk.clone();
        Arrays.sort(sorted);
        double above = Double.NEGATIVE_INFINITY;
        for (int g = 1; g <= count && risk.length > 0; g++) {
            double cut = Quantile.ofSorted(sorted, (double) g / count);
            int[] rows = between(above, cut);
            if (rows.length > 0) {
                groups.add(group(rows));
            }
            above = cut;
        }
        return groups;
    }

    private Group group(int[] rows) {
        SurvivalOutcomes part = outcomes.select(rows);
        KaplanMeier curve = KaplanMeier.of(part);
        double mean = Arrays.stream(rows).mapToDouble(i -> risk[i]).average().orElse(Double.NaN);
        int events = 0;
        for (int k = 0; k < rows.length; k++) {
            events += part.event(k) && part.time(k) <= horizon ? 1 : 0;
        }
        return new Group(
                rows.length,
                events,
                mean,
                1 - curve.survivalAt(horizon),
                curve.standardErrorAt(horizon));
    }

    /**
     * Greenwood, Nam and D'Agostino's test over groups: the sum of (observed - mean risk)^2 over
     * Greenwood's variance, with groups - 1 degrees of freedom. A group without events by the
     * horizon makes it infinite; {@link #mergedGroups} avoids that.
     *
     * @param groups groups of this calibration
     * @return the statistic, p beside it in {@link Fit}
     */
    public static Fit test(List<Group> groups) {
        double sum = 0;
        for (Group group : groups) {
            double distance = group.observed() - group.meanRisk();
            sum += distance * distance / (group.standardError() * group.standardError());
        }
        int df = Math.max(0, groups.size() - 1);
        return new Fit(sum, df, ChiSquared.upper(sum, df));
    }

    /**
     * Groups merged from the lowest risk up until each has enough events by the horizon, a
     * remainder joining the last one, as Demler and others (2015) advise for the test.
     *
     * @param count groups before merging
     * @param fewestEvents events that each group must have, 5 in that paper
     * @return merged groups
     */
    public List<Group> mergedGroups(int count, int fewestEvents) {
        double[] sorted = risk.clone();
        Arrays.sort(sorted);
        List<int[]> merged = new ArrayList<>();
        double from = Double.NEGATIVE_INFINITY;
        for (int g = 1; g <= count && risk.length > 0; g++) {
            double cut = Quantile.ofSorted(sorted, (double) g / count);
            int[] rows = between(from, cut);
            if (rows.length > 0 && group(rows).events() >= fewestEvents) {
                merged.add(rows);
                from = cut;
            }
        }
        int[] rest = between(from, Double.POSITIVE_INFINITY);
        if (rest.length > 0) {
            int[] last = merged.isEmpty() ? new int[0] : merged.remove(merged.size() - 1);
            int[] all = Arrays.copyOf(last, last.length + rest.length);
            System.arraycopy(rest, 0, all, last.length, rest.length);
            merged.add(all);
        }
        return merged.stream().map(this::group).toList();
    }

    private int[] between(double from, double to) {
        return IntStream.range(0, risk.length)
                .filter(i -> risk[i] > from && risk[i] <= to)
                .toArray();
    }

    /**
     * One group of patients of similar risk.
     *
     * @param n patients
     * @param events events by the horizon
     * @param meanRisk mean predicted risk
     * @param observed 1 - Kaplan-Meier at the horizon
     * @param standardError Greenwood's standard error of it
     * @since 0.1.0
     */
    public record Group(
            int n, int events, double meanRisk, double observed, double standardError) {}

    /**
     * A goodness-of-fit test.
     *
     * @param statistic chi-squared
     * @param degreesOfFreedom groups - 1
     * @param p upper tail
     * @since 0.1.0
     */
    public record Fit(double statistic, int degreesOfFreedom, double p) {}
}
