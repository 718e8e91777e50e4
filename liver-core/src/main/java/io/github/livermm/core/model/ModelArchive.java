// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.core.model;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.github.livermm.core.ModelFileException;
import io.github.livermm.core.StateReader;
import io.github.livermm.core.StateWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * The file of a model: {@code manifest.json} with the SHA-256 of every other file, JSON trees, and
 * arrays of little-endian 64-bit floats. No serialised object and no class name is in it, so a
 * hostile file can at worst be refused.
 */
final class ModelArchive {
    static final int SCHEMA = 1;

    private static final String MANIFEST = "manifest.json";
    private static final long LARGEST_FILE = 1L << 30;
    private static final ObjectMapper JSON =
            new ObjectMapper()
                    .enable(SerializationFeature.INDENT_OUTPUT)
                    .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS);
    private static final TypeReference<Map<String, Object>> TREE = new TypeReference<>() {};

    private ModelArchive() {}

    static String libraryVersion() {
        String version = ModelArchive.class.getPackage().getImplementationVersion();
        return version == null ? "development" : version;
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** Collects the files of a model under names such as {@code views/0/member.1/weights.f64}. */
    static final class Writer implements StateWriter {
        private final String prefix;
        private final Map<String, byte[]> files; // sorted by name

        Writer() {
            this("", new TreeMap<>());
        }

        private Writer(String prefix, Map<String, byte[]> files) {
            this.prefix = prefix;
            this.files = files;
        }

        @Override
        public void json(String name, Map<String, ?> tree) {
            try {
                put(name + ".json", JSON.writeValueAsBytes(tree));
            } catch (JsonProcessingException e) {
                throw new IllegalArgumentException("tree " + prefix + name + " is not JSON", e);
            }
        }

        @Override
        public void array(String name, double[] values) {
            ByteBuffer buffer =
                    ByteBuffer.allocate(Math.multiplyExact(values.length, Double.BYTES))
                            .order(ByteOrder.LITTLE_ENDIAN);
            buffer.asDoubleBuffer().put(values);
            put(name + ".f64", buffer.array());
        }

        @Override
        public StateWriter part(String name) {
            return new Writer(prefix + checked(name) + "/", files);
        }

        private void put(String name, byte[] bytes) {
            if (files.put(prefix + checked(name), bytes) != null) {
                throw new IllegalArgumentException("written twice: " + prefix + name);
            }
        }

        private static String checked(String name) {
            if (!name.matches("[A-Za-z0-9_][A-Za-z0-9_.-]*")) {
                throw new IllegalArgumentException(
                        "name is \"" + name + "\", allowed are letters, digits, _ . and -");
            }
            return name;
        }

        void write(Path file, Map<String, Object> manifest) throws IOException {
            Map<String, Object> complete = new LinkedHashMap<>(manifest);
            Map<String, String> digests = new TreeMap<>();
            files.forEach((name, bytes) -> digests.put(name, sha256(bytes)));
            complete.put("files", digests);
            byte[] head = JSON.writeValueAsBytes(complete);
            if (file.toString().endsWith(".zip")) {
                try (OutputStream out = Files.newOutputStream(file);
                        ZipOutputStream zip = new ZipOutputStream(out)) {
                    zipEntry(zip, MANIFEST, head);
                    for (Map.Entry<String, byte[]> entry : files.entrySet()) {
                        zipEntry(zip, entry.getKey(), entry.getValue());
                    }
                }
                return;
            }
            if (Files.exists(file) && !isModelOrEmpty(file)) {
                throw new ModelFileException(
                        file.getFileName()
                                + " exists and is not a model; name a new folder or an old model");
            }
            for (Map.Entry<String, byte[]> entry : files.entrySet()) {
                Path target = file.resolve(entry.getKey());
                Files.createDirectories(Objects.requireNonNull(target.getParent()));
                Files.write(target, entry.getValue());
            }
            Files.write(file.resolve(MANIFEST), head);
        }

        private static boolean isModelOrEmpty(Path file) throws IOException {
            if (!Files.isDirectory(file)) {
                return false;
            }
            if (Files.exists(file.resolve(MANIFEST))) {
                return true;
            }
            try (var entries = Files.list(file)) {
                return entries.findAny().isEmpty();
            }
        }

        private static void zipEntry(ZipOutputStream zip, String name, byte[] bytes)
                throws IOException {
            ZipEntry entry = new ZipEntry(name);
            entry.setTime(315_532_800_000L); // a fixed time: the same model is the same bytes
            zip.putNextEntry(entry);
            zip.write(bytes);
            zip.closeEntry();
        }
    }

    /** Reads every file of a model at once and checks the digests. */
    static Reader read(Path file) throws IOException {
        if (Files.isDirectory(file)) {
            return readFolder(file, String.valueOf(file.getFileName()));
        }
        if (!Files.isRegularFile(file)) {
            throw new ModelFileException(
                    file.getFileName() + " does not exist; name a model folder or zip file");
        }
        try (FileSystem zip = FileSystems.newFileSystem(file)) {
            return readFolder(zip.getPath("/"), String.valueOf(file.getFileName()));
        } catch (java.nio.file.ProviderNotFoundException | java.util.zip.ZipException e) {
            throw new ModelFileException(file.getFileName() + " is neither a folder nor a zip", e);
        }
    }

    private static Reader readFolder(Path root, String name) throws IOException {
        Map<String, Object> manifest = tree(bytes(root, MANIFEST, name), name + "/" + MANIFEST);
        if (!Integer.valueOf(SCHEMA).equals(manifest.get("schema"))) {
            throw new ModelFileException(
                    name
                            + ": schema is "
                            + manifest.get("schema")
                            + ", this version reads "
                            + SCHEMA
                            + "; use the version of the library that wrote it or a newer one");
        }
        Map<String, byte[]> files = new TreeMap<>();
        if (manifest.get("files") instanceof Map<?, ?> digests) {
            for (Map.Entry<?, ?> entry : digests.entrySet()) {
                String key = String.valueOf(entry.getKey());
                byte[] content = bytes(root, key, name);
                if (!sha256(content).equals(entry.getValue())) {
                    throw new ModelFileException(
                            name + "/" + key + " is damaged: its SHA-256 is not the manifest's");
                }
                files.put(key, content);
            }
        }
        return new Reader("", files, manifest, name);
    }

    private static byte[] bytes(Path root, String key, String name) throws IOException {
        Path path = root.resolve(key).normalize();
        if (!path.startsWith(root.normalize()) || !Files.isRegularFile(path)) {
            throw new ModelFileException(name + "/" + key + " is missing; the model is incomplete");
        }
        if (Files.size(path) > LARGEST_FILE) {
            throw new ModelFileException(
                    name + "/" + key + " has " + Files.size(path) + " bytes, allowed is 1 GiB");
        }
        return Files.readAllBytes(path);
    }

    private static Map<String, Object> tree(byte[] bytes, String name) {
        try {
            return JSON.readValue(new String(bytes, StandardCharsets.UTF_8), TREE);
        } catch (JsonProcessingException e) {
            throw new ModelFileException(name + " is not JSON: " + e.getOriginalMessage(), e);
        }
    }

    /** The files of a model, by name. */
    static final class Reader implements StateReader {
        private final String prefix;
        private final Map<String, byte[]> files;
        private final Map<String, Object> manifest;
        private final String model;

        private Reader(
                String prefix,
                Map<String, byte[]> files,
                Map<String, Object> manifest,
                String model) {
            this.prefix = prefix;
            this.files = files;
            this.manifest = manifest;
            this.model = model;
        }

        Map<String, Object> manifest() {
            return manifest;
        }

        @Override
        public Map<String, Object> json(String name) {
            return tree(get(name + ".json"), model + "/" + prefix + name + ".json");
        }

        @Override
        public double[] array(String name) {
            byte[] bytes = get(name + ".f64");
            double[] values = new double[bytes.length / Double.BYTES];
            ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asDoubleBuffer().get(values);
            return values;
        }

        @Override
        public StateReader part(String name) {
            return new Reader(prefix + name + "/", files, manifest, model);
        }

        private byte[] get(String name) {
            byte[] bytes = files.get(prefix + name);
            if (bytes == null) {
                throw new ModelFileException(
                        model + "/" + prefix + name + " is missing; the model is incomplete");
            }
            return bytes;
        }
    }
}
