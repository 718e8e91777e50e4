// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.benchmarks;

import io.github.livermm.imaging.dicom.DicomFolder;
import io.github.livermm.imaging.volume.Volume;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
import org.openjdk.jmh.annotations.TearDown;

/**
 * How long does it take to read one CT slice of 512 x 512 from a file, by the coding of its pixels?
 * The slice is the same in every file, so the rows show what each decoder costs.
 *
 * <p>Run: {@code benchmarks/run DicomCodecBenchmark}
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
public class DicomCodecBenchmark {
    private static final Path FILES =
            Path.of("liver-imaging/src/test/resources/data/dicom-transfer-syntaxes");

    @Param({
        "ct_jpeg_baseline8_4.50.dcm",
        "ct_jpeg_extended12_4.51.dcm",
        "ct_jpeg_spectral_4.53.dcm",
        "ct_jpeg_progressive_4.55.dcm",
        "ct_jpeg_lossless_4.57.dcm",
        "ct_jpeg_lossless_sv1_4.70.dcm",
        "ct_jpegls_lossless_4.80.dcm",
        "ct_jpegls_near_4.81.dcm",
        "ct_j2k_lossless_4.90.dcm",
        "ct_j2k_4.91.dcm",
        "ct_rle_1.2.5.dcm",
        "ct_deflated_1.2.1.99.dcm"
    })
    String file = "";

    private @Nullable Path folder;

    @Setup
    public void copyFile() throws IOException {
        folder = Files.createTempDirectory("codec");
        Files.copy(FILES.resolve(file), folder.resolve(file));
    }

    @Benchmark
    public Volume read() throws IOException {
        if (folder == null) {
            throw new IllegalStateException("the file is copied before the first read");
        }
        return DicomFolder.scan(folder).series().get(0).readVolume();
    }

    @TearDown
    public void deleteFile() throws IOException {
        if (folder != null) {
            Files.delete(folder.resolve(file));
            Files.delete(folder);
        }
    }
}
