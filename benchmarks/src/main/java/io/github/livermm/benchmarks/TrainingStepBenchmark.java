// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.benchmarks;

import io.github.livermm.core.Diagnosis;
import io.github.livermm.core.FittedEncoder;
import io.github.livermm.core.PatientLabels;
import io.github.livermm.core.fusion.BinaryHead;
import io.github.livermm.core.fusion.Fusion;
import io.github.livermm.core.fusion.FusionNetwork;
import io.github.livermm.core.fusion.NetworkOptions;
import io.github.livermm.imaging.Phase;
import io.github.livermm.imaging.encoder.ImageEncoder;
import io.github.livermm.imaging.preprocess.LesionCrop;
import io.github.livermm.imaging.preprocess.LesionImage;
import io.github.livermm.imaging.volume.Grid;
import io.github.livermm.imaging.volume.Volume;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * How long does one training step of the three-dimensional image network take, at the default grid
 * and at one of full size? Steps decide how long a study takes. Three phases of every patient are
 * there; augmentation is part of a step.
 *
 * <p>Run: {@code benchmarks/run TrainingStepBenchmark}
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
public class TrainingStepBenchmark {
    private static final List<Phase> PHASES =
            List.of(Phase.CT_ARTERIAL, Phase.CT_PORTAL, Phase.CT_DELAYED);

    @Param({"4", "16"})
    int batch;

    /** Depth x height x width of the grid. */
    @Param({"12x24x24", "32x64x64"})
    String grid = "12x24x24";

    private @Nullable FusionNetwork network;
    private List<float[] @Nullable [][]> rows = List.of();
    private List<PatientLabels> labels = List.of();
    private long step;

    @Setup
    public void buildNetwork() {
        String[] size = grid.split("x");
        LesionCrop crop =
                LesionCrop.defaults()
                        .withGrid(
                                Integer.parseInt(size[0]),
                                Integer.parseInt(size[1]),
                                Integer.parseInt(size[2]));
        Random random = new Random(1);
        List<LesionImage> images = new ArrayList<>();
        labels = new ArrayList<>();
        for (int i = 0; i < batch; i++) {
            images.add(crop.cut(phases(random), Map.of()));
            labels.add(
                    new PatientLabels(
                            i % 2 == 0 ? Diagnosis.HCC : Diagnosis.BENIGN, Map.of(), false));
        }
        FittedEncoder<LesionImage> encoder =
                ImageEncoder.withDefaults().withCrop(crop).fit(images, 1);
        rows = new ArrayList<>();
        for (LesionImage image : images) {
            rows.add(new float[][][] {encoder.encode(image)});
        }
        network =
                FusionNetwork.build(
                        Fusion.Concat.defaults(),
                        List.of(encoder),
                        List.of(BinaryHead.malignant()),
                        NetworkOptions.defaults(),
                        1);
    }

    private static Map<Phase, Volume> phases(Random random) {
        Grid scan =
                Grid.centred(
                        new int[] {48, 48, 24}, new double[] {2, 2, 4}, new double[] {0, 0, 0});
        Map<Phase, Volume> phases = new EnumMap<>(Phase.class);
        for (Phase phase : PHASES) {
            float[] voxels = new float[scan.voxels()];
            for (int v = 0; v < voxels.length; v++) {
                voxels[v] = (float) (100 + 20 * random.nextGaussian());
            }
            phases.put(phase, Volume.of(scan, voxels));
        }
        return phases;
    }

    @Benchmark
    public long step() {
        if (network == null) {
            throw new IllegalStateException("the network is built before the first step");
        }
        network.step(rows, labels, 1e-4, ++step);
        return step;
    }
}
