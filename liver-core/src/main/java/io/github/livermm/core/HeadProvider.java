// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.core;

/**
 * Restores heads of one id. Found by {@link java.util.ServiceLoader} when a model file is loaded,
 * and for nothing else.
 *
 * @since 0.1.0
 */
public interface HeadProvider {
    /**
     * The id this provider restores.
     *
     * @return as {@link PredictionHead#id()}
     */
    String id();

    /**
     * Restores a head.
     *
     * @param in what {@link PredictionHead#save} wrote
     * @return an equal head
     * @throws ModelFileException when the state is not what this version wrote or understands
     */
    PredictionHead restore(StateReader in);
}
