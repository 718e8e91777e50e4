// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.core.training;

import io.github.livermm.core.FittedEncoder;
import io.github.livermm.core.HeadModel;
import io.github.livermm.core.ModalityEncoder;
import io.github.livermm.core.PatientLabels;
import io.github.livermm.core.PredictionHead;
import io.github.livermm.core.TrainingException;
import io.github.livermm.core.cohort.CohortInputs;
import io.github.livermm.core.cohort.Folds;
import io.github.livermm.core.model.LinearMember;
import io.github.livermm.core.model.Member;
import io.github.livermm.core.model.View;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * Fits the heads' penalised models on the features of one encoder, out of fold, with the penalty
 * that gives each head the lowest loss out of fold.
 */
final class LinearViewTrainer {
    private final String name;
    private final ModalityEncoder<?> encoder;
    private final List<PredictionHead> heads;
    private final TrainingOptions options;
    private final Function<List<String>, int[]> choice;

    /** A view of all features of an encoder. */
    LinearViewTrainer(
            String name,
            ModalityEncoder<?> encoder,
            List<PredictionHead> heads,
            TrainingOptions options) {
        this(name, encoder, f -> IntStream.range(0, f.size()).toArray(), heads, options);
    }

    /** A view of some features of an encoder; the choice takes their names to positions. */
    LinearViewTrainer(
            String name,
            ModalityEncoder<?> encoder,
            Function<List<String>, int[]> choice,
            List<PredictionHead> heads,
            TrainingOptions options) {
        this.name = name;
        this.choice = choice;
        this.encoder = encoder;
        this.heads = heads;
        this.options = options;
    }

    /** One part of the training patients: what was fitted without it, and the features. */
    private static final class Part {
        final FittedEncoder<?> fitted;
        final int[] columns;
        final int[] train;
        final int[] held;
        final double[][] x;
        final double[][] xHeld;

        Part(FittedEncoder<?> fitted, int[] columns, CohortInputs inputs, int[] train, int[] held) {
            this.fitted = fitted;
            this.columns = columns;
            this.train = train;
            this.held = held;
            this.x = features(inputs, train);
            this.xHeld = features(inputs, held);
        }

        private double[][] features(CohortInputs inputs, int[] rows) {
            return IntStream.of(rows)
                    .mapToObj(r -> LinearMember.features(fitted, columns, inputs, r))
                    .map(Objects::requireNonNull)
                    .toArray(double[][]::new);
        }
    }

    OutOfFoldView fit(CohortInputs inputs, Steps steps) {
        int[] rows = Rows.present(inputs, List.of(encoder.modality()));
        int folds = Math.min(options.linear().folds(), rows.length);
        int[] fold = Folds.stratified(Rows.strata(inputs, rows, heads), folds, options.seed());
        List<Part> parts =
                IntStream.range(0, folds)
                        .parallel()
                        .mapToObj(k -> part(inputs, rows, fold, k))
                        .toList();
        List<HeadFit> fits =
                IntStream.range(0, heads.size())
                        .parallel()
                        .mapToObj(h -> bestRidge(heads.get(h), inputs, parts))
                        .toList();
        List<Member> members = new ArrayList<>();
        for (int k = 0; k < folds; k++) {
            int part = k;
            double[] centres = fits.stream().mapToDouble(f -> f.centres[part]).toArray();
            members.add(
                    new LinearMember(
                            parts.get(k).fitted,
                            heads,
                            fits.stream().map(f -> f.models.get(part)).toList(),
                            centres,
                            parts.get(k).columns));
        }
        steps.next();
        return new OutOfFoldView(
                new View(name, members), fits.stream().map(f -> f.scores).toArray(double[][]::new));
    }

    private Part part(CohortInputs inputs, int[] rows, int[] fold, int k) {
        int[] train = Rows.ofFold(rows, fold, k, false);
        int[] held = Rows.ofFold(rows, fold, k, true);
        FittedEncoder<?> fitted = Rows.fit(encoder, inputs, train, options.seed());
        return new Part(fitted, choice.apply(fitted.featureNames()), inputs, train, held);
    }

    private HeadFit bestRidge(PredictionHead head, CohortInputs inputs, List<Part> parts) {
        HeadFit best = null;
        for (double ridge : options.linear().ridges()) {
            HeadFit fit = new HeadFit(head, inputs, parts, ridge);
            if (best == null || fit.loss < best.loss) {
                best = fit;
            }
        }
        return Objects.requireNonNull(best);
    }

    /** One head's models of all parts with one penalty. */
    private static final class HeadFit {
        final List<Optional<HeadModel>> models = new ArrayList<>();
        final double[] centres;
        final double[] scores;
        final double loss;

        HeadFit(PredictionHead head, CohortInputs inputs, List<Part> parts, double ridge) {
            centres = new double[parts.size()];
            scores = new double[inputs.size()];
            Arrays.fill(scores, Double.NaN);
            double sum = 0;
            for (int k = 0; k < parts.size(); k++) {
                Part part = parts.get(k);
                Optional<HeadModel> model = model(head, inputs, part, ridge);
                models.add(model);
                if (model.isPresent()) {
                    centres[k] =
                            Arrays.stream(part.x)
                                    .mapToDouble(model.get()::linearPredictor)
                                    .average()
                                    .orElse(0);
                    sum += score(head, inputs, part, model.get(), centres[k]);
                }
            }
            loss = sum;
        }

        private static Optional<HeadModel> model(
                PredictionHead head, CohortInputs inputs, Part part, double ridge) {
            List<double[]> x = new ArrayList<>();
            List<PatientLabels> labels = new ArrayList<>();
            for (int i = 0; i < part.train.length; i++) {
                PatientLabels label = inputs.patients().get(part.train[i]).labels();
                if (head.labelled(label)) {
                    x.add(part.x[i]);
                    labels.add(label);
                }
            }
            try {
                return labels.isEmpty()
                        ? Optional.empty()
                        : Optional.of(head.fit(x.toArray(double[][]::new), labels, ridge));
            } catch (TrainingException e) {
                return Optional.empty(); // one class only among these patients: no score from here
            }
        }

        /** Scores the held-out patients; returns their summed loss. */
        private double score(
                PredictionHead head,
                CohortInputs inputs,
                Part part,
                HeadModel model,
                double centre) {
            List<PatientLabels> labels = new ArrayList<>();
            double[] eta = new double[part.held.length];
            int labelled = 0;
            for (int i = 0; i < part.held.length; i++) {
                double lp = model.linearPredictor(part.xHeld[i]);
                scores[part.held[i]] = lp - centre;
                PatientLabels label = inputs.patients().get(part.held[i]).labels();
                if (head.labelled(label)) {
                    labels.add(label);
                    eta[labelled++] = lp;
                }
            }
            double mean = labelled == 0 ? 0 : head.loss(Arrays.copyOf(eta, labelled), labels);
            return Double.isNaN(mean) ? 0 : mean * labelled;
        }
    }
}
