// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.survival.deep;

import io.github.livermm.core.TrainingException;
import io.github.livermm.eval.SurvivalOutcomes;
import java.util.Arrays;

/**
 * Follow-up cut into K intervals (0, c1], (c1, c2] ... that hold about equally many events; the
 * last ends with the last event. Cut them on the training patients of a fold only.
 *
 * <p>Within an interval the hazard of a patient is constant, so S(t) = S(c_{k-1}) (1 - h_k)^f with
 * f the share of the interval that has passed at t. The same rule makes the likelihood: a patient
 * censored at share f of an interval contributes (1 - h_k)^f, one with an event h_k.
 *
 * @since 0.1.0
 */
public final class TimeIntervals {
    private final double[] ends;

    private TimeIntervals(double[] ends) {
        this.ends = ends;
    }

    /**
     * Intervals that end at quantiles of the event times.
     *
     * @param outcomes follow-up of training patients
     * @param count number of intervals, at least 1
     * @return the intervals
     * @throws TrainingException if there are fewer distinct positive event times than intervals
     * @throws IllegalArgumentException if count is below 1
     */
    public static TimeIntervals ofEventQuantiles(SurvivalOutcomes outcomes, int count) {
        if (count < 1) {
            throw new IllegalArgumentException("count is " + count + ", allowed is at least 1");
        }
        double[] times = new double[outcomes.events()];
        int m = 0;
        for (int i = 0; i < outcomes.size(); i++) {
            if (outcomes.event(i) && outcomes.time(i) > 0) {
                times[m++] = outcomes.time(i);
            }
        }
        times = Arrays.copyOf(times, m);
        Arrays.sort(times);
        double[] distinct = Arrays.stream(times).distinct().toArray();
        if (distinct.length < count) {
            throw new TrainingException(
                    distinct.length
                            + " distinct event times allow no "
                            + count
                            + " intervals; ask for fewer, or enlarge the study");
        }
        double[] ends = quantiles(times, count);
        if (Arrays.stream(ends).distinct().count() < count) {
            // heavy ties: equally many distinct times instead of equally many events
            ends = quantiles(distinct, count);
        }
        return new TimeIntervals(ends);
    }

    /**
     * Intervals from their ends.
     *
     * @param ends positive, finite, strictly ascending, at least one
     * @return the intervals
     * @throws IllegalArgumentException if the ends are not of that form
     */
    public static TimeIntervals of(double[] ends) {
        double last = 0;
        for (double end : ends) {
            if (!(end > last) || end == Double.POSITIVE_INFINITY) {
                throw new IllegalArgumentException(
                        "ends "
                                + Arrays.toString(ends)
                                + " must be positive, finite and strictly ascending");
            }
            last = end;
        }
        if (ends.length == 0) {
            throw new IllegalArgumentException("there is no end, at least 1 is needed");
        }
        return new TimeIntervals(ends.clone());
    }

    private static double[] quantiles(double[] sorted, int count) {
        double[] ends = new double[count];
        for (int k = 1; k <= count; k++) {
            ends[k - 1] = sorted[(int) ((long) k * sorted.length + count - 1) / count - 1];
        }
        return ends;
    }

    /**
     * The number of intervals.
     *
     * @return at least 1
     */
    public int count() {
        return ends.length;
    }

    /**
     * The ends of the intervals.
     *
     * @return a copy, ascending
     */
    public double[] ends() {
        return ends.clone();
    }

    /** The interval that holds a time, from 0; {@link #count()} after the last. */
    int indexOf(double time) {
        int at = Arrays.binarySearch(ends, time);
        return at >= 0 ? at : -at - 1;
    }

    /** The share of interval k that has passed at a time, in [0, 1]. */
    double passed(int k, double time) {
        double start = k == 0 ? 0 : ends[k - 1];
        return Math.min(1, Math.max(0, (time - start) / (ends[k] - start)));
    }

    /**
     * A patient's label for {@link DiscreteHazardLoss}: for each interval the share under
     * observation (1 in that of the event), then for each interval whether the event happened in
     * it. An event after the last end counts as censored there.
     *
     * @param time follow-up, at least 0
     * @param event whether it ended with the event
     * @return 2 K values
     */
    public float[] label(double time, boolean event) {
        float[] label = new float[2 * ends.length];
        int at = indexOf(time);
        for (int k = 0; k < ends.length && k <= at; k++) {
            boolean here = event && k == at;
            label[k] = here ? 1 : (float) passed(k, time);
            label[ends.length + k] = here ? 1 : 0;
        }
        return label;
    }

    /**
     * The log of the cumulative hazard up to the end of the last interval: one number to rank
     * patients by.
     *
     * @param logits of the interval hazards
     * @return log(-log S(end))
     */
    public static double logCumulativeHazard(double[] logits) {
        return Math.log(Arrays.stream(logits).map(TimeIntervals::log1pExp).sum());
    }

    /**
     * The cumulative hazard -log S(t); O(K).
     *
     * @param logits of the interval hazards
     * @param time any time; flat after the last interval
     * @return at least 0; NaN for a NaN time
     */
    public double cumulativeHazard(double[] logits, double time) {
        if (Double.isNaN(time)) {
            return Double.NaN;
        }
        double sum = 0;
        for (int k = 0; k < ends.length; k++) {
            double passed = passed(k, time);
            if (passed == 0) {
                break;
            }
            sum += passed * log1pExp(logits[k]);
        }
        return sum;
    }

    /** log(1 + exp(z)) without overflow; -log(1 - h) for logit hazard z. */
    static double log1pExp(double z) {
        return Math.max(z, 0) + Math.log1p(Math.exp(-Math.abs(z)));
    }
}
