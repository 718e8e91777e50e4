// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.eval.study;

import io.github.livermm.eval.CompetingOutcomes;
import io.github.livermm.eval.Interval;
import io.github.livermm.eval.SurvivalOutcomes;

/**
 * Outcomes beside a score, of a yes-or-no target or of a time-to-event endpoint, with the four
 * figures that centres and subgroups are compared by: events, discrimination, observed over
 * expected and calibration slope. Use it to run one study-level analysis on both kinds of target;
 * for everything about one target see {@link io.github.livermm.eval.BinaryEvaluation} and {@link
 * io.github.livermm.eval.SurvivalEvaluation}.
 *
 * @since 0.1.0
 */
public abstract sealed class Scored permits BinaryScored, SurvivalScored {
    static final double Z = 1.959963984540054;
    static final double LEVEL = 0.95;

    Scored() {}

    /**
     * A yes-or-no target.
     *
     * @param positive the truth of each row
     * @param score higher for positive; figures of calibration are defined when every score lies in
     *     [0, 1]
     * @return the rows
     * @throws IllegalArgumentException when lengths differ or a score is not finite
     */
    public static Scored binary(boolean[] positive, double[] score) {
        return new BinaryScored(positive, score);
    }

    /**
     * An endpoint with a risk but no probability: calibration is undefined.
     *
     * @param outcomes follow-up
     * @param risk higher = worse
     * @return the rows
     * @throws IllegalArgumentException when lengths differ or a risk is not finite
     */
    public static Scored survival(SurvivalOutcomes outcomes, double[] risk) {
        double[] none = new double[risk.length];
        java.util.Arrays.fill(none, Double.NaN);
        return new SurvivalScored(CompetingOutcomes.of(outcomes), risk, Double.NaN, none);
    }

    /**
     * An endpoint, possibly with competing events, with the probability of the event by a horizon.
     *
     * @param outcomes follow-up with causes; cause 1 is the event of interest
     * @param risk higher = worse
     * @param horizon the horizon, in the unit of follow-up; {@code NaN} for none
     * @param probability of the event by the horizon, in [0, 1]; {@code NaN} where there is none
     * @return the rows
     * @throws IllegalArgumentException when lengths differ or a risk is not finite
     */
    public static Scored survival(
            CompetingOutcomes outcomes, double[] risk, double horizon, double[] probability) {
        return new SurvivalScored(outcomes, risk, horizon, probability);
    }

    /**
     * The number of rows.
     *
     * @return at least 0
     */
    public abstract int size();

    /**
     * The number of positive rows, or of events of interest.
     *
     * @return in [0, size]
     */
    public abstract int events();

    /**
     * Some of the rows.
     *
     * @param rows row numbers, with repetition when wanted
     * @return those rows in that order
     */
    public abstract Scored select(int[] rows);

    /**
     * AUC with DeLong's logit limits, or Harrell's C with limits by the infinitesimal jackknife.
     * With competing events C is that of Wolbers et al. (2009), doi:10.1097/EDE.0b013e3181a39056: a
     * row with a competing event outlives everybody.
     *
     * @return the figure; {@code NaN} with one class or no comparable pair
     */
    public abstract Interval discrimination();

    /**
     * The standard error of {@link #discrimination()}.
     *
     * @return at least 0, or {@code NaN}
     */
    public abstract double standardError();

    /**
     * Observed over expected events, limits on the log scale; of an endpoint at its horizon.
     *
     * @return the ratio, 1 when right; {@code NaN} without probabilities or events
     */
    public abstract Interval observedToExpected();

    /**
     * The calibration slope, of an endpoint at its horizon.
     *
     * @return the slope, 1 when right; {@code NaN} without probabilities or when they do not vary
     */
    public abstract Interval slope();

    /** Whether the row counts as an event. */
    abstract boolean event(int row);

    /** The score on the scale of the linear predictor. */
    abstract double[] linearPredictor();

    /** Log-likelihood of a logistic or Cox regression on these columns; NaN when it diverges. */
    abstract double logLikelihood(double[][] x);

    /** Whether a level where everybody has the same outcome tells nothing. */
    abstract boolean informative();

    static void requireFinite(String name, int rows, double[] values) {
        if (values.length != rows) {
            throw new IllegalArgumentException(
                    "outcomes have " + rows + " rows, " + name + " has " + values.length);
        }
        for (int i = 0; i < rows; i++) {
            if (!Double.isFinite(values[i])) {
                throw new IllegalArgumentException(
                        name + " row " + i + " is " + values[i] + "; leave the row out");
            }
        }
    }

    static double[] pick(double[] values, int[] rows) {
        double[] picked = new double[rows.length];
        for (int i = 0; i < rows.length; i++) {
            picked[i] = values[rows[i]];
        }
        return picked;
    }

    static boolean[] pick(boolean[] values, int[] rows) {
        boolean[] picked = new boolean[rows.length];
        for (int i = 0; i < rows.length; i++) {
            picked[i] = values[rows[i]];
        }
        return picked;
    }
}
