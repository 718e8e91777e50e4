// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.core.clinical;

import io.github.livermm.core.ModelFileException;
import io.github.livermm.core.StateReader;
import io.github.livermm.core.StateWriter;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/** A model file in memory. */
final class MemoryState implements StateWriter, StateReader {
    final Map<String, Map<String, Object>> trees = new HashMap<>();
    final Map<String, double[]> arrays = new HashMap<>();

    @Override
    public void json(String name, Map<String, ?> tree) {
        trees.put(name, new LinkedHashMap<>(tree));
    }

    @Override
    public void array(String name, double[] values) {
        arrays.put(name, values.clone());
    }

    @Override
    public MemoryState part(String name) {
        throw new UnsupportedOperationException("the clinical encoder has no parts");
    }

    @Override
    public Map<String, Object> json(String name) {
        Map<String, Object> tree = trees.get(name);
        if (tree == null) {
            throw new ModelFileException("no tree " + name);
        }
        return tree;
    }

    @Override
    public double[] array(String name) {
        double[] values = arrays.get(name);
        if (values == null) {
            throw new ModelFileException("no array " + name);
        }
        return values.clone();
    }
}
