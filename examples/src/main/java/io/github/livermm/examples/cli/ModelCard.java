// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.examples.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.livermm.core.cohort.Study;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/** What a model file tells about the study it was trained on. */
final class ModelCard {
    private ModelCard() {}

    /** The study's protocol as it stands in the file. */
    @SuppressWarnings("unchecked") // a JSON object is a map of texts
    static Map<String, Object> protocol(Study study) {
        try {
            return new ObjectMapper()
                    .readValue(Files.readAllBytes(study.folder().resolve("study.json")), Map.class);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** SHA-256 over protocol and table: enough to tell whether the table has changed. */
    static String digest(Path study) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (String file : List.of("study.json", "patients.csv")) {
                digest.update(Files.readAllBytes(study.resolve(file)));
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
