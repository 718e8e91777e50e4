// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.survival;

import io.github.livermm.core.Embedding;
import io.github.livermm.core.HeadModel;
import io.github.livermm.core.HeadProvider;
import io.github.livermm.core.ModelFileException;
import io.github.livermm.core.PatientLabels;
import io.github.livermm.core.Prediction;
import io.github.livermm.core.PredictionHead;
import io.github.livermm.core.StateReader;
import io.github.livermm.core.StateWriter;
import io.github.livermm.core.SurvivalTime;
import io.github.livermm.core.TrainingException;
import io.github.livermm.eval.SurvivalOutcomes;
import io.github.livermm.eval.cox.CoxOptions;
import io.github.livermm.eval.cox.PartialLikelihood;
import io.github.livermm.eval.cox.Ridge;
import io.github.livermm.eval.cox.Ties;
import io.github.livermm.survival.cox.CoxModel;
import io.github.livermm.survival.deep.CoxLoss;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * One survival endpoint of the prognostic cohort. In a network it is trained with the Cox loss; its
 * penalised model for late fusion is Cox regression with Efron ties and a ridge penalty, which also
 * turns the linear predictor of a network into survival curves when it is fitted on that predictor
 * as its only column. Patients outside the prognostic cohort carry no label.
 *
 * <p>Curves of two endpoints that are fitted apart can cross; {@link CoherentSurvival} mends that.
 *
 * @since 0.1.0
 */
public final class SurvivalHead implements PredictionHead {
    private static final String ID = "survival.cox";

    private final String endpoint;
    private final List<Double> horizonsMonths;
    private final int memory;

    private SurvivalHead(String endpoint, List<Double> horizonsMonths, int memory) {
        this.endpoint = endpoint;
        this.horizonsMonths = horizonsMonths;
        this.memory = memory;
    }

    /**
     * A head for an endpoint.
     *
     * @param endpoint endpoint id, such as {@code pfs}
     * @param horizonsMonths times at which survival is predicted, positive and ascending
     * @return the head
     * @throws IllegalArgumentException if a horizon is not positive or they do not ascend
     */
    public static SurvivalHead of(String endpoint, List<Double> horizonsMonths) {
        requireHorizons(horizonsMonths);
        return new SurvivalHead(endpoint, List.copyOf(horizonsMonths), 0);
    }

    /**
     * The same head for networks that train on batches of few patients: risk sets reach back over
     * earlier batches, see {@link CoxLoss}.
     *
     * @param patients remembered, at least 0; well below the number of training patients
     * @return a copy
     * @throws IllegalArgumentException if the number is negative
     */
    public SurvivalHead withMemory(int patients) {
        if (patients < 0) {
            throw new IllegalArgumentException(
                    "patients is " + patients + ", allowed is at least 0");
        }
        return new SurvivalHead(endpoint, horizonsMonths, patients);
    }

    static void requireHorizons(List<Double> horizonsMonths) {
        double last = 0;
        for (double horizon : horizonsMonths) {
            if (!(horizon > last) || horizon == Double.POSITIVE_INFINITY) {
                throw new IllegalArgumentException(
                        "horizonsMonths "
                                + horizonsMonths
                                + " must be positive, finite and ascending");
            }
            last = horizon;
        }
    }

    /**
     * The times at which survival is predicted.
     *
     * @return months, ascending
     */
    public List<Double> horizonsMonths() {
        return horizonsMonths;
    }

    @Override
    public String id() {
        return ID;
    }

    @Override
    public String target() {
        return endpoint;
    }

    @Override
    public boolean labelled(PatientLabels labels) {
        return labels.outcome(endpoint).isPresent();
    }

    @Override
    public String stratum(PatientLabels labels) {
        return required(labels).event() ? "event" : "censored";
    }

    @Override
    public void contribute(GraphBuilder graph, String output, Embedding embedding) {
        graph.addLayer(
                output,
                new OutputLayer.Builder(new CoxLoss(Ties.EFRON, memory))
                        .nIn(embedding.width())
                        .nOut(1)
                        .activation(Activation.IDENTITY)
                        // the partial likelihood does not change with a constant
                        .hasBias(false)
                        .build(),
                embedding.vertex());
    }

