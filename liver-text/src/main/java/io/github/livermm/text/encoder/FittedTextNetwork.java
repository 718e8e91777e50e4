// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.text.encoder;

import io.github.livermm.core.Embedding;
import io.github.livermm.core.FittedEncoder;
import io.github.livermm.core.ModalityReader;
import io.github.livermm.core.ModelFileException;
import io.github.livermm.core.NetworkInput;
import io.github.livermm.core.StateReader;
import io.github.livermm.core.StateWriter;
import io.github.livermm.text.report.Report;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.distribution.NormalDistribution;
import org.deeplearning4j.nn.conf.layers.Convolution1DLayer;
import org.deeplearning4j.nn.conf.layers.EmbeddingSequenceLayer;
import org.deeplearning4j.nn.weights.WeightInit;
import org.deeplearning4j.nn.weights.WeightInitDistribution;
import org.nd4j.linalg.activations.Activation;

/**
 * The text network after fitting: the words that have a vector, and the length to which reports are
 * padded. Its layers live in the network of the fusion, which trains and saves them.
 *
 * <p>Axes: B batch, T words of a padded report, E values of a word's vector, F filters. Inputs:
 * numbers of words (T), 0 padding and 1 a word without vector; mask (T), 1 where there is a word.
 * Padding has no influence on the embedding (F).
 *
 * @apiNote Experimental.
 * @since 0.1.0
 */
public final class FittedTextNetwork implements FittedEncoder<Report> {
    static final String ID = "text.network";

    private static final String WORDS = "words";
    private static final String MASK = "mask";
    private static final int UNKNOWN = 1;
    private static final int FIRST = 2;

    /** Words that one convolution sees. */
    private static final int WINDOW = 3;

    /** Share of words hidden from a training step, so that no single one decides. */
    private static final double WORD_DROPOUT = 0.1;

    private final TextNetworkOptions options;
    private final List<String> words;
    private final Map<String, Integer> numbers = new HashMap<>();
    private final int length;

    private FittedTextNetwork(TextNetworkOptions options, List<String> words, int length) {
        this.options = options;
        this.words = List.copyOf(words);
        this.length = length;
        words.forEach(word -> numbers.put(word, FIRST + numbers.size()));
    }

    static FittedTextNetwork fit(TextNetworkOptions options, List<Report> training) {
        Map<String, Integer> reports = new HashMap<>();
        int longest = 1;
        for (Report report : training) {
            List<String> read = words(options, report);
            longest = Math.max(longest, read.size());
            new HashSet<>(read).forEach(word -> reports.merge(word, 1, Integer::sum));
        }
        List<String> words =
                reports.entrySet().stream()
                        .filter(e -> e.getValue() >= options.minReports())
                        .sorted(
                                Map.Entry.<String, Integer>comparingByValue(
                                                Comparator.reverseOrder())
                                        .thenComparing(Map.Entry.comparingByKey()))
                        .limit(options.maxWords())
                        .map(Map.Entry::getKey)
                        .toList();
        return new FittedTextNetwork(options, words, longest);
    }

    /** The words of the visible text, at most as many as the options allow. */
    private static List<String> words(TextNetworkOptions options, Report report) {
        String text = options.view().text(report);
        List<String> words = new ArrayList<>();
        for (int at = 0; at < text.length() && words.size() < options.maxLength(); ) {
            int end = at + 1;
            if (Ngrams.isLatin(text.charAt(at))) {
                while (end < text.length() && Ngrams.isLatin(text.charAt(end))) {
                    end++;
                }
                words.add(text.substring(at, end));
            } else if (Ngrams.isIdeograph(text.charAt(at))) {
                words.add(text.substring(at, end));
            }
            at = end;
        }
        return words;
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
        return options.view().reader();
    }

    @Override
    public List<NetworkInput> inputs() {
        return List.of(
                new NetworkInput(WORDS, List.of((long) length)),
                new NetworkInput(MASK, List.of((long) length)));
    }

    @Override
    public float[][] encode(Report input) {
        List<String> read = words(options, input);
        float[] ids = new float[length];
        float[] mask = new float[length];
        for (int i = 0; i < Math.min(length, read.size()); i++) {
            ids[i] = Objects.requireNonNullElse(numbers.get(read.get(i)), UNKNOWN);
            mask[i] = 1;
        }
        return new float[][] {ids, mask};
    }

    /** Hides some words. */
    @Override
    public float[][] augment(float[][] encoded, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        float[] ids = encoded[0].clone();
        for (int i = 0; i < ids.length; i++) {
            if (random.nextDouble() < WORD_DROPOUT && ids[i] > UNKNOWN) {
                ids[i] = UNKNOWN;
            }
        }
        return new float[][] {ids, encoded[1]};
    }

    @Override
    public Embedding contribute(GraphBuilder graph, String prefix) {
        String mask = prefix + "." + MASK;
        graph.addLayer(
                prefix + ".vectors",
                new EmbeddingSequenceLayer.Builder()
                        .nIn(FIRST + words.size())
                        .nOut(options.wordWidth())
                        .inputLength(length)
                        .weightInit(new WeightInitDistribution(new NormalDistribution(0, 0.3)))
                        .build(),
                prefix + "." + WORDS);
        graph.addVertex(prefix + ".padded", new MaskedSteps(), prefix + ".vectors", mask);
        graph.addLayer(
                prefix + ".convolution",
                convolution(WINDOW, options.wordWidth(), options.filters(), Activation.RELU),
                prefix + ".padded");
        graph.addLayer(
                prefix + ".key",
                convolution(1, options.filters(), options.filters(), Activation.TANH),
                prefix + ".convolution");
        graph.addLayer(
                prefix + ".attention",
                convolution(1, options.filters(), 1, Activation.IDENTITY),
                prefix + ".key");
        graph.addVertex(
                prefix + ".embedding",
                new AttentionPooling(),
                prefix + ".convolution",
                prefix + ".attention",
                mask);
        return new Embedding(prefix + ".embedding", options.filters());
    }

    private static Convolution1DLayer convolution(
            int window, int in, int out, Activation activation) {
        return new Convolution1DLayer.Builder()
                .kernelSize(window)
                .convolutionMode(ConvolutionMode.Same)
                .nIn(in)
                .nOut(out)
                .activation(activation)
                .weightInit(activation == Activation.RELU ? WeightInit.RELU : WeightInit.XAVIER)
                .build();
    }

    @Override
    public void save(StateWriter out) {
        Map<String, Object> state = new HashMap<>(options.view().toMap());
        state.put("words", words);
        out.json("words", state);
        out.array(
                "sizes",
                new double[] {
                    length,
                    options.minReports(),
                    options.maxWords(),
                    options.maxLength(),
                    options.wordWidth(),
                    options.filters()
                });
    }

    static FittedTextNetwork restore(StateReader in) {
        Map<String, Object> state = in.json("words");
        double[] sizes = in.array("sizes");
        boolean right =
                sizes.length == 6
                        && Arrays.stream(sizes).allMatch(s -> s >= 1 && s <= Integer.MAX_VALUE);
        if (!right || !(state.get("words") instanceof List<?> words)) {
            throw new ModelFileException(
                    "text network: words or sizes are missing or wrong; the model file is damaged");
        }
        TextNetworkOptions options =
                new TextNetworkOptions(
                        ReportView.restore(state, "text network"),
                        (int) sizes[1],
                        (int) sizes[2],
                        (int) sizes[3],
                        (int) sizes[4],
                        (int) sizes[5]);
        return new FittedTextNetwork(
                options, words.stream().map(String::valueOf).toList(), (int) sizes[0]);
    }
}
