// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.core;

import java.util.List;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;

/**
 * A modality after fitting: turns inputs into arrays, contributes layers to a network, and saves
 * its state. Immutable and thread-safe.
 *
 * <p>Axes: B batch; other axes as {@link #inputs()} states them, row-major.
 *
 * @param <T> one patient's input of this modality
 * @since 0.1.0
 */
public interface FittedEncoder<T> {
    /**
     * Stable id under which an {@link EncoderProvider} restores this encoder.
     *
     * @return such as {@code core.clinical}
     */
    String id();

    /**
     * Name of the modality, as its {@link ModalityEncoder} gave it.
     *
     * @return such as {@code clinical}
     */
    String modality();

    /**
     * How a patient's input is read at prediction.
     *
     * @return a thread-safe reader
     */
    ModalityReader<T> reader();

    /**
     * The arrays this encoder feeds to the network.
     *
     * @return at least one, in the order of {@link #encode}
     */
    List<NetworkInput> inputs();

    /**
     * Encodes one patient for prediction. What is missing within the modality (a value, a phase) is
     * told apart from a measured zero by a mask among the arrays.
     *
     * @param input the patient's input
     * @return one row-major array per entry of {@link #inputs()}, of its size
     */
    float[][] encode(T input);

    /**
     * Encodes one patient for one training step, with whatever augmentation the encoder knows
     * (phase dropout, flips).
     *
     * @param encoded the arrays of {@link #encode} for that patient; not to be changed
     * @param seed seed of the augmentation, another for each patient and epoch
     * @return arrays of the same sizes; by default the given ones
     */
    default float[][] augment(float[][] encoded, long seed) {
        return encoded;
    }

    /**
     * Adds this encoder's layers to a network. The inputs are named {@code prefix + "." + name} and
     * are added to the graph by the caller.
     *
     * @param graph the network under construction
     * @param prefix prefix of every vertex added here
     * @return where the embedding comes out
     */
    Embedding contribute(GraphBuilder graph, String prefix);

    /**
     * Names of the features that a penalised linear model can use in place of a network, already
     * scaled to about unit spread.
     *
     * @return empty when this modality has none
     */
    default List<String> featureNames() {
        return List.of();
    }

    /**
     * Whether this modality needs its network to be scored. One with features and a network gets
     * both scores.
     *
     * @return by default true when there are no features
     */
    default boolean needsNetwork() {
        return featureNames().isEmpty();
    }

    /**
     * The features of one patient.
     *
     * @param input the patient's input
     * @return one finite value per entry of {@link #featureNames()}
     */
    default double[] features(T input) {
        return new double[0];
    }

    /**
     * Writes the fitted state.
     *
     * @param out where to write
     */
    void save(StateWriter out);
}
