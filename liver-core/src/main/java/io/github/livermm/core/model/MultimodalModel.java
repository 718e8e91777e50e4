// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.core.model;

import io.github.livermm.core.HeadProvider;
import io.github.livermm.core.ModalityReader;
import io.github.livermm.core.ModelFileException;
import io.github.livermm.core.PredictionHead;
import io.github.livermm.core.StateReader;
import io.github.livermm.core.StateWriter;
import io.github.livermm.core.cohort.CohortInputs;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.TreeMap;

/**
 * A trained model: heads, views (scores of modalities) and strategies (from scores to predictions).
 * Immutable; predicts from several threads, one at a time per network.
 *
 * @since 0.1.0
 */
public final class MultimodalModel {
    private final List<PredictionHead> heads;
    private final List<View> views;
    private final List<Strategy> strategies;
    private final Map<String, ModalityReader<?>> readers;

    /**
     * Joins the parts of a model.
     *
     * @param heads in the order of every part's heads
     * @param views scores
     * @param strategies from scores to predictions
     * @param readers how each modality is read, by name
     */
    public MultimodalModel(
            List<PredictionHead> heads,
            List<View> views,
            List<Strategy> strategies,
            Map<String, ModalityReader<?>> readers) {
        this.heads = List.copyOf(heads);
        this.views = List.copyOf(views);
        this.strategies = List.copyOf(strategies);
        this.readers = new LinkedHashMap<>(readers);
    }

    /**
     * The heads.
     *
     * @return in order
     */
    public List<PredictionHead> heads() {
        return heads;
    }

    /**
     * The views.
     *
     * @return in order
     */
    public List<View> views() {
        return views;
    }

    /**
     * The strategies.
     *
     * @return in order
     */
    public List<Strategy> strategies() {
        return strategies;
    }

    /**
     * How the modalities of a patient are read for this model.
     *
     * @return one reader per modality, by name
     */
    public Map<String, ModalityReader<?>> readers() {
        return new LinkedHashMap<>(readers);
    }

    /**
     * Predicts patients by every strategy. A patient who lacks a modality is predicted by the
     * sub-model of what is there.
     *
     * @param inputs patients
     * @return predictions, one row per patient
     */
    public ModelPredictions predict(CohortInputs inputs) {
        Map<String, double[][]> scores = new LinkedHashMap<>();
        for (View view : views) {
            scores.put(view.name(), view.linearPredictors(inputs, heads.size()));
        }
        ModelPredictions.Builder out = new ModelPredictions.Builder(inputs.size());
        for (Strategy strategy : strategies) {
            for (int h = 0; h < heads.size(); h++) {
                for (int i = 0; i < inputs.size(); i++) {
                    double[] row = new double[strategy.views().size()];
                    for (int v = 0; v < row.length; v++) {
                        double[][] eta = scores.get(strategy.views().get(v));
                        if (eta == null) {
                            throw new IllegalStateException(
                                    "strategy " + strategy.name() + " uses an unknown view");
                        }
                        row[v] = eta[h][i];
                    }
                    out.set(strategy.name(), heads.get(h).target(), i, strategy.predict(h, row));
                }
            }
        }
        return out.build();
    }

    /**
     * Writes the model to a folder, or to a zip file when the name ends in {@code .zip}.
     *
     * @param file folder or zip file, replaced when it is a model already
     * @param card what the manifest tells about the training: protocol, seed, data digest, metrics
     * @throws IOException when the file cannot be written
     */
    public void save(Path file, Map<String, ?> card) throws IOException {
        ModelArchive.Writer archive = new ModelArchive.Writer();
        StateWriter out = archive;
        List<Map<String, Object>> headList = new ArrayList<>();
        for (PredictionHead head : heads) {
            headList.add(Map.of("id", head.id(), "target", head.target()));
            head.save(out.part("heads").part(head.target()));
        }
        for (int v = 0; v < views.size(); v++) {
            views.get(v).save(out.part("views").part(String.valueOf(v)));
        }
        for (int s = 0; s < strategies.size(); s++) {
            strategies.get(s).save(out.part("strategies").part(String.valueOf(s)), heads);
        }
        Map<String, Object> manifest = new LinkedHashMap<>();
        manifest.put("schema", ModelArchive.SCHEMA);
        manifest.put("library_version", ModelArchive.libraryVersion());
        manifest.putAll(card);
        manifest.put("heads", headList);
        manifest.put("views", views.size());
        manifest.put("strategies", strategies.size());
        archive.write(file, manifest);
    }

    /**
     * Reads a model.
     *
     * @param file folder or zip file that {@link #save} wrote
     * @return a model that predicts as the saved one did
     * @throws IOException when the file cannot be read
     * @throws ModelFileException when it is damaged or of another schema
     */
    public static MultimodalModel load(Path file) throws IOException {
        ModelArchive.Reader in = ModelArchive.read(file);
        Map<String, HeadProvider> providers = new TreeMap<>();
        ServiceLoader.load(HeadProvider.class).forEach(p -> providers.put(p.id(), p));
        List<PredictionHead> heads = new ArrayList<>();
        Object list = in.manifest().getOrDefault("heads", List.of());
        for (Object entry : list instanceof List<?> l ? l : List.of()) {
            Map<?, ?> head = (Map<?, ?>) entry;
            HeadProvider provider = providers.get(String.valueOf(head.get("id")));
            if (provider == null) {
                throw new ModelFileException(
                        file.getFileName()
                                + ": head "
                                + head.get("id")
                                + " is not on the class path, which holds "
                                + providers.keySet()
                                + "; add the artifact io.github.livermm:liver-survival");
            }
            heads.add(provider.restore(in.part("heads").part(String.valueOf(head.get("target")))));
        }
        List<View> views = new ArrayList<>();
        for (int v = 0; v < count(in, "views"); v++) {
            views.add(View.restore(in.part("views").part(String.valueOf(v)), heads));
        }
        List<Strategy> strategies = new ArrayList<>();
        for (int s = 0; s < count(in, "strategies"); s++) {
            StateReader part = in.part("strategies").part(String.valueOf(s));
            strategies.add(Strategy.restore(part, heads));
        }
        Map<String, ModalityReader<?>> readers = new LinkedHashMap<>();
        for (View view : views) {
            for (Member member : view.members()) {
                readers.putAll(member.readers());
            }
        }
        return new MultimodalModel(heads, views, strategies, readers);
    }

    private static int count(ModelArchive.Reader in, String key) {
        return in.manifest().get(key) instanceof Number n ? n.intValue() : 0;
    }
}
