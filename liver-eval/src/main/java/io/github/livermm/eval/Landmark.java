// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.eval;

import java.util.stream.IntStream;

/**
 * The patients who reached a time without an event and are still followed then, their clock set to
 * 0: the right population for questions such as the risk after a year free of recurrence. Every
 * survival statistic can be computed on {@link #outcomes()}, against predictions made conditional
 * by {@link #risk}.
 *
 * <p>Reference: van Houwelingen HC (2007), Dynamic prediction by landmarking in event history
 * analysis, doi:10.1111/j.1467-9469.2006.00529.x.
 *
 * @since 0.1.0
 */
public final class Landmark {
    private final int[] rows;
    private final SurvivalOutcomes outcomes;

    private Landmark(int[] rows, SurvivalOutcomes outcomes) {
        this.rows = rows;
        this.outcomes = outcomes;
    }

    /**
     * The patients under observation after the landmark.
     *
     * @return row numbers of the whole cohort, ascending
     */
    public int[] rows() {
        return rows.clone();
    }

    /**
     * Their follow-up from the landmark on.
     *
     * @return outcomes in the order of {@link #rows()}
     */
    public SurvivalOutcomes outcomes() {
        return outcomes;
    }

    /**
     * The patients at risk after a time.
     *
     * @param all the whole cohort
     * @param time the landmark, not negative; who leaves exactly then is no longer at risk
     * @return the landmark population, empty when nobody is left
     * @throws IllegalArgumentException if the time is negative or not finite
     */
    public static Landmark at(SurvivalOutcomes all, double time) {
        if (!(time >= 0) || Double.isInfinite(time)) {
            throw new IllegalArgumentException("time " + time + " is not a finite number >= 0");
        }
        int[] rows = IntStream.range(0, all.size()).filter(i -> all.time(i) > time).toArray();
        double[] left = new double[rows.length];
        boolean[] event = new boolean[rows.length];
        for (int k = 0; k < rows.length; k++) {
            left[k] = all.time(rows[k]) - time;
            event[k] = all.event(rows[k]);
        }
        return new Landmark(rows, SurvivalOutcomes.of(left, event));
    }

    /**
     * The predicted risks between the landmark and a later horizon given survival to the landmark:
     * 1 - S(horizon) / S(landmark).
     *
     * @param survivalAtLandmark predicted survival at the landmark of each row of the whole cohort
     * @param survivalAtHorizon predicted survival at the horizon, each at most that at the landmark
     * @return one risk per row of {@link #rows()}; {@code NaN} where survival to the landmark is 0
     * @throws IllegalArgumentException if lengths differ, a value is outside [0, 1] or survival
     *     rises
     */
    public double[] risk(double[] survivalAtLandmark, double[] survivalAtHorizon) {
        Rows.requireSameLength(
                "survivalAtLandmark",
                survivalAtLandmark.length,
                "survivalAtHorizon",
                survivalAtHorizon.length);
        Rows.requireProbabilities("survivalAtLandmark", survivalAtLandmark);
        Rows.requireProbabilities("survivalAtHorizon", survivalAtHorizon);
        double[] risk = new double[rows.length];
        for (int k = 0; k < rows.length; k++) {
            double before = survivalAtLandmark[rows[k]];
            double after = survivalAtHorizon[rows[k]];
            if (after > before) {
                throw new IllegalArgumentException(
                        "survivalAtHorizon row "
                                + rows[k]
                                + " is "
                                + after
                                + ", above "
                                + before
                                + " at the landmark; survival cannot rise");
            }
            risk[k] = before > 0 ? 1 - after / before : Double.NaN;
        }
        return risk;
    }
}
