// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.core.cohort;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * How many patients entered and left, by centre and by rule. In each stage and centre, entered is
 * the sum of everybody excluded and included.
 *
 * @param diagnostic from the table to the diagnostic cohort
 * @param prognostic from the table to the prognostic cohort; all zero when the study has none
 * @since 0.1.0
 */
public record Flow(Stage diagnostic, Stage prognostic) {
    /**
     * The flow as {@code flow.json} holds it.
     *
     * @return a tree of maps, lists, texts and whole numbers
     */
    public Map<String, Object> toMap() {
        Map<String, Object> out = new LinkedHashMap<>();
        out.put("diagnostic", diagnostic.toMap());
        out.put("prognostic", prognostic.toMap());
        return out;
    }

    /**
     * One cohort's flow. Every map holds every centre.
     *
     * @param entered patients looked at, by centre
     * @param excluded patients excluded, one entry per rule in the order asked
     * @param included patients left, by centre
     * @since 0.1.0
     */
    public record Stage(
            Map<String, Integer> entered, List<Exclusion> excluded, Map<String, Integer> included) {
        /** Copies the collections and checks that they add up. */
        public Stage {
            entered = sorted(entered);
            excluded = List.copyOf(excluded);
            included = sorted(included);
            for (var centre : entered.entrySet()) {
                int sum = included.getOrDefault(centre.getKey(), 0);
                for (Exclusion exclusion : excluded) {
                    sum += exclusion.count().getOrDefault(centre.getKey(), 0);
                }
                if (sum != centre.getValue()) {
                    throw new IllegalArgumentException(
                            "centre "
                                    + centre.getKey()
                                    + ": "
                                    + centre.getValue()
                                    + " entered, but excluded and included are "
                                    + sum);
                }
            }
        }

        private Map<String, Object> toMap() {
            List<Object> rules = new ArrayList<>();
            for (Exclusion exclusion : excluded) {
                Map<String, Object> entry = new LinkedHashMap<>();
                entry.put("rule", exclusion.rule().word());
                entry.put("count", exclusion.count());
                rules.add(entry);
            }
            Map<String, Object> out = new LinkedHashMap<>();
            out.put("entered", entered);
            out.put("excluded", rules);
            out.put("included", included);
            return out;
        }
    }

    /**
     * Patients who left under one rule.
     *
     * @param rule first rule they failed
     * @param count number by centre
     * @since 0.1.0
     */
    public record Exclusion(Rule rule, Map<String, Integer> count) {
        /** Copies the map. */
        public Exclusion {
            count = sorted(count);
        }
    }

    private static Map<String, Integer> sorted(Map<String, Integer> counts) {
        return Collections.unmodifiableMap(new TreeMap<>(counts));
    }
}
