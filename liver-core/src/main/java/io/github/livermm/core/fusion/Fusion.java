// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.core.fusion;

import io.github.livermm.core.Embedding;
import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.graph.ElementWiseVertex;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.nd4j.linalg.activations.Activation;

/**
 * How the modalities of a patient are brought together.
 *
 * <p>{@link Late} is the default for cohorts of a few hundred patients: one out-of-fold score per
 * modality, then the head's penalised model. {@link Joint} strategies train one network over all
 * modalities and are the challengers.
 *
 * @since 0.1.0
 */
public sealed interface Fusion {
    /**
     * Name of the strategy in tables and files.
     *
     * @return a lower-case word
     */
    String name();

    /**
     * One out-of-fold score per modality, then the head's penalised model, one for each set of
     * modalities that a patient may have.
     *
     * @param ridge penalty of the penalised model, on standardised scores, at least 0
     */
    record Late(double ridge) implements Fusion {
        /** Checks the penalty. */
        public Late {
            if (!(ridge >= 0 && ridge < Double.POSITIVE_INFINITY)) {
                throw new IllegalArgumentException(
                        "ridge is " + ridge + ", allowed is a finite value of at least 0");
            }
        }

        /**
         * The default: a light penalty, since the scores are few and already shrunk.
         *
         * @return ridge 0.01
         */
        public static Late defaults() {
            return new Late(0.01);
        }

        @Override
        public String name() {
            return "late";
        }
    }

    /** A strategy that trains all modalities in one network. */
    sealed interface Joint extends Fusion {
        /**
         * Width of the fused embedding.
         *
         * @return at least 1
         */
        int width();

        /**
         * Probability that a present modality is hidden from one training step, so that the network
         * learns to do without it.
         *
         * @return in [0, 1)
         */
        double modalityDropout();

        /**
         * Weights of the modalities of one patient, fed to the network beside the arrays.
         *
         * @param present which modalities the patient has
         * @return one weight per modality, 0 exactly where it is absent
         */
        float[] weights(boolean[] present);

        /**
         * Adds the fusion to a network. A modality of weight 0 has no influence on output and
         * gradient.
         *
         * @param graph the network under construction
         * @param embeddings one per modality
         * @param weights names of the inputs of shape (B, {@link #width()}) that hold the weights
         * @return the fused embedding
         */
        Embedding join(GraphBuilder graph, List<Embedding> embeddings, List<String> weights);
    }

    /**
     * Projects each modality to the same width, masks it, and joins the projections in a dense
     * layer.
     *
     * @param width width of each projection and of the fused embedding
     * @param modalityDropout in [0, 1)
     */
    record Concat(int width, double modalityDropout) implements Joint {
        /** Checks the options. */
        public Concat {
            checkJoint(width, modalityDropout);
        }

        /**
         * The defaults.
         *
         * @return width 24, modality dropout 0.15
         */
        public static Concat defaults() {
            return new Concat(24, 0.15);
        }

        @Override
        public String name() {
            return "concat";
        }

        @Override
        public float[] weights(boolean[] present) {
            return presence(present);
        }

        @Override
        public Embedding join(
                GraphBuilder graph, List<Embedding> embeddings, List<String> weights) {
            List<String> masked = new ArrayList<>();
            for (int m = 0; m < embeddings.size(); m++) {
                String project = "fusion.project." + m;
                graph.addLayer(
                        project,
                        dense(embeddings.get(m).width(), width, Activation.TANH),
                        embeddings.get(m).vertex());
                masked.add(product(graph, "fusion.masked." + m, project, weights.get(m)));
            }
            graph.addVertex("fusion.merge", new MergeVertex(), masked.toArray(String[]::new));
            graph.addLayer(
                    "fusion.joined",
                    dense(width * embeddings.size(), width, Activation.TANH),
                    "fusion.merge");
            return new Embedding("fusion.joined", width);
        }
    }

    /**
     * Gated multimodal unit: a gate per modality decides, value by value, how much of it passes;
     * present modalities share the weight.
     *
     * <p>Reference: Arevalo J et al., "Gated multimodal units for information fusion" (2017),
     * arXiv:1702.01992, with a mask.
     *
     * @param width width of the fused embedding
     * @param modalityDropout in [0, 1)
     */
    record Gated(int width, double modalityDropout) implements Joint {
        /** Checks the options. */
        public Gated {
            checkJoint(width, modalityDropout);
        }

        /**
         * The defaults.
         *
         * @return width 24, modality dropout 0.15
         */
        public static Gated defaults() {
            return new Gated(24, 0.15);
        }

        @Override
        public String name() {
            return "gated";
        }

        @Override
        public float[] weights(boolean[] present) {
            float[] weights = new float[present.length];
            int count = 0;
            for (boolean p : present) {
                count += p ? 1 : 0;
            }
            for (int m = 0; m < present.length; m++) {
                weights[m] = present[m] ? (float) present.length / count : 0;
            }
            return weights;
        }

