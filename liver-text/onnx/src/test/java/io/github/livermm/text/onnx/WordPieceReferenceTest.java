// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.text.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.livermm.core.StudyException;
import io.github.livermm.text.onnx.TinyBert.Case;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Proves the tokens of WordPiece against HuggingFace tokenizers 0.23.3 (make.py). */
class WordPieceReferenceTest {
    @TempDir private Path folder;

    static List<Case> cases() throws IOException {
        return TinyBert.cases();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void tokensEqualThoseOfHuggingFace(Case c) throws IOException {
        Path vocabulary = TinyBert.FOLDER.resolve("vocab.txt");

        assertThat(WordPiece.read(vocabulary, true).encode(c.text())).isEqualTo(c.uncased());
        assertThat(WordPiece.read(vocabulary, false).encode(c.text())).isEqualTo(c.cased());
    }

    @Test
    void namesWhatAVocabularyLacks() throws IOException {
        Path file = folder.resolve("vocab.txt");
        Files.writeString(file, "[PAD]\n[UNK]\nliver\n");

        assertThatThrownBy(() -> WordPiece.read(file, true))
                .isInstanceOf(StudyException.class)
                .hasMessageContaining("lacks the tokens [CLS], [SEP]");
        Files.write(file, "[UNK]\n[CLS]\n[SEP]\n\u00e9".getBytes(StandardCharsets.ISO_8859_1));
        assertThatThrownBy(() -> WordPiece.read(file, true))
                .isInstanceOf(StudyException.class)
                .hasMessageContaining("not UTF-8");
    }
}
