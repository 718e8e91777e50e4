// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.imaging.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Keys follow content and settings; entries survive damage, size and time. */
class PreparedCacheTest {
    private static final String KEY = "0".repeat(64);

    @TempDir Path folder;

    private PreparedCache cache(long bytes) throws IOException {
        return PreparedCache.in(folder.resolve("cache"), bytes);
    }

    private static List<Path> list(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.toList();
        }
    }

    @Test
    void entriesAreReadBack() throws IOException {
        cache(1000).write(KEY, new byte[] {1, 2, 3});

        assertThat(cache(1000).read(KEY)).hasValue(new byte[] {1, 2, 3});
        assertThat(cache(1000).read("1".repeat(64))).isEmpty();
    }

    @Test
    void everyDamagedByteIsNoticed() throws IOException {
        for (int at = 0; at < 16 + 3 + 4; at++) {
            cache(1000).write(KEY, new byte[] {1, 2, 3});
            Path entry = list(folder.resolve("cache")).get(0);
            byte[] bytes = Files.readAllBytes(entry);
            bytes[at] ^= 4;
            Files.write(entry, bytes);

            assertThat(cache(1000).read(KEY)).isEmpty();
            assertThat(entry).doesNotExist();
        }
    }

    @Test
    void aCutEntryIsNoticed() throws IOException {
        cache(1000).write(KEY, new byte[] {1, 2, 3});
        Path entry = list(folder.resolve("cache")).get(0);
        Files.write(entry, new byte[5]);

        assertThat(cache(1000).read(KEY)).isEmpty();
    }

    @Test
    void keysFollowContentNamesAndSettingsButNotTime() throws IOException {
        Path source = Files.createDirectories(folder.resolve("images"));
        Path file = Files.write(source.resolve("a"), new byte[] {1});
        Path none = folder.resolve("absent");
        String key = cache(10000).key("crop", source, none);

        Files.setLastModifiedTime(file, FileTime.fromMillis(1000));
        assertThat(cache(10000).key("crop", source, none)).isEqualTo(key);
        assertThat(cache(10000).key("crop", source, null)).isEqualTo(key);
        assertThat(cache(10000).key("other", source, none)).isNotEqualTo(key);
        Files.write(file, new byte[] {2});
        assertThat(cache(10000).key("crop", source, none)).isNotEqualTo(key);
        Files.write(file, new byte[] {1});
        assertThat(cache(10000).key("crop", source, none)).isEqualTo(key);
        Files.move(file, source.resolve("b"));
        assertThat(cache(10000).key("crop", source, none)).isNotEqualTo(key);
    }

    /**
     * The folder may be a link, and then counts like the folder; what lies behind one in it never.
     */
    @Test
    void linksInAFolderAreNotFollowed() throws IOException {
        Path source = Files.createDirectories(folder.resolve("images"));
        Path outside = Files.write(folder.resolve("outside"), new byte[] {1});
        Files.write(source.resolve("a"), new byte[] {1});
        Path link = Files.createSymbolicLink(folder.resolve("link"), source);
        String key = cache(10000).key("crop", source);

        assertThat(cache(10000).key("crop", link)).isEqualTo(key);
        Files.write(source.resolve("a"), new byte[] {2});
        assertThat(cache(10000).key("crop", link)).isNotEqualTo(key);
        Files.createSymbolicLink(source.resolve("b"), outside);
        key = cache(10000).key("crop", source);
        Files.write(outside, new byte[] {2, 3});
        assertThat(cache(10000).key("crop", source)).isEqualTo(key);
    }

    @Test
    void theOldestEntriesGoWhenTheBoundIsReached() throws IOException {
        PreparedCache cache = cache(220);
        for (int n = 0; n < 4; n++) {
            String key = String.valueOf(n).repeat(64);
            cache.write(key, new byte[50]);
            Path entry = folder.resolve("cache").resolve(key + ".prepared");
            if (Files.exists(entry)) {
                Files.setLastModifiedTime(entry, FileTime.fromMillis(1000L * (n + 1)));
            }
        }

        assertThat(cache.read("0".repeat(64))).isEmpty();
        assertThat(cache.read("3".repeat(64))).isPresent();
        assertThat(list(folder.resolve("cache"))).hasSize(3);
        cache.write("a".repeat(64), new byte[5000]);
        assertThat(cache.read("a".repeat(64))).isEmpty();
    }

    @Test
    void keysCannotLeaveTheFolder() throws IOException {
        PreparedCache cache = cache(100);

        assertThatThrownBy(() -> cache.read("../x")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> PreparedCache.in(folder, 0)).hasMessageContaining("maxBytes");
    }
}
