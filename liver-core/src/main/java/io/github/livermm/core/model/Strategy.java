// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.core.model;

import io.github.livermm.core.HeadModel;
import io.github.livermm.core.Prediction;
import io.github.livermm.core.PredictionHead;
import io.github.livermm.core.StateReader;
import io.github.livermm.core.StateWriter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * From the scores of some views to predictions: per head one penalised model for every set of views
 * that a patient may have (pattern sub-models). A patient without any view gets the model without
 * columns: the base rate.
 *
 * <p>Reference: Fletcher Mercaldo S, Blume JD, "Missing data and prediction: the pattern submodel"
 * (2020), doi:10.1093/biostatistics/kxy040.
 *
 * @since 0.1.0
 */
public final class Strategy {
    private final String name;
    private final List<String> views;
    private final List<Map<Integer, HeadModel>> models; // per head, by bit set of views

    /**
     * Joins the fitted models of a strategy.
     *
     * @param name name in tables and files
     * @param views names of the views it uses, in the order of the columns
     * @param models per head, the model of each set of views, by bit set (bit v = view v)
     */
    public Strategy(String name, List<String> views, List<Map<Integer, HeadModel>> models) {
        this.name = name;
        this.views = List.copyOf(views);
        this.models = models.stream().<Map<Integer, HeadModel>>map(TreeMap::new).toList();
    }

    /**
     * Name of the strategy.
     *
     * @return such as {@code late}
     */
    public String name() {
        return name;
    }

    /**
     * Views used, in the order of the columns.
     *
     * @return at least one
     */
    public List<String> views() {
        return views;
    }

    /**
     * The model of one head for one set of views.
     *
     * @param head index of the head
     * @param present bit set of views
     * @return empty when the head could not be fitted for that set
     */
    public Optional<HeadModel> model(int head, int present) {
        return Optional.ofNullable(models.get(head).get(present));
    }

    /**
     * Predicts one patient for one head.
     *
     * @param head index of the head
     * @param scores one per view; NaN where the view is absent
     * @return empty when the head could not be fitted at all
     */
    public Optional<Prediction> predict(int head, double[] scores) {
        int present = 0;
        for (int v = 0; v < scores.length; v++) {
            present |= Double.isNaN(scores[v]) ? 0 : 1 << v;
        }
        return model(head, present).map(m -> m.predict(columns(scores)));
    }

    /**
     * The columns that the model of a patient's views takes: its scores without the absent ones.
     *
     * @param scores one per view; NaN where the view is absent
     * @return the present ones, in order
     */
    public static double[] columns(double[] scores) {
        return java.util.Arrays.stream(scores).filter(s -> !Double.isNaN(s)).toArray();
    }

    void save(StateWriter out, List<PredictionHead> heads) {
        Map<String, List<Integer>> fitted = new TreeMap<>();
        for (int h = 0; h < heads.size(); h++) {
            String target = heads.get(h).target();
            fitted.put(target, List.copyOf(models.get(h).keySet()));
            for (Map.Entry<Integer, HeadModel> entry : models.get(h).entrySet()) {
                entry.getValue().save(out.part(target + "." + entry.getKey()));
            }
        }
        out.json("strategy", Map.of("name", name, "views", views, "fitted", fitted));
    }

    static Strategy restore(StateReader in, List<PredictionHead> heads) {
        Map<String, Object> state = in.json("strategy");
        List<String> views = new ArrayList<>();
        ((List<?>) state.getOrDefault("views", List.of())).forEach(v -> views.add((String) v));
        Map<?, ?> fitted = (Map<?, ?>) state.getOrDefault("fitted", Map.of());
        List<Map<Integer, HeadModel>> models = new ArrayList<>();
        for (PredictionHead head : heads) {
            Map<Integer, HeadModel> byViews = new HashMap<>();
            Object keys = fitted.get(head.target());
            if (keys instanceof List<?> list) {
                for (Object key : list) {
                    byViews.put(
                            ((Number) key).intValue(),
                            head.restore(in.part(head.target() + "." + key)));
                }
            }
            models.add(byViews);
        }
        return new Strategy(String.valueOf(state.get("name")), views, models);
    }
}
