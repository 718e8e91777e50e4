// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.examples.cli;

import io.github.livermm.core.ModalityReader;
import io.github.livermm.imaging.cache.PreparedCache;
import io.github.livermm.imaging.encoder.ImageEncoder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where commands keep cut-out images from one run to the next. */
final class CacheOption {
    /** Some ten thousand patients. */
    private static final long MOST_BYTES = 8L << 30;

    @Option(
            names = "--cache",
            paramLabel = "DIR",
            description =
                    "keep prepared images here: the next run reads no image that is unchanged")
    private @Nullable Path folder;

    ImageEncoder on(ImageEncoder images) throws IOException {
        Path where = folder;
        return where == null ? images : images.withCache(PreparedCache.in(where, MOST_BYTES));
    }

    Map<String, ModalityReader<?>> on(Map<String, ModalityReader<?>> readers) throws IOException {
        Path where = folder;
        if (where == null) {
            return readers;
        }
        PreparedCache cache = PreparedCache.in(where, MOST_BYTES);
        Map<String, ModalityReader<?>> cached = new LinkedHashMap<>();
        readers.forEach((modality, r) -> cached.put(modality, ImageEncoder.cached(r, cache)));
        return cached;
    }
}
