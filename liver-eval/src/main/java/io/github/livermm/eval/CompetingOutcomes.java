// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.eval;

/**
 * Follow-up in which one of several kinds of event can end observation: for each patient the time
 * and the cause, 0 for censored, 1 for the event of interest, 2 and up for competing events.
 * Immutable; arrays are copied at the door.
 *
 * @since 0.1.0
 */
public final class CompetingOutcomes {
    private final double[] time;
    private final int[] cause;

    private CompetingOutcomes(double[] time, int[] cause) {
        this.time = time;
        this.cause = cause;
    }

    /**
     * Outcomes from two arrays of equal length.
     *
     * @param time follow-up time per patient, finite and not negative
     * @param cause 0 censored, 1 event of interest, 2 and up competing events
     * @return the outcomes, in the given order
     * @throws IllegalArgumentException if the lengths differ, a time is not allowed or a cause is
     *     negative
     */
    public static CompetingOutcomes of(double[] time, int[] cause) {
        boolean[] any = new boolean[cause.length];
        for (int i = 0; i < cause.length; i++) {
            if (cause[i] < 0) {
                throw new IllegalArgumentException(
                        "cause row " + (i + 1) + ": " + cause[i] + " is negative; 0 is censored");
            }
            any[i] = cause[i] > 0;
        }
        SurvivalOutcomes.of(time, any);
        return new CompetingOutcomes(time.clone(), cause.clone());
    }

    /**
     * Outcomes without competing events.
     *
     * @param outcomes follow-up
     * @return the same with cause 1 for every event
     */
    public static CompetingOutcomes of(SurvivalOutcomes outcomes) {
        int[] cause = new int[outcomes.size()];
        for (int i = 0; i < cause.length; i++) {
            cause[i] = outcomes.event(i) ? 1 : 0;
        }
        return new CompetingOutcomes(outcomes.times(), cause);
    }

    /**
     * The number of patients.
     *
     * @return rows
     */
    public int size() {
        return time.length;
    }

    /**
     * The time of one patient.
     *
     * @param row patient, from 0
     * @return time, finite and not negative
     */
    public double time(int row) {
        return time[row];
    }

    /**
     * The cause of one patient.
     *
     * @param row patient, from 0
     * @return 0 for censored, 1 for the event of interest, 2 and up for competing events
     */
    public int cause(int row) {
        return cause[row];
    }

    /**
     * Follow-up until any event.
     *
     * @return outcomes whose event is any cause
     */
    public SurvivalOutcomes anyCause() {
        boolean[] any = new boolean[cause.length];
        for (int i = 0; i < any.length; i++) {
            any[i] = cause[i] > 0;
        }
        return SurvivalOutcomes.of(time, any);
    }

    /**
     * Follow-up until one cause, other causes censored.
     *
     * @param which the cause, 1 or more
     * @return outcomes whose event is that cause
     */
    public SurvivalOutcomes causeOnly(int which) {
        boolean[] event = new boolean[cause.length];
        for (int i = 0; i < event.length; i++) {
            event[i] = cause[i] == which;
        }
        return SurvivalOutcomes.of(time, event);
    }

    /**
     * The outcomes of some rows, in the order named; a row may repeat.
     *
     * @param rows row numbers from 0
     * @return the selected outcomes
     */
    public CompetingOutcomes select(int[] rows) {
        double[] t = new double[rows.length];
        int[] c = new int[rows.length];
        for (int k = 0; k < rows.length; k++) {
            t[k] = time[rows[k]];
            c[k] = cause[rows[k]];
        }
        return new CompetingOutcomes(t, c);
    }

    /** The array itself, for readers in this package that promise not to write. */
    double[] timeInPlace() {
        return time;
    }
}
