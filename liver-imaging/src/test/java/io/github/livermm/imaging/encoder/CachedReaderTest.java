// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.imaging.encoder;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.livermm.core.ClinicalRecord;
import io.github.livermm.core.Findings;
import io.github.livermm.core.Patient;
import io.github.livermm.core.PatientFiles;
import io.github.livermm.core.PatientLabels;
import io.github.livermm.imaging.cache.PreparedCache;
import io.github.livermm.imaging.nifti.NiftiImage;
import io.github.livermm.imaging.preprocess.LesionCrop;
import io.github.livermm.imaging.preprocess.LesionImage;
import io.github.livermm.imaging.quality.QualityGate;
import io.github.livermm.imaging.quality.QualityLimits;
import io.github.livermm.imaging.volume.Grid;
import io.github.livermm.imaging.volume.Volume;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The second reading takes the same image and findings, and opens no image file. */
class CachedReaderTest {
    @TempDir Path study;

    private Path image() {
        return study.resolve("images/P1/ct_portal.nii");
    }

    private Patient patient() {
        return new Patient(
                "P1",
                "A",
                new ClinicalRecord(Map.of(), Map.of()),
                new PatientFiles(study.resolve("images/P1"), study.resolve("masks/P1"), null),
                new PatientLabels(null, Map.of(), false),
                Map.of());
    }

    @BeforeEach
    void write() throws IOException {
        Files.createDirectories(study.resolve("images/P1"));
        Files.createDirectories(study.resolve("masks/P1"));
        Grid grid = Grid.centred(new int[] {16, 16, 8}, new double[] {4, 4, 8}, new double[3]);
        float[] values = new float[grid.voxels()];
        float[] labels = new float[grid.voxels()];
        for (int v = 0; v < values.length; v++) {
            values[v] = v % 37;
            labels[v] = v % 16 > 4 && v % 16 < 9 && v / 16 % 16 > 6 ? 2 : 1;
        }
        NiftiImage.write(Volume.of(grid, values), image());
        NiftiImage.write(Volume.of(grid, labels), study.resolve("masks/P1/ct_portal.nii"));
        Files.writeString(study.resolve("images/P1/ct_delayed.nii"), "broken");
    }

    private ImageEncoder encoder() throws IOException {
        return ImageEncoder.withDefaults()
                .withCache(PreparedCache.in(study.resolve("cache"), 1 << 24));
    }

    private static void same(LesionImage a, LesionImage b) {
        assertThat(a.voxels()).isEqualTo(b.voxels());
        assertThat(a.lesion()).isEqualTo(b.lesion());
        assertThat(a.measurements()).isEqualTo(b.measurements());
        assertThat(a.region()).isEqualTo(b.region());
    }

    @Test
    void theSecondReadingOpensNoImage() throws IOException {
        Findings first = new Findings();
        LesionImage made = encoder().reader().read(patient(), first).orElseThrow();
        FileTime time = Files.getLastModifiedTime(image());
        // the same name, size and time, and nothing that could be read
        Files.write(image(), new byte[(int) Files.size(image())]);
        Files.setLastModifiedTime(image(), time);

        Findings second = new Findings();
        LesionImage kept = encoder().reader().read(patient(), second).orElseThrow();

        same(kept, made);
        assertThat(second.sorted()).isEqualTo(first.sorted()).hasSize(1);
    }

    @Test
    void aChangedFileOrSettingIsReadAgain() throws IOException {
        encoder().reader().read(patient(), new Findings());
        Files.write(image(), new byte[100]);

        assertThat(encoder().reader().read(patient(), new Findings())).isEmpty();
        write();
        LesionImage other =
                encoder()
                        .withCrop(LesionCrop.defaults().withGrid(8, 8, 8))
                        .reader()
                        .read(patient(), new Findings())
                        .orElseThrow();
        assertThat(other.depth()).isEqualTo(8);
    }

    @Test
    void aDamagedEntryIsMadeAgain() throws IOException {
        LesionImage made = encoder().reader().read(patient(), new Findings()).orElseThrow();
        try (Stream<Path> entries = Files.list(study.resolve("cache"))) {
            for (Path entry : entries.toList()) {
                byte[] bytes = Files.readAllBytes(entry);
                bytes[bytes.length / 2] ^= 1;
                Files.write(entry, bytes);
            }
        }

        same(encoder().reader().read(patient(), new Findings()).orElseThrow(), made);
    }

    @Test
    void anUnusableCacheCostsNoPatient() throws IOException {
        ImageEncoder encoder = encoder();
        try (Stream<Path> entries = Files.list(study.resolve("cache"))) {
            assertThat(entries).isEmpty();
        }
        Files.delete(study.resolve("cache"));

        assertThat(encoder.reader().read(patient(), new Findings())).isPresent();
    }

    @Test
    void theQualityGateSeesEveryImage() throws IOException {
        QualityGate gate = QualityGate.of(QualityLimits.defaults());

        encoder().withQualityGate(gate).reader().read(patient(), new Findings());

        assertThat(gate.findings())
                .anyMatch(f -> f.reason().contains("8 slices"))
                .anyMatch(f -> f.file().equals("images/P1/ct_portal"));
    }
}
