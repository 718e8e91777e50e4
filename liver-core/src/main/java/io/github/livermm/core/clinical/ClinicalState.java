// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.core.clinical;

import io.github.livermm.core.ModelFileException;
import io.github.livermm.core.StateReader;
import io.github.livermm.core.StateWriter;
import io.github.livermm.core.clinical.FittedClinicalEncoder.Absence;
import io.github.livermm.core.cohort.DerivedScore;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The state of a fitted clinical encoder in a model file: words as JSON, numbers as one array per
 * column, so that they come back exactly.
 */
final class ClinicalState {
    private static final int NUMBER_VALUES = 4;
    private static final String COLUMN = "column_";
    private static final String SCORE = "score_";

    private ClinicalState() {}

    static void save(
            StateWriter out,
            List<FeatureBlock> columns,
            DerivedColumns derived,
            List<FeatureBlock> scores,
            boolean missingIndicator,
            List<Absence> absences) {
        List<Object> columnTrees = blockTrees(columns, COLUMN, out);
        List<Object> scoreTrees = blockTrees(scores, SCORE, out);
        Map<String, Object> state = new LinkedHashMap<>();
        state.put("schema", 1);
        state.put("missing_indicator", missingIndicator);
        state.put("columns", columnTrees);
        state.put("scores", scoreTrees);
        state.put("derived", derivedTree(derived));
        out.json("clinical", state);
        double[] absent = new double[2 * absences.size()];
        for (int i = 0; i < absences.size(); i++) {
            absent[2 * i] = absences.get(i).column();
            absent[2 * i + 1] = absences.get(i).height();
        }
        out.array("absences", absent);
    }

    private static List<Object> blockTrees(
            List<FeatureBlock> blocks, String prefix, StateWriter out) {
        List<Object> trees = new ArrayList<>();
        for (int i = 0; i < blocks.size(); i++) {
            Map<String, Object> tree = new LinkedHashMap<>();
            tree.put("name", blocks.get(i).column());
            if (blocks.get(i) instanceof FeatureBlock.Numeric number) {
                NumberScaling s = number.scaling();
                tree.put("type", "number");
                out.array(
                        prefix + i,
                        new double[] {s.logarithmic() ? 1 : 0, s.floor(), s.median(), s.scale()});
            } else if (blocks.get(i) instanceof FeatureBlock.Categorical category) {
                tree.put("type", "category");
                tree.put("mode", category.coding().mode());
                tree.put("levels", category.coding().levels());
                out.array(
                        prefix + i,
                        category.coding().heights().stream()
                                .mapToDouble(Double::doubleValue)
                                .toArray());
            }
            trees.add(tree);
        }
        return trees;
    }

    static FittedClinicalEncoder restore(StateReader in) {
        Map<String, Object> state = in.json("clinical");
        if (!(state.get("schema") instanceof Number schema) || schema.intValue() != 1) {
            throw damaged("schema is " + state.get("schema") + ", this version reads 1");
        }
        if (!(state.get("missing_indicator") instanceof Boolean missingIndicator)) {
            throw damaged("missing_indicator is not there");
        }
        List<FeatureBlock> columns = blocks(state.get("columns"), COLUMN, in);
        List<FeatureBlock> scores = blocks(state.get("scores"), SCORE, in);
        double[] absent = in.array("absences");
        List<Absence> absences = new ArrayList<>();
        for (int i = 0; i + 1 < absent.length; i += 2) {
            if (!(absent[i] >= 0 && absent[i] < columns.size())) {
                throw damaged("absences name column " + absent[i] + " of " + columns.size());
            }
            absences.add(new Absence((int) absent[i], absent[i + 1]));
        }
        return new FittedClinicalEncoder(
                columns, derived(state.get("derived")), scores, missingIndicator, absences);
    }

    private static List<FeatureBlock> blocks(
            @Nullable Object trees, String prefix, StateReader in) {
        if (!(trees instanceof List<?> list)) {
            throw damaged("columns or scores are not there");
        }
        List<FeatureBlock> out = new ArrayList<>();
        for (int i = 0; i < list.size(); i++) {
            if (!(list.get(i) instanceof Map<?, ?> tree)) {
                throw damaged(prefix + i + " is not an object");
            }
            out.add(block(tree, i, finite(in.array(prefix + i), prefix + i)));
        }
        return out;
    }

    private static Map<String, Object> derivedTree(DerivedColumns derived) {
        Map<String, Object> sources = new TreeMap<>();
        derived.sources()
                .forEach(
                        (quantity, source) ->
                                sources.put(
                                        quantity,
                                        Map.of(
                                                "column",
                                                source.column(),
                                                "factor",
                                                source.factor())));
        Map<String, Object> out = new LinkedHashMap<>();
        out.put("scores", derived.scores().stream().map(DerivedScore::word).toList());
        out.put("sources", sources);
        out.put("female_column", derived.femaleColumn());
        out.put("female", derived.female());
        return out;
    }

    private static DerivedColumns derived(@Nullable Object tree) {
        if (!(tree instanceof Map<?, ?> map)
                || !(map.get("scores") instanceof List<?> words)
                || !(map.get("sources") instanceof Map<?, ?> places)
                || !(map.get("female_column") instanceof String femaleColumn)
                || !(map.get("female") instanceof String female)) {
            throw damaged("derived is not there or lacks a part");
        }
        List<DerivedScore> scores = new ArrayList<>();
        for (Object word : words) {
            scores.add(
                    Arrays.stream(DerivedScore.values())
                            .filter(s -> s.word().equals(word))
                            .findFirst()
                            .orElseThrow(() -> damaged("the score " + word + " is unknown")));
        }
        Map<String, DerivedColumns.Source> sources = new TreeMap<>();
        for (var entry : places.entrySet()) {
            if (!(entry.getValue() instanceof Map<?, ?> source)
                    || !(source.get("column") instanceof String column)
                    || !(source.get("factor") instanceof Number factor)) {
                throw damaged("the source of " + entry.getKey() + " lacks column or factor");
            }
            sources.put(
                    String.valueOf(entry.getKey()),
                    new DerivedColumns.Source(column, factor.doubleValue()));
        }
        return new DerivedColumns(scores, sources, femaleColumn, female);
    }

    private static FeatureBlock block(Map<?, ?> column, int i, double[] values) {
        if (!(column.get("name") instanceof String name)) {
            throw damaged("column " + i + " has no name");
        }
        if ("number".equals(column.get("type")) && values.length == NUMBER_VALUES) {
            return new FeatureBlock.Numeric(
                    name, new NumberScaling(values[0] == 1, values[1], values[2], values[3]));
        }
        if ("category".equals(column.get("type"))
                && column.get("levels") instanceof List<?> list
                && column.get("mode") instanceof String mode) {
            List<String> levels = list.stream().map(String::valueOf).toList();
            if (levels.size() == values.length) {
                List<Double> heights = new ArrayList<>();
                for (double value : values) {
                    heights.add(value);
                }
                return new FeatureBlock.Categorical(name, new LevelCoding(mode, levels, heights));
            }
        }
        throw damaged("column " + name + " is neither a number nor a category with its values");
    }

    private static double[] finite(double[] values, String name) {
        for (double value : values) {
            if (!Double.isFinite(value)) {
                throw damaged(name + " holds " + value + ", allowed are finite numbers");
            }
        }
        return values;
    }

    private static ModelFileException damaged(String what) {
        return new ModelFileException(
                "clinical encoder: " + what + "; save the model again with a library that can");
    }
}
