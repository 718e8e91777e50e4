// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.core.cohort;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the fields of one JSON object and notes what is wrong with each, with its place. */
final class Fields {
    private static final int NEAR = 2;

    private final JsonNode node;
    private final String where;
    private final Problems problems;

    Fields(JsonNode node, String where, Problems problems) {
        this.node = node;
        this.where = where;
        this.problems = problems;
    }

    /** Place of a field, as messages show it. */
    String at(String key) {
        return where + ", " + key;
    }

    void problem(String key, String what) {
        problems.add(at(key), what);
    }

    boolean has(String key) {
        return node.hasNonNull(key);
    }

    /** Unknown fields are fine, so that protocols may say more; a slip of the pen is not. */
    void checkKeys(Set<String> known) {
        for (var entry : node.properties()) {
            String key = entry.getKey();
            if (!known.contains(key)) {
                known.stream()
                        .filter(
                                k ->
                                        !node.has(k)
                                                && distance(k, key)
                                                        <= Math.min(NEAR, k.length() / 3))
                        .sorted()
                        .findFirst()
                        .ifPresent(
                                k ->
                                        problem(
                                                key,
                                                "unknown key, very like \""
                                                        + k
                                                        + "\"; correct its spelling or take it"
                                                        + " out"));
            }
        }
    }

    String text(String key, String fallback) {
        String value = optionalText(key);
        if (value == null && !has(key)) {
            problem(key, "missing; add \"" + key + "\"");
        }
        return value == null ? fallback : value;
    }

    @Nullable String optionalText(String key) {
        JsonNode value = node.get(key);
        if (value == null || value.isNull()) {
            return null;
        }
        if (!value.isTextual() && !value.isNumber() && !value.isBoolean()) {
            problem(key, "found " + kind(value) + ", allowed is a text");
            return null;
        }
        if (value.asText().isBlank()) {
            problem(key, "found an empty text; give it a value or take the key out");
            return null;
        }
        return value.asText().strip();
    }

    double number(String key, double fallback, double lower, double upper) {
        JsonNode value = node.get(key);
        if (value == null || value.isNull()) {
            return fallback;
        }
        if (!value.isNumber() || !(value.asDouble() >= lower && value.asDouble() <= upper)) {
            problem(
                    key,
                    "found "
                            + shown(value)
                            + ", allowed is a number from "
                            + Numbers.show(lower)
                            + " to "
                            + Numbers.show(upper));
            return fallback;
        }
        return value.asDouble();
    }

    long whole(String key, long fallback, long lower, long upper) {
        JsonNode value = node.get(key);
        if (value == null || value.isNull()) {
            return fallback;
        }
        if (!value.canConvertToLong()
                || !value.isIntegralNumber()
                || value.asLong() < lower
                || value.asLong() > upper) {
            problem(
                    key,
                    "found "
                            + shown(value)
                            + ", allowed is a whole number from "
                            + lower
                            + " to "
                            + upper);
            return fallback;
        }
        return value.asLong();
    }

    boolean flag(String key, boolean fallback) {
        JsonNode value = node.get(key);
        if (value == null || value.isNull()) {
            return fallback;
        }
        if (!value.isBoolean()) {
            problem(key, "found " + shown(value) + ", allowed are true and false");
            return fallback;
        }
        return value.asBoolean();
    }

    <E extends Enum<E>> E choice(String key, Class<E> type, E fallback) {
        String word = optionalText(key);
        return word == null ? fallback : choose(key, word, type, fallback);
    }

    <E extends Enum<E>> E choose(String key, String word, Class<E> type, E fallback) {
        List<String> allowed = new ArrayList<>();
        for (E constant : type.getEnumConstants()) {
            String name = constant.name().toLowerCase(Locale.ROOT);
            if (name.equals(word)) {
                return constant;
            }
            allowed.add(name);
        }
        problem(
                key,
                "found " + Problems.quote(word) + ", allowed are " + String.join(", ", allowed));
        return fallback;
    }

    /** Texts of an array; numbers and booleans count as texts, as 0 and 1 are words of a table. */
    List<String> texts(String key) {
        List<String> out = new ArrayList<>();
        JsonNode value = node.get(key);
        if (value == null || value.isNull()) {
            return out;
        }
        if (!value.isArray()) {
            problem(key, "found " + kind(value) + ", allowed is a list of texts");
            return out;
        }
        for (JsonNode item : value) {
            if (!item.isValueNode() || item.isNull()) {
                problem(key, "holds " + kind(item) + ", allowed are texts");
            } else {
                out.add(item.asText().strip());
            }
        }
        if (out.stream().distinct().count() < out.size()) {
            problem(key, "holds a text twice; keep one");
        }
        return out;
    }

    /** The object under a key; null, with a problem noted, when something else stands there. */
    @Nullable Fields object(String key, boolean required) {
        JsonNode value = node.get(key);
        if (value == null || value.isNull()) {
            if (required) {
                problem(key, "missing; add \"" + key + "\"");
            }
            return null;
        }
        if (!value.isObject()) {
            problem(key, "found " + kind(value) + ", allowed is an object");
            return null;
        }
        return new Fields(value, at(key), problems);
    }

    /** The objects of an array, each with its place. */
    List<Fields> objects(String key, String label, boolean required) {
        List<Fields> out = new ArrayList<>();
        JsonNode value = node.get(key);
        if (value == null || value.isNull()) {
            if (required) {
                problem(key, "missing; add \"" + key + "\"");
            }
            return out;
        }
        if (!value.isArray()) {
            problem(key, "found " + kind(value) + ", allowed is a list of objects");
            return out;
        }
        for (int i = 0; i < value.size(); i++) {
            JsonNode item = value.get(i);
            String place = where + ", " + key + "[" + i + "]";
            if (item.isObject()) {
                String name = item.path(label).asText("");
                out.add(
                        new Fields(
                                item,
                                name.isBlank() ? place : place + " (" + name + ")",
                                problems));
            } else {
                problems.add(place, "found " + kind(item) + ", allowed is an object");
            }
        }
        return out;
    }

    List<String> keys() {
        List<String> out = new ArrayList<>();
        node.fieldNames().forEachRemaining(out::add);
        return out;
    }

    JsonNode raw(String key) {
        return node.path(key);
    }

    static String shown(JsonNode value) {
        return value.isValueNode() ? Problems.quote(value.asText()) : kind(value);
    }

    private static String kind(JsonNode value) {
        return switch (value.getNodeType()) {
            case ARRAY -> "a list";
            case OBJECT -> "an object";
            case NUMBER -> "a number";
            case STRING -> "a text";
            case BOOLEAN -> "true or false";
            default -> "null";
        };
    }

    /** Levenshtein distance. */
    private static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j < row.length; j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j < row.length; j++) {
                int change = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(change, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[b.length()];
    }
}
