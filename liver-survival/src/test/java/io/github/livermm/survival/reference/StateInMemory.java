// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.survival.reference;

import io.github.livermm.core.StateReader;
import io.github.livermm.core.StateWriter;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/** Saved state kept in memory; a part keeps its own names. */
public final class StateInMemory implements StateWriter, StateReader {
    private final Map<String, Map<String, Object>> trees = new HashMap<>();
    private final Map<String, double[]> arrays = new HashMap<>();
    private final Map<String, StateInMemory> parts = new HashMap<>();

    @Override
    public void json(String name, Map<String, ?> tree) {
        trees.put(name, Map.copyOf(tree));
    }

    @Override
    public void array(String name, double[] values) {
        arrays.put(name, values.clone());
    }

    @Override
    public StateInMemory part(String name) {
        return parts.computeIfAbsent(name, n -> new StateInMemory());
    }

    @Override
    public Map<String, Object> json(String name) {
        return Objects.requireNonNull(trees.get(name));
    }

    @Override
    public double[] array(String name) {
        return Objects.requireNonNull(arrays.get(name)).clone();
    }
}
