// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.text.encoder;

import io.github.livermm.core.Embedding;
import io.github.livermm.core.FittedEncoder;
import io.github.livermm.core.ModalityReader;
import io.github.livermm.core.ModelFileException;
import io.github.livermm.core.NetworkInput;
import io.github.livermm.core.StateReader;
import io.github.livermm.core.StateWriter;
import io.github.livermm.text.concept.LabelMask.Span;
import io.github.livermm.text.report.Report;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.weights.WeightInit;
import org.nd4j.linalg.activations.Activation;

/**
 * The n-gram encoder after fitting: its terms with their inverse document frequencies, and the
 * spread of each weight in training, by which features are divided.
 *
 * @apiNote Experimental.
 * @since 0.1.0
 */
public final class FittedNgramEncoder implements FittedEncoder<Report>, TraceableFeatures {
    static final String ID = "text.ngrams";

    private static final int EMBEDDING = 16;

    /** Probability to keep an input in training, as DL4J counts dropout. */
    private static final double KEEP = 0.8;

    /** A term in nearly every report tells reports apart no more than none would. */
    private static final double MAX_SHARE = 0.95;

    private static final String VALUES = "ngrams";

    private final ReportView view;
    private final TfIdf tfIdf;
    private final double[] means;
    private final double[] spreads;

    private FittedNgramEncoder(ReportView view, TfIdf tfIdf, double[] means, double[] spreads) {
        this.view = view;
        this.tfIdf = tfIdf;
        this.means = means.clone();
        this.spreads = spreads.clone();
    }

    static FittedNgramEncoder fit(NgramOptions options, List<Report> training) {
        List<String> texts = training.stream().map(options.view()::text).toList();
        TfIdf tfIdf =
                TfIdf.fit(
                        options.kind(), texts, options.minReports(), MAX_SHARE, options.maxTerms());
        int width = tfIdf.terms().size();
        double[] means = new double[width];
        double[] squares = new double[width];
        for (TfIdf.Row row : tfIdf.transform(texts)) {
            for (int i = 0; i < row.columns().length; i++) {
                double weight = row.values()[i];
                means[row.columns()[i]] += weight / texts.size();
                squares[row.columns()[i]] += weight * weight / texts.size();
            }
        }
        double[] spreads = new double[width];
        for (int i = 0; i < width; i++) {
            double variance = squares[i] - means[i] * means[i];
            spreads[i] = variance > 0 ? Math.sqrt(variance) : 1;
        }
        return new FittedNgramEncoder(options.view(), tfIdf, means, spreads);
    }

    /** The tf-idf weights of a report, of length one unless all are zero. */
    double[] weights(Report report) {
        return tfIdf.weights(view.text(report));
    }

    @Override
    public Map<String, List<Span>> spans(Report report) {
        Map<String, List<Span>> spans = new HashMap<>();
        for (ReportView.Part part : view.parts(report)) {
            tfIdf.occurrences(
                    part.text().value(),
                    (term, start, end) ->
                            spans.computeIfAbsent(tfIdf.terms().get(term), t -> new ArrayList<>())
                                    .add(part.span(start, end)));
        }
        return spans;
    }

    @Override
    public String id() {
        return ID;
    }

    @Override
    public String modality() {
        return ReportEncoder.MODALITY;
    }

    @Override
    public ModalityReader<Report> reader() {
        return view.reader();
    }

    /** Without any term there is still an input, of one zero. */
    private int networkWidth() {
        return Math.max(1, tfIdf.terms().size());
    }

    @Override
    public List<NetworkInput> inputs() {
        return List.of(new NetworkInput(VALUES, List.of((long) networkWidth())));
    }

    @Override
    public float[][] encode(Report input) {
        double[] features = features(input);
        float[] values = new float[networkWidth()];
        for (int i = 0; i < features.length; i++) {
            values[i] = (float) features[i];
        }
        return new float[][] {values};
    }

    @Override
    public Embedding contribute(GraphBuilder graph, String prefix) {
        String embedding = prefix + ".embedding";
        graph.addLayer(
                embedding,
                new DenseLayer.Builder()
                        .nIn(networkWidth())
                        .nOut(EMBEDDING)
                        .activation(Activation.TANH)
                        .weightInit(WeightInit.XAVIER)
                        .dropOut(KEEP)
                        .build(),
                prefix + "." + VALUES);
        return new Embedding(embedding, EMBEDDING);
    }

    @Override
    public List<String> featureNames() {
        return tfIdf.terms();
    }

    @Override
    public double[] features(Report input) {
        double[] weights = weights(input);
        for (int i = 0; i < weights.length; i++) {
            weights[i] = (weights[i] - means[i]) / spreads[i];
        }
        return weights;
    }

    @Override
    public void save(StateWriter out) {
        Map<String, Object> state = new HashMap<>(view.toMap());
        state.put("terms", tfIdf.terms());
        state.put("kind", tfIdf.kind().name().toLowerCase(Locale.ROOT));
        out.json("terms", state);
        out.array("idf", tfIdf.idf());
        out.array("means", means);
        out.array("spreads", spreads);
    }

    static FittedNgramEncoder restore(StateReader in) {
        Map<String, Object> state = in.json("terms");
        if (!(state.get("terms") instanceof List<?> terms)) {
            throw new ModelFileException(
                    "n-gram encoder: terms are missing; the model file is damaged");
        }
        double[] idf = in.array("idf");
        double[] means = in.array("means");
        double[] spreads = in.array("spreads");
        if (idf.length != terms.size()
                || means.length != terms.size()
                || spreads.length != terms.size()) {
            throw new ModelFileException(
                    "n-gram encoder: "
                            + terms.size()
                            + " terms but "
                            + idf.length
                            + " frequencies; the model file is damaged");
        }
        TfIdf tfIdf = new TfIdf(kind(state), terms.stream().map(String::valueOf).toList(), idf);
        return new FittedNgramEncoder(
                ReportView.restore(state, "n-gram encoder"), tfIdf, means, spreads);
    }

    private static NgramKind kind(Map<String, Object> state) {
        Object name = state.getOrDefault("kind", "mixed");
        for (NgramKind kind : NgramKind.values()) {
            if (kind.name().equalsIgnoreCase(String.valueOf(name))) {
                return kind;
            }
        }
        throw new ModelFileException(
                "n-gram encoder: kind "
                        + name
                        + " is not known here; use the library version that wrote the model");
    }
}
