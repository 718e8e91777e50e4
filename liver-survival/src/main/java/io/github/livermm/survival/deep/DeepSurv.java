// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.survival.deep;

import io.github.livermm.core.TrainingException;
import io.github.livermm.eval.SurvivalOutcomes;
import io.github.livermm.eval.cox.PartialLikelihood;
import io.github.livermm.eval.cox.Ties;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * DeepSurv: a Cox model whose linear predictor is a network of the columns, h(t | x) = h0(t)
 * exp(f(x)). The recipe for a table; {@link #fit} gives the model. In a joint network over images
 * and reports use {@code SurvivalHead}; where hazards cross use {@link DiscreteHazard}.
 *
 * <p>f minimises the negative log partial likelihood per event over the risk sets of each batch,
 * with Efron's ties; the baseline hazard is Breslow's estimator of all patients of the fit. Columns
 * are standardised inside. The same rows, options and seed give the same model while the backend
 * runs with one thread ({@code OMP_NUM_THREADS=1}), also when models are fitted in parallel. Cost
 * per epoch O(n (weights + log batch)).
 *
 * <p>Reference: Katzman JL et al. (2018), doi:10.1186/s12874-018-0482-1.
 *
 * @param members networks whose predictors are averaged, at least 1; each starts from other weights
 *     and holds back other patients, which steadies a model of few patients
 * @param options the network and its training
 * @since 0.1.0
 */
public record DeepSurv(int members, MlpOptions options) implements MlpRecipe<DeepSurv> {
    /** Checks the options. */
    public DeepSurv {
        if (members < 1) {
            throw new IllegalArgumentException("members is " + members + ", allowed is at least 1");
        }
    }

    /**
     * One network of {@link MlpOptions#defaults()}.
     *
     * @return the defaults
     */
    public static DeepSurv defaults() {
        return new DeepSurv(1, MlpOptions.defaults());
    }

    @Override
    public DeepSurv withOptions(MlpOptions newOptions) {
        return new DeepSurv(members, newOptions);
    }

    /**
     * The mean of several networks.
     *
     * @param count at least 1
     * @return a copy
     */
    public DeepSurv withMembers(int count) {
        return new DeepSurv(count, options);
    }

    /**
     * Trains a model.
     *
     * @param x rows by columns, finite
     * @param outcomes follow-up of the rows
     * @param seed of weights, batches, dropout and the patients held back
     * @return the fitted model; its predictor is centred on these rows
     * @throws TrainingException if there is no event, the events cannot be split for early stopping
     *     or training diverges
     * @throws IllegalArgumentException if lengths differ or a value is not finite; the message
     *     names row and column
     */
    public DeepSurvModel fit(double[][] x, SurvivalOutcomes outcomes, long seed) {
        Target target = new Target(outcomes);
        SplittableRandom seeds = new SplittableRandom(seed);
        List<Perceptron> networks = new ArrayList<>();
        double[] eta = new double[x.length];
        for (int m = 0; m < members; m++) {
            Perceptron network = MlpTrainer.train(options, target, x, seeds.nextLong());
            double[] output =
                    Arrays.stream(x).parallel().mapToDouble(r -> network.apply(r)[0]).toArray();
            double mean = Arrays.stream(output).average().orElse(0);
            for (int i = 0; i < eta.length; i++) {
                eta[i] += (output[i] - mean) / members;
            }
            networks.add(network.shifted(-mean));
        }
        return new DeepSurvModel(
                networks, PartialLikelihood.of(outcomes, Ties.EFRON).baseline(eta).get(0));
    }

    /** The Cox loss. Labels carry ranks of times: order is all that counts, and floats keep it. */
    record Target(SurvivalOutcomes outcomes) implements MlpTrainer.Target {
        @Override
        public int outputs() {
            return 1;
        }

        @Override
        public MlpTrainer.Loss of(int[] patients) {
            SurvivalOutcomes some = outcomes.select(patients);
            int events = some.events();
            if (events == 0) {
                return (output, gradient) -> 0;
            }
            PartialLikelihood likelihood = PartialLikelihood.of(some, Ties.EFRON);
            return (output, gradient) -> {
                double[] eta = new double[output.length];
                double[] byEta = new double[output.length];
                for (int k = 0; k < eta.length; k++) {
                    eta[k] = output[k][0];
                }
                double value = likelihood.value(eta, byEta);
                for (int k = 0; k < eta.length; k++) {
                    gradient[k][0] = -byEta[k] / events;
                }
                return -value / events;
            };
        }
    }
}
