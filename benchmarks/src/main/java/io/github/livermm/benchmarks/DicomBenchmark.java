// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.benchmarks;

import io.github.livermm.imaging.dicom.DicomFolder;
import io.github.livermm.imaging.volume.Volume;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/**
 * How long does it take from an unsorted folder of DICOM files to a volume in Hounsfield units?
 * Reading is most of the time that a study of some hundred patients spends before training. The
 * files are the shipped 16 slices of 512 x 512 of a real CT.
 *
 * <p>Run: {@code benchmarks/run DicomBenchmark}
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
public class DicomBenchmark {
    /** Where the slices lie, from the folder in which the benchmark is run. */
    @Param({"examples/data/hcc048-piece/dicom"})
    String folder = "";

    @Benchmark
    public Volume readSeries() throws IOException {
        return DicomFolder.scan(Path.of(folder)).series().get(0).readVolume();
    }
}
