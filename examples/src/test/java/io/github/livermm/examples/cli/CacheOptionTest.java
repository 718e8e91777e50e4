// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.livermm.core.Findings;
import io.github.livermm.core.FittedEncoder;
import io.github.livermm.core.ModalityEncoder;
import io.github.livermm.core.ModalityReader;
import io.github.livermm.core.Patient;
import io.github.livermm.core.cohort.Study;
import io.github.livermm.core.cohort.StudyReader;
import io.github.livermm.examples.synthetic.SyntheticStudy;
import io.github.livermm.imaging.encoder.ImageEncoder;
import io.github.livermm.imaging.preprocess.LesionImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Proves that a second run with {@code --cache} reads no DICOM: there is none left to read. */
class CacheOptionTest {
    @TempDir Path folder;

    @Test
    void theSecondRunReadsNoDicom() throws IOException {
        Path study = folder.resolve("study");
        SyntheticStudy.write(
                study, SyntheticStudy.Options.defaults().withPatients(8), (done, total) -> {});
        Study read = StudyReader.read(study);
        CacheOption cache =
                CommandLine.populateCommand(
                        new CacheOption(), "--cache", folder.resolve("cache").toString());
        FittedEncoder<LesionImage> fitted =
                ImageEncoder.withDefaults().fit(images(read, encoder(read, cache).reader()), 1);

        List<LesionImage> first = images(read, encoder(read, cache).reader());
        scramble(study.resolve("images"));
        List<LesionImage> trained = images(read, encoder(read, cache).reader());
        List<LesionImage> predicted =
                images(read, cache.on(Map.of("image", fitted.reader())).get("image"));

        assertThat(images(read, fitted.reader())).as("the images are really gone").isEmpty();
        assertThat(first).isNotEmpty();
        assertThat(voxels(trained)).isEqualTo(voxels(first));
        assertThat(voxels(predicted)).isEqualTo(voxels(first));
    }

    private static ModalityEncoder<?> encoder(Study study, CacheOption cache) throws IOException {
        return Assembly.encoders(study, cache).get(0);
    }

    private static List<LesionImage> images(Study study, @Nullable ModalityReader<?> reader) {
        List<LesionImage> images = new ArrayList<>();
        for (Patient patient : study.everybody().patients()) {
            Objects.requireNonNull(reader)
                    .read(patient, new Findings())
                    .ifPresent(image -> images.add((LesionImage) image));
        }
        return images;
    }

    private static List<List<Float>> voxels(List<LesionImage> images) {
        List<List<Float>> all = new ArrayList<>();
        for (LesionImage image : images) {
            List<Float> one = new ArrayList<>();
            for (float v : image.voxels()) {
                one.add(v);
            }
            all.add(one);
        }
        return all;
    }

    /** The same names, sizes and times, and nothing that could be read. */
    private static void scramble(Path images) throws IOException {
        try (Stream<Path> files = Files.walk(images)) {
            for (Path file : (Iterable<Path>) files.filter(Files::isRegularFile)::iterator) {
                FileTime time = Files.getLastModifiedTime(file);
                Files.write(file, new byte[(int) Files.size(file)]);
                Files.setLastModifiedTime(file, time);
            }
        }
    }
}
