// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.core.clinical;

import io.github.livermm.core.ClinicalRecord;
import io.github.livermm.core.Embedding;
import io.github.livermm.core.FittedEncoder;
import io.github.livermm.core.ModalityReader;
import io.github.livermm.core.NetworkInput;
import io.github.livermm.core.StateReader;
import io.github.livermm.core.StateWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.weights.WeightInit;
import org.nd4j.linalg.activations.Activation;

/**
 * The clinical modality after fitting. Feeds the network the scaled values, and beside them a mask
 * of what was measured only where the protocol lets the model see that. For linear models it gives
 * the same values as features.
 *
 * @since 0.1.0
 */
public final class FittedClinicalEncoder implements FittedEncoder<ClinicalRecord> {
    static final String ID = "core.clinical";

    /** Enough for the few tens of values of a table; more would only memorise patients. */
    private static final int HIDDEN = 32;

    private static final int EMBEDDING = 16;

    /** Probability to keep a hidden unit in training, as DL4J counts dropout. */
    private static final double KEEP = 0.8;

    private static final String VALUES = "values";
    private static final String MASK = "mask";

    private final List<FeatureBlock> columns;
    private final DerivedColumns derived;

    /** The columns, and after them the scores. */
    private final List<FeatureBlock> blocks;

    private final boolean missingIndicator;

    /** Columns whose absence is a feature of the linear model, with the height of that feature. */
    private final List<Absence> absences;

    private final int width;

    FittedClinicalEncoder(
            List<FeatureBlock> columns,
            DerivedColumns derived,
            List<FeatureBlock> scores,
            boolean missingIndicator,
            List<Absence> absences) {
        this.columns = List.copyOf(columns);
        this.derived = derived;
        this.blocks = Stream.concat(columns.stream(), scores.stream()).toList();
        this.missingIndicator = missingIndicator;
        this.absences = List.copyOf(absences);
        this.width = blocks.stream().mapToInt(FeatureBlock::width).sum();
    }

    static FittedClinicalEncoder fit(
            List<FeatureBlock> columns,
            DerivedColumns derived,
            List<FeatureBlock> scores,
            boolean missingIndicator,
            List<ClinicalRecord> training) {
        List<Absence> absences = new ArrayList<>();
        for (int c = 0; missingIndicator && c < columns.size(); c++) {
            FeatureBlock column = columns.get(c);
            long absent = training.stream().filter(p -> !column.present(p)).count();
            double share = (double) absent / training.size();
            if (absent > 0 && absent < training.size()) {
                absences.add(new Absence(c, 1 / Math.sqrt(share * (1 - share))));
            }
        }
        return new FittedClinicalEncoder(columns, derived, scores, missingIndicator, absences);
    }

    /**
     * The table has been read with the study; a patient without any predictor lacks the modality.
     */
    static ModalityReader<ClinicalRecord> readerOf(List<String> columns) {
        return (patient, findings) -> {
            ClinicalRecord clinical = patient.clinical();
            return columns.stream()
                            .anyMatch(
                                    c ->
                                            clinical.numbers().containsKey(c)
                                                    || clinical.categories().containsKey(c))
                    ? Optional.of(clinical)
                    : Optional.empty();
        };
    }

    @Override
    public String id() {
        return ID;
    }

    @Override
    public String modality() {
        return ClinicalEncoder.MODALITY;
    }

    @Override
    public ModalityReader<ClinicalRecord> reader() {
        return readerOf(columns.stream().map(FeatureBlock::column).toList());
    }

    @Override
    public List<NetworkInput> inputs() {
        NetworkInput values = new NetworkInput(VALUES, List.of((long) networkWidth()));
        return missingIndicator
                ? List.of(values, new NetworkInput(MASK, List.of((long) networkWidth())))
                : List.of(values);
    }

    /** A table of constant columns still makes an input, of one zero. */
    private int networkWidth() {
        return Math.max(1, width);
    }

    @Override
    public float[][] encode(ClinicalRecord input) {
        double[] values = values(input);
        float[] out = new float[networkWidth()];
        for (int i = 0; i < width; i++) {
            out[i] = (float) values[i];
        }
        if (!missingIndicator) {
            return new float[][] {out};
        }
        ClinicalRecord measured = derived.extend(input, List.of());
        float[] mask = new float[networkWidth()];
        int from = 0;
        for (FeatureBlock block : blocks) {
            for (int i = 0; i < block.width(); i++) {
                mask[from + i] = block.present(measured) ? 1 : 0;
            }
            from += block.width();
        }
        return new float[][] {out, mask};
    }

    private double[] values(ClinicalRecord input) {
        ClinicalRecord row = derived.extend(input, columns);
        double[] out = new double[width];
        int from = 0;
        for (FeatureBlock block : blocks) {
            block.apply(row, out, from);
            from += block.width();
        }
        return out;
    }

    @Override
    public Embedding contribute(GraphBuilder graph, String prefix) {
        String input = prefix + "." + VALUES;
        int nIn = networkWidth();
        if (missingIndicator) {
            String merged = prefix + ".measured";
            graph.addVertex(merged, new MergeVertex(), input, prefix + "." + MASK);
            input = merged;
            nIn *= 2;
        }
        String hidden = prefix + ".hidden";
        String embedding = prefix + ".embedding";
        graph.addLayer(
                hidden,
                new DenseLayer.Builder()
                        .nIn(nIn)
                        .nOut(HIDDEN)
                        .activation(Activation.RELU)
                        .weightInit(WeightInit.RELU)
                        .build(),
                input);
        graph.addLayer(
                embedding,
                new DenseLayer.Builder()
                        .nIn(HIDDEN)
                        .nOut(EMBEDDING)
                        .activation(Activation.TANH)
                        .weightInit(WeightInit.XAVIER)
                        .dropOut(KEEP)
                        .build(),
                hidden);
        return new Embedding(embedding, EMBEDDING);
    }

    @Override
    public List<String> featureNames() {
        List<String> names = new ArrayList<>();
        blocks.forEach(block -> names.addAll(block.names()));
        absences.forEach(a -> names.add(columns.get(a.column()).column() + " missing"));
        return List.copyOf(names);
    }

    @Override
    public double[] features(ClinicalRecord input) {
        double[] values = values(input);
        double[] out = Arrays.copyOf(values, width + absences.size());
        for (int i = 0; i < absences.size(); i++) {
            Absence absence = absences.get(i);
            out[width + i] = columns.get(absence.column()).present(input) ? 0 : absence.height();
        }
        return out;
    }

    @Override
    public void save(StateWriter out) {
        ClinicalState.save(out, columns, derived, scores(), missingIndicator, absences);
    }

    private List<FeatureBlock> scores() {
        return blocks.subList(columns.size(), blocks.size());
    }

    static FittedClinicalEncoder restore(StateReader in) {
        return ClinicalState.restore(in);
    }

    /**
     * A column whose absence is a feature.
     *
     * @param column its place
     * @param height value of the feature where the value is missing
     */
    record Absence(int column, double height) {}
}
