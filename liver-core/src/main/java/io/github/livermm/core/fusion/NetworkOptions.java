// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.core.fusion;

/**
 * How a network is trained.
 *
 * @param steps training steps, at least 1; the same for every number of patients
 * @param batchSize patients per step, at least 1
 * @param learningRate largest step size of the schedule, above 0
 * @param weightDecay decoupled weight decay, at least 0
 * @since 0.1.0
 */
public record NetworkOptions(int steps, int batchSize, double learningRate, double weightDecay) {
    /** Checks the options. */
    public NetworkOptions {
        if (steps < 1 || batchSize < 1) {
            throw new IllegalArgumentException(
                    "steps is "
                            + steps
                            + " and batchSize "
                            + batchSize
                            + ", allowed is at least 1");
        }
        if (!(learningRate > 0) || !(weightDecay >= 0)) {
            throw new IllegalArgumentException(
                    "learningRate is "
                            + learningRate
                            + " (allowed above 0), weightDecay is "
                            + weightDecay
                            + " (allowed at least 0)");
        }
    }

    /**
     * The defaults for a few hundred patients: 400 steps of batches of 16, a step size that rises
     * to 0.003 and falls to zero (one cycle), and light weight decay. No early stopping, so no
     * patient is spent on it.
     *
     * @return the defaults
     */
    public static NetworkOptions defaults() {
        return new NetworkOptions(400, 16, 0.003, 2e-3);
    }

    /**
     * The same options with another number of steps.
     *
     * @param value training steps, at least 1
     * @return a copy
     */
    public NetworkOptions withSteps(int value) {
        return new NetworkOptions(value, batchSize, learningRate, weightDecay);
    }

    /**
     * Step size at one point of the schedule: a rise over the first fifth, then a cosine fall to
     * zero.
     *
     * @param step step, from 0
     * @return above 0
     */
    public double learningRate(int step) {
        double at = (step + 0.5) / steps;
        return at < 0.2
                ? learningRate * at / 0.2
                : learningRate * 0.5 * (1 + Math.cos(Math.PI * (at - 0.2) / 0.8));
    }
}
