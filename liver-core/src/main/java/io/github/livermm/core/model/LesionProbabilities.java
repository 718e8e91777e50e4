// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.core.model;

import io.github.livermm.core.Prediction;
import java.util.Optional;

/**
 * Coherent probabilities of the lesion types, made from the binary answers: P(HCC) = P(malignant) x
 * P(HCC or ICC | malignant) x P(HCC | HCC or ICC), and so on; the four add up to one.
 *
 * @param benign in [0, 1]
 * @param hcc in [0, 1]
 * @param icc in [0, 1]
 * @param otherMalignant in [0, 1]
 * @since 0.1.0
 */
public record LesionProbabilities(double benign, double hcc, double icc, double otherMalignant) {
    /**
     * Combines the answers of one patient.
     *
     * @param predictions all predictions
     * @param strategy name of the strategy
     * @param patient row
     * @return empty when the model does not answer both D1 and D2; without a head for other
     *     malignant lesions, their probability is 0
     */
    public static Optional<LesionProbabilities> of(
            ModelPredictions predictions, String strategy, int patient) {
        Optional<Double> malignant = probability(predictions, strategy, "malignant", patient);
        Optional<Double> hcc = probability(predictions, strategy, "hcc_vs_icc", patient);
        if (malignant.isEmpty() || hcc.isEmpty()) {
            return Optional.empty();
        }
        double primary =
                malignant.get()
                        * probability(predictions, strategy, "primary_given_malignant", patient)
                                .orElse(1.0);
        return Optional.of(
                new LesionProbabilities(
                        1 - malignant.get(),
                        primary * hcc.get(),
                        primary * (1 - hcc.get()),
                        malignant.get() - primary));
    }

    private static Optional<Double> probability(
            ModelPredictions predictions, String strategy, String target, int patient) {
        return predictions
                .get(strategy, target, patient)
                .map(p -> p instanceof Prediction.Binary b ? b.probability() : Double.NaN);
    }
}
