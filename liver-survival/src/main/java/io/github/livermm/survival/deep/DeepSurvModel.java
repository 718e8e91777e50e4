// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.survival.deep;

import io.github.livermm.core.ModelFileException;
import io.github.livermm.core.StateReader;
import io.github.livermm.core.StateWriter;
import io.github.livermm.eval.cox.BaselineHazard;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A fitted {@link DeepSurv}: S(t | x) = exp(-H0(t) exp(f(x))), with f centred on the training
 * patients. Immutable and thread-safe; predicts in plain arrays, without a backend.
 *
 * @since 0.1.0
 */
public final class DeepSurvModel {
    private final List<Perceptron> networks;
    private final BaselineHazard hazard;

    DeepSurvModel(List<Perceptron> networks, BaselineHazard hazard) {
        this.networks = List.copyOf(networks);
        this.hazard = hazard;
    }

    /**
     * The linear predictor of a patient.
     *
     * @param row one value per column
     * @return log relative hazard; 0 is the mean of the training patients
     * @throws IllegalArgumentException if the length differs from the number of columns
     */
    public double linearPredictor(double[] row) {
        return mean(networks, row);
    }

    /** The mean output of networks. */
    static double mean(List<Perceptron> networks, double[] row) {
        double sum = 0;
        for (Perceptron network : networks) {
            sum += network.apply(row)[0];
        }
        return sum / networks.size();
    }

    /**
     * The probability of no event by a time.
     *
     * @param row one value per column
     * @param time any time; flat after the last training event
     * @return in [0, 1]; NaN for a NaN time
     */
    public double survival(double[] row, double time) {
        return hazard.survival(time, linearPredictor(row));
    }

    /**
     * The probability of the event by a time.
     *
     * @param row one value per column
     * @param time any time
     * @return in [0, 1]; NaN for a NaN time
     */
    public double risk(double[] row, double time) {
        return hazard.risk(time, linearPredictor(row));
    }

    /**
     * The cumulative hazard of a patient whose linear predictor is 0.
     *
     * @return a step function
     */
    public BaselineHazard baseline() {
        return hazard;
    }

    /**
     * Writes the model as JSON and plain arrays.
     *
     * @param out where to write
     */
    public void save(StateWriter out) {
        out.json("deep_surv", Map.of("members", networks.size()));
        for (int m = 0; m < networks.size(); m++) {
            networks.get(m).save(out.part("member_" + m));
        }
        out.array("hazard_times", hazard.times());
        out.array("hazard", hazard.cumulativeHazards());
        out.array("last_time", new double[] {hazard.lastTime()});
    }

    /**
     * Restores what {@link #save} wrote.
     *
     * @param in where to read
     * @return a model that predicts the same
     * @throws ModelFileException if the state is not that of a model
     */
    public static DeepSurvModel restore(StateReader in) {
        double[] last = in.array("last_time");
        Object members = in.json("deep_surv").get("members");
        if (last.length != 1 || !(members instanceof Number count) || count.intValue() < 1) {
            throw new ModelFileException(
                    "last_time has "
                            + last.length
                            + " values and members is "
                            + members
                            + ", needed are 1 and at least 1");
        }
        List<Perceptron> networks = new ArrayList<>();
        for (int m = 0; m < count.intValue(); m++) {
            networks.add(Perceptron.restore(in.part("member_" + m)));
            if (networks.get(m).outputs() != 1) {
                throw new ModelFileException(
                        "network "
                                + m
                                + " has "
                                + networks.get(m).outputs()
                                + " outputs, a DeepSurv model has 1");
            }
        }
        try {
            return new DeepSurvModel(
                    networks,
                    BaselineHazard.of(in.array("hazard_times"), in.array("hazard"), last[0]));
        } catch (IllegalArgumentException e) {
            throw new ModelFileException("the baseline hazard is damaged: " + e.getMessage(), e);
        }
    }
}
