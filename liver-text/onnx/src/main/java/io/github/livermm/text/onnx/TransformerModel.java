// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.text.onnx;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import io.github.livermm.core.StudyException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * A transformer of the BERT family that was exported to ONNX, with its tokenizer: a folder with
 * {@code model.onnx} and {@code vocab.txt}. Its inputs are {@code input_ids}, {@code
 * attention_mask} and, when it has it, {@code token_type_ids}; the output used is {@code
 * last_hidden_state}, or else the first of shape (batch, tokens, values). Thread-safe; the native
 * session lives as long as this object.
 *
 * <p>The embedding of a text is the mean of the values at its tokens, opening and closing ones
 * included. A text longer than the model reads is cut into windows, and the mean goes over the
 * tokens of all of them: nothing is dropped.
 *
 * @apiNote Experimental.
 * @since 0.1.0
 */
public final class TransformerModel implements AutoCloseable {
    private static final Set<String> INPUTS =
            Set.of("input_ids", "attention_mask", "token_type_ids");

    private final Path folder;
    private final String sha256;
    private final WordPiece tokenizer;
    private final int maxTokens;
    private final OrtSession session;
    private final String output;
    private final int width;

    private TransformerModel(
            Path folder,
            WordPiece tokenizer,
            int maxTokens,
            OrtSession session,
            String output,
            int width)
            throws IOException {
        this.folder = folder;
        this.sha256 = digest(folder);
        this.tokenizer = tokenizer;
        this.maxTokens = maxTokens;
        this.session = session;
        this.output = output;
        this.width = width;
    }

