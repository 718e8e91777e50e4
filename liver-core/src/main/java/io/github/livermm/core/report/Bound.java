// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.core.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What the generator of a synthetic study says is possible, from {@code truth.json}. */
final class Bound {
    private final Map<?, ?> targets;

    Bound(Map<String, ?> truth) {
        targets = truth.get("targets") instanceof Map<?, ?> map ? map : Map.of();
    }

    /** Whether anything is known. */
    boolean known() {
        return !targets.isEmpty();
    }

    /** The best figure over all sets of preoperative modalities. */
    Optional<Double> best(String target) {
        return bySet(target).entrySet().stream()
                .filter(e -> !String.valueOf(e.getKey()).startsWith("complete"))
                .map(e -> value(e.getValue()))
                .flatMap(Optional::stream)
                .max(Double::compare);
    }

    /** The figure of every set, in words. */
    String words(String target) {
        List<String> parts = new ArrayList<>();
        bySet(target)
                .forEach(
                        (set, node) ->
                                value(node)
                                        .ifPresent(
                                                v ->
                                                        parts.add(
                                                                modalities(String.valueOf(set))
                                                                        + String.format(
                                                                                Locale.ROOT,
                                                                                " %.3f",
                                                                                v))));
        return String.join(", ", parts);
    }

    private Map<?, ?> bySet(String target) {
        return targets.get(target) instanceof Map<?, ?> map ? map : Map.of();
    }

    private static Optional<Double> value(Object node) {
        if (node instanceof Map<?, ?> map) {
            Object value = map.get("auc") == null ? map.get("c_index") : map.get("auc");
            return value instanceof Number n ? Optional.of(n.doubleValue()) : Optional.empty();
        }
        return Optional.empty();
    }

    private static String modalities(String set) {
        return set.startsWith("complete") ? set.replace('_', ' ') : set.replace("_", " + ");
    }
}
