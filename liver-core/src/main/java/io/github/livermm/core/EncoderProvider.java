// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.core;

/**
 * Restores encoders of one id. Found by {@link java.util.ServiceLoader} when a model file is
 * loaded, and for nothing else.
 *
 * @since 0.1.0
 */
public interface EncoderProvider {
    /**
     * The id this provider restores.
     *
     * @return as {@link FittedEncoder#id()}
     */
    String id();

    /**
     * Restores a fitted encoder.
     *
     * @param in what {@link FittedEncoder#save} wrote
     * @return an encoder that encodes as the saved one did
     * @throws ModelFileException when the state is not what this version wrote or understands
     */
    FittedEncoder<?> restore(StateReader in);
}
