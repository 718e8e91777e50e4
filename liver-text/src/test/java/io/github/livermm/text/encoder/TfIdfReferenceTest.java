// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.text.encoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Proves vocabulary and weights against TfidfVectorizer of scikit-learn 1.9.1 (make.py). */
class TfIdfReferenceTest {
    private static final double TOLERANCE = 1e-12;

    private static JsonNode expected() throws IOException {
        Path file = Path.of("src/test/resources/reference/tfidf/expected.json");
        return new ObjectMapper().readTree(Files.readAllBytes(file));
    }

    private static List<String> texts(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false).map(JsonNode::asText).toList();
    }

    private static double[] doubles(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false)
                .mapToDouble(JsonNode::asDouble)
                .toArray();
    }

    @ParameterizedTest
    @EnumSource
    void weightsEqualThoseOfScikitLearn(NgramKind kind) throws IOException {
        JsonNode all = expected();
        JsonNode expected = all.at("/kinds/" + kind.name().toLowerCase(Locale.ROOT));
        List<String> texts = texts(all.get("texts"));
        TfIdf tfIdf =
                TfIdf.fit(
                        kind,
                        texts,
                        all.get("min_texts").asInt(),
                        all.get("max_share").asDouble(),
                        Integer.MAX_VALUE);

        assertThat(tfIdf.terms()).isEqualTo(texts(expected.get("terms"))).hasSizeGreaterThan(30);
        assertThat(tfIdf.idf()).containsExactly(doubles(expected.get("idf")), within(TOLERANCE));
        List<TfIdf.Row> rows = tfIdf.transform(texts);
        for (int i = 0; i < rows.size(); i++) {
            JsonNode row = expected.get("rows").get(i);
            List<Integer> columns = new ArrayList<>();
            row.get("columns").forEach(c -> columns.add(c.asInt()));
            assertThat(rows.get(i).columns())
                    .containsExactly(columns.stream().mapToInt(c -> c).toArray());
            assertThat(rows.get(i).values())
                    .containsExactly(doubles(row.get("values")), within(TOLERANCE));
        }
    }

    /** A restored vocabulary, learnt in another order of words, weighs the same. */
    @ParameterizedTest
    @EnumSource
    void aSavedVocabularyWeighsTheSame(NgramKind kind) throws IOException {
        List<String> texts = texts(expected().get("texts"));
        TfIdf fitted = TfIdf.fit(kind, texts, 1, 1, Integer.MAX_VALUE);
        TfIdf restored = new TfIdf(kind, fitted.terms(), fitted.idf());

        for (String text : texts) {
            assertThat(restored.weights(text)).containsExactly(fitted.weights(text));
        }
    }

    @Test
    void keepsTheTermsOfTheMostTexts() {
        TfIdf tfIdf = TfIdf.fit(NgramKind.WORDS, List.of("bb aa", "bb cc", "bb dd aa"), 1, 1, 2);

        assertThat(tfIdf.terms()).containsExactly("aa", "bb");
    }

    @Test
    void aTermTwiceIsRefused() {
        assertThatThrownBy(
                        () -> new TfIdf(NgramKind.WORDS, List.of("aa", "aa"), new double[] {1, 1}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("2 terms, of which 1 differ");
    }
}
