// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.core.fusion;

import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.api.MaskState;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.graph.vertex.BaseGraphVertex;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.jspecify.annotations.Nullable;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Forward and backward pass of {@link AttentionVertex}: a<sub>m</sub> = softmax of the scores
 * s<sub>m</sub> over what is present, o = sum a<sub>m</sub> p<sub>m</sub>. With g the gradient of
 * o: dp<sub>m</sub> = a<sub>m</sub> g and ds<sub>m</sub> = a<sub>m</sub> g'(p<sub>m</sub> - o).
 * Cost O(B M W).
 */
@SuppressWarnings("overrides") // DL4J declares setInputs with an array here, with ... there
final class AttentionPass extends BaseGraphVertex {
    private static final long serialVersionUID = 1;

    private final int modalities;

    AttentionPass(ComputationGraph graph, String name, int index, int modalities, DataType type) {
        super(graph, name, index, null, null, type);
        this.modalities = modalities;
    }

    @Override
    public INDArray doForward(boolean training, LayerWorkspaceMgr workspace) {
        double[][] out = mean(projections(), attention());
        return placed(out, ArrayType.ACTIVATIONS, workspace);
    }

    @Override
    public Pair<Gradient, INDArray[]> doBackward(boolean truncated, LayerWorkspaceMgr workspace) {
        double[][][] p = projections();
        double[][] a = attention();
        double[][] out = mean(p, a);
        double[][] g = matrix(epsilon);
        INDArray[] gradients = new INDArray[3 * modalities];
        for (int m = 0; m < modalities; m++) {
            double[][] toProjection = new double[g.length][g[0].length];
            double[][] toScore = new double[g.length][1];
            for (int i = 0; i < g.length; i++) {
                for (int w = 0; w < g[i].length; w++) {
                    toProjection[i][w] = a[i][m] * g[i][w];
                    toScore[i][0] += a[i][m] * g[i][w] * (p[m][i][w] - out[i][w]);
                }
            }
            gradients[m] = placed(toProjection, ArrayType.ACTIVATION_GRAD, workspace);
            gradients[modalities + m] = placed(toScore, ArrayType.ACTIVATION_GRAD, workspace);
            // presence is an input of the network: nothing flows into it
            gradients[2 * modalities + m] =
                    placed(new double[g.length][g[0].length], ArrayType.ACTIVATION_GRAD, workspace);
        }
        return new Pair<>(null, gradients);
    }

    private double[][][] projections() {
        double[][][] p = new double[modalities][][];
        for (int m = 0; m < modalities; m++) {
            p[m] = matrix(inputs[m]);
        }
        return p;
    }

    /** Weights [B][M]; each row sums to 1, or is 0 where nothing is present. */
    private double[][] attention() {
        double[][] a = new double[(int) inputs[0].size(0)][modalities];
        double[][][] mask = new double[modalities][][];
        double[][][] score = new double[modalities][][];
        for (int m = 0; m < modalities; m++) {
            score[m] = matrix(inputs[modalities + m]);
            mask[m] = matrix(inputs[2 * modalities + m]);
        }
        for (int i = 0; i < a.length; i++) {
            double highest = Double.NEGATIVE_INFINITY;
            for (int m = 0; m < modalities; m++) {
                highest = mask[m][i][0] > 0 ? Math.max(highest, score[m][i][0]) : highest;
            }
            double sum = 0;
            for (int m = 0; m < modalities; m++) {
                a[i][m] = mask[m][i][0] > 0 ? Math.exp(score[m][i][0] - highest) : 0;
                sum += a[i][m];
            }
            for (int m = 0; m < modalities && sum > 0; m++) {
                a[i][m] /= sum;
            }
        }
        return a;
    }

    private double[][] mean(double[][][] p, double[][] a) {
        double[][] out = new double[a.length][p[0][0].length];
        for (int i = 0; i < out.length; i++) {
            for (int m = 0; m < modalities; m++) {
                for (int w = 0; w < out[i].length; w++) {
                    out[i][w] += a[i][m] * p[m][i][w];
                }
            }
        }
        return out;
    }

    private static double[][] matrix(INDArray array) {
        return array.castTo(DataType.DOUBLE).toDoubleMatrix();
    }

    private INDArray placed(double[][] values, ArrayType type, LayerWorkspaceMgr workspace) {
        INDArray array = Nd4j.createFromArray(values).castTo(inputs[0].dataType());
        return workspace.leverageTo(type, array);
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
    public void setBackpropGradientsViewArray(INDArray view) {
        if (view != null) {
            throw new IllegalArgumentException("attention has no parameters of its own");
        }
    }

    @Override
    public @Nullable Pair<INDArray, MaskState> feedForwardMaskArrays(
            INDArray[] masks, MaskState state, int batch) {
        return null;
    }

    @Override
    public String toString() {
        return "attention over " + modalities + " modalities";
    }
}
