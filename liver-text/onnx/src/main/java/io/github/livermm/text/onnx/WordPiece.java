// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.text.onnx;

import io.github.livermm.core.StudyException;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The tokenizer of the BERT family: text is cleaned of control characters, ideographs stand alone,
 * words are split at blanks and punctuation, and each word is cut greedily into the longest pieces
 * of the vocabulary, those after the first with the prefix {@code ##}. The same ids as {@code
 * BertWordPieceTokenizer} of HuggingFace tokenizers with its defaults. Immutable and thread-safe.
 *
 * <p>Reference: Devlin J et al., "BERT: pre-training of deep bidirectional transformers for
 * language understanding" (2019), doi:10.18653/v1/N19-1423.
 *
 * @apiNote Experimental.
 * @since 0.1.0
 */
public final class WordPiece {
    private static final int LONGEST_WORD = 100;

    private final Map<String, Integer> ids;
    private final boolean lowerCase;
    private final int unknown;
    private final int start;
    private final int end;

    private WordPiece(Map<String, Integer> ids, boolean lowerCase) {
        this.ids = Map.copyOf(ids);
        this.lowerCase = lowerCase;
        this.unknown = special("[UNK]");
        this.start = special("[CLS]");
        this.end = special("[SEP]");
    }

    /**
     * Reads a vocabulary, one token a line; its number is its line, from 0.
     *
     * @param vocabulary a {@code vocab.txt} in UTF-8
     * @param lowerCase whether the model was trained on lower case without accents (uncased, and
     *     the Chinese models of the family)
     * @return the tokenizer
     * @throws IOException when the file cannot be read
     * @throws StudyException when it is no vocabulary of the family
     */
    public static WordPiece read(Path vocabulary, boolean lowerCase) throws IOException {
        List<String> lines;
        try {
            lines = Files.readAllLines(vocabulary, StandardCharsets.UTF_8);
        } catch (CharacterCodingException e) {
            throw new StudyException(
                    List.of(vocabulary + " is not UTF-8; give the vocab.txt of the model"));
        }
        Map<String, Integer> ids = new HashMap<>();
        for (int i = 0; i < lines.size(); i++) {
            ids.put(lines.get(i).strip(), i);
        }
        List<String> missing =
                Arrays.asList("[UNK]", "[CLS]", "[SEP]").stream()
                        .filter(token -> !ids.containsKey(token))
                        .toList();
        if (!missing.isEmpty()) {
            throw new StudyException(
                    List.of(
                            vocabulary
                                    + " lacks the tokens "
                                    + String.join(", ", missing)
                                    + "; give the vocab.txt of a model of the BERT family"));
        }
        return new WordPiece(ids, lowerCase);
    }

    private int special(String token) {
        Integer id = ids.get(token);
        if (id == null) {
            throw new IllegalArgumentException("the vocabulary lacks " + token);
        }
        return id;
    }

    /** Number of the token that opens a sequence. */
    int start() {
        return start;
    }

    /** Number of the token that closes a sequence. */
    int end() {
        return end;
    }

    /**
     * The tokens of a text, without those that open and close a sequence. Cost O(characters).
     *
     * @param text any text
     * @return their numbers
     */
    public int[] encode(String text) {
        int[] out = new int[text.length() + 8];
        int size = 0;
        for (String word : words(text)) {
            int[] pieces = pieces(word);
            if (size + pieces.length > out.length) {
                out = Arrays.copyOf(out, 2 * (size + pieces.length));
            }
            System.arraycopy(pieces, 0, out, size, pieces.length);
            size += pieces.length;
        }
        return Arrays.copyOf(out, size);
    }

