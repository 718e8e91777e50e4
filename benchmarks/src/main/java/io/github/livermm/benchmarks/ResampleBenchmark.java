// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.benchmarks;

import io.github.livermm.imaging.volume.Grid;
import io.github.livermm.imaging.volume.Interpolation;
import io.github.livermm.imaging.volume.Volume;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * How long does it take to bring a CT of 512 x 512 x 89 voxels (0.703 x 0.703 x 2.5 mm) to 1 mm?
 * Uses every core; the peers say how many threads they use.
 *
 * <p>Run: {@code benchmarks/run ResampleBenchmark}
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
public class ResampleBenchmark {
    @Param({"LINEAR", "CUBIC"})
    Interpolation how = Interpolation.LINEAR;

    private Volume image = Volume.of(grid(1, 1, 1), new float[1]);
    private Grid target = grid(1, 1, 1);

    private static Grid grid(int w, int h, int d) {
        return Grid.centred(
                new int[] {w, h, d}, new double[] {0.703125, 0.703125, 2.5}, new double[3]);
    }

    @Setup
    public void fill() {
        Random random = new Random(1);
        image =
                Volume.<RuntimeException>filled(
                        grid(512, 512, 89),
                        v -> {
                            for (int n = 0; n < v.length; n++) {
                                v[n] = random.nextInt(2000) - 1000;
                            }
                        });
        target = image.grid().withSpacing(1, 1, 1);
    }

    @Benchmark
    public Volume resample() {
        return image.resample(target, how, -1024);
    }
}
