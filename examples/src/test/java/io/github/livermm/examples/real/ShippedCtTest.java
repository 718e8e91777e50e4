// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.examples.real;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Proves that the shipped slices of a real CT are the published files, bit for bit. */
class ShippedCtTest {
    private static final Path PIECE = Path.of("data", "hcc048-piece");

    @Test
    void everySliceHasItsPublishedDigest() throws IOException, NoSuchAlgorithmException {
        List<String> digests = Files.readAllLines(PIECE.resolve("SHA256SUMS"));
        assertThat(digests).hasSize(16);

        for (String line : digests) {
            Path slice = PIECE.resolve("dicom").resolve(line.substring(66));
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(slice));
            assertThat(HexFormat.of().formatHex(digest)).isEqualTo(line.substring(0, 64));
        }
    }

    @Test
    void nothingElseIsInTheFolder() throws IOException {
        try (Stream<Path> slices = Files.list(PIECE.resolve("dicom"))) {
            assertThat(slices).hasSize(16);
        }
    }
}
