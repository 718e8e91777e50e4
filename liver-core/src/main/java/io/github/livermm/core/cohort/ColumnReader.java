// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.core.cohort;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Builds the {@link Column}s of {@code study.json}: role, type, unit, limits and quantity. */
final class ColumnReader {
    private ColumnReader() {}

    static List<Column> read(Fields root) {
        List<Column> out = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (Fields fields : root.objects("columns", "name", true)) {
            Column column = column(fields);
            if (!column.name().isEmpty() && !names.add(column.name())) {
                fields.problem("name", "declared twice; keep one declaration");
            }
            out.add(column);
        }
        return out;
    }

    private static Column column(Fields fields) {
        fields.checkKeys(
                Set.of(
                        "name",
                        "role",
                        "type",
                        "unit",
                        "unit_by_centre",
                        "levels",
                        "limits",
                        "scale",
                        "upper_normal",
                        "quantity",
                        "preoperative"));
        String name = fields.text("name", "");
        Role role =
                fields.has("role")
                        ? fields.choice("role", Role.class, Role.IGNORE)
                        : noRole(fields);
        ColumnType type = fields.choice("type", ColumnType.class, ColumnType.CATEGORY);
        boolean used = role == Role.PREDICTOR || role == Role.SUBGROUP;
        if (used && !fields.has("type")) {
            fields.problem("type", "missing; state \"number\" or \"category\"");
        }
        if (role == Role.SUBGROUP && type == ColumnType.NUMBER) {
            fields.problem("type", "a subgroup is a category; add a column of words to the table");
        }
        if (role == Role.PREDICTOR
                && Postoperative.named(name)
                && !fields.flag("preoperative", false)) {
            fields.problem(
                    "role",
                    "found \"predictor\", but the name says that this is known only after surgery;"
                            + " set \"role\": \"postoperative\" (if it was known before surgery,"
                            + " such as from a biopsy, add \"preoperative\": true)");
        }
        List<String> levels = fields.texts("levels");
        if (used && type == ColumnType.CATEGORY && fields.has("levels") && levels.size() < 2) {
            fields.problem("levels", "found " + levels.size() + ", needed are at least 2 words");
        }
        Column.Measure measure =
                type == ColumnType.NUMBER ? measure(fields, name, role) : Column.Measure.NONE;
        return new Column(name, role, type, measure, levels);
    }

    private static Role noRole(Fields fields) {
        fields.problem("role", "missing; state what the column is for, such as \"predictor\"");
        return Role.IGNORE;
    }

    private static Column.Measure measure(Fields fields, String name, Role role) {
        String unit = fields.optionalText("unit");
        String stated = fields.optionalText("quantity");
        Quantity quantity = Quantity.named(stated == null ? name : stated).orElse(null);
        if (stated != null && quantity == null) {
            fields.problem(
                    "quantity",
                    "found "
                            + Problems.quote(stated)
                            + ", allowed are "
                            + String.join(
                                    ", ", Quantity.all().stream().map(Quantity::id).toList()));
        }
        if (unit == null && role == Role.PREDICTOR && !fields.has("unit")) {
            fields.problem(
                    "unit",
                    "missing; state the unit of the numbers"
                            + (quantity == null
                                    ? ", or \"ratio\", \"points\" or \"count\" when they have none"
                                    : ", such as \"" + quantity.units().get(0) + "\""));
        }
        Map<String, String> byCentre = new LinkedHashMap<>();
        Fields centres = fields.object("unit_by_centre", false);
        if (centres != null) {
            for (String centre : centres.keys()) {
                String other = centres.optionalText(centre);
                if (other != null && unit != null) {
                    byCentre.put(centre, other);
                    checkConvertible(centres, centre, unit, other, quantity);
                }
            }
        }
        String scale = fields.optionalText("scale");
        if (scale != null && !Set.of("linear", "log").contains(scale)) {
            fields.problem("scale", "found " + Problems.quote(scale) + ", allowed are linear, log");
        }
        return new Column.Measure(
                unit == null ? "" : unit,
                byCentre,
                limits(fields),
                "log".equals(scale),
                fields.optionalText("upper_normal"),
                stated);
    }

    private static void checkConvertible(
            Fields centres, String centre, String unit, String other, @Nullable Quantity quantity) {
        if (Quantity.plainUnit(unit).equals(Quantity.plainUnit(other))) {
            return;
        }
        if (quantity == null) {
            centres.problem(
                    centre,
                    "no conversion from "
                            + other
                            + " to "
                            + unit
                            + " is known for this column; say what it measures with \"quantity\", or"
                            + " convert the values in the table");
        } else if (quantity.factor(other, unit).isEmpty()) {
            centres.problem(
                    centre,
                    "no conversion from "
                            + other
                            + " to "
                            + unit
                            + " is known for "
                            + quantity.id()
                            + ", known are "
                            + String.join(", ", quantity.units()));
        }
    }

    private static @Nullable Limits limits(Fields fields) {
        if (!fields.has("limits")) {
            return null;
        }
        JsonNode pair = fields.raw("limits");
        if (!pair.isArray()
                || pair.size() != 2
                || !pair.get(0).isNumber()
                || !pair.get(1).isNumber()
                || !(pair.get(0).asDouble() <= pair.get(1).asDouble())) {
            fields.problem("limits", "allowed are two numbers, the smaller one first");
            return null;
        }
        return new Limits(pair.get(0).asDouble(), pair.get(1).asDouble());
    }
}
