// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.core;

import java.util.Map;

/**
 * Takes the state of one fitted component for a model file: a JSON tree and plain arrays.
 *
 * @since 0.1.0
 */
public interface StateWriter {
    /**
     * Writes a JSON tree.
     *
     * @param name lower-case name within the component
     * @param tree maps, lists, strings, numbers, booleans and nulls
     */
    void json(String name, Map<String, ?> tree);

    /**
     * Writes an array of doubles.
     *
     * @param name lower-case name within the component
     * @param values row-major values
     */
    void array(String name, double[] values);

    /**
     * A writer for a part of the component, under its own name.
     *
     * @param name lower-case name of the part
     * @return a writer whose names cannot meet those of this one
     */
    StateWriter part(String name);
}
