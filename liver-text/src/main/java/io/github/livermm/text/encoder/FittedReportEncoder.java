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
import io.github.livermm.text.concept.Mention;
import io.github.livermm.text.concept.ReportParser;
import io.github.livermm.text.report.Report;
import io.github.livermm.text.report.SectionKind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.weights.WeightInit;
import org.nd4j.linalg.activations.Activation;

/**
 * The report modality after fitting: the values that enough training reports show, each centred and
 * scaled to unit spread in training. A size or count that the report does not give takes the
 * training mean, and its {@code known} value says so.
 *
 * @since 0.1.0
 */
public final class FittedReportEncoder implements FittedEncoder<Report>, TraceableFeatures {
    static final String ID = "text.concepts";

    private static final int EMBEDDING = 16;

    /** Probability to keep an input in training, as DL4J counts dropout. */
    private static final double KEEP = 0.8;

    /** A value that only a handful of reports show must not dominate a sum. */
    private static final double MAX_SCALED = 5;

    private static final String VALUES = "concepts";

    private final ReportEncoderOptions options;
    private final List<String> names;
    private final double[] means;
    private final double[] spreads;

    private FittedReportEncoder(
            ReportEncoderOptions options, List<String> names, double[] means, double[] spreads) {
        this.options = options;
        this.names = List.copyOf(names);
        this.means = means.clone();
        this.spreads = spreads.clone();
    }

    static FittedReportEncoder fit(ReportEncoderOptions options, List<Report> training) {
        List<double[]> rows =
                training.stream().map(r -> ConceptVector.of(r, options.sections())).toList();
        List<String> names = new ArrayList<>();
        List<double[]> scales = new ArrayList<>();
        for (String name : ConceptVector.allNames()) {
            double[] scale = scale(name, rows);
            if (isLesionValue(name) || (scale[2] >= options.minReports() && scale[1] > 0)) {
                names.add(name);
                scales.add(new double[] {scale[0], scale[1] > 0 ? scale[1] : 1});
            }
        }
        return new FittedReportEncoder(
                options,
                names,
                scales.stream().mapToDouble(s -> s[0]).toArray(),
                scales.stream().mapToDouble(s -> s[1]).toArray());
    }

    private static boolean isLesionValue(String name) {
        return name.equals(ConceptVector.SIZE) || name.equals(ConceptVector.SIZE_KNOWN);
    }

    /** Mean, spread and number of reports that show the value. */
    private static double[] scale(String name, List<double[]> rows) {
        int at = ConceptVector.indexOf(name);
        int mask = knownIndex(name);
        double sum = 0;
        double shown = 0;
        double n = 0;
        for (double[] row : rows) {
            if (mask < 0 || row[mask] != 0) {
                sum += row[at];
                shown += mask >= 0 || row[at] != 0 ? 1 : 0;
                n++;
            }
        }
        double mean = n > 0 ? sum / n : 0;
        double squares = 0;
        for (double[] row : rows) {
            if (mask < 0 || row[mask] != 0) {
                squares += (row[at] - mean) * (row[at] - mean);
            }
        }
        return new double[] {mean, n > 0 ? Math.sqrt(squares / n) : 0, shown};
    }

    /** Where it stands whether a value is known, -1 when it always is. */
    private static int knownIndex(String name) {
        return switch (name) {
            case ConceptVector.SIZE -> ConceptVector.indexOf(ConceptVector.SIZE_KNOWN);
            case ConceptVector.COUNT -> ConceptVector.indexOf(ConceptVector.COUNT_KNOWN);
            default -> -1;
        };
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
        return ReportEncoder.readerOf(options);
    }

    @Override
    public List<NetworkInput> inputs() {
        return List.of(new NetworkInput(VALUES, List.of((long) names.size())));
    }

    @Override
    public float[][] encode(Report input) {
        double[] features = features(input);
        float[] values = new float[features.length];
        for (int i = 0; i < values.length; i++) {
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
                        .nIn(names.size())
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
        return names;
    }

    @Override
    public double[] features(Report input) {
        double[] all = ConceptVector.of(input, options.sections());
        double[] features = new double[names.size()];
        for (int i = 0; i < features.length; i++) {
            String name = names.get(i);
            int known = knownIndex(name);
            double value = all[ConceptVector.indexOf(name)];
            double scaled = known >= 0 && all[known] == 0 ? 0 : (value - means[i]) / spreads[i];
            features[i] = Math.max(-MAX_SCALED, Math.min(MAX_SCALED, scaled));
        }
        return features;
    }

    @Override
    public Map<String, List<Span>> spans(Report report) {
        Map<String, List<Span>> spans = new HashMap<>();
        for (Mention mention : ReportParser.bundled().parse(report).mentions()) {
            if (options.sections().contains(mention.section()) && ConceptVector.counts(mention)) {
                String name = ConceptVector.name(mention.concept().id(), mention.status());
                spans.computeIfAbsent(name, k -> new ArrayList<>())
                        .add(new Span(mention.start(), mention.end()));
            }
        }
        return spans;
    }

    @Override
    public void save(StateWriter out) {
        out.json(
                "vocabulary",
                Map.of(
                        "names",
                        names,
                        "min_reports",
                        options.minReports(),
                        "sections",
                        options.sections().stream()
                                .sorted()
                                .map(FittedReportEncoder::name)
                                .toList()));
        out.array("means", means);
        out.array("spreads", spreads);
    }

    static FittedReportEncoder restore(StateReader in) {
        Map<String, Object> state = in.json("vocabulary");
        List<String> names = strings(state, "names");
        for (String name : names) {
            if (ConceptVector.indexOf(name) < 0) {
                throw new ModelFileException(
                        "report encoder: the model uses "
                                + name
                                + ", which this lexicon does not have; use the library version"
                                + " that wrote it");
            }
        }
        Set<SectionKind> sections =
                strings(state, "sections").stream()
                        .map(s -> SectionKind.valueOf(s.toUpperCase(Locale.ROOT)))
                        .collect(Collectors.toUnmodifiableSet());
        double[] means = in.array("means");
        double[] spreads = in.array("spreads");
        if (means.length != names.size() || spreads.length != names.size()) {
            throw new ModelFileException(
                    "report encoder: "
                            + names.size()
                            + " names but "
                            + means.length
                            + " means and "
                            + spreads.length
                            + " spreads; the model file is damaged");
        }
        int minReports = state.get("min_reports") instanceof Number number ? number.intValue() : 1;
        return new FittedReportEncoder(
                new ReportEncoderOptions(sections, minReports), names, means, spreads);
    }

    private static List<String> strings(Map<String, Object> state, String key) {
        if (!(state.get(key) instanceof List<?> list)) {
            throw new ModelFileException(
                    "report encoder: vocabulary." + key + " is missing; the model file is damaged");
        }
        return list.stream().map(String::valueOf).toList();
    }

    private static String name(SectionKind section) {
        return section.name().toLowerCase(Locale.ROOT);
    }
}
