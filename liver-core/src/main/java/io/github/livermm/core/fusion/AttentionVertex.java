// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.core.fusion;

import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.memory.LayerMemoryReport;
import org.deeplearning4j.nn.conf.memory.MemoryReport;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The weighted mean of M projections, weights by a softmax of their scores over what is present.
 * Inputs in this order: M projections [B, W], M scores [B, 1], M presence masks [B, W] of 0 or 1.
 * An absent modality has the weight 0 exactly; with none present the output is 0. B batch, W width.
 */
final class AttentionVertex extends GraphVertex {
    private static final long serialVersionUID = 1;

    private final int modalities;

    AttentionVertex(int modalities) {
        this.modalities = modalities;
    }

    @Override
    @SuppressWarnings("MissingSuperCall") // nothing to copy
    public GraphVertex clone() {
        return new AttentionVertex(modalities);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof AttentionVertex a && a.modalities == modalities;
    }

    @Override
    public int hashCode() {
        return modalities;
    }

    @Override
    public long numParams(boolean backprop) {
        return 0;
    }

    @Override
    public int minVertexInputs() {
        return 3 * modalities;
    }

    @Override
    public int maxVertexInputs() {
        return 3 * modalities;
    }

    @Override
    public org.deeplearning4j.nn.graph.vertex.GraphVertex instantiate(
            ComputationGraph graph,
            String name,
            int index,
            INDArray parameters,
            boolean initialise,
            DataType type) {
        return new AttentionPass(graph, name, index, modalities, type);
    }

    @Override
    public InputType getOutputType(int layer, InputType... inputs) {
        return inputs[0];
    }

    @Override
    public MemoryReport getMemoryReport(InputType... inputs) {
        return new LayerMemoryReport.Builder(
                        "attention", AttentionVertex.class, inputs[0], inputs[0])
                .build();
    }
}
