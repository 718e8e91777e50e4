// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.core.cohort;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One column of the patients table as the protocol declares it.
 *
 * @param name header in the table
 * @param role what the column is for
 * @param type how its values are read
 * @param measure unit, limits and scale of a number; {@link Measure#NONE} for a category
 * @param levels allowed words of a category, in the order of the protocol; empty allows any word
 * @since 0.1.0
 */
public record Column(
        String name, Role role, ColumnType type, Measure measure, List<String> levels) {
    /** Copies the levels. */
    public Column {
        levels = List.copyOf(levels);
    }

    /**
     * Whether the column goes into the model as a number.
     *
     * @return true for a numeric predictor
     */
    public boolean numericPredictor() {
        return role == Role.PREDICTOR && type == ColumnType.NUMBER;
    }

    /**
     * Whether the column goes into the model as a category.
     *
     * @return true for a categorical predictor
     */
    public boolean categoricalPredictor() {
        return role == Role.PREDICTOR && type == ColumnType.CATEGORY;
    }

    /**
     * How the numbers of a column were measured.
     *
     * @param unit unit the values are brought to; empty when none is stated
     * @param unitByCentre unit of the centres that differ
     * @param limits range of possible values in {@code unit}; null when none is stated
     * @param logarithmic whether the model sees the logarithm
     * @param upperNormal column with the laboratory's upper limit of normal; null when there is
     *     none
     * @param quantity what is measured, when the name of the column does not say so; null otherwise
     * @since 0.1.0
     */
    public record Measure(
            String unit,
            Map<String, String> unitByCentre,
            @Nullable Limits limits,
            boolean logarithmic,
            @Nullable String upperNormal,
            @Nullable String quantity) {
        /** No unit, no limits, linear. */
        public static final Measure NONE = new Measure("", Map.of(), null, false, null, null);

        /** Copies the map. */
        public Measure {
            unitByCentre = Map.copyOf(unitByCentre);
        }
    }
}
