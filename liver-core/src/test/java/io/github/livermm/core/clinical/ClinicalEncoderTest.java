// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.core.clinical;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.livermm.core.ClinicalRecord;
import io.github.livermm.core.EncoderProvider;
import io.github.livermm.core.Findings;
import io.github.livermm.core.ModelFileException;
import io.github.livermm.core.Patient;
import io.github.livermm.core.PatientFiles;
import io.github.livermm.core.PatientLabels;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.ServiceLoader;
import java.util.stream.DoubleStream;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.LossFunctions;

/**
 * What the model sees of a table row, what it must not see, and that a saved encoder sees the same.
 */
class ClinicalEncoderTest {
    private static final List<ClinicalRecord> TRAINING = Records.patients(200, 1);

    private static FittedClinicalEncoder fitted(boolean missingIndicator) {
        return ClinicalEncoder.of(Records.protocol(missingIndicator)).fit(TRAINING, 1);
    }

    private static ClinicalRecord row(Map<String, Double> numbers, Map<String, String> words) {
        return new ClinicalRecord(numbers, words);
    }

    @Test
    void missingValuesAreInvisibleToTheModel() {
        FittedClinicalEncoder encoder = fitted(false);
        ClinicalRecord lacking = row(Map.of(), Map.of());
        ClinicalRecord imputed =
                row(
                        Map.of("afp", medianOf("afp"), "age", medianOf("age")),
                        Map.of("sex", "M", "child_pugh", "A"));

        assertThat(encoder.inputs()).hasSize(1);
        assertThat(encoder.encode(lacking)).isDeepEqualTo(encoder.encode(imputed));
        assertThat(encoder.features(lacking)).isEqualTo(encoder.features(imputed));
    }

    private static double medianOf(String column) {
        return median(
                TRAINING.stream()
                        .map(p -> p.numbers().get(column))
                        .filter(Objects::nonNull)
                        .toList());
    }

    private static double median(List<Double> values) {
        double[] sorted = values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        int half = sorted.length / 2;
        return sorted.length % 2 == 1
                ? sorted[half]
                : sorted[half - 1] + 0.5 * (sorted[half] - sorted[half - 1]);
    }

    @Test
    void aMaskStandsBesideTheValuesOnlyWhenTheProtocolAsksForIt() {
        FittedClinicalEncoder encoder = fitted(true);
        ClinicalRecord patient = row(Map.of("age", 60.0), Map.of("child_pugh", "B"));

        float[][] arrays = encoder.encode(patient);

        assertThat(encoder.inputs()).hasSize(2);
        assertThat(arrays[1]).containsExactly(1, 0, 0, 1);
        assertThat(encoder.featureNames())
                .containsExactly(
                        "age",
                        "afp",
                        "sex=F",
                        "child_pugh=B",
                        "age missing",
                        "afp missing",
                        "sex missing",
                        "child_pugh missing");
        assertThat(encoder.features(patient)[4]).isZero();
        assertThat(encoder.features(patient)[5]).isPositive();
    }

    @Test
    void featuresHaveAboutUnitSpreadOverTheTrainingPatients() {
        FittedClinicalEncoder encoder = fitted(false);
        int width = encoder.featureNames().size();

        for (int f = 0; f < width; f++) {
            int feature = f;
            double[] values =
                    TRAINING.stream().mapToDouble(p -> encoder.features(p)[feature]).toArray();
            double mean = DoubleStream.of(values).average().orElseThrow();
            double variance =
                    DoubleStream.of(values)
                            .map(v -> (v - mean) * (v - mean))
                            .average()
                            .orElseThrow();
            assertThat(Math.sqrt(variance)).isBetween(0.6, 1.4);
        }
    }

    @Test
    void logarithmicColumnsDoNotDependOnTheUnit() {
        FittedClinicalEncoder encoder = fitted(false);
        List<ClinicalRecord> converted =
                TRAINING.stream()
                        .map(
                                p -> {
                                    var numbers = new HashMap<>(p.numbers());
                                    numbers.computeIfPresent("afp", (k, v) -> v / 1.21);
                                    return row(numbers, p.categories());
                                })
                        .toList();

        FittedClinicalEncoder other = ClinicalEncoder.of(Records.protocol(false)).fit(converted, 1);

        for (int i = 0; i < TRAINING.size(); i++) {
            assertThat(other.features(converted.get(i))[1])
                    .isCloseTo(encoder.features(TRAINING.get(i))[1], within(1e-9));
        }
    }

    @Test
    void zeroIsAllowedOnALogarithmicScaleAndExtremesAreHeld() {
        FittedClinicalEncoder encoder = fitted(false);

        double zero = encoder.features(row(Map.of("afp", 0.0), Map.of()))[1];
        double huge = encoder.features(row(Map.of("afp", 1e300), Map.of()))[1];

        assertThat(zero).isFinite().isNegative();
        assertThat(huge).isEqualTo(5);
    }

    @Test
    void unseenLevelsCountAsMissing() {
        FittedClinicalEncoder encoder = fitted(false);

        assertThat(encoder.featureNames()).containsExactly("age", "afp", "sex=F", "child_pugh=B");
        assertThat(encoder.features(row(Map.of(), Map.of("child_pugh", "C"))))
                .isEqualTo(encoder.features(row(Map.of(), Map.of())));
    }

