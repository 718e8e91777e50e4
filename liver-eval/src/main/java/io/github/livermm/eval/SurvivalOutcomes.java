// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.eval;

import java.util.Arrays;

/**
 * Right-censored follow-up of a cohort: for each patient the time under observation and whether the
 * event happened then. Use it wherever a statistic needs outcome pairs; rows keep their order. It
 * holds no entry times and no weights: the statistics that know them take them beside it.
 *
 * <p>Instances are immutable; arrays are copied at the door.
 *
 * @since 0.1.0
 */
public final class SurvivalOutcomes {
    private final double[] time;
    private final boolean[] event;
    private final int events;

    private SurvivalOutcomes(double[] time, boolean[] event) {
        this.time = time;
        this.event = event;
        int count = 0;
        for (boolean happened : event) {
            if (happened) {
                count++;
            }
        }
        this.events = count;
    }

    /**
     * Outcomes from two arrays of equal length.
     *
     * @param time follow-up time per patient, finite and not negative, any one unit
     * @param event whether the event happened at that time (false = censored)
     * @return the outcomes, in the given order
     * @throws IllegalArgumentException if the lengths differ or a time is negative, NaN or infinite
     */
    public static SurvivalOutcomes of(double[] time, boolean[] event) {
        if (time.length != event.length) {
            throw new IllegalArgumentException(
                    "time has "
                            + time.length
                            + " rows but event has "
                            + event.length
                            + "; give one event per time");
        }
        for (int i = 0; i < time.length; i++) {
            if (!(time[i] >= 0) || time[i] == Double.POSITIVE_INFINITY) {
                throw new IllegalArgumentException(
                        "time row "
                                + (i + 1)
                                + ": "
                                + time[i]
                                + " is not a finite number >= 0; leave the patient out or mend the"
                                + " time");
            }
        }
        return new SurvivalOutcomes(time.clone(), event.clone());
    }

    /**
     * Outcomes with the event coded 0 (censored) or 1 (happened).
     *
     * @param time follow-up time per patient, finite and not negative
     * @param event 0 or 1 per patient
     * @return the outcomes, in the given order
     * @throws IllegalArgumentException if the lengths differ, a time is not allowed or an event is
     *     neither 0 nor 1
     */
    public static SurvivalOutcomes of(double[] time, int[] event) {
        boolean[] happened = new boolean[event.length];
        for (int i = 0; i < event.length; i++) {
            if (event[i] != 0 && event[i] != 1) {
                throw new IllegalArgumentException(
                        "event row "
                                + (i + 1)
                                + ": "
                                + event[i]
                                + " is neither 0 (censored) nor 1 (event)");
            }
            happened[i] = event[i] == 1;
        }
        return of(time, happened);
    }

    /**
     * The number of patients.
     *
     * @return rows, 0 or more
     */
    public int size() {
        return time.length;
    }

    /**
     * The number of events.
     *
     * @return events, 0 to {@link #size()}
     */
    public int events() {
        return events;
    }

    /**
     * The follow-up time of one patient.
     *
     * @param row patient, from 0
     * @return time, finite and not negative
     */
    public double time(int row) {
        return time[row];
    }

    /**
     * Whether the event of one patient happened.
     *
     * @param row patient, from 0
     * @return true for an event, false for a censored patient
     */
    public boolean event(int row) {
        return event[row];
    }

    /**
     * All times.
     *
     * @return a copy, in row order
     */
    public double[] times() {
        return time.clone();
    }

    /**
     * All event indicators.
     *
     * @return a copy, in row order
     */
    public boolean[] eventIndicators() {
        return event.clone();
    }

    /**
     * The outcomes of some rows, in the order named; a row may repeat, as in a bootstrap sample.
     *
     * @param rows row numbers from 0
     * @return the selected outcomes
     * @throws IndexOutOfBoundsException if a row does not exist
     */
    public SurvivalOutcomes select(int[] rows) {
        double[] t = new double[rows.length];
        boolean[] e = new boolean[rows.length];
        for (int k = 0; k < rows.length; k++) {
            t[k] = time[rows[k]];
            e[k] = event[rows[k]];
        }
        return new SurvivalOutcomes(t, e);
    }

    /**
     * The latest follow-up time.
     *
     * @return the maximum, NaN without patients
     */
    public double lastTime() {
        return Arrays.stream(time).max().orElse(Double.NaN);
    }

    /** The arrays themselves, for readers in this package that promise not to write. */
    double[] timeInPlace() {
        return time;
    }

    /** The arrays themselves, for readers in this package that promise not to write. */
    boolean[] eventInPlace() {
        return event;
    }

    @Override
    public String toString() {
        return "SurvivalOutcomes[n=" + time.length + ", events=" + events + "]";
    }
}
