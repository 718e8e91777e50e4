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
import io.github.livermm.core.cohort.ComparatorModel;
import io.github.livermm.core.cohort.Progress;
import io.github.livermm.core.fusion.Fusion;
import io.github.livermm.core.model.MultimodalModel;
import io.github.livermm.core.model.Strategy;
import io.github.livermm.core.model.View;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Trains a model on training patients: scores per modality (of a penalised model where the encoder
 * has features, of its network where it needs one) and per joint strategy, each out of fold within
 * the training patients; then the heads' penalised models on those scores. Nothing outside the
 * given patients is seen.
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
        Map<ModalityEncoder<?>, FittedEncoder<?>> usable = new LinkedHashMap<>();
        Map<String, ModalityReader<?>> readers = new LinkedHashMap<>();
        for (ModalityEncoder<?> encoder : encoders) {
            int[] rows = Rows.present(training, List.of(encoder.modality()));
            if (rows.length >= 2 * options.networkFolds()) {
                usable.put(encoder, Rows.fit(encoder, training, rows, options.seed()));
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
        List<ModalityEncoder<?>> modalities = List.copyOf(usable.keySet());
        List<Fusion.Joint> joint = usable.size() > 1 ? options.challengers() : List.of();
        Steps steps = new Steps(progress, ticks(usable.values(), joint.size()));

        List<OutOfFoldView> views = new ArrayList<>();
        List<Strategy> strategies = new ArrayList<>();
        usable.forEach(
                (encoder, fitted) -> {
                    List<OutOfFoldView> own = views(encoder, fitted, training, steps);
                    views.addAll(own);
                    strategies.add(stack(encoder.modality(), own, training.labels()));
                });
        if (usable.size() > 1) {
            List<OutOfFoldView> all = List.copyOf(views);
            strategies.add(stack(options.late().name(), all, training.labels()));
        }
        for (Fusion.Joint fusion : joint) {
            OutOfFoldView view =
                    new NetworkViewTrainer(fusion.name(), fusion, modalities, heads, options)
                            .fit(training, steps);
            views.add(view);
            strategies.add(stack(fusion.name(), List.of(view), training.labels()));
        }
        for (ComparatorModel comparator : options.comparators()) {
            usable.forEach(
                    (encoder, fitted) -> {
                        if (comparator.positions(fitted.featureNames()).length > 0) {
                            OutOfFoldView view = view(comparator, encoder, training, steps);
                            views.add(view);
                            strategies.add(
                                    stack(comparator.name(), List.of(view), training.labels()));
                        }
                    });
        }
        List<View> fitted = views.stream().map(OutOfFoldView::view).toList();
        return new MultimodalModel(heads, fitted, strategies, readers);
    }

    private OutOfFoldView view(
            ComparatorModel comparator,
            ModalityEncoder<?> encoder,
            CohortInputs training,
            Steps steps) {
        return new LinearViewTrainer(
                        comparator.name(), encoder, comparator::positions, heads, options)
                .fit(training, steps);
    }

    /** The scores of one modality: of its features, of its network, or of both. */
    private List<OutOfFoldView> views(
            ModalityEncoder<?> encoder,
            FittedEncoder<?> fitted,
            CohortInputs training,
            Steps steps) {
        String modality = encoder.modality();
        boolean features = !fitted.featureNames().isEmpty();
        List<OutOfFoldView> views = new ArrayList<>();
        if (features) {
            String name = fitted.needsNetwork() ? modality + ".features" : modality;
            views.add(new LinearViewTrainer(name, encoder, heads, options).fit(training, steps));
        }
        if (fitted.needsNetwork()) {
            String name = features ? modality + ".network" : modality;
            views.add(
                    new NetworkViewTrainer(
                                    name, Fusion.Gated.defaults(), List.of(encoder), heads, options)
                            .fit(training, steps));
        }
        return views;
    }

    private long ticks(Collection<FittedEncoder<?>> fitted, int joint) {
        long networks = fitted.stream().filter(FittedEncoder::needsNetwork).count() + joint;
        long linear = fitted.stream().filter(f -> !f.featureNames().isEmpty()).count();
        int each = Math.min(NetworkViewTrainer.TICKS, options.network().steps());
        long compared =
                options.comparators().stream()
                        .filter(
                                c ->
                                        fitted.stream()
                                                .anyMatch(
                                                        f ->
                                                                c.positions(f.featureNames()).length
                                                                        > 0))
                        .count();
        return networks * options.networkFolds() * each + linear + compared;
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
            double ridge = options.late().ridge();
            bySet.put(set, NonNegativeStack.fit(head, x.toArray(double[][]::new), kept, ridge));
        } catch (TrainingException e) {
            // too few labelled patients have this set of modalities: no model for it, and the
            // prediction is then empty
            bySet.remove(set);
        }
    }
}
