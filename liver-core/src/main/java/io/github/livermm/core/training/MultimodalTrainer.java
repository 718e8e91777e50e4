// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.core.training;

import io.github.livermm.core.FittedEncoder;
import io.github.livermm.core.HeadModel;
import io.github.livermm.core.ModalityEncoder;
import io.github.livermm.core.ModalityReader;
import io.github.livermm.core.PatientLabels;
import io.github.livermm.core.PredictionHead;
import io.github.livermm.core.TrainingException;
import io.github.livermm.core.cohort.CohortInputs;
import io.github.livermm.core.cohort.Progress;
import io.github.livermm.core.fusion.Fusion;
import io.github.livermm.core.model.MultimodalModel;
import io.github.livermm.core.model.Strategy;
import io.github.livermm.core.model.View;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Trains a model on training patients: a score per modality (its penalised model where the encoder
 * has features, its network else) and per joint strategy, each out of fold within the training
 * patients; then the heads' penalised models on those scores. Nothing outside the given patients is
 * seen.
 *
 * @since 0.1.0
 */
public final class MultimodalTrainer {
    private final List<ModalityEncoder<?>> encoders;
    private final List<PredictionHead> heads;
    private final TrainingOptions options;

    /**
     * Prepares a trainer.
     *
     * @param encoders one per modality, at least one
     * @param heads what to predict, at least one
     * @param options how to train
     */
    public MultimodalTrainer(
            List<ModalityEncoder<?>> encoders,
            List<PredictionHead> heads,
            TrainingOptions options) {
        this.encoders = List.copyOf(encoders);
        this.heads = List.copyOf(heads);
        this.options = options;
        if (encoders.isEmpty() || heads.isEmpty()) {
            throw new IllegalArgumentException(
                    "got "
                            + encoders.size()
                            + " encoders and "
                            + heads.size()
                            + " heads, at least one of each is needed");
        }
    }

    /**
     * Trains a model.
     *
     * @param training training patients
     * @param progress told as the work goes on
     * @return the model
     * @throws TrainingException when no patient has any modality, or a loss diverged
     */
    public MultimodalModel fit(CohortInputs training, Progress progress) {
        List<ModalityEncoder<?>> usable = new ArrayList<>();
        List<Boolean> linear = new ArrayList<>();
        Map<String, ModalityReader<?>> readers = new LinkedHashMap<>();
        for (ModalityEncoder<?> encoder : encoders) {
            int[] rows = Rows.present(training, List.of(encoder.modality()));
            if (rows.length >= 2 * options.networkFolds()) {
                FittedEncoder<?> fitted = Rows.fit(encoder, training, rows, options.seed());
                usable.add(encoder);
                linear.add(!fitted.featureNames().isEmpty());
                readers.put(encoder.modality(), encoder.reader());
            }
        }
        if (usable.isEmpty()) {
            throw new TrainingException(
                    "no modality of "
                            + encoders.stream().map(ModalityEncoder::modality).toList()
                            + " is present in at least "
                            + 2 * options.networkFolds()
                            + " of "
                            + training.size()
                            + " training patients");
        }
        List<Fusion.Joint> joint = usable.size() > 1 ? options.challengers() : List.of();
        long networks = linear.stream().filter(l -> !l).count() + joint.size();
        long total = networks * options.networkFolds() * options.network().epochs() + usable.size();
        Steps steps = new Steps(progress, total);

        List<OutOfFoldView> views = new ArrayList<>();
        for (int e = 0; e < usable.size(); e++) {
            views.add(
                    linear.get(e)
                            ? new LinearViewTrainer(usable.get(e), heads, options)
                                    .fit(training, steps)
                            : new NetworkViewTrainer(
                                            usable.get(e).modality(),
                                            Fusion.Gated.defaults(),
                                            List.of(usable.get(e)),
                                            heads,
                                            options)
                                    .fit(training, steps));
        }
        List<OutOfFoldView> single = List.copyOf(views);
        List<Strategy> strategies = new ArrayList<>();
        for (OutOfFoldView view : single) {
            strategies.add(stack(view.view().name(), List.of(view), training.labels()));
        }
        if (single.size() > 1) {
            strategies.add(stack(options.late().name(), single, training.labels()));
        }
        for (Fusion.Joint fusion : joint) {
            OutOfFoldView view =
                    new NetworkViewTrainer(fusion.name(), fusion, usable, heads, options)
                            .fit(training, steps);
            views.add(view);
            strategies.add(stack(fusion.name(), List.of(view), training.labels()));
        }
        List<View> fitted = views.stream().map(OutOfFoldView::view).toList();
        return new MultimodalModel(heads, fitted, strategies, readers);
    }

    /** Per head, one penalised model for every set of views. */
    private Strategy stack(String name, List<OutOfFoldView> views, List<PatientLabels> labels) {
        List<Map<Integer, HeadModel>> models = new ArrayList<>();
        for (int h = 0; h < heads.size(); h++) {
            Map<Integer, HeadModel> bySet = new TreeMap<>();
            for (int set = 0; set < 1 << views.size(); set++) {
                fitSet(views, set, h, labels, bySet);
            }
            models.add(bySet);
        }
        return new Strategy(name, views.stream().map(v -> v.view().name()).toList(), models);
    }

    private void fitSet(
            List<OutOfFoldView> views,
            int set,
            int h,
            List<PatientLabels> labels,
            Map<Integer, HeadModel> bySet) {
        PredictionHead head = heads.get(h);
        List<double[]> x = new ArrayList<>();
        List<PatientLabels> kept = new ArrayList<>();
        for (int i = 0; i < labels.size(); i++) {
            double[] row = new double[Integer.bitCount(set)];
            int column = 0;
            boolean complete = head.labelled(labels.get(i));
            for (int v = 0; v < views.size(); v++) {
                if ((set >> v & 1) == 1) {
                    row[column] = views.get(v).scores()[h][i];
                    complete &= !Double.isNaN(row[column++]);
                }
            }
            if (complete) {
                x.add(row);
                kept.add(labels.get(i));
            }
        }
        if (kept.isEmpty()) {
            return;
        }
        try {
            bySet.put(set, head.fit(x.toArray(double[][]::new), kept, options.late().ridge()));
        } catch (TrainingException e) {
            // too few labelled patients have this set of modalities: no model for it, and the
            // prediction is then empty
            bySet.remove(set);
        }
    }
}
