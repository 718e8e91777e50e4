// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.core;

import java.util.Map;

/**
 * Gives back what a {@link StateWriter} took.
 *
 * @since 0.1.0
 */
public interface StateReader {
    /**
     * Reads a JSON tree.
     *
     * @param name as written
     * @return maps, lists, strings, numbers, booleans and nulls
     * @throws ModelFileException when there is none of that name
     */
    Map<String, Object> json(String name);

    /**
     * Reads an array.
     *
     * @param name as written
     * @return the values, exactly
     * @throws ModelFileException when there is none of that name
     */
    double[] array(String name);

    /**
     * A reader for a part of the component.
     *
     * @param name as written
     * @return a reader of that part
     */
    StateReader part(String name);
}