    @Test
    void columnsWithoutAnyTrainingValueStayAtZero() {
        FittedClinicalEncoder encoder =
                ClinicalEncoder.of(Records.protocol(false))
                        .fit(List.of(row(Map.of("age", 50.0), Map.of())), 1);

        assertThat(encoder.encode(row(Map.of("age", 70.0, "afp", 3.0), Map.of("sex", "M"))))
                .isDeepEqualTo(new float[][] {{0, 0}});
    }

    @Test
    void refusesToFitOnNobody() {
        assertThatThrownBy(() -> ClinicalEncoder.of(Records.protocol(false)).fit(List.of(), 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("training is empty");
    }

    @Test
    void aPatientWithoutAnyPredictorLacksTheModality() {
        ClinicalEncoder encoder = ClinicalEncoder.of(Records.protocol(false));
        Patient nothing = patient(row(Map.of("afp_uln", 20.0), Map.of()));
        Patient something = patient(row(Map.of(), Map.of("sex", "F")));

        assertThat(encoder.modality()).isEqualTo("clinical");
        assertThat(encoder.reader().read(nothing, new Findings())).isEmpty();
        assertThat(encoder.reader().read(something, new Findings())).isPresent();
        assertThat(fitted(false).reader().read(nothing, new Findings())).isEmpty();
    }

    private static Patient patient(ClinicalRecord clinical) {
        return new Patient(
                "P1",
                "A",
                clinical,
                new PatientFiles(null, null, null),
                new PatientLabels(null, Map.of(), false),
                Map.of());
    }

    @Test
    void aRestoredEncoderGivesTheSameArrays() {
        for (boolean missingIndicator : new boolean[] {false, true}) {
            FittedClinicalEncoder encoder = fitted(missingIndicator);
            MemoryState state = new MemoryState();
            encoder.save(state);

            EncoderProvider provider =
                    ServiceLoader.load(EncoderProvider.class).stream()
                            .map(ServiceLoader.Provider::get)
                            .filter(p -> p.id().equals("core.clinical"))
                            .findFirst()
                            .orElseThrow();
            FittedClinicalEncoder restored = (FittedClinicalEncoder) provider.restore(state);

            assertThat(restored.id()).isEqualTo("core.clinical");
            assertThat(restored.modality()).isEqualTo("clinical");
            assertThat(restored.inputs()).isEqualTo(encoder.inputs());
            assertThat(restored.featureNames()).isEqualTo(encoder.featureNames());
            for (ClinicalRecord patient : Records.patients(50, 2)) {
                assertThat(restored.encode(patient)).isDeepEqualTo(encoder.encode(patient));
                assertThat(restored.features(patient)).isEqualTo(encoder.features(patient));
            }
        }
    }

    @Test
    void refusesAStateThatIsDamaged() {
        MemoryState newer = new MemoryState();
        fitted(false).save(newer);
        newer.json("clinical").put("schema", 2);
        MemoryState cut = new MemoryState();
        fitted(false).save(cut);
        cut.arrays.put("column_0", new double[] {1});
        MemoryState infinite = new MemoryState();
        fitted(false).save(infinite);
        infinite.arrays.put("column_1", new double[] {0, 0, Double.NaN, 1});

        assertDamaged(newer, "schema is 2, this version reads 1");
        assertDamaged(cut, "column age is neither a number nor a category");
        assertDamaged(infinite, "column_1 holds NaN");
    }

    private static void assertDamaged(MemoryState state, String message) {
        assertThatThrownBy(() -> new ClinicalEncoderProvider().restore(state))
                .isInstanceOf(ModelFileException.class)
                .hasMessageContaining(message);
    }

    @Test
    void contributesAnEmbeddingThatTrains() {
        for (boolean missingIndicator : new boolean[] {false, true}) {
            FittedClinicalEncoder encoder = fitted(missingIndicator);
            GraphBuilder graph = new NeuralNetConfiguration.Builder().seed(1).graphBuilder();
            encoder.inputs().forEach(i -> graph.addInputs("clinical." + i.name()));

            var embedding = encoder.contribute(graph, "clinical");
            graph.addLayer(
                    "out",
                    new OutputLayer.Builder(LossFunctions.LossFunction.XENT)
                            .nIn(embedding.width())
                            .nOut(1)
                            .activation(Activation.SIGMOID)
                            .build(),
                    embedding.vertex());
            graph.setOutputs("out");
            ComputationGraph network = new ComputationGraph(graph.build());
            network.init();
            INDArray[] inputs = batch(encoder, TRAINING.subList(0, 8));
            network.fit(inputs, new INDArray[] {Nd4j.ones(8, 1)});

            INDArray out =
                    Objects.requireNonNull(
                            network.feedForward(inputs, false).get(embedding.vertex()));
            assertThat(out.shape()).containsExactly(8, 16);
            assertThat(out.isNaN().any()).isFalse();
        }
    }

    private static INDArray[] batch(FittedClinicalEncoder encoder, List<ClinicalRecord> patients) {
        List<INDArray> out = new ArrayList<>();
        for (int input = 0; input < encoder.inputs().size(); input++) {
            float[][] rows = new float[patients.size()][];
            for (int i = 0; i < rows.length; i++) {
                rows[i] = encoder.encode(patients.get(i))[input];
            }
            out.add(Nd4j.create(rows));
        }
        return out.toArray(INDArray[]::new);
    }
}
