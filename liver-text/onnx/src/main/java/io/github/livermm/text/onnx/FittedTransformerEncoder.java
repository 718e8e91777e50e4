// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.text.onnx;

import io.github.livermm.core.Embedding;
import io.github.livermm.core.FittedEncoder;
import io.github.livermm.core.ModalityReader;
import io.github.livermm.core.ModelFileException;
import io.github.livermm.core.NetworkInput;
import io.github.livermm.core.StateReader;
import io.github.livermm.core.StateWriter;
import io.github.livermm.core.StudyException;
import io.github.livermm.text.encoder.ReportView;
import io.github.livermm.text.report.Report;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.weights.WeightInit;
import org.nd4j.linalg.activations.Activation;

/**
 * The transformer encoder after fitting: a model by its folder and SHA-256, and the principal
 * components of its embeddings in training. The model itself is not written to a model file.
 *
 * @apiNote Experimental.
 * @since 0.1.0
 */
public final class FittedTransformerEncoder implements FittedEncoder<Report> {
    static final String ID = "text-onnx.transformer";

    /** Names another folder of the transformer when a model file is loaded. */
    static final String FOLDER_PROPERTY = "liver.transformer";

    private static final int EMBEDDING = 16;

    /** Probability to keep an input in training, as DL4J counts dropout. */
    private static final double KEEP = 0.8;

    private static final String VALUES = "components";

    private final TransformerOptions options;
    private final Embeddings embeddings;
    private final PrincipalComponents components;

    FittedTransformerEncoder(
            TransformerOptions options, Embeddings embeddings, PrincipalComponents components) {
        this.options = options;
        this.embeddings = embeddings;
        this.components = components;
    }

    @Override
    public String id() {
        return ID;
    }

    @Override
    public String modality() {
        return "report";
    }

    @Override
    public ModalityReader<Report> reader() {
        return options.view().reader();
    }

    /** Without any component there is still an input, of one zero. */
    private int networkWidth() {
        return Math.max(1, components.axes().length);
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
        return IntStream.rangeClosed(1, components.axes().length)
                .mapToObj(k -> "component " + k)
                .toList();
    }

    @Override
    public double[] features(Report input) {
        return components.scores(embeddings.of(options.view().visible(input)));
    }

    @Override
    public void save(StateWriter out) {
        Map<String, Object> state = new HashMap<>(options.view().toMap());
        state.put("folder", embeddings.model().folder().toAbsolutePath().toString());
        state.put("sha256", embeddings.model().sha256());
        state.put("lower_case", options.lowerCase());
        state.put("max_tokens", options.maxTokens());
        state.put("components", options.components());
        out.json("transformer", state);
        out.array("mean", components.mean());
        int width = components.mean().length;
        double[] axes = new double[components.axes().length * width];
        for (int k = 0; k < components.axes().length; k++) {
            System.arraycopy(components.axes()[k], 0, axes, k * width, width);
        }
        out.array("axes", axes);
    }

    static FittedTransformerEncoder restore(StateReader in) {
        Map<String, Object> state = in.json("transformer");
        if (!(state.get("max_tokens") instanceof Number maxTokens)
                || !(state.get("components") instanceof Number most)
                || !(state.get("lower_case") instanceof Boolean lowerCase)) {
            throw new ModelFileException(
                    "transformer encoder: settings are missing; the model file is damaged");
        }
        TransformerOptions options =
                new TransformerOptions(
                        ReportView.restore(state, "transformer encoder"),
                        lowerCase,
                        maxTokens.intValue(),
                        most.intValue());
        double[] mean = in.array("mean");
        double[] flat = in.array("axes");
        if (mean.length == 0 || flat.length % mean.length != 0) {
            throw new ModelFileException(
                    "transformer encoder: "
                            + mean.length
                            + " means but "
                            + flat.length
                            + " values of axes; the model file is damaged");
        }
        double[][] axes = new double[flat.length / mean.length][mean.length];
        for (int k = 0; k < axes.length; k++) {
            System.arraycopy(flat, k * mean.length, axes[k], 0, mean.length);
        }
        return new FittedTransformerEncoder(
                options, embeddings(state, options), new PrincipalComponents(mean, axes));
    }

    private static Embeddings embeddings(Map<String, Object> state, TransformerOptions options) {
        String folder = System.getProperty(FOLDER_PROPERTY, String.valueOf(state.get("folder")));
        String wanted = String.valueOf(state.get("sha256"));
        String remedy =
                "; put the transformer of training there, or name its folder with -D"
                        + FOLDER_PROPERTY
                        + "=DIR";
        try {
            Embeddings embeddings = Embeddings.open(Path.of(folder), options);
            if (!embeddings.model().sha256().equals(wanted)) {
                throw new ModelFileException(
                        "transformer encoder: the model in "
                                + folder
                                + " has the SHA-256 "
                                + embeddings.model().sha256()
                                + ", trained with was "
                                + wanted
                                + remedy);
            }
            return embeddings;
        } catch (IOException | StudyException e) {
            throw new ModelFileException("transformer encoder: " + e.getMessage() + remedy);
        }
    }
}
