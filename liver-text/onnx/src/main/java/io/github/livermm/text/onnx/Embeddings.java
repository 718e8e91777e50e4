// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.text.onnx;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A model with its last embeddings: the encoders of all folds and members share one session, and
 * ask for the same reports again and again.
 */
final class Embeddings {
    /** With 768 values each, about 25 MB. */
    private static final int KEPT = 4096;

    private static final Map<Key, Embeddings> OPEN = new ConcurrentHashMap<>();

    private final TransformerModel model;
    private final Map<String, double[]> last =
            new LinkedHashMap<>(16, 0.75f, true) {
                private static final long serialVersionUID = 1;

                @Override
                protected boolean removeEldestEntry(Map.Entry<String, double[]> eldest) {
                    return size() > KEPT;
                }
            };

    private Embeddings(TransformerModel model) {
        this.model = model;
    }

    private record Key(Path folder, boolean lowerCase, int maxTokens) {}

    static Embeddings open(Path folder, TransformerOptions options) throws IOException {
        Key key =
                new Key(
                        folder.toAbsolutePath().normalize(),
                        options.lowerCase(),
                        options.maxTokens());
        try {
            return OPEN.computeIfAbsent(key, Embeddings::open);
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private static Embeddings open(Key key) {
        try {
            return new Embeddings(
                    TransformerModel.open(key.folder(), key.lowerCase(), key.maxTokens()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    TransformerModel model() {
        return model;
    }

    /** The embedding of a text; not to be changed. */
    double[] of(String text) {
        synchronized (last) {
            double[] known = last.get(text);
            if (known != null) {
                return known;
            }
        }
        double[] embedding = model.embed(text);
        synchronized (last) {
            last.put(text, embedding);
        }
        return embedding;
    }
}
