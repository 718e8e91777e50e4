// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.core.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.livermm.core.HeadModel;
import io.github.livermm.core.ModalityEncoder;
import io.github.livermm.core.ModelFileException;
import io.github.livermm.core.Prediction;
import io.github.livermm.core.PredictionHead;
import io.github.livermm.core.TrainingException;
import io.github.livermm.core.cohort.CohortInputs;
import io.github.livermm.core.cohort.ComparatorModel;
import io.github.livermm.core.cohort.Folds;
import io.github.livermm.core.cohort.Progress;
import io.github.livermm.core.fusion.BinaryHead;
import io.github.livermm.core.fusion.Fusion;
import io.github.livermm.core.fusion.NetworkOptions;
import io.github.livermm.core.model.LinearMember;
import io.github.livermm.core.model.ModelPredictions;
import io.github.livermm.core.model.MultimodalModel;
import io.github.livermm.core.model.Strategy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Training, fusion, absence of modalities, and the model file, on two toy modalities. */
class MultimodalTrainerTest {
    private static final List<ModalityEncoder<?>> ENCODERS =
            List.of(new ToyModality("net", false), new ToyModality("table", true));
    private static final List<PredictionHead> HEADS =
            List.of(BinaryHead.malignant(), BinaryHead.hccVsIcc());
    private static final TrainingOptions OPTIONS =
            TrainingOptions.defaults()
                    .withNetwork(new NetworkOptions(48, 16, 0.01, 1e-3))
                    .withChallengers(List.of(Fusion.Gated.defaults(), Fusion.Concat.defaults()));

    @Test
    void everyStrategyLearnsAndFusionBeatsItsParts() {
        CohortInputs inputs = ToyModality.cohort(240, 1.2, ENCODERS, 1);

        ModelPredictions out = crossValidate(inputs);

        double late = auc(inputs, out, "late");
        assertThat(out.strategies()).containsExactly("net", "table", "late", "gated", "concat");
        assertThat(auc(inputs, out, "net")).isGreaterThan(0.7);
        assertThat(auc(inputs, out, "table")).isGreaterThan(0.7);
        assertThat(late)
                .isGreaterThan(Math.max(auc(inputs, out, "net"), auc(inputs, out, "table")));
        assertThat(auc(inputs, out, "gated")).isGreaterThan(0.75);
        assertThat(auc(inputs, out, "concat")).isGreaterThan(0.75);
    }

    @Test
    void noSignalGivesNoDiscrimination() {
        CohortInputs inputs = ToyModality.cohort(240, 0, ENCODERS, 2);

        ModelPredictions out = crossValidate(inputs);

        for (String strategy : out.strategies()) {
            assertThat(auc(inputs, out, strategy)).as(strategy).isCloseTo(0.5, within(0.12));
        }
    }

    /** The comparator sees one feature of two, and changes nothing for the others. */
    @Test
    void aComparatorIsJudgedButNeverFused() {
        CohortInputs inputs = ToyModality.cohort(80, 1, ENCODERS, 5);
        TrainingOptions quick = OPTIONS.withChallengers(List.of());
        TrainingOptions compared =
                quick.withComparators(
                        List.of(
                                new ComparatorModel("first", List.of("a")),
                                new ComparatorModel("nowhere", List.of("a", "z"))));
        MultimodalModel plain =
                new MultimodalTrainer(ENCODERS, HEADS, quick).fit(inputs, Progress.NONE);
        MultimodalModel model =
                new MultimodalTrainer(ENCODERS, HEADS, compared).fit(inputs, Progress.NONE);

        assertThat(model.strategies().stream().map(Strategy::name))
                .containsExactly("net", "table", "late", "first");
        LinearMember member = (LinearMember) model.views().get(2).members().get(0);
        assertThat(member.featureNames()).containsExactly("a");
        assertThat(member.coefficients(0)).hasSize(1);
        assertThat(probabilities(model.predict(inputs), "late"))
                .containsExactly(probabilities(plain.predict(inputs), "late"));
    }

    @Test
    void sameSeedGivesTheSamePredictionsToTheLastBit() {
        CohortInputs inputs = ToyModality.cohort(80, 1, ENCODERS, 3);

        double[] first = probabilities(train(inputs).predict(inputs), "gated");
        double[] second = probabilities(train(inputs).predict(inputs), "gated");

        assertThat(first).containsExactly(second);
    }

