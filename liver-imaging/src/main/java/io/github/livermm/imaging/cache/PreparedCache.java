// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.imaging.cache;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * A folder of prepared images, keyed by what they were made from and how: SHA-256 of the content of
 * the source files together with the settings. A second epoch and a second run then read no DICOM.
 *
 * <p>The content of a source folder is hashed once; as long as names, sizes and times of its files
 * stay the same the hash is taken from the cache. Entries are written to a temporary file and moved
 * into place, so that a reader never sees half of one, and carry a CRC-32C: a damaged entry is
 * removed and counts as missing. Beyond the stated size the entries that were not used for longest
 * go. Safe for several threads and processes.
 *
 * @since 0.1.0
 */
public final class PreparedCache {
    private static final byte[] MAGIC = "livermm cache 2\n".getBytes(StandardCharsets.US_ASCII);
    private static final int CHECK = Integer.BYTES;
    private static final String SUFFIX = ".prepared";

    private final Path folder;
    private final long maxBytes;

    /** What the folders of this run held, by stamp. */
    private final Map<String, byte[]> stamped = new ConcurrentHashMap<>();

    private PreparedCache(Path folder, long maxBytes) {
        this.folder = folder;
        this.maxBytes = maxBytes;
    }

    /**
     * A cache in a folder, which is made when it does not exist.
     *
     * @param folder where entries are kept; nothing else should lie there
     * @param maxBytes bound of the entries together, above 0
     * @return the cache
     * @throws IOException when the folder cannot be made
     */
    public static PreparedCache in(Path folder, long maxBytes) throws IOException {
        if (maxBytes <= 0) {
            throw new IllegalArgumentException("maxBytes is " + maxBytes + ", allowed is above 0");
        }
        Files.createDirectories(folder);
        return new PreparedCache(folder, maxBytes);
    }

    /**
     * The key of what is prepared from folders of files.
     *
     * @param settings everything that the result depends on besides the files
     * @param sources folders; a null or missing one counts as empty
     * @return 64 hexadecimal digits
     * @throws IOException when a file cannot be read
     */
    public String key(String settings, @Nullable Path... sources) throws IOException {
        MessageDigest all = Sha256.digest();
        Sha256.update(all, settings);
        for (Path source : sources) {
            List<SourceFile> files = files(source);
            all.update(content(stamp(source, files), files));
        }
        return HexFormat.of().formatHex(all.digest());
    }

    private byte[] content(String stamp, List<SourceFile> files) throws IOException {
        byte[] content = stamped.get(stamp);
        if (content == null) {
            Optional<byte[]> kept = read(stamp);
            content = kept.isPresent() ? kept.get() : content(files);
            if (kept.isEmpty()) {
                write(stamp, content);
            }
            stamped.put(stamp, content);
        }
        return content;
    }

    /** A link is known by its name: readers do not follow it. */
    private record SourceFile(Path path, String name, boolean link, long size, FileTime time) {}

    /** The walk knows a file's size and time: asking again would triple the look into a cache. */
    private static List<SourceFile> files(@Nullable Path source) throws IOException {
        List<SourceFile> files = new ArrayList<>();
        if (source == null || !Files.isDirectory(source)) {
            return files;
        }
        Path root = source.toRealPath();
        int parent = root.toString().length();
        Files.walkFileTree(
                root,
                new SimpleFileVisitor<>() {
                    @Override
                    public FileVisitResult visitFile(Path path, BasicFileAttributes found) {
                        boolean link = found.isSymbolicLink();
                        if (link || found.isRegularFile()) {
                            String name = path.toString().substring(parent);
                            FileTime time = found.lastModifiedTime();
                            files.add(new SourceFile(path, name, link, found.size(), time));
                        }
                        return FileVisitResult.CONTINUE;
                    }
                });
        files.sort(Comparator.comparing(SourceFile::name));
        return files;
    }

