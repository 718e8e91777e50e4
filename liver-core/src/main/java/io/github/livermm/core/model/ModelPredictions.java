// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.core.model;

import io.github.livermm.core.Prediction;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Predictions of some patients by every strategy of a model, for every target. Immutable.
 *
 * @since 0.1.0
 */
public final class ModelPredictions {
    private final int patients;
    private final Map<String, Map<String, List<Optional<Prediction>>>> byStrategy;

    private ModelPredictions(
            int patients, Map<String, Map<String, List<Optional<Prediction>>>> byStrategy) {
        this.patients = patients;
        this.byStrategy = byStrategy;
    }

    /**
     * Number of patients.
     *
     * @return at least 0
     */
    public int patients() {
        return patients;
    }

    /**
     * Names of the strategies, in order.
     *
     * @return such as image, clinical, report, late, gated
     */
    public List<String> strategies() {
        return List.copyOf(byStrategy.keySet());
    }

    /**
     * One prediction.
     *
     * @param strategy name of the strategy
     * @param target target of the head
     * @param patient row
     * @return empty when the model cannot say
     */
    public Optional<Prediction> get(String strategy, String target, int patient) {
        Map<String, List<Optional<Prediction>>> targets = byStrategy.get(strategy);
        if (targets == null) {
            throw new IllegalArgumentException(
                    "strategy is " + strategy + ", allowed are " + byStrategy.keySet());
        }
        List<Optional<Prediction>> list = targets.get(target);
        return list == null ? Optional.empty() : list.get(patient);
    }

    /**
     * The same predictions after a rule that looks at all targets of one patient and strategy, such
     * as the coherence of two survival curves.
     *
     * @param rule from predictions by target to predictions by target
     * @return a copy
     */
    public ModelPredictions adjusted(UnaryOperator<Map<String, Prediction>> rule) {
        Builder out = new Builder(patients);
        byStrategy.forEach(
                (strategy, targets) -> {
                    for (int i = 0; i < patients; i++) {
                        Map<String, Prediction> before = new LinkedHashMap<>();
                        for (Map.Entry<String, List<Optional<Prediction>>> e : targets.entrySet()) {
                            Optional<Prediction> prediction = e.getValue().get(i);
                            prediction.ifPresent(p -> before.put(e.getKey(), p));
                        }
                        Map<String, Prediction> after = rule.apply(before);
                        for (String target : targets.keySet()) {
                            out.set(strategy, target, i, Optional.ofNullable(after.get(target)));
                        }
                    }
                });
        return out.build();
    }

    /** Collects predictions; rows may arrive in any order. */
    public static final class Builder {
        private final int patients;
        private final Map<String, Map<String, @Nullable Prediction[]>> cells =
                new LinkedHashMap<>();

        /**
         * Starts a collection.
         *
         * @param patients number of patients
         */
        public Builder(int patients) {
            this.patients = patients;
        }

        /**
         * Sets one prediction.
         *
         * @param strategy name of the strategy
         * @param target target of the head
         * @param patient row
         * @param prediction empty when the model cannot say
         */
        public void set(
                String strategy, String target, int patient, Optional<Prediction> prediction) {
            cells.computeIfAbsent(strategy, s -> new LinkedHashMap<>())
                            .computeIfAbsent(target, t -> new Prediction[patients])[patient] =
                    prediction.orElse(null);
        }

        /**
         * Copies the rows of other predictions into this collection.
         *
         * @param other predictions of some of the patients
         * @param rows for each patient of {@code other}, its row here
         */
        public void addAll(ModelPredictions other, int[] rows) {
            other.byStrategy.forEach(
                    (strategy, targets) ->
                            targets.forEach(
                                    (target, list) -> {
                                        for (int i = 0; i < rows.length; i++) {
                                            set(strategy, target, rows[i], list.get(i));
                                        }
                                    }));
        }

        /**
         * Ends the collection.
         *
         * @return immutable predictions
         */
        public ModelPredictions build() {
            Map<String, Map<String, List<Optional<Prediction>>>> copy = new LinkedHashMap<>();
            cells.forEach(
                    (strategy, targets) -> {
                        Map<String, List<Optional<Prediction>>> byTarget = new LinkedHashMap<>();
                        targets.forEach((target, array) -> byTarget.put(target, list(array)));
                        copy.put(strategy, byTarget);
                    });
            return new ModelPredictions(patients, copy);
        }

        private static List<Optional<Prediction>> list(@Nullable Prediction[] array) {
            List<Optional<Prediction>> list = new ArrayList<>();
            for (Prediction p : array) {
                list.add(Optional.ofNullable(p));
            }
            return List.copyOf(list);
        }
    }
}
