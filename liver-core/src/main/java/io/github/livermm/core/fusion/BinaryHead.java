// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.core.fusion;

import io.github.livermm.core.Diagnosis;
import io.github.livermm.core.Embedding;
import io.github.livermm.core.HeadModel;
import io.github.livermm.core.HeadProvider;
import io.github.livermm.core.ModelFileException;
import io.github.livermm.core.PatientLabels;
import io.github.livermm.core.Prediction;
import io.github.livermm.core.PredictionHead;
import io.github.livermm.core.StateReader;
import io.github.livermm.core.StateWriter;
import io.github.livermm.core.TrainingException;
import io.github.livermm.eval.LogisticRegression;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A yes-or-no question about the diagnosis: some diagnoses mean yes, some mean no, and patients
 * with any other carry no label. Its penalised model is logistic regression with a ridge penalty.
 *
 * @since 0.1.0
 */
public final class BinaryHead implements PredictionHead {
    private static final String ID = "core.binary";

    private final String target;
    private final Set<Diagnosis> positive;
    private final Set<Diagnosis> negative;

    private BinaryHead(String target, Set<Diagnosis> positive, Set<Diagnosis> negative) {
        this.target = target;
        this.positive = Set.copyOf(positive);
        this.negative = Set.copyOf(negative);
        if (positive.isEmpty() || negative.isEmpty()) {
            throw new IllegalArgumentException(
                    "target " + target + " needs at least one positive and one negative diagnosis");
        }
        for (Diagnosis d : positive) {
            if (negative.contains(d)) {
                throw new IllegalArgumentException(
                        "target " + target + ": " + d + " is both positive and negative");
            }
        }
    }

    /**
     * Task D1: malignant (yes) or benign.
     *
     * @return a head of target {@code malignant}
     */
    public static BinaryHead malignant() {
        return new BinaryHead(
                "malignant",
                EnumSet.of(Diagnosis.HCC, Diagnosis.ICC, Diagnosis.OTHER_MALIGNANT),
                EnumSet.of(Diagnosis.BENIGN));
    }

    /**
     * Task D2: HCC (yes) or ICC, among patients who have one of the two.
     *
     * @return a head of target {@code hcc_vs_icc}
     */
    public static BinaryHead hccVsIcc() {
        return new BinaryHead("hcc_vs_icc", EnumSet.of(Diagnosis.HCC), EnumSet.of(Diagnosis.ICC));
    }

    /**
     * HCC or ICC (yes) against any other malignant lesion, among malignant ones: the link that
     * makes the probabilities of all lesion types coherent.
     *
     * @return a head of target {@code primary_given_malignant}
     */
    public static BinaryHead primaryGivenMalignant() {
        return new BinaryHead(
                "primary_given_malignant",
                EnumSet.of(Diagnosis.HCC, Diagnosis.ICC),
                EnumSet.of(Diagnosis.OTHER_MALIGNANT));
    }

    @Override
    public String id() {
        return ID;
    }

    @Override
    public String target() {
        return target;
    }

    @Override
    public boolean labelled(PatientLabels labels) {
        Diagnosis d = labels.diagnosis();
        return d != null && (positive.contains(d) || negative.contains(d));
    }

    /**
     * Whether a labelled patient is a yes.
     *
     * @param labels labels for which {@link #labelled} is true
     * @return true for a positive diagnosis
     */
    public boolean positive(PatientLabels labels) {
        Diagnosis d = labels.diagnosis();
        if (d == null || !labelled(labels)) {
            throw new IllegalArgumentException("diagnosis " + d + " has no label for " + target);
        }
        return positive.contains(d);
    }

    @Override
    public String stratum(PatientLabels labels) {
        return positive(labels) ? "yes" : "no";
    }

    @Override
    public void contribute(GraphBuilder graph, String output, Embedding embedding) {
        graph.addLayer(
                output,
                new OutputLayer.Builder(new BinaryCrossEntropyLoss())
                        .nIn(embedding.width())
                        .nOut(1)
                        .activation(Activation.IDENTITY)
                        .build(),
                embedding.vertex());
    }

    @Override
    public INDArray labels(List<PatientLabels> batch) {
        INDArray y = Nd4j.zeros(DataType.FLOAT, batch.size(), 1);
        for (int i = 0; i < batch.size(); i++) {
            if (labelled(batch.get(i)) && positive(batch.get(i))) {
                y.putScalar(i, 0, 1);
            }
        }
        return y;
    }

