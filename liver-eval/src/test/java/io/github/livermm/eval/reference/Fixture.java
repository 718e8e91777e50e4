// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.eval.reference;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DynamicTest;

/**
 * One folder of reference values: input, what an established package computed, and how near we must
 * come. A test factory returns {@code Fixture.tests("kind", this::check)}; inside, {@code check}
 * computes a tree of the layout of {@code expected} and hands it to {@link #comparison()}.
 *
 * <p>The folders are those under the system property {@code liver.reference}; when it is blank,
 * those under {@code src/test/resources/reference} that the origin allows to copy.
 */
public final class Fixture {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path folder;
    private final JsonNode root;

    private Fixture(Path folder) throws IOException {
        this.folder = folder;
        this.root = JSON.readTree(folder.resolve("expected.json").toFile());
    }

    /**
     * One dynamic test for every folder of a kind. No folder under a named directory is a failure;
     * no folder in the project's own copy is a skipped test that says so.
     */
    public static Stream<DynamicTest> tests(String kind, Consumer<Fixture> check) {
        String property = System.getProperty("liver.reference", "");
        Path directory = property.isBlank() ? ownCopy() : Path.of(property);
        List<Fixture> found = ofKind(kind, directory);
        if (!found.isEmpty()) {
            return tests(found, check);
        }
        String message = "no folder of kind " + kind + " under " + directory;
        if (!property.isBlank()) {
            throw new AssertionError(message);
        }
        return Stream.of(
                DynamicTest.dynamicTest(
                        kind,
                        () ->
                                Assumptions.abort(
                                        message
                                                + "; its inputs may not be copied:"
                                                + " set -Dliver.reference")));
    }

    /**
     * One dynamic test for every folder of a kind that this project made itself, with the script
     * beside the values; always from the project's own copy.
     */
    public static Stream<DynamicTest> ownTests(String kind, Consumer<Fixture> check) {
        List<Fixture> found = ofKind(kind, ownCopy());
        if (found.isEmpty()) {
            throw new AssertionError("no folder of kind " + kind + " in the test resources");
        }
        return tests(found, check);
    }

    private static Stream<DynamicTest> tests(List<Fixture> found, Consumer<Fixture> check) {
        return found.stream().map(f -> DynamicTest.dynamicTest(f.name(), () -> check.accept(f)));
    }

    private static List<Fixture> ofKind(String kind, Path directory) {
        List<Fixture> found = new ArrayList<>();
        try (Stream<Path> folders = Files.list(directory)) {
            for (Path folder : folders.sorted().toList()) {
                if (Files.exists(folder.resolve("expected.json"))) {
                    Fixture fixture = new Fixture(folder);
                    if (fixture.root.path("kind").asText().equals(kind)) {
                        found.add(fixture);
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return found;
    }

    private static Path ownCopy() {
        try {
            return Path.of(
                    Objects.requireNonNull(Fixture.class.getResource("/reference"), "/reference")
                            .toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The name of the folder. */
    public String name() {
        return folder.getFileName().toString();
    }

    /** Which column plays which part, and the options. */
    public JsonNode spec() {
        return root.path("spec");
    }

    /** The whole tree of expected values. */
    public JsonNode expected() {
        return root.path("expected");
    }

    /** The names of the further files with expected values, by their keys. */
    public JsonNode expectedFiles() {
        return root.path("expected_files");
    }

    /** The call of the reference package. */
    public String calls() {
        return root.path("calls").toString();
    }

    /** The table {@code input.csv}. */
    public CsvTable input() {
        return csv("input.csv");
    }

    /** A table of the folder by file name. */
    public CsvTable csv(String file) {
        try {
            return CsvTable.read(folder.resolve(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A part ({@code rel} or {@code abs}) of the tolerance of a key, else of the default. */
    public double tolerance(String key, String part) {
        JsonNode own = root.path("tolerance").path("keys").path(key);
        return (own.isMissingNode() ? root.path("tolerance").path("default") : own)
                .path(part)
                .asDouble();
    }

    /** A new comparison against this fixture; end it with {@link Comparison#verify()}. */
    public Comparison comparison() {
        return new Comparison(this, root.path("tolerance"));
    }
}
