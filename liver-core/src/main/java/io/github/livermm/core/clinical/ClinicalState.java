// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.core.clinical;

import io.github.livermm.core.ModelFileException;
import io.github.livermm.core.StateReader;
import io.github.livermm.core.StateWriter;
import io.github.livermm.core.clinical.FittedClinicalEncoder.Absence;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The state of a fitted clinical encoder in a model file: words as JSON, numbers as one array per
 * column, so that they come back exactly.
 */
final class ClinicalState {
    private static final int NUMBER_VALUES = 4;

    private ClinicalState() {}

    static void save(
            StateWriter out,
            List<FeatureBlock> blocks,
            boolean missingIndicator,
            List<Absence> absences) {
        List<Object> columns = new ArrayList<>();
        for (int i = 0; i < blocks.size(); i++) {
            Map<String, Object> column = new LinkedHashMap<>();
            column.put("name", blocks.get(i).column());
            if (blocks.get(i) instanceof FeatureBlock.Numeric number) {
                NumberScaling s = number.scaling();
                column.put("type", "number");
                out.array(
                        "column_" + i,
                        new double[] {s.logarithmic() ? 1 : 0, s.floor(), s.centre(), s.scale()});
            } else if (blocks.get(i) instanceof FeatureBlock.Categorical category) {
                column.put("type", "category");
                column.put("levels", category.coding().levels());
                out.array(
                        "column_" + i,
                        category.coding().heights().stream()
                                .mapToDouble(Double::doubleValue)
                                .toArray());
            }
            columns.add(column);
        }
        Map<String, Object> state = new LinkedHashMap<>();
        state.put("schema", 1);
        state.put("missing_indicator", missingIndicator);
        state.put("columns", columns);
        out.json("clinical", state);
        double[] absent = new double[2 * absences.size()];
        for (int i = 0; i < absences.size(); i++) {
            absent[2 * i] = absences.get(i).block();
            absent[2 * i + 1] = absences.get(i).height();
        }
        out.array("absences", absent);
    }

    static FittedClinicalEncoder restore(StateReader in) {
        Map<String, Object> state = in.json("clinical");
        if (!(state.get("schema") instanceof Number schema) || schema.intValue() != 1) {
            throw damaged("schema is " + state.get("schema") + ", this version reads 1");
        }
        if (!(state.get("columns") instanceof List<?> columns)
                || !(state.get("missing_indicator") instanceof Boolean missingIndicator)) {
            throw damaged("columns or missing_indicator is not there");
        }
        List<FeatureBlock> blocks = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            if (!(columns.get(i) instanceof Map<?, ?> column)) {
                throw damaged("column " + i + " is not an object");
            }
            blocks.add(block(column, i, finite(in.array("column_" + i), i)));
        }
        double[] absent = in.array("absences");
        List<Absence> absences = new ArrayList<>();
        for (int i = 0; i + 1 < absent.length; i += 2) {
            if (!(absent[i] >= 0 && absent[i] < blocks.size())) {
                throw damaged("absences name column " + absent[i] + " of " + blocks.size());
            }
            absences.add(new Absence((int) absent[i], absent[i + 1]));
        }
        return new FittedClinicalEncoder(blocks, missingIndicator, absences);
    }

    private static FeatureBlock block(Map<?, ?> column, int i, double[] values) {
        if (!(column.get("name") instanceof String name)) {
            throw damaged("column " + i + " has no name");
        }
        if ("number".equals(column.get("type")) && values.length == NUMBER_VALUES) {
            return new FeatureBlock.Numeric(
                    name, new NumberScaling(values[0] == 1, values[1], values[2], values[3]));
        }
        if ("category".equals(column.get("type")) && column.get("levels") instanceof List<?> list) {
            List<String> levels = list.stream().map(String::valueOf).toList();
            if (levels.size() == values.length) {
                List<Double> heights = new ArrayList<>();
                for (double value : values) {
                    heights.add(value);
                }
                return new FeatureBlock.Categorical(name, new LevelCoding(levels, heights));
            }
        }
        throw damaged("column " + name + " is neither a number nor a category with its values");
    }

    private static double[] finite(double[] values, int i) {
        for (double value : values) {
            if (!Double.isFinite(value)) {
                throw damaged("column " + i + " holds " + value + ", allowed are finite numbers");
            }
        }
        return values;
    }

    private static ModelFileException damaged(String what) {
        return new ModelFileException(
                "clinical encoder: " + what + "; save the model again with a library that can");
    }
}