        @Override
        public Embedding join(
                GraphBuilder graph, List<Embedding> embeddings, List<String> weights) {
            List<String> gated = new ArrayList<>();
            for (int m = 0; m < embeddings.size(); m++) {
                Embedding embedding = embeddings.get(m);
                String project = "fusion.project." + m;
                String gate = "fusion.gate." + m;
                graph.addLayer(
                        project,
                        dense(embedding.width(), width, Activation.TANH),
                        embedding.vertex());
                graph.addLayer(
                        gate,
                        dense(embedding.width(), width, Activation.SIGMOID),
                        embedding.vertex());
                gated.add(product(graph, "fusion.gated." + m, project, gate, weights.get(m)));
            }
            if (gated.size() == 1) {
                return new Embedding(gated.get(0), width);
            }
            graph.addVertex(
                    "fusion.sum",
                    new ElementWiseVertex(ElementWiseVertex.Op.Add),
                    gated.toArray(String[]::new));
            return new Embedding("fusion.sum", width);
        }
    }

    /**
     * Attention over modalities: a score per modality, from its own embedding, goes through a
     * softmax over the modalities that are present; the projections are averaged by those weights.
     *
     * <p>Reference: Ilse M, Tomczak J, Welling M (2018), Attention-based deep multiple instance
     * learning, arXiv:1802.04712, equations 7 and 8, with modalities for instances.
     *
     * @param width width of projections and of the joined embedding, at least 1
     * @param modalityDropout chance in [0, 1) that training hides a modality of a patient
     */
    record Attention(int width, double modalityDropout) implements Joint {
        /** Checks the options. */
        public Attention {
            checkJoint(width, modalityDropout);
        }

        /**
         * The same width and dropout as {@link Gated}.
         *
         * @return options
         */
        public static Attention defaults() {
            return new Attention(24, 0.15);
        }

        @Override
        public String name() {
            return "attention";
        }

        @Override
        public float[] weights(boolean[] present) {
            return presence(present);
        }

        @Override
        public Embedding join(
                GraphBuilder graph, List<Embedding> embeddings, List<String> weights) {
            List<String> inputs = new ArrayList<>();
            List<String> scores = new ArrayList<>();
            for (int m = 0; m < embeddings.size(); m++) {
                Embedding embedding = embeddings.get(m);
                String project = "fusion.project." + m;
                String key = "fusion.key." + m;
                String score = "fusion.score." + m;
                graph.addLayer(
                        project,
                        dense(embedding.width(), width, Activation.TANH),
                        embedding.vertex());
                graph.addLayer(
                        key, dense(embedding.width(), width, Activation.TANH), embedding.vertex());
                graph.addLayer(score, dense(width, 1, Activation.IDENTITY), key);
                inputs.add(project);
                scores.add(score);
            }
            inputs.addAll(scores);
            inputs.addAll(weights);
            graph.addVertex(
                    "fusion.attention",
                    new AttentionVertex(embeddings.size()),
                    inputs.toArray(String[]::new));
            return new Embedding("fusion.attention", width);
        }
    }

    /**
     * The joint strategy of a name, as a model file has it.
     *
     * @param name a {@link #name()}
     * @param width its width
     * @param modalityDropout its dropout
     * @return the strategy
     * @throws IllegalArgumentException when no joint strategy has the name
     */
    static Joint joint(String name, int width, double modalityDropout) {
        return switch (name) {
            case "concat" -> new Concat(width, modalityDropout);
            case "gated" -> new Gated(width, modalityDropout);
            case "attention" -> new Attention(width, modalityDropout);
            default ->
                    throw new IllegalArgumentException(
                            "fusion is " + name + ", allowed are concat, gated, attention");
        };
    }

    private static float[] presence(boolean[] present) {
        float[] weights = new float[present.length];
        for (int m = 0; m < present.length; m++) {
            weights[m] = present[m] ? 1 : 0;
        }
        return weights;
    }

    private static void checkJoint(int width, double modalityDropout) {
        if (width < 1) {
            throw new IllegalArgumentException("width is " + width + ", allowed is at least 1");
        }
        if (!(modalityDropout >= 0 && modalityDropout < 1)) {
            throw new IllegalArgumentException(
                    "modalityDropout is " + modalityDropout + ", allowed is [0, 1)");
        }
    }

    private static DenseLayer dense(int in, int out, Activation activation) {
        return new DenseLayer.Builder().nIn(in).nOut(out).activation(activation).build();
    }

    private static String product(GraphBuilder graph, String name, String... factors) {
        graph.addVertex(name, new ElementWiseVertex(ElementWiseVertex.Op.Product), factors);
        return name;
    }
}
