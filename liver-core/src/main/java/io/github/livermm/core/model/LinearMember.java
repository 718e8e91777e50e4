// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.core.model;

import io.github.livermm.core.FittedEncoder;
import io.github.livermm.core.HeadModel;
import io.github.livermm.core.ModalityReader;
import io.github.livermm.core.PredictionHead;
import io.github.livermm.core.StateReader;
import io.github.livermm.core.StateWriter;
import io.github.livermm.core.cohort.CohortInputs;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The heads' penalised models on the features of one encoder.
 *
 * @since 0.1.0
 */
public final class LinearMember implements Member {
    private final FittedEncoder<?> encoder;
    private final List<PredictionHead> heads;
    private final List<Optional<HeadModel>> models;
    private final double[] centres;
    private final int[] columns;

    /**
     * Joins an encoder and the heads' models.
     *
     * @param encoder fitted encoder with features
     * @param heads heads of the model
     * @param models one per head; empty where the training patients allowed no fit
     * @param centres one per head: mean linear predictor of the training patients
     * @param columns positions of the features that the models take
     */
    public LinearMember(
            FittedEncoder<?> encoder,
            List<PredictionHead> heads,
            List<Optional<HeadModel>> models,
            double[] centres,
            int[] columns) {
        this.encoder = encoder;
        this.heads = List.copyOf(heads);
        this.models = List.copyOf(models);
        this.centres = centres.clone();
        this.columns = columns.clone();
    }

    /**
     * Weights of the features for one head.
     *
     * @param head index of the head
     * @return one per name of {@link #featureNames()}; empty where the head could not be fitted
     */
    public double[] coefficients(int head) {
        return models.get(head).map(HeadModel::coefficients).orElseGet(() -> new double[0]);
    }

    /**
     * The encoder whose features are weighed.
     *
     * @return fitted on the patients of this member
     */
    public FittedEncoder<?> encoder() {
        return encoder;
    }

    /**
     * Names of the features that the models take.
     *
     * @return as the encoder gives them
     */
    public List<String> featureNames() {
        List<String> names = encoder.featureNames();
        return Arrays.stream(columns).mapToObj(names::get).toList();
    }

    /**
     * The chosen features of one patient.
     *
     * @param encoder fitted encoder with features
     * @param columns positions of the chosen features
     * @param inputs patients
     * @param row patient
     * @return null when the patient lacks the modality
     */
    public static double @Nullable [] features(
            FittedEncoder<?> encoder, int[] columns, CohortInputs inputs, int row) {
        double[] all = EncoderInputs.features(encoder, inputs, row);
        return all == null ? null : Arrays.stream(columns).mapToDouble(j -> all[j]).toArray();
    }

    @Override
    public double[][] linearPredictors(CohortInputs inputs) {
        double[][] eta = new double[heads.size()][inputs.size()];
        for (double[] row : eta) {
            Arrays.fill(row, Double.NaN);
        }
        for (int i = 0; i < inputs.size(); i++) {
            double @Nullable [] x = features(encoder, columns, inputs, i);
            for (int h = 0; x != null && h < eta.length; h++) {
                if (models.get(h).isPresent()) {
                    eta[h][i] = models.get(h).get().linearPredictor(x) - centres[h];
                }
            }
        }
        return eta;
    }

    @Override
    public Map<String, ModalityReader<?>> readers() {
        return Map.of(encoder.modality(), encoder.reader());
    }

    @Override
    public void save(StateWriter out) {
        EncoderInputs.save(encoder, out.part("encoder"));
        out.array("centres", centres);
        out.array("columns", Arrays.stream(columns).asDoubleStream().toArray());
        double[] fitted = new double[heads.size()];
        for (int h = 0; h < fitted.length; h++) {
            fitted[h] = models.get(h).isPresent() ? 1 : 0;
            if (models.get(h).isPresent()) {
                models.get(h).get().save(out.part("head." + heads.get(h).target()));
            }
        }
        out.array("fitted", fitted);
    }

    static LinearMember restore(StateReader in, List<PredictionHead> heads) {
        double[] fitted = in.array("fitted");
        List<Optional<HeadModel>> models = new java.util.ArrayList<>();
        for (int h = 0; h < heads.size(); h++) {
            PredictionHead head = heads.get(h);
            models.add(
                    fitted[h] == 1
                            ? Optional.of(head.restore(in.part("head." + head.target())))
                            : Optional.empty());
        }
        return new LinearMember(
                EncoderInputs.restore(in.part("encoder")),
                heads,
                models,
                in.array("centres"),
                Arrays.stream(in.array("columns")).mapToInt(j -> (int) j).toArray());
    }
}