    @Override
    public INDArray labels(List<PatientLabels> batch) {
        INDArray labels = Nd4j.zeros(DataType.FLOAT, batch.size(), 2);
        for (int i = 0; i < batch.size(); i++) {
            int row = i;
            batch.get(i)
                    .outcome(endpoint)
                    .ifPresent(
                            outcome -> {
                                labels.putScalar(row, 0, outcome.months());
                                labels.putScalar(row, 1, outcome.event() ? 1 : 0);
                            });
        }
        return labels;
    }

    @Override
    public HeadModel fit(double[][] x, List<PatientLabels> labels, double ridge) {
        SurvivalOutcomes outcomes = outcomes(labels);
        if (outcomes.events() == 0) {
            throw new TrainingException(
                    "endpoint "
                            + endpoint
                            + ": no event among "
                            + outcomes.size()
                            + " training patients, at least one is needed; enlarge the study or"
                            + " lower the number of folds");
        }
        CoxOptions options =
                CoxOptions.defaults().withRidge(new Ridge(ridge * outcomes.events(), true));
        return new Model(CoxModel.fit(outcomes, x, options), horizonsMonths);
    }

    @Override
    public double loss(double[] linearPredictor, List<PatientLabels> labels) {
        SurvivalOutcomes outcomes = outcomes(labels);
        return outcomes.events() == 0
                ? Double.NaN
                : -PartialLikelihood.of(outcomes, Ties.EFRON).value(linearPredictor)
                        / outcomes.events();
    }

    @Override
    public int terms(List<PatientLabels> labels) {
        return outcomes(labels).events();
    }

    @Override
    public void save(StateWriter out) {
        out.json("head", Map.of("endpoint", endpoint, "memory", memory));
        out.array(
                "horizons_months",
                horizonsMonths.stream().mapToDouble(Double::doubleValue).toArray());
    }

    @Override
    public HeadModel restore(StateReader in) {
        return new Model(CoxModel.restore(in), horizonsMonths);
    }

    SurvivalOutcomes outcomes(List<PatientLabels> labels) {
        double[] time = new double[labels.size()];
        boolean[] event = new boolean[labels.size()];
        for (int i = 0; i < time.length; i++) {
            SurvivalTime outcome = required(labels.get(i));
            time[i] = outcome.months();
            event[i] = outcome.event();
        }
        return SurvivalOutcomes.of(time, event);
    }

    private SurvivalTime required(PatientLabels labels) {
        return labels.outcome(endpoint)
                .orElseThrow(
                        () ->
                                new IllegalArgumentException(
                                        "the patient has no label for endpoint " + endpoint));
    }

    private record Model(CoxModel cox, List<Double> horizons) implements HeadModel {
        @Override
        public double linearPredictor(double[] x) {
            return cox.linearPredictor(x);
        }

        @Override
        public Prediction predict(double[] x) {
            List<Double> survival = new ArrayList<>();
            for (double horizon : horizons) {
                survival.add(cox.survival(x, horizon));
            }
            return new Prediction.Survival(cox.linearPredictor(x), survival);
        }

        @Override
        public double[] coefficients() {
            return cox.coefficients();
        }

        @Override
        public void save(StateWriter out) {
            cox.save(out);
        }
    }

    /** Restores survival heads; found by the service loader. */
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
            for (double horizon : in.array("horizons_months")) {
                horizons.add(horizon);
            }
            try {
                Map<String, Object> head = in.json("head");
                int memory = head.get("memory") instanceof Number n ? n.intValue() : 0;
                return SurvivalHead.of(String.valueOf(head.get("endpoint")), horizons)
                        .withMemory(memory);
            } catch (IllegalArgumentException e) {
                throw new ModelFileException("survival head: " + e.getMessage(), e);
            }
        }
    }
}
