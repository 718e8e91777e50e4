// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.text.report;

import java.util.Arrays;

/**
 * A text in the one form that rules are written for, with the way back to the original: lower case,
 * half-width letters, digits and signs, {@code ㎝} as {@code cm}, every multiplication sign as
 * {@code x}, every dash and range tilde as {@code -}, one space for any run of blanks, {@code \n}
 * for every line end, and no zero-width characters. The Chinese comma and semicolon stay, because
 * they divide clauses as the Latin ones do not. Normalising twice changes nothing.
 *
 * @since 0.1.0
 */
public final class NormalizedText {
    private final String original;
    private final String value;
    private final int[] starts;
    private final int[] ends;
    private final int[] codePoints;

    private NormalizedText(String original, String value, int[] starts, int[] ends) {
        this.original = original;
        this.value = value;
        this.starts = starts;
        this.ends = ends;
        this.codePoints = codePointOffsets(original);
    }

    /**
     * Normalises a text. Cost O(n).
     *
     * @param original any text
     * @return the normal form with its offsets
     */
    public static NormalizedText of(String original) {
        Writer writer = new Writer(original.length());
        for (int i = 0; i < original.length(); i++) {
            char c = original.charAt(i);
            if (c == '\r' && i + 1 < original.length() && original.charAt(i + 1) == '\n') {
                continue;
            }
            writer.put(c, i);
        }
        return writer.finish(original);
    }

    /**
     * The normal form.
     *
     * @return text without upper case, full-width forms and runs of blanks
     */
    public String value() {
        return value;
    }

    /**
     * The text that was normalised.
     *
     * @return as given
     */
    public String original() {
        return original;
    }

    /**
     * Where a part of the normal form starts in the original.
     *
     * @param index index into {@link #value}, at most its length
     * @return offset in code points of the original
     */
    public int originalStart(int index) {
        return codePoints[index < starts.length ? starts[index] : original.length()];
    }

    /**
     * Where a part of the normal form ends in the original.
     *
     * @param end index after the last character of the part in {@link #value}, at least 1
     * @return offset in code points of the original, after the last character
     */
    public int originalEnd(int end) {
        return codePoints[ends[end - 1]];
    }

    /**
     * The first place in the normal form that does not lie before an offset of the original.
     *
     * @param codePoint offset in code points of the original
     * @return index into {@link #value}, at most its length
     */
    public int indexAt(int codePoint) {
        int low = 0;
        int high = starts.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (codePoints[starts[middle]] < codePoint) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /**
     * The first character of the original that a character of the normal form stands for.
     *
     * @param index index into {@link #value}
     * @return a character, upper case where the original has it
     */
    public char originalCharAt(int index) {
        return original.charAt(starts[index]);
    }

    private static int[] codePointOffsets(String text) {
        int[] offsets = new int[text.length() + 1];
        int count = 0;
        for (int i = 0; i < text.length(); i++) {
            offsets[i] = count;
            boolean pair =
                    Character.isHighSurrogate(text.charAt(i))
                            && i + 1 < text.length()
                            && Character.isLowSurrogate(text.charAt(i + 1));
            count += pair ? 0 : 1;
        }
        offsets[text.length()] = count;
        return offsets;
    }

    /** Collects the normal form; collapses blanks as it goes. */
    private static final class Writer {
        private char[] chars;
        private int[] starts;
        private int[] ends;
        private int length;

        Writer(int capacity) {
            chars = new char[capacity + 8];
            starts = new int[capacity + 8];
            ends = new int[capacity + 8];
        }

        void put(char c, int at) {
            String expansion = expansion(c);
            if (expansion.isEmpty()) {
                char plain = plain(c);
                if (plain == ' ') {
                    blank(at);
                } else if (plain == '\n') {
                    dropBlank();
                    append('\n', at);
                } else if (plain != 0) {
                    append(plain, at);
                }
                return;
            }
            for (int i = 0; i < expansion.length(); i++) {
                append(expansion.charAt(i), at);
            }
        }

        private void blank(int at) {
            if (length > 0 && chars[length - 1] == ' ') {
                ends[length - 1] = at + 1;
            } else if (length > 0 && chars[length - 1] != '\n') {
                append(' ', at);
            }
        }

        private void dropBlank() {
            if (length > 0 && chars[length - 1] == ' ') {
                length--;
            }
        }

        private void append(char c, int at) {
            if (length == chars.length) {
                chars = Arrays.copyOf(chars, 2 * length);
                starts = Arrays.copyOf(starts, 2 * length);
                ends = Arrays.copyOf(ends, 2 * length);
            }
            chars[length] = c;
            starts[length] = at;
            ends[length] = at + 1;
            length++;
        }

        NormalizedText finish(String original) {
            return new NormalizedText(
                    original,
                    new String(chars, 0, length),
                    Arrays.copyOf(starts, length),
                    Arrays.copyOf(ends, length));
        }

        private static String expansion(char c) {
            return switch (c) {
                case '㎝' -> "cm";
                case '㎜' -> "mm";
                case 'ﬁ' -> "fi";
                case 'ﬂ' -> "fl";
                default -> c >= 'Ⅰ' && c <= 'ⅿ' ? roman(c) : "";
            };
        }

        private static String roman(char c) {
            int number = Character.toLowerCase(c) - 'ⅰ';
            String[] numbers = {"i", "ii", "iii", "iv", "v", "vi", "vii", "viii"};
            return number < numbers.length ? numbers[number] : "";
        }

        /** The plain form of one character; 0 drops it. */
        private static char plain(char c) {
            boolean fullWidth = c >= '！' && c <= '～' && c != '，' && c != '；';
            // the dotted capital I of Turkish is no i, and no Roman one
            char half =
                    c == '\u0130' ? c : Character.toLowerCase(fullWidth ? (char) (c - 0xFEE0) : c);
            if (half < 0x80) {
                return switch (half) {
                    case '\t', 0x0B -> ' ';
                    case '\r', '\f' -> '\n';
                    case '~' -> '-';
                    case '`' -> '\'';
                    default -> half;
                };
            }
            return symbol(half);
        }

        private static char symbol(char c) {
            if (c >= 0x2000 && c <= 0x200A) {
                return ' ';
            }
            return switch (c) {
                case 0x00A0, 0x3000, 0x202F -> ' ';
                case 0x0085, 0x2028, 0x2029 -> '\n';
                case 0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF, 0x00AD -> 0;
                case '×', '✕', '⨯', 'х' -> 'x';
                case '‐', '‑', '‒', '–', '—', '―', '−', '﹣', '〜' -> '-';
                case '‘', '’', '′' -> '\'';
                case '“', '”', '″' -> '"';
                case '｡' -> '。';
                default -> c;
            };
        }
    }
}
