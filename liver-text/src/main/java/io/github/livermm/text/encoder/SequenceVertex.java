// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.text.encoder;

import java.util.Map;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.api.MaskState;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.memory.LayerMemoryReport;
import org.deeplearning4j.nn.conf.memory.MemoryReport;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.graph.vertex.BaseGraphVertex;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.jspecify.annotations.Nullable;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A step of the text network without weights: its value, and the gradient of its inputs. The last
 * input is the mask, which has none.
 */
abstract class SequenceVertex extends GraphVertex {
    private static final long serialVersionUID = 1;

    private final int inputs;

    SequenceVertex(int inputs) {
        this.inputs = inputs;
    }

    /** The output for some inputs, which are not to be changed. */
    abstract INDArray forward(INDArray[] in);

    /** The gradient of each input but the mask, given that of the output. */
    abstract INDArray[] backward(INDArray[] in, INDArray epsilon);

    @Override
    @SuppressWarnings("EqualsGetClass") // vertices without state are equal when of one class
    public boolean equals(@Nullable Object other) {
        return other != null && other.getClass() == getClass();
    }

    @Override
    public int hashCode() {
        return getClass().getName().hashCode();
    }

    @Override
    public long numParams(boolean backprop) {
        return 0;
    }

    @Override
    public int minVertexInputs() {
        return inputs;
    }

    @Override
    public int maxVertexInputs() {
        return inputs;
    }

    @Override
    public InputType getOutputType(int layerIndex, InputType... types) {
        return types[0];
    }

    @Override
    public MemoryReport getMemoryReport(InputType... types) {
        return new LayerMemoryReport.Builder(null, getClass(), types[0], types[0]).build();
    }

    @Override
    public org.deeplearning4j.nn.graph.vertex.GraphVertex instantiate(
            ComputationGraph graph,
            String name,
            int index,
            INDArray parameters,
            boolean initialise,
            DataType type) {
        return new Running(this, graph, name, index, type);
    }

    /** The vertex at work in a graph. */
    @SuppressWarnings("overrides") // BaseGraphVertex takes an array where its interface has dots
    private static final class Running extends BaseGraphVertex {
        private static final long serialVersionUID = 1;

        private final SequenceVertex vertex;

        Running(
                SequenceVertex vertex,
                ComputationGraph graph,
                String name,
                int index,
                DataType type) {
            super(graph, name, index, null, null, type);
            this.vertex = vertex;
        }

        @Override
        public boolean hasLayer() {
            return false;
        }

        @Override
        public @Nullable Layer getLayer() {
            return null;
        }

        @Override
        public INDArray doForward(boolean training, LayerWorkspaceMgr workspaces) {
            return workspaces.leverageTo(ArrayType.ACTIVATIONS, vertex.forward(inputs));
        }

        @Override
        public Pair<@Nullable Gradient, @Nullable INDArray[]> doBackward(
                boolean truncated, LayerWorkspaceMgr workspaces) {
            INDArray[] gradients = vertex.backward(inputs, epsilon);
            @Nullable INDArray[] out = new INDArray[gradients.length + 1];
            for (int i = 0; i < gradients.length; i++) {
                out[i] = workspaces.leverageTo(ArrayType.ACTIVATION_GRAD, gradients[i]);
            }
            return new Pair<>(null, out);
        }

        @Override
        public void setBackpropGradientsViewArray(INDArray gradients) {
            throw new UnsupportedOperationException("has no weights");
        }

        @Override
        public @Nullable Pair<INDArray, MaskState> feedForwardMaskArrays(
                INDArray[] masks, MaskState state, int batch) {
            return null;
        }

        @Override
        public Map<String, INDArray> paramTable(boolean backprop) {
            return Map.of();
        }

        @Override
        public String toString() {
            return vertex.getClass().getSimpleName() + "(" + vertexName + ")";
        }
    }
}
