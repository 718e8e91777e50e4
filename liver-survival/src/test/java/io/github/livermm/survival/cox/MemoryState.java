// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.survival.cox;

import io.github.livermm.core.ModelFileException;
import io.github.livermm.core.StateReader;
import io.github.livermm.core.StateWriter;
import java.util.HashMap;
import java.util.Map;

/** State kept in memory under the names that a model file would have. */
final class MemoryState implements StateWriter, StateReader {
    private final String prefix;
    private final Map<String, Map<String, Object>> trees;
    final Map<String, double[]> arrays;

    MemoryState() {
        this("", new HashMap<>(), new HashMap<>());
    }

    private MemoryState(
            String prefix, Map<String, Map<String, Object>> trees, Map<String, double[]> arrays) {
        this.prefix = prefix;
        this.trees = trees;
        this.arrays = arrays;
    }

    @Override
    public void json(String name, Map<String, ?> tree) {
        trees.put(prefix + name, Map.copyOf(tree));
    }

    @Override
    public void array(String name, double[] values) {
        arrays.put(prefix + name, values.clone());
    }

    @Override
    public MemoryState part(String name) {
        return new MemoryState(prefix + name + "/", trees, arrays);
    }

    @Override
    public Map<String, Object> json(String name) {
        return present(trees.get(prefix + name), name);
    }

    @Override
    public double[] array(String name) {
        return present(arrays.get(prefix + name), name).clone();
    }

    private <T> T present(@org.jspecify.annotations.Nullable T value, String name) {
        if (value == null) {
            throw new ModelFileException("no " + prefix + name);
        }
        return value;
    }
}
