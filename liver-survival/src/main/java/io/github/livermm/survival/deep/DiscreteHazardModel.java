// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.survival.deep;

import io.github.livermm.core.ModelFileException;
import io.github.livermm.core.StateReader;
import io.github.livermm.core.StateWriter;

/**
 * A fitted {@link DiscreteHazard}. Immutable and thread-safe; predicts in plain arrays, without a
 * backend.
 *
 * @since 0.1.0
 */
public final class DiscreteHazardModel {
    private final Perceptron network;
    private final TimeIntervals intervals;

    DiscreteHazardModel(Perceptron network, TimeIntervals intervals) {
        this.network = network;
        this.intervals = intervals;
    }

    /**
     * The intervals of the hazards.
     *
     * @return as cut on the training patients
     */
    public TimeIntervals intervals() {
        return intervals;
    }

    /**
     * The probability of the event in each interval, for those who reach it.
     *
     * @param row one value per column
     * @return one per interval, in [0, 1]
     * @throws IllegalArgumentException if the length differs from the number of columns
     */
    public double[] hazards(double[] row) {
        double[] hazards = network.apply(row);
        for (int k = 0; k < hazards.length; k++) {
            hazards[k] = 1 / (1 + Math.exp(-hazards[k]));
        }
        return hazards;
    }

    /**
     * One number to rank patients by, although curves may cross: the log of the cumulative hazard
     * up to the end of the last interval.
     *
     * @param row one value per column
     * @return higher means more events by then
     */
    public double linearPredictor(double[] row) {
        return TimeIntervals.logCumulativeHazard(network.apply(row));
    }

    /**
     * The probability of no event by a time.
     *
     * @param row one value per column
     * @param time any time; flat after the last interval
     * @return in [0, 1], not increasing in time; NaN for a NaN time
     */
    public double survival(double[] row, double time) {
        return Math.exp(-cumulativeHazard(row, time));
    }

    /**
     * The probability of the event by a time.
     *
     * @param row one value per column
     * @param time any time
     * @return in [0, 1]; NaN for a NaN time
     */
    public double risk(double[] row, double time) {
        return -Math.expm1(-cumulativeHazard(row, time));
    }

    private double cumulativeHazard(double[] row, double time) {
        return intervals.cumulativeHazard(network.apply(row), time);
    }

    /**
     * Writes the model as JSON and plain arrays.
     *
     * @param out where to write
     */
    public void save(StateWriter out) {
        network.save(out);
        out.array("interval_ends", intervals.ends());
    }

    /**
     * Restores what {@link #save} wrote.
     *
     * @param in where to read
     * @return a model that predicts the same
     * @throws ModelFileException if the state is not that of a model
     */
    public static DiscreteHazardModel restore(StateReader in) {
        Perceptron network = Perceptron.restore(in);
        try {
            TimeIntervals intervals = TimeIntervals.of(in.array("interval_ends"));
            if (intervals.count() != network.outputs()) {
                throw new IllegalArgumentException(
                        intervals.count() + " intervals but " + network.outputs() + " outputs");
            }
            return new DiscreteHazardModel(network, intervals);
        } catch (IllegalArgumentException e) {
            throw new ModelFileException("interval_ends: " + e.getMessage(), e);
        }
    }
}
