// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.text.encoder;

/**
 * Which n-grams of a text are counted.
 *
 * @since 0.1.0
 */
public enum NgramKind {
    /**
     * One to three ideographs in a row, and one or two Latin words in a row, in texts of both
     * languages. Masked squares, punctuation and digits end a row, so that sizes and dates make no
     * terms.
     */
    MIXED,
    /**
     * One to three characters, whatever they are, as scikit-learn counts them with {@code
     * analyzer="char", ngram_range=(1, 3)}; a character beyond U+FFFF counts as two.
     */
    CHARACTERS,
    /**
     * One or two words of at least two letters or digits, across punctuation, as scikit-learn
     * counts them with {@code analyzer="word", ngram_range=(1, 2)}.
     */
    WORDS
}
