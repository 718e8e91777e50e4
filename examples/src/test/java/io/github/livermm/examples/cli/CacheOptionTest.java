// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Proves that a second run with {@code --cache} reads no DICOM: there is none left to read. */
class CacheOptionTest {
    @TempDir Path folder;

    private final StringWriter err = new StringWriter();

    private int liver(Object... args) {
        String[] words = Stream.of(args).map(String::valueOf).toArray(String[]::new);
        return Liver.run(new PrintWriter(new StringWriter()), new PrintWriter(err), words);
    }

    @Test
    void theSecondRunReadsNoDicom() throws IOException {
        Path study = folder.resolve("study");
        Path cache = folder.resolve("cache");
        Path model = folder.resolve("model");
        assertThat(liver("study", "make", "--out", study, "--patients", 40, "--seed", 3)).isZero();
        assertThat(liver("train", "--quiet", "--study", study, "--out", model, "--cache", cache))
                .isZero();

        Path one = predicted(study, model, "one.csv", "--cache", cache);
        scramble(study.resolve("images"));
        Path two = predicted(study, model, "two.csv", "--cache", cache);
        String without = Files.readString(predicted(study, model, "three.csv"));

        assertThat(two).hasSameTextualContentAs(one);
        assertThat(without).as("the images are really gone").isNotEqualTo(Files.readString(one));
        assertThat(err.toString()).contains("files could not be used");
    }

    private Path predicted(Path study, Path model, String name, Object... more) {
        Path out = folder.resolve(name);
        List<Object> words = List.of("predict", "--quiet", "--model", model, "--study", study);
        Stream<Object> all = Stream.concat(words.stream(), Stream.of("--out", out));
        assertThat(liver(Stream.concat(all, Stream.of(more)).toArray())).isZero();
        return out;
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