    @Override
    public HeadModel fit(double[][] x, List<PatientLabels> labels, double ridge) {
        boolean[] y = new boolean[labels.size()];
        int yes = 0;
        for (int i = 0; i < y.length; i++) {
            y[i] = positive(labels.get(i));
            yes += y[i] ? 1 : 0;
        }
        if (yes == 0 || yes == y.length) {
            throw new TrainingException(
                    "target "
                            + target
                            + ": "
                            + yes
                            + " of "
                            + y.length
                            + " training patients are positive, at least one of each class is"
                            + " needed; enlarge the study or lower the number of folds");
        }
        ColumnScale scale = ColumnScale.of(x);
        LogisticRegression fit = LogisticRegression.fit(scale.apply(x), y, ridge * y.length);
        double[] beta = scale.coefficients(fit.coefficients());
        double intercept = fit.intercept() - scale.offset(beta);
        // without any coefficient the intercept is the base rate, up to rounding: predictions of
        // such models of different folds must tie
        boolean flat = Arrays.stream(beta).allMatch(b -> b == 0);
        double baseRate = flat ? intercept : Math.log(yes / (double) (y.length - yes));
        return new Model(intercept, beta, baseRate);
    }

    @Override
    public double loss(double[] linearPredictor, List<PatientLabels> labels) {
        double sum = 0;
        for (int i = 0; i < linearPredictor.length; i++) {
            double z = positive(labels.get(i)) ? -linearPredictor[i] : linearPredictor[i];
            sum += Math.max(z, 0) + Math.log1p(Math.exp(-Math.abs(z)));
        }
        return sum / linearPredictor.length;
    }

    @Override
    public void save(StateWriter out) {
        out.json(
                "head",
                Map.of("target", target, "positive", names(positive), "negative", names(negative)));
    }

    @Override
    public HeadModel restore(StateReader in) {
        return new Model(
                in.array("intercept")[0], in.array("coefficients"), in.array("base_rate")[0]);
    }

    private static List<String> names(Set<Diagnosis> diagnoses) {
        return diagnoses.stream().map(Diagnosis::name).sorted().toList();
    }

    private record Model(double intercept, List<Double> beta, double baseRate)
            implements HeadModel {
        Model(double intercept, double[] beta, double baseRate) {
            this(intercept, Arrays.stream(beta).boxed().toList(), baseRate);
        }

        @Override
        public double linearPredictor(double[] x) {
            if (x.length != beta.size()) {
                throw new IllegalArgumentException(
                        "x has " + x.length + " columns, the model has " + beta.size());
            }
            double eta = intercept;
            for (int j = 0; j < x.length; j++) {
                eta += beta.get(j) * x[j];
            }
            return eta;
        }

        @Override
        public Prediction predict(double[] x) {
            double eta = linearPredictor(x);
            return new Prediction.Binary(eta - baseRate, 1 / (1 + Math.exp(-eta)));
        }

        @Override
        public double[] coefficients() {
            return beta.stream().mapToDouble(Double::doubleValue).toArray();
        }

        @Override
        public void save(StateWriter out) {
            out.array("intercept", new double[] {intercept});
            out.array("coefficients", coefficients());
            out.array("base_rate", new double[] {baseRate});
        }
    }

    /** Restores binary heads; found by the service loader. */
    public static final class Provider implements HeadProvider {
        /** Creates the provider. */
        public Provider() {}

        @Override
        public String id() {
            return ID;
        }

        @Override
        public PredictionHead restore(StateReader in) {
            Map<String, Object> head = in.json("head");
            return new BinaryHead(
                    String.valueOf(head.get("target")),
                    diagnoses(head.get("positive")),
                    diagnoses(head.get("negative")));
        }

        private static Set<Diagnosis> diagnoses(@org.jspecify.annotations.Nullable Object names) {
            Set<Diagnosis> set = EnumSet.noneOf(Diagnosis.class);
            if (names instanceof List<?> list) {
                for (Object name : list) {
                    try {
                        set.add(Diagnosis.valueOf(String.valueOf(name)));
                    } catch (IllegalArgumentException e) {
                        throw new ModelFileException("head.json: unknown diagnosis " + name, e);
                    }
                }
            }
            return set;
        }
    }
}
