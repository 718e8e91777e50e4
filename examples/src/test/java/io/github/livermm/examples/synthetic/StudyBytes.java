// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.examples.synthetic;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Every file of a folder by its relative name, with a digest of its bytes. */
final class StudyBytes {
    private StudyBytes() {}

    static Map<String, Integer> of(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .collect(
                            Collectors.toMap(
                                    file -> folder.relativize(file).toString(),
                                    StudyBytes::digest,
                                    (a, b) -> a,
                                    TreeMap::new));
        }
    }

    private static int digest(Path file) {
        try {
            return Arrays.hashCode(Files.readAllBytes(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
