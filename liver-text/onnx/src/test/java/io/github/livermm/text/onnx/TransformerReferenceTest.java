// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.text.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.livermm.core.StudyException;
import io.github.livermm.text.onnx.TinyBert.Case;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Proves embeddings against ONNX Runtime 1.29.0 in Python (make.py). */
class TransformerReferenceTest {
    /** Both sum 32-bit values of the same kernels; the kernels may differ between processors. */
    private static final double TOLERANCE = 1e-5;

    @TempDir private Path folder;

    private static TransformerModel open() throws IOException {
        return TransformerModel.open(TinyBert.FOLDER, true, TinyBert.MAX_TOKENS);
    }

    @Test
    void embeddingsEqualThoseOfPython() throws IOException {
        try (TransformerModel model = open()) {
            assertThat(model.width()).isEqualTo(16);
            for (Case c : TinyBert.cases()) {
                assertThat(model.embed(c.text()))
                        .as(c.toString())
                        .containsExactly(c.embedding(), within(TOLERANCE));
            }
        }
    }

    @Test
    void severalThreadsGiveTheSame() throws IOException {
        try (TransformerModel model = open()) {
            String text = TinyBert.cases().get(2).text();
            double[] alone = model.embed(text);

            List<double[]> together =
                    IntStream.range(0, 64).parallel().mapToObj(i -> model.embed(text)).toList();

            assertThat(together).allSatisfy(e -> assertThat(e).containsExactly(alone));
        }
    }

    @Test
    void namesWhatIsMissingOrWrong() throws IOException {
        assertThatThrownBy(() -> TransformerModel.open(folder, true, 512))
                .isInstanceOf(StudyException.class)
                .hasMessageContaining("model.onnx is not there")
                .hasMessageContaining("vocab.txt is not there");
        Files.copy(TinyBert.FOLDER.resolve("vocab.txt"), folder.resolve("vocab.txt"));
        Files.writeString(folder.resolve("model.onnx"), "no model");
        assertThatThrownBy(() -> TransformerModel.open(folder, true, 512))
                .isInstanceOf(StudyException.class)
                .hasMessageContaining("no model that ONNX Runtime can run");
        assertThatThrownBy(() -> TransformerModel.open(TinyBert.FOLDER, true, 2))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("maxTokens is 2");
    }

    /** The tiny model has 64 positions: more are not given to it. */
    @Test
    void readsAsManyTokensAsTheModelHasPositions() throws IOException {
        String text = "liver ".repeat(98);
        try (TransformerModel asked = TransformerModel.open(TinyBert.FOLDER, true, 512);
                TransformerModel had = TransformerModel.open(TinyBert.FOLDER, true, 64);
                TransformerModel fewer = TransformerModel.open(TinyBert.FOLDER, true, 63)) {
            assertThat(asked.embed(text)).containsExactly(had.embed(text));
            assertThat(asked.embed(text)).isNotEqualTo(fewer.embed(text));
        }
    }
}
