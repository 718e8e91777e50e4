// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.eval;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A fitted map from what a model puts out to a probability: fit it on rows that the model was not
 * trained on, apply it to new ones, save it as a map of plain values ready for JSON. Which input
 * each takes: {@link PlattScaling} and {@link IsotonicCalibration} any score, {@link
 * LogisticRecalibration} a probability, {@link TemperatureScaling} log-odds.
 *
 * @since 0.1.0
 */
public sealed interface Recalibration
        permits PlattScaling, IsotonicCalibration, LogisticRecalibration, TemperatureScaling {
    /**
     * The calibrated probability.
     *
     * @param score what the model put out
     * @return in [0, 1]
     */
    double probability(double score);

    /**
     * The calibrated probabilities of many rows.
     *
     * @param scores what the model put out
     * @return one value for each, in [0, 1]
     */
    default double[] apply(double... scores) {
        double[] result = new double[scores.length];
        for (int i = 0; i < scores.length; i++) {
            result[i] = probability(scores[i]);
        }
        return result;
    }

    /**
     * The fitted values as text, numbers and lists of numbers: {@code type} and what it needs.
     *
     * @return an immutable map that {@link #fromMap} reads
     * @throws IllegalStateException when a value is not finite, which JSON cannot hold
     */
    Map<String, Object> toMap();

    /**
     * Restores what {@link #toMap()} wrote, also after a way through JSON.
     *
     * @param map the map
     * @return an equal recalibration
     * @throws IllegalArgumentException when the type is unknown or a value is missing or not a
     *     number
     */
    static Recalibration fromMap(Map<String, ?> map) {
        String type = String.valueOf(map.get("type"));
        return switch (type) {
            case "platt" -> new PlattScaling(number(map, "a"), number(map, "b"));
            case "logistic" ->
                    new LogisticRecalibration(number(map, "intercept"), number(map, "slope"));
            case "temperature" -> new TemperatureScaling(number(map, "temperature"));
            case "isotonic" ->
                    IsotonicCalibration.of(numbers(map, "knots"), numbers(map, "values"));
            default ->
                    throw new IllegalArgumentException(
                            "type "
                                    + type
                                    + " is not one of platt, isotonic, logistic, temperature");
        };
    }

    private static double number(Map<String, ?> map, String key) {
        return asNumber(map.get(key), key);
    }

    private static double[] numbers(Map<String, ?> map, String key) {
        if (map.get(key) instanceof List<?> list) {
            return list.stream().mapToDouble(value -> asNumber(value, key)).toArray();
        }
        throw new IllegalArgumentException(key + " is " + map.get(key) + ", not a list of numbers");
    }

    private static double asNumber(@Nullable Object value, String key) {
        if (value instanceof Number number) {
            return number.doubleValue();
        }
        throw new IllegalArgumentException(key + " is " + value + ", not a number");
    }
}
