// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.core.training;

import io.github.livermm.core.ClinicalRecord;
import io.github.livermm.core.Diagnosis;
import io.github.livermm.core.Embedding;
import io.github.livermm.core.EncoderProvider;
import io.github.livermm.core.FittedEncoder;
import io.github.livermm.core.ModalityEncoder;
import io.github.livermm.core.ModalityReader;
import io.github.livermm.core.NetworkInput;
import io.github.livermm.core.Patient;
import io.github.livermm.core.PatientFiles;
import io.github.livermm.core.PatientLabels;
import io.github.livermm.core.StateReader;
import io.github.livermm.core.StateWriter;
import io.github.livermm.core.cohort.CohortInputs;
import io.github.livermm.core.cohort.Progress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.nd4j.linalg.activations.Activation;

/** Two numbers of the clinical record named after the modality; with features or network only. */
public record ToyModality(String modality, boolean linear) implements ModalityEncoder<double[]> {
    private static final List<Diagnosis> CYCLE =
            List.of(Diagnosis.BENIGN, Diagnosis.HCC, Diagnosis.ICC, Diagnosis.OTHER_MALIGNANT);

    @Override
    public ModalityReader<double[]> reader() {
        return (patient, findings) -> {
            Double a = patient.clinical().numbers().get(modality + "_a");
            Double b = patient.clinical().numbers().get(modality + "_b");
            return a == null || b == null ? Optional.empty() : Optional.of(new double[] {a, b});
        };
    }

    @Override
    public FittedEncoder<double[]> fit(List<double[]> training, long seed) {
        double mean = training.stream().mapToDouble(v -> v[0]).average().orElseThrow();
        return new Fitted(modality, linear, mean);
    }

    /** Remembers the training mean, so that restoring it can be seen. */
    record Fitted(String modality, boolean linear, double mean) implements FittedEncoder<double[]> {
        @Override
        public String id() {
            return "test.toy";
        }

        @Override
        public ModalityReader<double[]> reader() {
            return new ToyModality(modality, linear).reader();
        }

        @Override
        public List<NetworkInput> inputs() {
            return List.of(new NetworkInput("values", List.of(2L)));
        }

        @Override
        public float[][] encode(double[] input) {
            return new float[][] {{(float) (input[0] - mean), (float) input[1]}};
        }

        @Override
        public Embedding contribute(GraphBuilder graph, String prefix) {
            graph.addLayer(
                    prefix + ".dense",
                    new DenseLayer.Builder().nIn(2).nOut(8).activation(Activation.TANH).build(),
                    prefix + ".values");
            return new Embedding(prefix + ".dense", 8);
        }

        @Override
        public List<String> featureNames() {
            return linear ? List.of("a", "b") : List.of();
        }

        @Override
        public double[] features(double[] input) {
            return new double[] {input[0] - mean, input[1]};
        }

        @Override
        public void save(StateWriter out) {
            out.json("toy", Map.of("modality", modality, "linear", linear));
            out.array("mean", new double[] {mean});
        }
    }

    /** Restores toy encoders. */
    public static final class Provider implements EncoderProvider {
        @Override
        public String id() {
            return "test.toy";
        }

        @Override
        public FittedEncoder<?> restore(StateReader in) {
            Map<String, Object> toy = in.json("toy");
            return new Fitted(
                    String.valueOf(toy.get("modality")),
                    Boolean.TRUE.equals(toy.get("linear")),
                    in.array("mean")[0]);
        }
    }

    /**
     * Patients whose malignancy each modality tells a part of; some lack a modality.
     *
     * @param effect distance of the class means, in standard deviations
     */
    static CohortInputs cohort(
            int n, double effect, List<? extends ModalityEncoder<?>> encoders, long seed) {
        Random random = new Random(seed);
        List<Patient> patients = new ArrayList<>();
        for (int i = 0; i < n; i++) {
            Diagnosis diagnosis = CYCLE.get(i % 4);
            Map<String, Double> numbers = new HashMap<>();
            for (ModalityEncoder<?> encoder : encoders) {
                double shift = diagnosis.malignant() ? effect : 0;
                double a = random.nextGaussian() + shift;
                double b = random.nextGaussian() + (diagnosis == Diagnosis.HCC ? effect : 0);
                if (random.nextInt(10) > 0) {
                    numbers.put(encoder.modality() + "_a", a);
                    numbers.put(encoder.modality() + "_b", b);
                }
            }
            patients.add(
                    new Patient(
                            "P" + i,
                            "A",
                            new ClinicalRecord(numbers, Map.of()),
                            new PatientFiles(null, null, null),
                            new PatientLabels(diagnosis, Map.of(), false),
                            Map.of()));
        }
        Map<String, ModalityReader<?>> readers = new LinkedHashMap<>();
        encoders.forEach(e -> readers.put(e.modality(), e.reader()));
        return CohortInputs.read(
                patients, readers, new io.github.livermm.core.Findings(), Progress.NONE);
    }
}