    private static String stamp(@Nullable Path source, List<SourceFile> files) {
        // no name of a file holds the separator
        StringBuilder all = new StringBuilder("stamp\0");
        all.append(source == null ? "" : source.toAbsolutePath()).append('\0');
        for (SourceFile file : files) {
            all.append(file.name()).append('\0').append(file.size()).append(' ');
            all.append(file.time().to(TimeUnit.NANOSECONDS)).append('\0');
        }
        MessageDigest digest = Sha256.digest();
        Sha256.update(digest, all.toString());
        return HexFormat.of().formatHex(digest.digest());
    }

    private static byte[] content(List<SourceFile> files) throws IOException {
        MessageDigest digest = Sha256.digest();
        for (SourceFile file : files) {
            Sha256.update(digest, file.name());
            digest.update(file.link() ? new byte[0] : Sha256.of(file.path()));
        }
        return digest.digest();
    }

    /**
     * An entry.
     *
     * @param key as {@link #key} gave it
     * @return empty when there is none or it is damaged
     * @throws IOException when the folder cannot be read
     */
    public Optional<byte[]> read(String key) throws IOException {
        Path file = file(key);
        byte[] bytes;
        try {
            bytes = Files.readAllBytes(file);
        } catch (NoSuchFileException missing) {
            return Optional.empty();
        }
        int payload = bytes.length - MAGIC.length - CHECK;
        if (payload >= 0
                && Arrays.equals(bytes, 0, MAGIC.length, MAGIC, 0, MAGIC.length)
                && check(bytes) == ByteBuffer.wrap(bytes).getInt(bytes.length - CHECK)) {
            Files.setLastModifiedTime(file, FileTime.fromMillis(System.currentTimeMillis()));
            return Optional.of(Arrays.copyOfRange(bytes, MAGIC.length, MAGIC.length + payload));
        }
        Files.deleteIfExists(file);
        return Optional.empty();
    }

    /** The check of all that stands before it in an entry. */
    private static int check(byte[] entry) {
        CRC32C check = new CRC32C();
        check.update(entry, 0, entry.length - CHECK);
        return (int) check.getValue();
    }

    /**
     * Keeps an entry; one larger than the whole bound is not kept.
     *
     * @param key as {@link #key} gave it
     * @param payload what to keep
     * @throws IOException when it cannot be written
     */
    public void write(String key, byte[] payload) throws IOException {
        ByteBuffer entry = ByteBuffer.allocate(MAGIC.length + payload.length + CHECK);
        entry.put(MAGIC).put(payload);
        entry.putInt(check(entry.array()));
        if (entry.capacity() > maxBytes) {
            return;
        }
        Path temporary = Files.createTempFile(folder, "entry", ".tmp");
        try {
            Files.write(temporary, entry.array());
            Files.move(
                    temporary,
                    file(key),
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(temporary);
        }
        shrink();
    }

    private Path file(String key) {
        if (!key.matches("[0-9a-f]{64}")) {
            throw new IllegalArgumentException("key is no SHA-256 in hexadecimal digits");
        }
        return folder.resolve(key + SUFFIX);
    }

    private record Entry(Path path, long size, FileTime used) {}

    private synchronized void shrink() throws IOException {
        List<Entry> entries = new ArrayList<>();
        long total = 0;
        try (Stream<Path> files = Files.list(folder)) {
            for (Path path : (Iterable<Path>) files::iterator) {
                if (path.toString().endsWith(SUFFIX) && Files.isRegularFile(path)) {
                    long size = Files.size(path);
                    entries.add(new Entry(path, size, Files.getLastModifiedTime(path)));
                    total += size;
                }
            }
        } catch (NoSuchFileException goneMeanwhile) {
            // another process shrinks at the same time; the next write looks again
            return;
        }
        entries.sort(Comparator.comparing(Entry::used));
        for (Entry entry : entries) {
            if (total <= maxBytes) {
                return;
            }
            Files.deleteIfExists(entry.path());
            total -= entry.size();
        }
    }
}
