// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.core.training;

import io.github.livermm.core.FittedEncoder;
import io.github.livermm.core.ModalityEncoder;
import io.github.livermm.core.PatientLabels;
import io.github.livermm.core.PredictionHead;
import io.github.livermm.core.cohort.CohortInputs;
import io.github.livermm.core.cohort.Folds;
import io.github.livermm.core.fusion.Fusion;
import io.github.livermm.core.fusion.FusionNetwork;
import io.github.livermm.core.fusion.NetworkOptions;
import io.github.livermm.core.model.Member;
import io.github.livermm.core.model.NetworkMember;
import io.github.livermm.core.model.View;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Trains the ensemble of networks over some encoders: one network per part of the training
 * patients, each without that part, for a fixed number of steps. Networks are trained in parallel,
 * one thread each: small ones gain nothing from several threads, and so the result does not depend
 * on their number, as long as the backend runs with one thread ({@code OMP_NUM_THREADS=1}).
 */
final class NetworkViewTrainer {
    /** How often a network tells about its progress; fewer for very short trainings. */
    static final int TICKS = 10;

    private final String name;
    private final Fusion.Joint fusion;
    private final List<ModalityEncoder<?>> encoders;
    private final List<PredictionHead> heads;
    private final TrainingOptions options;

    NetworkViewTrainer(
            String name,
            Fusion.Joint fusion,
            List<ModalityEncoder<?>> encoders,
            List<PredictionHead> heads,
            TrainingOptions options) {
        this.name = name;
        this.fusion = fusion;
        this.encoders = encoders;
        this.heads = heads;
        this.options = options;
    }

    OutOfFoldView fit(CohortInputs inputs, Steps steps) {
        List<String> modalities = encoders.stream().<String>map(ModalityEncoder::modality).toList();
        int[] rows = Rows.present(inputs, modalities);
        int folds = options.networkFolds();
        int[] fold = Folds.stratified(Rows.strata(inputs, rows, heads), folds, options.seed());
        double[][] scores = new double[heads.size()][inputs.size()];
        for (double[] row : scores) {
            Arrays.fill(row, Double.NaN);
        }
        List<Member> members =
                IntStream.range(0, folds)
                        .parallel()
                        .<Member>mapToObj(
                                k -> member(inputs, Rows.ofFold(rows, fold, k, false), k, steps))
                        .toList();
        for (int k = 0; k < folds; k++) {
            int[] held = Rows.ofFold(rows, fold, k, true);
            double[][] eta = members.get(k).linearPredictors(inputs.select(held));
            for (int h = 0; h < scores.length; h++) {
                for (int i = 0; i < held.length; i++) {
                    scores[h][held[i]] = eta[h][i];
                }
            }
        }
        return new OutOfFoldView(new View(name, members), scores);
    }

    private Member member(CohortInputs inputs, int[] train, int k, Steps steps) {
        long seed = new SplittableRandom(options.seed() * 31 + k).nextLong();
        List<FittedEncoder<?>> fitted = new ArrayList<>();
        for (ModalityEncoder<?> encoder : encoders) {
            fitted.add(Rows.fit(encoder, inputs, train, options.seed()));
        }
        List<float[] @Nullable [][]> encoded =
                IntStream.of(train)
                        .parallel()
                        .<float[] @Nullable [][]>mapToObj(
                                r ->
                                        Objects.requireNonNull(
                                                NetworkMember.encode(fitted, inputs, r)))
                        .toList();
        List<PatientLabels> labels =
                IntStream.of(train).mapToObj(r -> inputs.patients().get(r).labels()).toList();
        List<PredictionHead> own = heads.stream().map(h -> h.fitted(labels)).toList();
        FusionNetwork network = FusionNetwork.build(fusion, fitted, own, options.network(), seed);
        train(network, encoded, labels, seed, steps);
        double[] none = new double[heads.size()];
        double[][] eta =
                new NetworkMember(fusion, fitted, heads, network, none)
                        .linearPredictors(inputs.select(train));
        double[] centres = Arrays.stream(eta).mapToDouble(NetworkViewTrainer::mean).toArray();
        return new NetworkMember(fusion, fitted, heads, network, centres);
    }

    private void train(
            FusionNetwork network,
            List<float[] @Nullable [][]> encoded,
            List<PatientLabels> labels,
            long seed,
            Steps ticks) {
        NetworkOptions how = options.network();
        int n = encoded.size();
        int batches = Math.max(1, n / how.batchSize());
        SplittableRandom random = new SplittableRandom(seed);
        int[] order = new int[n];
        for (int step = 0; step < how.steps(); step++) {
            int b = step % batches;
            if (b == 0) {
                order = shuffled(n, random);
            }
            List<float[] @Nullable [][]> rows = new ArrayList<>();
            List<PatientLabels> targets = new ArrayList<>();
            for (int i = b * n / batches; i < (b + 1) * n / batches; i++) {
                rows.add(encoded.get(order[i]));
                targets.add(labels.get(order[i]));
            }
            network.step(rows, targets, how.learningRate(step), random.nextLong());
            if ((step + 1) * TICKS / how.steps() > step * TICKS / how.steps()) {
                ticks.next();
            }
        }
    }

    private static int[] shuffled(int n, SplittableRandom random) {
        int[] order = IntStream.range(0, n).toArray();
        for (int i = n - 1; i > 0; i--) {
            int j = random.nextInt(i + 1);
            int keep = order[i];
            order[i] = order[j];
            order[j] = keep;
        }
        return order;
    }

    private static double mean(double[] values) {
        return Arrays.stream(values).average().orElse(0);
    }
}
