// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.text.encoder;

import io.github.livermm.core.ModelFileException;
import io.github.livermm.core.StateReader;
import io.github.livermm.core.StateWriter;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/** A model file that stays in memory. */
final class MemoryState implements StateWriter, StateReader {
    private final Map<String, Map<String, ?>> trees = new HashMap<>();
    private final Map<String, double[]> arrays = new HashMap<>();
    private final Map<String, MemoryState> parts = new HashMap<>();

    @Override
    public void json(String name, Map<String, ?> tree) {
        trees.put(name, tree);
    }

    @Override
    public void array(String name, double[] values) {
        arrays.put(name, values.clone());
    }

    @Override
    public MemoryState part(String name) {
        return parts.computeIfAbsent(name, n -> new MemoryState());
    }

    @Override
    public Map<String, Object> json(String name) {
        Map<String, ?> tree = trees.get(name);
        if (tree == null) {
            throw new ModelFileException(name + ".json is missing");
        }
        return new HashMap<>(tree);
    }

    @Override
    public double[] array(String name) {
        double[] values = arrays.get(name);
        if (values == null) {
            throw new ModelFileException(name + " is missing");
        }
        return values.clone();
    }

    /** Everything that was written, arrays as lists. */
    Map<String, Object> contents() {
        Map<String, Object> contents = new HashMap<>(trees);
        arrays.forEach(
                (name, values) -> contents.put(name, Arrays.stream(values).boxed().toList()));
        parts.forEach((name, part) -> contents.put(name, part.contents()));
        return contents;
    }
}
