// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.imaging.encoder;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.livermm.core.Embedding;
import io.github.livermm.core.FittedEncoder;
import io.github.livermm.core.NetworkInput;
import io.github.livermm.imaging.Phase;
import io.github.livermm.imaging.mask.LabelMap;
import io.github.livermm.imaging.preprocess.Channel;
import io.github.livermm.imaging.preprocess.LesionCrop;
import io.github.livermm.imaging.preprocess.LesionImage;
import io.github.livermm.imaging.volume.Grid;
import io.github.livermm.imaging.volume.Volume;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.lossfunctions.LossFunctions;

/** The network learns, and nothing under an absent phase reaches its output. */
class PhaseNetworkTest {
    private static final LesionCrop SMALL = LesionCrop.defaults().withGrid(6, 12, 12);

    static LesionImage image(Random random, boolean bright, LesionCrop crop) {
        Grid grid =
                Grid.centred(
                        new int[] {32, 32, 16}, new double[] {5, 5, 8}, new double[] {0, 0, 0});
        double radius = 20 + 15 * random.nextDouble();
        Volume mask =
                Volume.<RuntimeException>filled(
                        grid,
                        v -> {
                            for (int n = 0; n < v.length; n++) {
                                double[] p = grid.toPatient(n % 32, n / 32 % 32, n / 1024);
                                double r = Math.hypot(Math.hypot(p[0], p[1]), p[2]);
                                v[n] = r < radius ? 2 : r < 70 ? 1 : 0;
                            }
                        });
        Map<Phase, Volume> images = new EnumMap<>(Phase.class);
        Map<Phase, LabelMap> masks = new EnumMap<>(Phase.class);
        for (Phase phase : List.of(Phase.CT_ARTERIAL, Phase.CT_PORTAL)) {
            double contrast = phase == Phase.CT_ARTERIAL && bright ? 60 : -20;
            images.put(
                    phase,
                    Volume.<RuntimeException>filled(
                            grid,
                            v -> {
                                for (int n = 0; n < v.length; n++) {
                                    v[n] =
                                            (float)
                                                    ((mask.at(n) == 0 ? -100 : 80)
                                                            + (mask.at(n) == 2 ? contrast : 0)
                                                            + 10 * random.nextGaussian());
                                }
                            }));
            masks.put(phase, LabelMap.of(mask));
        }
        return crop.cut(images, masks);
    }

    static ComputationGraph network(FittedEncoder<LesionImage> encoder) {
        ComputationGraphConfiguration.GraphBuilder graph =
                new NeuralNetConfiguration.Builder()
                        .seed(1)
                        .updater(new Adam(3e-3))
                        .miniBatch(false)
                        .graphBuilder();
        for (NetworkInput input : encoder.inputs()) {
            graph.addInputs("image." + input.name());
        }
        Embedding embedding = encoder.contribute(graph, "image");
        graph.addLayer(
                "out",
                new OutputLayer.Builder(LossFunctions.LossFunction.MSE)
                        .nIn(embedding.width())
                        .nOut(1)
                        .activation(Activation.IDENTITY)
                        .build(),
                embedding.vertex());
        ComputationGraph net = new ComputationGraph(graph.setOutputs("out").build());
        net.init();
        return net;
    }

    static INDArray[] batch(FittedEncoder<LesionImage> encoder, List<float[][]> encoded) {
        INDArray[] arrays = new INDArray[encoder.inputs().size()];
        for (int n = 0; n < arrays.length; n++) {
            NetworkInput input = encoder.inputs().get(n);
            long[] shape = new long[input.shape().size() + 1];
            shape[0] = encoded.size();
            for (int a = 1; a < shape.length; a++) {
                shape[a] = input.shape().get(a - 1);
            }
            float[] all = new float[(int) (encoded.size() * input.size())];
            for (int b = 0; b < encoded.size(); b++) {
                System.arraycopy(
                        encoded.get(b)[n], 0, all, (int) (b * input.size()), (int) input.size());
            }
            arrays[n] = Nd4j.createFromArray(all).castTo(DataType.FLOAT).reshape(shape);
        }
        return arrays;
    }

    @Test
    void trainingLowersTheLoss() {
        Random random = new Random(7);
        List<LesionImage> images = new ArrayList<>();
        float[] labels = new float[24];
        for (int n = 0; n < labels.length; n++) {
            labels[n] = n % 2;
            images.add(image(random, n % 2 == 1, SMALL));
        }
        FittedEncoder<LesionImage> encoder =
                ImageEncoder.withDefaults().withCrop(SMALL).fit(images, 1);
        ComputationGraph net = network(encoder);
        List<float[][]> encoded = images.stream().map(encoder::encode).toList();
        MultiDataSet data =
                new MultiDataSet(
                        batch(encoder, encoded),
                        new INDArray[] {Nd4j.createFromArray(labels).reshape(labels.length, 1)});

        double before = net.score(data);
        for (int step = 0; step < 40; step++) {
            net.fit(data);
        }

        assertThat(net.score(data)).isLessThan(0.2 * before);
    }

    @Test
    void anAbsentPhaseHasNoInfluence() {
        Random random = new Random(3);
        LesionImage image = image(random, true, SMALL);
        FittedEncoder<LesionImage> encoder =
                ImageEncoder.withDefaults().withCrop(SMALL).fit(List.of(image), 1);
        ComputationGraph net = network(encoder);
        float[][] encoded = encoder.encode(image);
        float[][] other = new float[encoded.length][];
        for (int n = 0; n < other.length; n++) {
            other[n] = encoded[n].clone();
        }
        for (int m = 0; m < other[1].length; m++) {
            if (other[2][m] == 0) {
                other[1][m] = 33;
            }
        }

        INDArray a = net.outputSingle(batch(encoder, java.util.Collections.singletonList(encoded)));
        INDArray b = net.outputSingle(batch(encoder, java.util.Collections.singletonList(other)));

        assertThat(b.getDouble(0)).isEqualTo(a.getDouble(0));
        assertThat(image.has(Channel.T2)).isFalse();
    }

    @Test
    void anAbsentOrDroppedPhaseLeavesItsPlaneEmptyAndSaysSo() {
        LesionImage image = image(new Random(4), true, SMALL);
        FittedEncoder<LesionImage> encoder =
                ImageEncoder.withDefaults().withCrop(SMALL).fit(List.of(image), 1);
        float[][] encoded = encoder.encode(image);
        int block = 6 * 12 * 12;
        int dropped = 0;
        for (long seed = 0; seed < 20; seed++) {
            float[][] augmented = encoder.augment(encoded, seed);
            for (Channel channel : Channel.values()) {
                int c = channel.plane();
                boolean present = augmented[1][FittedImageEncoder.MEASURED + c] > 0;
                boolean empty = true;
                for (int v = c * block; v < (c + 1) * block; v++) {
                    empty &= augmented[0][v] == 0;
                }
                assertThat(present).isEqualTo(!empty);
                dropped += image.has(channel) && !present ? 1 : 0;
            }
        }

        assertThat(dropped).isPositive();
    }
}
