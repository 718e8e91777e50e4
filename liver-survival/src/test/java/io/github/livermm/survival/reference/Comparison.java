// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.survival.reference;

import com.fasterxml.jackson.databind.JsonNode;
import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Compares a tree of found values (maps, lists, arrays, numbers, text) with the expected one under
 * the tolerances of the fixture, and reports every difference with folder, key and reference call.
 * Every expected key must be found; a key left out on purpose is named in {@link #except}.
 */
public final class Comparison {
    private static final int SHOWN = 20;

    private final Fixture fixture;
    private final JsonNode keys;
    private final Tolerance usual;
    private final List<String> differences = new ArrayList<>();
    private Set<String> ignored = Set.of();
    private boolean undefinedAccepted;
    private int compared;
    private double worst;

    Comparison(Fixture fixture, JsonNode tolerance) {
        this.fixture = fixture;
        this.keys = tolerance.path("keys");
        this.usual = Tolerance.of(tolerance.path("default"));
    }

    private record Tolerance(double rel, double abs) {
        static Tolerance of(JsonNode node) {
            return new Tolerance(node.path("rel").asDouble(), node.path("abs").asDouble());
        }
    }

    /** Leaves keys out, at any depth; the caller says why beside the call. */
    public Comparison except(String... names) {
        ignored = Set.of(names);
        return this;
    }

    /** Accepts an undefined value where the reference has one made from a division by 0. */
    public Comparison undefinedAccepted() {
        undefinedAccepted = true;
        return this;
    }

    /** Compares with the whole tree {@code expected}. */
    public Comparison tree(Object found) {
        compare("", fixture.expected(), found, usual);
        return this;
    }

    /** Compares one key of {@code expected}, or a path such as {@code "groups/1/coef"}. */
    public Comparison value(String path, Object found) {
        JsonNode expected = fixture.expected();
        Tolerance tolerance = usual;
        for (String key : path.split("/")) {
            expected =
                    expected.isArray() ? expected.path(Integer.parseInt(key)) : expected.path(key);
            tolerance = within(key, tolerance);
        }
        compare(path, expected, found, tolerance);
        return this;
    }

    /** Compares columns with those of an expected file, by the key of {@code expected_files}. */
    public Comparison file(String key, Map<String, ?> columns) {
        String file = fixture.expectedFiles().path(key).asText();
        CsvTable table = fixture.csv(file);
        Tolerance tolerance = within(file, within(key, within("expected_files", usual)));
        for (String column : table.header()) {
            if (ignored.contains(column)) {
                continue;
            }
            Object found = columns.get(column);
            if (found == null) {
                differences.add(file + " column " + column + ": not computed");
                continue;
            }
            Tolerance innermost = within(column, tolerance);
            int length = Array.getLength(found);
            if (length != table.size()) {
                differences.add(
                        file
                                + " column "
                                + column
                                + ": "
                                + length
                                + " rows, expected "
                                + table.size());
                continue;
            }
            if (found instanceof String[] text) {
                String[] expected = table.text(column);
                for (int i = 0; i < length; i++) {
                    text(file + " " + column + " row " + (i + 1), expected[i], text[i]);
                }
            } else {
                double[] expected = table.numbers(column);
                for (int i = 0; i < length; i++) {
                    number(
                            file + " " + column + " row " + (i + 1),
                            expected[i],
                            ((Number) Array.get(found, i)).doubleValue(),
                            innermost);
                }
            }
        }
        return this;
    }

    /** Fails with all differences, if there are any, or when nothing was compared. */
    public void verify() {
        if (compared == 0) {
            throw new AssertionError(fixture.name() + ": nothing was compared");
        }
        if (!differences.isEmpty()) {
            int more = differences.size() - SHOWN;
            throw new AssertionError(
                    fixture.name()
                            + ": "
                            + differences.size()
                            + " of "
                            + compared
                            + " values differ\n  "
                            + String.join(
                                    "\n  ",
                                    differences.subList(0, Math.min(SHOWN, differences.size())))
                            + (more > 0 ? "\n  and " + more + " more" : "")
                            + "\n  reference call: "
                            + fixture.calls());
        }
    }

    /** The largest difference seen so far, in units of its tolerance; at most 1 when all pass. */
    public double worst() {
        return worst;
    }

    private Tolerance within(String key, Tolerance outer) {
        JsonNode own = keys.path(key);
        return own.isMissingNode() ? outer : Tolerance.of(own);
    }

    private void compare(String path, JsonNode expected, Object found, Tolerance tolerance) {
        if (expected.isMissingNode()) {
            differences.add(path + ": the fixture has no such key");
        } else if (expected.isObject()) {
            object(path, expected, found, tolerance);
        } else if (expected.isArray()) {
            array(path, expected, found, tolerance);
        } else if (expected.isNumber()) {
            number(path, expected.asDouble(), found, tolerance);
        } else if (expected.isNull()) {
            number(path, Double.NaN, found, tolerance);
        } else if (expected.isBoolean()) {
            text(path, expected.asText(), String.valueOf(found));
        } else {
            switch (expected.asText()) {
                case "NA", "NaN" -> number(path, Double.NaN, found, tolerance);
                case "Inf" -> number(path, Double.POSITIVE_INFINITY, found, tolerance);
                case "-Inf" -> number(path, Double.NEGATIVE_INFINITY, found, tolerance);
                default -> text(path, expected.asText(), String.valueOf(found));
            }
        }
    }

    private void object(String path, JsonNode expected, Object found, Tolerance tolerance) {
        if (!(found instanceof Map<?, ?> map)) {
            differences.add(path + ": expected an object, found " + found);
            return;
        }
        for (Iterator<String> names = expected.fieldNames(); names.hasNext(); ) {
            String name = names.next();
            if (ignored.contains(name)) {
                continue;
            }
            if (!map.containsKey(name)) {
                differences.add(path + "/" + name + ": not computed");
                continue;
            }
            compare(path + "/" + name, expected.path(name), map.get(name), within(name, tolerance));
        }
    }

    private void array(String path, JsonNode expected, Object found, Tolerance tolerance) {
        Object array = found instanceof List<?> list ? list.toArray() : found;
        if (array == null || !array.getClass().isArray()) {
            // R writes a vector of length 1 as an array of one
            if (expected.size() == 1) {
                compare(path, expected.get(0), found, tolerance);
            } else {
                differences.add(path + ": expected an array, found " + found);
            }
            return;
        }
        if (Array.getLength(array) != expected.size()) {
            differences.add(
                    path
                            + ": expected "
                            + expected.size()
                            + " values, found "
                            + Array.getLength(array));
            return;
        }
        for (int i = 0; i < expected.size(); i++) {
            compare(path + "/" + i, expected.get(i), Array.get(array, i), tolerance);
        }
    }

    private void number(String path, double expected, Object found, Tolerance tolerance) {
        compared++;
        if (found != null && !(found instanceof Number)) {
            differences.add(path + ": expected " + expected + ", found " + found);
            return;
        }
        double value = found == null ? Double.NaN : ((Number) found).doubleValue();
        if (Double.isNaN(expected)) {
            if (!Double.isNaN(value)) {
                differences.add(path + ": expected undefined, found " + value);
            }
            return;
        }
        if (value == expected) {
            return;
        }
        boolean degenerate = Double.isInfinite(expected) || expected == 0 || expected == 1;
        if (undefinedAccepted && Double.isNaN(value) && degenerate) {
            return;
        }
        double allowed = tolerance.abs + tolerance.rel * Math.abs(expected);
        double distance = Math.abs(value - expected);
        if (!(distance <= allowed) || Double.isInfinite(expected)) {
            differences.add(
                    path
                            + ": expected "
                            + expected
                            + ", found "
                            + value
                            + " (allowed "
                            + allowed
                            + ")");
        } else {
            worst = Math.max(worst, distance / allowed);
        }
    }

    private void text(String path, String expected, String found) {
        compared++;
        if (!expected.equals(found)) {
            differences.add(path + ": expected " + expected + ", found " + found);
        }
    }
}