    /** Words, each ideograph and punctuation mark one of its own. */
    private List<String> words(String text) {
        List<String> words = new ArrayList<>();
        StringBuilder word = new StringBuilder();
        normal(text)
                .codePoints()
                .forEach(
                        c -> {
                            boolean blank = isBlank(c);
                            boolean alone = !blank && (isPunctuation(c) || isIdeograph(c));
                            if ((blank || alone) && word.length() > 0) {
                                words.add(word.toString());
                                word.setLength(0);
                            }
                            if (alone) {
                                words.add(Character.toString(c));
                            } else if (!blank) {
                                word.appendCodePoint(c);
                            }
                        });
        if (word.length() > 0) {
            words.add(word.toString());
        }
        return words;
    }

    private String normal(String text) {
        StringBuilder clean = new StringBuilder(text.length());
        text.codePoints()
                .filter(c -> c != 0 && c != 0xFFFD && (isBlank(c) || !isControl(c)))
                .forEach(clean::appendCodePoint);
        if (!lowerCase) {
            return clean.toString();
        }
        StringBuilder plain = new StringBuilder(clean.length());
        Normalizer.normalize(clean, Normalizer.Form.NFD)
                .codePoints()
                .filter(c -> Character.getType(c) != Character.NON_SPACING_MARK)
                .forEach(plain::appendCodePoint);
        return lower(plain);
    }

    /** Letter by letter: no rule that looks at the neighbours, as for a final sigma. */
    private static String lower(CharSequence text) {
        StringBuilder lower = new StringBuilder(text.length());
        text.codePoints()
                .forEach(c -> lower.append(Character.toString(c).toLowerCase(Locale.ROOT)));
        return lower.toString();
    }

    private int[] pieces(String word) {
        if (word.codePointCount(0, word.length()) > LONGEST_WORD) {
            return new int[] {unknown};
        }
        int[] found = new int[word.length()];
        int size = 0;
        int from = 0;
        while (from < word.length()) {
            int to = word.length();
            Integer id = null;
            while (to > from && id == null) {
                String piece = word.substring(from, to);
                id = ids.get(from == 0 ? piece : "##" + piece);
                to = id == null ? word.offsetByCodePoints(to, -1) : to;
            }
            if (id == null) {
                return new int[] {unknown};
            }
            found[size++] = id;
            from = to;
        }
        return Arrays.copyOf(found, size);
    }

    private static boolean isBlank(int c) {
        return c == '\t'
                || c == '\n'
                || c == '\r'
                || Character.isSpaceChar(c)
                || (c >= 0x0B && c <= 0x0C)
                || c == 0x85;
    }

    private static boolean isControl(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.UNASSIGNED,
                    Character.PRIVATE_USE,
                    Character.SURROGATE ->
                    true;
            default -> false;
        };
    }

    private static boolean isPunctuation(int c) {
        boolean ascii =
                (c >= 33 && c <= 47)
                        || (c >= 58 && c <= 64)
                        || (c >= 91 && c <= 96)
                        || (c >= 123 && c <= 126);
        return ascii
                || switch (Character.getType(c)) {
                    case Character.CONNECTOR_PUNCTUATION,
                            Character.DASH_PUNCTUATION,
                            Character.START_PUNCTUATION,
                            Character.END_PUNCTUATION,
                            Character.INITIAL_QUOTE_PUNCTUATION,
                            Character.FINAL_QUOTE_PUNCTUATION,
                            Character.OTHER_PUNCTUATION ->
                            true;
                    default -> false;
                };
    }

    /** The blocks of CJK ideographs that BERT lets stand alone; not kana, not hangul. */
    private static boolean isIdeograph(int c) {
        return (c >= 0x4E00 && c <= 0x9FFF)
                || (c >= 0x3400 && c <= 0x4DBF)
                || (c >= 0x20000 && c <= 0x2A6DF)
                || (c >= 0x2A700 && c <= 0x2B73F)
                || (c >= 0x2B740 && c <= 0x2B81F)
                || (c >= 0x2B820 && c <= 0x2CEAF)
                || (c >= 0xF900 && c <= 0xFAFF)
                || (c >= 0x2F800 && c <= 0x2FA1F);
    }
}
