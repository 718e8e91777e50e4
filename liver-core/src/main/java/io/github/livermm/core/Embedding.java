// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.core;

/**
 * Where an encoder's embedding comes out of the network.
 *
 * @param vertex name of the graph vertex, output of shape (B, width)
 * @param width number of values per patient
 * @since 0.1.0
 */
public record Embedding(String vertex, int width) {
    /** Checks the width. */
    public Embedding {
        if (width < 1) {
            throw new IllegalArgumentException("width is " + width + ", allowed is at least 1");
        }
    }
}
