// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.benchmarks;

import io.github.livermm.core.ClinicalRecord;
import io.github.livermm.core.Findings;
import io.github.livermm.core.ModalityReader;
import io.github.livermm.core.Patient;
import io.github.livermm.core.PatientFiles;
import io.github.livermm.core.PatientLabels;
import io.github.livermm.imaging.cache.PreparedCache;
import io.github.livermm.imaging.dicom.Deidentifier;
import io.github.livermm.imaging.encoder.ImageEncoder;
import io.github.livermm.imaging.preprocess.LesionImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
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
 * How long does a patient of three phases take from DICOM to the tensors of the network, and from
 * the cache? The phases are three copies of one series under UIDs of their own.
 *
 * <p>Run: {@code benchmarks/run PreparedBenchmark}
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
public class PreparedBenchmark {
    /** A series, from the folder in which the benchmark is run. */
    @Param({"examples/data/hcc048-piece/dicom"})
    String folder = "";

    private Path work = Path.of("");
    private ModalityReader<LesionImage> cached = ImageEncoder.withDefaults().reader();

    @Setup
    public void copy() throws IOException {
        work = Files.createTempDirectory("prepared");
        for (String phase : new String[] {"ct_arterial", "ct_portal", "ct_delayed"}) {
            Path to = Files.createDirectories(work.resolve("images/P1").resolve(phase));
            try (Stream<Path> files = Files.list(Path.of(folder))) {
                for (Path file : files.toList()) {
                    // another key gives other UIDs: the three are different series
                    Deidentifier.withKey(("benchmark " + phase).getBytes(StandardCharsets.UTF_8))
                            .write(file, to.resolve(file.getFileName()));
                }
            }
        }
        PreparedCache cache = PreparedCache.in(work.resolve("cache"), 1L << 30);
        cached = ImageEncoder.withDefaults().withCache(cache).reader();
        fromCache();
    }

    private Patient patient() {
        return new Patient(
                "P1",
                "A",
                new ClinicalRecord(Map.of(), Map.of()),
                new PatientFiles(work.resolve("images/P1"), null, null),
                new PatientLabels(null, Map.of(), false),
                Map.of());
    }

    @Benchmark
    public Optional<LesionImage> fromDicom() {
        return ImageEncoder.withDefaults().reader().read(patient(), new Findings());
    }

    @Benchmark
    public Optional<LesionImage> fromCache() {
        return cached.read(patient(), new Findings());
    }

    @TearDown
    public void remove() throws IOException {
        try (Stream<Path> files = Files.walk(work)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
