// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.imaging.format;

import java.util.Map;

/**
 * An axis of a NRRD file that states no space: what its per-axis fields say; NaN where they say
 * nothing.
 *
 * @param size samples
 * @param spacing distance of neighbours
 * @param min where the axis begins
 * @param max where it ends
 * @param isNode whether the outer samples lie at min and max; else, and when nothing is said, they
 *     lie amid cells whose outer faces do
 */
record NrrdAxis(int size, double spacing, double min, double max, boolean isNode) {
    static NrrdAxis of(String file, Map<String, String> fields, int axis, int[] sizes)
            throws ImageFormatException {
        return new NrrdAxis(
                sizes[axis],
                number(file, fields, "spacings", axis, sizes),
                number(file, fields, "axis mins", axis, sizes),
                number(file, fields, "axis maxs", axis, sizes),
                word(file, fields, "centers", axis, sizes).equalsIgnoreCase("node"));
    }

    private static double number(
            String file, Map<String, String> fields, String field, int axis, int[] sizes)
            throws ImageFormatException {
        String word = word(file, fields, field, axis, sizes);
        return word.isEmpty() || word.equalsIgnoreCase("nan")
                ? Double.NaN
                : HeaderLines.numbers(file, field, word)[0];
    }

    private static String word(
            String file, Map<String, String> fields, String field, int axis, int[] sizes)
            throws ImageFormatException {
        String value = fields.get(field);
        if (value == null) {
            return "";
        }
        String[] words = value.split("\\s+");
        if (words.length != sizes.length) {
            throw new ImageFormatException(
                    file
                            + ": field "
                            + field
                            + " has "
                            + words.length
                            + " values, allowed are as many as sizes ("
                            + sizes.length
                            + ")");
        }
        return words[axis];
    }

    /** Distance of neighbours: as stated, else by min and max, else 1. */
    double step() {
        double extent = max - min;
        return !Double.isNaN(spacing)
                ? spacing
                : Double.isNaN(extent) ? 1 : extent / (isNode ? size - 1 : size);
    }

    /** Where the first sample lies; NaN when the axis has no min. */
    double first() {
        return isNode ? min : min + step() / 2;
    }
}
