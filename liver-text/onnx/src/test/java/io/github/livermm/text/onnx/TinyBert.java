// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.text.onnx;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The tiny model of the tests, and what tokenizers and ONNX Runtime in Python made of texts. */
final class TinyBert {
    static final Path FOLDER = Path.of("src/test/resources/reference/tiny-bert");
    static final int MAX_TOKENS = 32;

    private TinyBert() {}

    static TransformerOptions options() {
        return TransformerOptions.defaults().withTokens(true, MAX_TOKENS).withComponents(6);
    }

    /** One text; prints as escaped ASCII. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Case(String text, int[] uncased, int[] cased, double[] embedding) {
        @Override
        public String toString() {
            StringBuilder shown = new StringBuilder();
            text.chars()
                    .limit(40)
                    .forEach(
                            c ->
                                    shown.append(
                                            c >= ' ' && c < 127
                                                    ? Character.toString(c)
                                                    : String.format(Locale.ROOT, "\\u%04x", c)));
            return shown.toString();
        }
    }

    static List<Case> cases() throws IOException {
        JsonNode expected =
                new ObjectMapper().readTree(Files.readAllBytes(FOLDER.resolve("expected.json")));
        if (expected.get("max_tokens").asInt() != MAX_TOKENS) {
            throw new IllegalStateException("expected.json was made with other windows");
        }
        List<Case> cases = new ArrayList<>();
        for (JsonNode c : expected.get("cases")) {
            cases.add(
                    new Case(
                            c.get("text").asText(),
                            ints(c.get("uncased")),
                            ints(c.get("cased")),
                            doubles(c.get("embedding"))));
        }
        return cases;
    }

    private static int[] ints(JsonNode list) {
        int[] out = new int[list.size()];
        for (int i = 0; i < out.length; i++) {
            out[i] = list.get(i).asInt();
        }
        return out;
    }

    private static double[] doubles(JsonNode list) {
        double[] out = new double[list.size()];
        for (int i = 0; i < out.length; i++) {
            out[i] = list.get(i).asDouble();
        }
        return out;
    }
}
