// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.survival.deep;

import io.github.livermm.core.TrainingException;
import io.github.livermm.eval.SurvivalOutcomes;

/**
 * A network that gives one logistic hazard per interval of follow-up. The recipe for a table; use
 * it where hazards are not proportional or cross, as recurrence after hepatectomy, whose hazard
 * falls steeply. Where they are proportional {@link DeepSurv} needs fewer events.
 *
 * <p>Intervals hold about equally many events of the training patients; see {@link TimeIntervals}
 * for what happens inside an interval. Columns are standardised inside; the same rows, options and
 * seed give the same model as for {@link DeepSurv}. Cost per epoch O(n (weights + K)).
 *
 * <p>Reference: Gensheimer MF, Narasimhan B (2019), doi:10.7717/peerj.6257; Kvamme H, Borgan O
 * (2021), doi:10.1007/s10985-021-09532-6.
 *
 * @param intervals number of intervals, at least 1
 * @param options the network and its training
 * @since 0.1.0
 */
public record DiscreteHazard(int intervals, MlpOptions options)
        implements MlpRecipe<DiscreteHazard> {
    /** Checks the options. */
    public DiscreteHazard {
        if (intervals < 1) {
            throw new IllegalArgumentException(
                    "intervals is " + intervals + ", allowed is at least 1");
        }
    }

    /**
     * Ten intervals and the network of {@link MlpOptions#defaults()}.
     *
     * @return the defaults
     */
    public static DiscreteHazard defaults() {
        return new DiscreteHazard(10, MlpOptions.defaults());
    }

    @Override
    public DiscreteHazard withOptions(MlpOptions newOptions) {
        return new DiscreteHazard(intervals, newOptions);
    }

    /**
     * Another number of intervals.
     *
     * @param count at least 1
     * @return a copy
     */
    public DiscreteHazard withIntervals(int count) {
        return new DiscreteHazard(count, options);
    }

    /**
     * Trains a model.
     *
     * @param x rows by columns, finite
     * @param outcomes follow-up of the rows
     * @param seed of weights, batches, dropout and the patients held back
     * @return the fitted model
     * @throws TrainingException if there are fewer distinct event times than intervals, the events
     *     cannot be split for early stopping or training diverges
     * @throws IllegalArgumentException if lengths differ or a value is not finite; the message
     *     names row and column
     */
    public DiscreteHazardModel fit(double[][] x, SurvivalOutcomes outcomes, long seed) {
        TimeIntervals cut = TimeIntervals.ofEventQuantiles(outcomes, intervals);
        return new DiscreteHazardModel(
                MlpTrainer.train(options, new Target(outcomes, cut), x, seed), cut);
    }

    private record Target(SurvivalOutcomes outcomes, TimeIntervals cut)
            implements MlpTrainer.Target {
        @Override
        public int outputs() {
            return cut.count();
        }

        @Override
        public MlpTrainer.Loss of(int[] patients) {
            float[][] labels = new float[patients.length][];
            for (int p = 0; p < labels.length; p++) {
                int i = patients[p];
                labels[p] = cut.label(outcomes.time(i), outcomes.event(i));
            }
            return (output, gradient) -> {
                double sum = 0;
                for (int p = 0; p < labels.length; p++) {
                    for (int k = 0; k < cut.count(); k++) {
                        double exposure = labels[p][k];
                        double event = labels[p][cut.count() + k];
                        double logit = output[p][k];
                        sum += DiscreteHazardLoss.of(exposure, event, logit);
                        gradient[p][k] =
                                DiscreteHazardLoss.slope(exposure, event, logit) / labels.length;
                    }
                }
                return sum / labels.length;
            };
        }
    }
}