    @Test
    void anAbsentModalityIsPredictedByTheSubModelOfWhatIsThere() {
        CohortInputs inputs = ToyModality.cohort(120, 1, ENCODERS, 4);
        MultimodalModel model = train(inputs);
        CohortInputs without = inputs.without("net", -1);
        Strategy late = model.strategies().get(2);
        HeadModel tableOnly = late.model(0, 0b10).orElseThrow();

        ModelPredictions alone = model.predict(without);

        for (int i = 0; i < without.size(); i++) {
            if (without.present("table", i)) {
                double score =
                        model.views().get(1).members().stream()
                                .mapToDouble(m -> m.linearPredictors(without)[0][0])
                                .average()
                                .orElseThrow();
                if (i == 0) {
                    assertThat(alone.get("late", "malignant", 0).orElseThrow())
                            .isEqualTo(tableOnly.predict(new double[] {score}));
                }
            } else {
                assertThat(alone.get("late", "malignant", i).orElseThrow())
                        .isEqualTo(late.model(0, 0).orElseThrow().predict(new double[0]));
            }
            Prediction.Binary net =
                    (Prediction.Binary) alone.get("net", "malignant", i).orElseThrow();
            assertThat(net.linearPredictor()).as("no image: the base rate").isZero();
            assertThat(net.probability()).isCloseTo(0.75, within(0.01));
        }
    }

    @Test
    void whatOnePatientLacksChangesNoDigitOfAnother() {
        CohortInputs inputs = ToyModality.cohort(80, 1, ENCODERS, 4);
        MultimodalModel model = train(inputs);

        double[] before = probabilities(model.predict(inputs), "gated");
        double[] after = probabilities(model.predict(inputs.without("net", 3)), "gated");

        for (int i = 0; i < before.length; i++) {
            if (i != 3) {
                assertThat(after[i]).isEqualTo(before[i]);
            }
        }
        assertThat(after[3]).isNotEqualTo(before[3]);
    }

    @Test
    void savedModelPredictsTheSameAndDamageIsNamed(@TempDir Path folder) throws IOException {
        CohortInputs inputs = ToyModality.cohort(80, 1, ENCODERS, 5);
        MultimodalModel model = train(inputs);
        Path directory = folder.resolve("model");
        Path zip = folder.resolve("model.zip");
        model.save(directory, Map.of("seed", 1));
        model.save(zip, Map.of("seed", 1));

        for (Path file : List.of(directory, zip)) {
            ModelPredictions restored = MultimodalModel.load(file).predict(inputs);
            for (String strategy : restored.strategies()) {
                assertThat(probabilities(restored, strategy))
                        .containsExactly(probabilities(model.predict(inputs), strategy));
            }
        }
        Path weights = directory.resolve("views/0/member.0/weights.f64");
        byte[] bytes = Files.readAllBytes(weights);
        bytes[10] ^= 1;
        Files.write(weights, bytes);
        assertThatThrownBy(() -> MultimodalModel.load(directory))
                .isInstanceOf(ModelFileException.class)
                .hasMessageContaining("views/0/member.0/weights.f64 is damaged");
        Files.delete(weights);
        assertThatThrownBy(() -> MultimodalModel.load(directory))
                .isInstanceOf(ModelFileException.class)
                .hasMessageContaining("missing");
    }

    @Test
    void refusesToTrainWithoutAnyModality() {
        CohortInputs inputs =
                ToyModality.cohort(40, 1, ENCODERS, 6).without("net", -1).without("table", -1);

        assertThatThrownBy(() -> train(inputs))
                .isInstanceOf(TrainingException.class)
                .hasMessageContaining("[net, table]")
                .hasMessageContaining("40 training patients");
    }

    private static MultimodalModel train(CohortInputs inputs) {
        return new MultimodalTrainer(ENCODERS, HEADS, OPTIONS).fit(inputs, Progress.NONE);
    }

    private static ModelPredictions crossValidate(CohortInputs inputs) {
        int[] rows = IntStream.range(0, inputs.size()).toArray();
        int[] fold = Folds.stratified(Rows.strata(inputs, rows, HEADS), 4, 1);
        return CrossValidation.run(
                new MultimodalTrainer(ENCODERS, HEADS, OPTIONS), inputs, fold, Progress.NONE);
    }

    private static double[] probabilities(ModelPredictions out, String strategy) {
        return IntStream.range(0, out.patients())
                .mapToDouble(
                        i ->
                                out.get(strategy, "malignant", i).orElseThrow()
                                                instanceof Prediction.Binary b
                                        ? b.probability()
                                        : Double.NaN)
                .toArray();
    }

    /** The textbook area: share of pairs ranked right, ties one half. */
    private static double auc(CohortInputs inputs, ModelPredictions out, String strategy) {
        double[] p = probabilities(out, strategy);
        double right = 0;
        double pairs = 0;
        for (int i = 0; i < p.length; i++) {
            for (int j = 0; j < p.length; j++) {
                if (BinaryHead.malignant().positive(inputs.labels().get(i))
                        && !BinaryHead.malignant().positive(inputs.labels().get(j))) {
                    right += p[i] > p[j] ? 1 : p[i] == p[j] ? 0.5 : 0;
                    pairs++;
                }
            }
        }
        return right / pairs;
    }
}
