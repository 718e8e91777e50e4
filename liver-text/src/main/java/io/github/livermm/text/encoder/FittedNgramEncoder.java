// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.text.encoder;

import io.github.livermm.core.Embedding;
import io.github.livermm.core.FittedEncoder;
import io.github.livermm.core.ModalityReader;
import io.github.livermm.core.ModelFileException;
import io.github.livermm.core.NetworkInput;
import io.github.livermm.core.StateReader;
import io.github.livermm.core.StateWriter;
import io.github.livermm.text.encoder.ReportView.LabelWords;
import io.github.livermm.text.report.Report;
import io.github.livermm.text.report.SectionKind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
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
public final class FittedNgramEncoder implements FittedEncoder<Report> {
    static final String ID = "text.ngrams";

    private static final int EMBEDDING = 16;

    /** Probability to keep an input in training, as DL4J counts dropout. */
    private static final double KEEP = 0.8;

    /** A term in nearly every report tells reports apart no more than none would. */
    private static final double MAX_SHARE = 0.95;

    private static final String VALUES = "ngrams";

    private final ReportView view;
    private final List<String> terms;
    private final Map<String, Integer> index;
    private final double[] idf;
    private final double[] means;
    private final double[] spreads;

    private FittedNgramEncoder(
            ReportView view, List<String> terms, double[] idf, double[] means, double[] spreads) {
        this.view = view;
        this.terms = List.copyOf(terms);
        this.index = new HashMap<>();
        for (int i = 0; i < terms.size(); i++) {
            index.put(terms.get(i), i);
        }
        this.idf = idf.clone();
        this.means = means.clone();
        this.spreads = spreads.clone();
    }

    static FittedNgramEncoder fit(NgramOptions options, List<Report> training) {
        Map<String, Integer> reports = new HashMap<>();
        List<Map<String, Integer>> counts =
                training.stream().map(r -> Ngrams.count(options.view().texts(r))).toList();
        counts.forEach(c -> c.keySet().forEach(term -> reports.merge(term, 1, Integer::sum)));
        int n = training.size();
        List<String> terms =
                reports.entrySet().stream()
                        .filter(e -> e.getValue() >= options.minReports())
                        .filter(e -> e.getValue() <= MAX_SHARE * n)
                        .sorted(
                                Map.Entry.<String, Integer>comparingByValue()
                                        .reversed()
                                        .thenComparing(Map.Entry.comparingByKey()))
                        .limit(options.maxTerms())
                        .map(Map.Entry::getKey)
                        .sorted(Comparator.naturalOrder())
                        .collect(Collectors.toCollection(ArrayList::new));
        double[] idf = new double[terms.size()];
        for (int i = 0; i < idf.length; i++) {
            idf[i] = Math.log((1.0 + n) / (1.0 + reports.getOrDefault(terms.get(i), 0))) + 1;
        }
        double[] zeros = new double[idf.length];
        double[] ones = new double[idf.length];
        java.util.Arrays.fill(ones, 1);
        FittedNgramEncoder raw = new FittedNgramEncoder(options.view(), terms, idf, zeros, ones);
        return raw.scaledBy(counts);
    }

    private FittedNgramEncoder scaledBy(List<Map<String, Integer>> counts) {
        double[] sums = new double[idf.length];
        double[] squares = new double[idf.length];
        for (Map<String, Integer> count : counts) {
            double[] weights = weights(count);
            for (int i = 0; i < weights.length; i++) {
                sums[i] += weights[i];
                squares[i] += weights[i] * weights[i];
            }
        }
        double[] scaleMeans = new double[idf.length];
        double[] scaleSpreads = new double[idf.length];
        for (int i = 0; i < idf.length; i++) {
            scaleMeans[i] = sums[i] / counts.size();
            double variance = squares[i] / counts.size() - scaleMeans[i] * scaleMeans[i];
            scaleSpreads[i] = variance > 0 ? Math.sqrt(variance) : 1;
        }
        return new FittedNgramEncoder(view, terms, idf, scaleMeans, scaleSpreads);
    }

    /** The tf-idf weights of a report, of length one unless all are zero. */
    double[] weights(Report report) {
        return weights(Ngrams.count(view.texts(report)));
    }

    private double[] weights(Map<String, Integer> counts) {
        double[] weights = new double[idf.length];
        for (Map.Entry<String, Integer> entry : counts.entrySet()) {
            Integer at = index.get(entry.getKey());
            if (at != null) {
                weights[at] = (1 + Math.log(entry.getValue())) * idf[at];
            }
        }
        double squares = 0;
        for (double weight : weights) {
            squares += weight * weight;
        }
        double length = Math.sqrt(squares);
        for (int i = 0; length > 0 && i < weights.length; i++) {
            weights[i] /= length;
        }
        return weights;
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
        return NgramEncoder.readerOf(view);
    }

    /** Without any term there is still an input, of one zero. */
    private int networkWidth() {
        return Math.max(1, terms.size());
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
        return terms;
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
        out.json(
                "terms",
                Map.of(
                        "terms",
                        terms,
                        "sections",
                        view.sections().stream().sorted().map(FittedNgramEncoder::name).toList(),
                        "label_words",
                        name(view.labelWords())));
        out.array("idf", idf);
        out.array("means", means);
        out.array("spreads", spreads);
    }

    static FittedNgramEncoder restore(StateReader in) {
        Map<String, Object> state = in.json("terms");
        if (!(state.get("terms") instanceof List<?> terms)
                || !(state.get("sections") instanceof List<?> sections)) {
            throw new ModelFileException(
                    "n-gram encoder: terms or sections are missing; the model file is damaged");
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
        ReportView view =
                new ReportView(
                        sections.stream()
                                .map(s -> SectionKind.valueOf(upper(s)))
                                .collect(Collectors.toUnmodifiableSet()),
                        LabelWords.valueOf(upper(state.get("label_words"))));
        return new FittedNgramEncoder(
                view, terms.stream().map(String::valueOf).toList(), idf, means, spreads);
    }

    private static String name(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    private static String upper(@org.jspecify.annotations.Nullable Object name) {
        return String.valueOf(name).toUpperCase(Locale.ROOT);
    }
}
