// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.core;

import java.util.List;

/**
 * One modality (image, clinical, report) before fitting: how to read it and how to learn its
 * preprocessing from training patients. The fitted thing is another type, {@link FittedEncoder}.
 *
 * @param <T> one patient's input of this modality
 * @since 0.1.0
 */
public interface ModalityEncoder<T> {
    /**
     * Name of the modality in tables, files and masks.
     *
     * @return {@code image}, {@code clinical}, {@code report} or another lower-case word
     */
    String modality();

    /**
     * How a patient's input is read.
     *
     * @return a thread-safe reader
     */
    ModalityReader<T> reader();

    /**
     * Learns the preprocessing (imputation, scaling, vocabulary, intensity statistics) from
     * training patients. Sees no label.
     *
     * @param training inputs of the training patients that have the modality, at least one
     * @param seed seed of any random choice
     * @return the fitted encoder
     */
    FittedEncoder<T> fit(List<T> training, long seed);
}
