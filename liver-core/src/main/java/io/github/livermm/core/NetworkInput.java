// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.core;

import java.util.List;

/**
 * One array that an encoder feeds to the network.
 *
 * @param name name within the encoder, such as {@code volume}
 * @param shape shape without the batch axis, such as (C, D, H, W)
 * @since 0.1.0
 */
public record NetworkInput(String name, List<Long> shape) {
    /** Checks and copies the shape. */
    public NetworkInput {
        shape = List.copyOf(shape);
        if (shape.isEmpty() || shape.stream().anyMatch(s -> s < 1)) {
            throw new IllegalArgumentException(
                    "shape of input " + name + " is " + shape + ", allowed are axes of at least 1");
        }
    }

    /**
     * Values per patient.
     *
     * @return the product of the axes
     */
    public long size() {
        return shape.stream().mapToLong(Long::longValue).reduce(1, Math::multiplyExact);
    }
}