    /**
     * Opens a model.
     *
     * @param folder holds {@code model.onnx} and {@code vocab.txt}
     * @param lowerCase whether it was trained on lower case without accents
     * @param maxTokens most tokens to give it at once, opening and closing ones included, at least
     *     3; 512 for BERT. A model that has fewer positions gets as many as it has, found by trying
     * @return the model, ready to embed
     * @throws IOException when a file cannot be read
     * @throws StudyException when a file is missing or not what it should be
     */
    public static TransformerModel open(Path folder, boolean lowerCase, int maxTokens)
            throws IOException {
        if (maxTokens < 3) {
            throw new IllegalArgumentException(
                    "maxTokens is " + maxTokens + ", allowed is at least 3");
        }
        Path model = folder.resolve("model.onnx");
        Path vocabulary = folder.resolve("vocab.txt");
        List<String> missing =
                List.of(model, vocabulary).stream()
                        .filter(file -> !Files.isRegularFile(file))
                        .map(
                                file ->
                                        file
                                                + " is not there; export the model and its tokenizer to it")
                        .toList();
        if (!missing.isEmpty()) {
            throw new StudyException(missing);
        }
        WordPiece tokenizer = WordPiece.read(vocabulary, lowerCase);
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
            // one thread: reports are read in parallel, and the sums keep their order
            options.setIntraOpNumThreads(1);
            options.setInterOpNumThreads(1);
            // what goes wrong is said by an exception
            options.setSessionLogLevel(OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL);
            OrtSession session = Environment.shared().createSession(model.toString(), options);
            checkInputs(model, session);
            String output = output(model, session);
            TensorInfo info =
                    (TensorInfo)
                            Objects.requireNonNull(session.getOutputInfo().get(output)).getInfo();
            int width = (int) info.getShape()[2];
            int tokens = longest(session, output, maxTokens);
            return new TransformerModel(folder, tokenizer, tokens, session, output, width);
        } catch (OrtException e) {
            throw new StudyException(
                    List.of(
                            model
                                    + " is no model that ONNX Runtime can run ("
                                    + String.valueOf(e.getMessage()).lines().findFirst().orElse("")
                                    + "); export it again"));
        }
    }

    /** The longest sequence up to a bound that the model reads; its file does not say. */
    private static int longest(OrtSession session, String output, int bound) throws OrtException {
        int reads = 3;
        run(session, output, new long[reads]).close();
        for (int most = bound, next = bound; reads < most; next = (reads + most + 1) / 2) {
            try {
                run(session, output, new long[next]).close();
                reads = next;
            } catch (OrtException tooLong) {
                most = next - 1;
            }
        }
        return reads;
    }

    private static void checkInputs(Path model, OrtSession session) {
        Set<String> names = session.getInputNames();
        if (!names.contains("input_ids") || !INPUTS.containsAll(names)) {
            throw new StudyException(
                    List.of(
                            model
                                    + " has the inputs "
                                    + names
                                    + ", known are "
                                    + INPUTS.stream().sorted().toList()
                                    + " with input_ids; export a model of the BERT family"));
        }
    }

    private static String output(Path model, OrtSession session) throws OrtException {
        List<String> tokenwise =
                session.getOutputInfo().entrySet().stream()
                        .filter(e -> e.getValue().getInfo() instanceof TensorInfo)
                        .filter(
                                e -> {
                                    long[] shape = ((TensorInfo) e.getValue().getInfo()).getShape();
                                    return shape.length == 3 && shape[2] > 0;
                                })
                        .map(Map.Entry::getKey)
                        .toList();
        if (tokenwise.isEmpty()) {
            throw new StudyException(
                    List.of(
                            model
                                    + " has the outputs "
                                    + session.getOutputNames()
                                    + ", needed is one of shape (batch, tokens, values) such as"
                                    + " last_hidden_state; export the model without its head"));
        }
        return tokenwise.contains("last_hidden_state") ? "last_hidden_state" : tokenwise.get(0);
    }

    /** SHA-256 of model and vocabulary, one after the other. */
    private static String digest(Path folder) throws IOException {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (String name : List.of("model.onnx", "vocab.txt")) {
                try (InputStream in =
                        new DigestInputStream(Files.newInputStream(folder.resolve(name)), digest)) {
                    in.transferTo(java.io.OutputStream.nullOutputStream());
                }
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /**
     * Where the model lies.
     *
     * @return the folder
     */
    public Path folder() {
        return folder;
    }

    /**
     * Names the very model.
     *
     * @return SHA-256 of {@code model.onnx} followed by {@code vocab.txt}, in hexadecimal digits
     */
    public String sha256() {
        return sha256;
    }

    /**
     * Length of an embedding.
     *
     * @return values per text
     */
    public int width() {
        return width;
    }

    /**
     * Embeds one text.
     *
     * @param text any text
     * @return {@link #width()} values
     */
    public double[] embed(String text) {
        int[] tokens = tokenizer.encode(text);
        double[] sum = new double[width];
        int window = maxTokens - 2;
        int count = 0;
        for (int from = 0; from == 0 || from < tokens.length; from += window) {
            int to = Math.min(tokens.length, from + window);
            long[] ids = new long[to - from + 2];
            ids[0] = tokenizer.start();
            for (int i = from; i < to; i++) {
                ids[i - from + 1] = tokens[i];
            }
            ids[ids.length - 1] = tokenizer.end();
            add(ids, sum);
            count += ids.length;
        }
        for (int i = 0; i < width; i++) {
            sum[i] /= count;
        }
        return sum;
    }

    /** Adds the values at all tokens of one sequence. */
    private void add(long[] ids, double[] sum) {
        try (OrtSession.Result result = run(session, output, ids)) {
            FloatBuffer values = ((OnnxTensor) result.get(0)).getFloatBuffer();
            for (int t = 0; t < ids.length; t++) {
                for (int i = 0; i < width; i++) {
                    sum[i] += values.get(t * width + i);
                }
            }
        } catch (OrtException e) {
            throw new IllegalStateException(
                    "the transformer in "
                            + folder
                            + " failed on a sequence of "
                            + ids.length
                            + " tokens: "
                            + e.getMessage(),
                    e);
        }
    }

    private static OrtSession.Result run(OrtSession session, String output, long[] ids)
            throws OrtException {
        Map<String, OnnxTensor> inputs = new HashMap<>();
        try {
            OrtEnvironment environment = Environment.shared();
            long[] shape = {1, ids.length};
            long[] ones = new long[ids.length];
            Arrays.fill(ones, 1);
            for (String name : session.getInputNames()) {
                long[] values =
                        switch (name) {
                            case "input_ids" -> ids;
                            case "attention_mask" -> ones;
                            default -> new long[ids.length];
                        };
                inputs.put(
                        name, OnnxTensor.createTensor(environment, LongBuffer.wrap(values), shape));
            }
            return session.run(inputs, Set.of(output));
        } finally {
            inputs.values().forEach(OnnxTensor::close);
        }
    }

    @Override
    public void close() {
        try {
            session.close();
        } catch (OrtException e) {
            throw new IllegalStateException("the session of " + folder + " cannot be closed", e);
        }
    }
}
