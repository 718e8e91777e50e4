// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.imaging.encoder;

import io.github.livermm.core.Embedding;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.graph.ElementWiseVertex;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.deeplearning4j.nn.conf.layers.Convolution3D;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.weights.WeightInit;
import org.nd4j.linalg.activations.impl.ActivationLReLU;

/**
 * A small three-dimensional network: three convolutions of which two halve the grid, means over
 * space; beside it a layer on the measurements; both joined to the embedding. No normalisation
 * layer: the one of Deeplearning4j refuses volumes, and the inputs have unit scale already.
 */
final class PhaseNetwork {
    static final String VOLUME = "volume";
    static final String MEASURES = "measures";
    static final String MEASURED = "measured";
    static final int WIDTH = 32;

    private static final int[] FILTERS = {12, 16, 24};
    private static final int MEASURE_WIDTH = 24;
    private static final double SLOPE = 0.1;

    private PhaseNetwork() {}

    static Embedding contribute(GraphBuilder graph, String prefix, int planes, int values) {
        Backend.warnOnceWithoutOneDnn();
        String at = prefix + ".";
        String below = at + VOLUME;
        int in = planes;
        for (int n = 0; n < FILTERS.length; n++) {
            String name = at + "conv" + (n + 1);
            int stride = n < 2 ? 2 : 1;
            graph.addLayer(name, convolution(in, FILTERS[n], stride), below);
            in = FILTERS[n];
            below = name;
        }
        graph.addLayer(
                at + "pooled", new GlobalPoolingLayer.Builder(PoolingType.AVG).build(), below);
        graph.addVertex(
                at + "known",
                new ElementWiseVertex(ElementWiseVertex.Op.Product),
                at + MEASURES,
                at + MEASURED);
        graph.addVertex(at + "measurement", new MergeVertex(), at + "known", at + MEASURED);
        graph.addLayer(at + "size", dense(2 * values, MEASURE_WIDTH), at + "measurement");
        graph.addVertex(at + "joined", new MergeVertex(), at + "pooled", at + "size");
        graph.addLayer(at + "embedding", dense(in + MEASURE_WIDTH, WIDTH), at + "joined");
        return new Embedding(at + "embedding", WIDTH);
    }

    private static Convolution3D convolution(int in, int out, int stride) {
        return new Convolution3D.Builder(3, 3, 3)
                .stride(stride, stride, stride)
                .dataFormat(Convolution3D.DataFormat.NCDHW)
                .convolutionMode(ConvolutionMode.Same)
                .nIn(in)
                .nOut(out)
                .weightInit(WeightInit.RELU)
                .activation(new ActivationLReLU(SLOPE))
                .build();
    }

    private static DenseLayer dense(int in, int out) {
        return new DenseLayer.Builder()
                .nIn(in)
                .nOut(out)
                .weightInit(WeightInit.RELU)
                .activation(new ActivationLReLU(SLOPE))
                .build();
    }
}
