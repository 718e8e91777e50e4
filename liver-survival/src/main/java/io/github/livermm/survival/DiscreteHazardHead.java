// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.survival;

import io.github.livermm.core.Embedding;
import io.github.livermm.core.HeadModel;
import io.github.livermm.core.HeadProvider;
import io.github.livermm.core.ModelFileException;
import io.github.livermm.core.PatientLabels;
import io.github.livermm.core.PredictionHead;
import io.github.livermm.core.StateReader;
import io.github.livermm.core.StateWriter;
import io.github.livermm.core.TrainingException;
import io.github.livermm.eval.SurvivalOutcomes;
import io.github.livermm.survival.deep.DiscreteHazardLoss;
import io.github.livermm.survival.deep.TimeIntervals;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * One survival endpoint of the prognostic cohort by discrete hazards, for endpoints whose hazards
 * cross, such as recurrence. In a network it has one output per interval, the logit of its hazard,
 * and the likelihood of {@link DiscreteHazardLoss}; its linear predictor is the log of the
 * cumulative hazard up to the last interval. Its penalised model is {@link
 * DiscreteHazardRegression}: effects that change over time, so that curves may cross after late
 * fusion too.
 *
 * <p>Intervals are cut at event quantiles of the training patients of each fit.
 *
 * @since 0.1.0
 */
public final class DiscreteHazardHead implements PredictionHead {
    private static final String ID = "survival.discrete_hazard";

    private final SurvivalHead labels;
    private final int intervals;
    private final @Nullable TimeIntervals cut;

    private DiscreteHazardHead(SurvivalHead labels, int intervals, @Nullable TimeIntervals cut) {
        this.labels = labels;
        this.intervals = intervals;
        this.cut = cut;
    }

    /**
     * A head for an endpoint.
     *
     * @param endpoint endpoint id, such as {@code pfs}
     * @param horizonsMonths times at which survival is predicted, positive and ascending
     * @param intervals number of intervals, at least 1; about one per 20 events
     * @return the head
     * @throws IllegalArgumentException if a value is not allowed
     */
    public static DiscreteHazardHead of(
            String endpoint, List<Double> horizonsMonths, int intervals) {
        if (intervals < 1) {
            throw new IllegalArgumentException(
                    "intervals is " + intervals + ", allowed is at least 1");
        }
        return new DiscreteHazardHead(SurvivalHead.of(endpoint, horizonsMonths), intervals, null);
    }

    @Override
    public String id() {
        return ID;
    }

    @Override
    public String target() {
        return labels.target();
    }

    @Override
    public boolean labelled(PatientLabels patient) {
        return labels.labelled(patient);
    }

    @Override
    public String stratum(PatientLabels patient) {
        return labels.stratum(patient);
    }

    @Override
    public void contribute(GraphBuilder graph, String output, Embedding embedding) {
        graph.addLayer(
                output,
                new OutputLayer.Builder(new DiscreteHazardLoss())
                        .nIn(embedding.width())
                        .nOut(intervals)
                        .activation(Activation.IDENTITY)
                        .build(),
                embedding.vertex());
    }

    @Override
    public double linearPredictor(double[] outputs) {
        return TimeIntervals.logCumulativeHazard(outputs);
    }

    /** The head with intervals cut on these patients; {@link #labels} needs it. */
    @Override
    public DiscreteHazardHead fitted(List<PatientLabels> training) {
        List<PatientLabels> own = training.stream().filter(this::labelled).toList();
        return new DiscreteHazardHead(labels, intervals, cut(labels.outcomes(own)));
    }

    @Override
    public INDArray labels(List<PatientLabels> batch) {
        TimeIntervals own = cut;
        if (own == null) {
            throw new IllegalStateException(
                    "the head of " + target() + " has no intervals yet; call fitted first");
        }
        float[][] rows = new float[batch.size()][2 * intervals];
        for (int i = 0; i < rows.length; i++) {
            int row = i;
            batch.get(i)
                    .outcome(target())
                    .ifPresent(o -> rows[row] = own.label(o.months(), o.event()));
        }
        return Nd4j.createFromArray(rows);
    }

    @Override
    public HeadModel fit(double[][] x, List<PatientLabels> patients, double ridge) {
        SurvivalOutcomes outcomes = labels.outcomes(patients);
        return DiscreteHazardRegression.fit(
                x, outcomes, cut(outcomes), ridge, labels.horizonsMonths());
    }

    /**
     * Negative log partial likelihood per event, as of {@link SurvivalHead}: what a score is worth
     * for ranking, whatever model made it.
     */
    @Override
    public double loss(double[] linearPredictor, List<PatientLabels> patients) {
        return labels.loss(linearPredictor, patients);
    }

    private TimeIntervals cut(SurvivalOutcomes outcomes) {
        try {
            return TimeIntervals.ofEventQuantiles(outcomes, intervals);
        } catch (TrainingException e) {
            throw new TrainingException("endpoint " + target() + ": " + e.getMessage());
        }
    }

    @Override
    public void save(StateWriter out) {
        out.json("head", Map.of("endpoint", target(), "intervals", intervals));
        out.array(
                "horizons_months",
                labels.horizonsMonths().stream().mapToDouble(Double::doubleValue).toArray());
    }

    @Override
    public HeadModel restore(StateReader in) {
        return DiscreteHazardRegression.restore(in, labels.horizonsMonths());
    }

    /** Restores heads; found by the service loader. */
    public static final class Provider implements HeadProvider {
        /** Creates the provider. */
        public Provider() {}

        @Override
        public String id() {
            return ID;
        }

        @Override
        public PredictionHead restore(StateReader in) {
            List<Double> horizons = new ArrayList<>();
            Arrays.stream(in.array("horizons_months")).forEach(horizons::add);
            Map<String, Object> head = in.json("head");
            int count = head.get("intervals") instanceof Number n ? n.intValue() : 0;
            try {
                return DiscreteHazardHead.of(String.valueOf(head.get("endpoint")), horizons, count);
            } catch (IllegalArgumentException e) {
                throw new ModelFileException("discrete hazard head: " + e.getMessage(), e);
            }
        }
    }
}
