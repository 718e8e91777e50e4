// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.text.encoder;

/**
 * Finds the n-grams of a normalised text. Each is one number, exactly: up to three characters of 17
 * bits each, or the numbers of up to two words; the texts of terms are made only when asked for.
 */
final class Ngrams {
    private static final int MAX_CHARACTERS = 3;
    private static final int CHARACTER_BITS = 17;
    private static final int CHARACTER_MASK = (1 << CHARACTER_BITS) - 1;
    private static final int WORD_BITS = 31;
    private static final long WORDS_TAG = 1L << 62;

    private final NgramKind kind;
    private final WordIds words = new WordIds();

    Ngrams(NgramKind kind) {
        this.kind = kind;
    }

    /** Takes each n-gram in reading order. */
    @FunctionalInterface
    interface Sink {
        /** An n-gram from {@code start} to before {@code end} of the text. */
        void term(long key, int start, int end);
    }

    NgramKind kind() {
        return kind;
    }

    /** N-grams of a text; a word that was never learnt breaks those it would be part of. */
    void scan(String text, Sink sink) {
        scan(text, false, sink);
    }

    /** N-grams of a text, whose words are learnt. Not thread-safe. */
    void learn(String text, Sink sink) {
        scan(text, true, sink);
    }

    private void scan(String text, boolean learn, Sink sink) {
        switch (kind) {
            case MIXED -> mixed(text, learn, sink);
            case CHARACTERS -> characters(text, sink);
            case WORDS -> words(text, learn, sink);
        }
    }

    /** The text of a term. */
    String term(long key) {
        StringBuilder term = new StringBuilder();
        if ((key & WORDS_TAG) == 0) {
            for (long rest = key; rest != 0; rest >>>= CHARACTER_BITS) {
                term.append((char) ((rest & CHARACTER_MASK) - 1));
            }
            return term.reverse().toString();
        }
        int first = (int) (key & Integer.MAX_VALUE) - 1;
        int second = (int) (key >>> WORD_BITS & Integer.MAX_VALUE) - 1;
        term.append(words.word(first));
        return second < 0
                ? term.toString()
                : term.append(' ').append(words.word(second)).toString();
    }

    /** The number of a term, whose words are learnt. */
    long key(String term) {
        if (term.isEmpty()) {
            return 0;
        }
        if (kind == NgramKind.CHARACTERS
                || (kind == NgramKind.MIXED && isIdeograph(term.charAt(0)))) {
            long key = 0;
            for (int i = 0; i < Math.min(MAX_CHARACTERS, term.length()); i++) {
                key = longer(key, term.charAt(i));
            }
            return key;
        }
        int space = term.indexOf(' ');
        return space < 0
                ? word(words.add(term, 0, term.length()))
                : pair(words.add(term, 0, space), words.add(term, space + 1, term.length()));
    }

    private static long longer(long key, char c) {
        return key << CHARACTER_BITS | c + 1;
    }

    private static long word(int id) {
        return WORDS_TAG | id + 1;
    }

    private static long pair(int first, int second) {
        return WORDS_TAG | (long) (second + 1) << WORD_BITS | first + 1;
    }

    private void mixed(String text, boolean learn, Sink sink) {
        int last = -1;
        int lastStart = 0;
        int at = 0;
        while (at < text.length()) {
            char c = text.charAt(at);
            int end = at + 1;
            if (isLatin(c)) {
                while (end < text.length() && isLatin(text.charAt(end))) {
                    end++;
                }
                last = word(text, at, end, last, lastStart, learn, sink);
                lastStart = at;
            } else if (isIdeograph(c)) {
                last = -1;
                while (end < text.length() && isIdeograph(text.charAt(end))) {
                    end++;
                }
                for (int i = at; i < end; i++) {
                    grams(text, i, end, sink);
                }
            } else if (c != ' ' && c != '-') {
                last = -1;
            }
            at = end;
        }
    }

    /** Gives a word and its pair with the last one; returns its number. */
    private int word(
            String text, int start, int end, int last, int lastStart, boolean learn, Sink sink) {
        int id = learn ? words.add(text, start, end) : words.find(text, start, end);
        if (id >= 0) {
            sink.term(word(id), start, end);
            if (last >= 0) {
                sink.term(pair(last, id), lastStart, end);
            }
        }
        return id;
    }

    private static void grams(String text, int from, int to, Sink sink) {
        long key = 0;
        for (int end = from; end < Math.min(to, from + MAX_CHARACTERS); end++) {
            key = longer(key, text.charAt(end));
            sink.term(key, from, end + 1);
        }
    }

    private static void characters(String text, Sink sink) {
        int length = text.length();
        char[] chars = new char[length];
        int[] at = new int[length + 1];
        int n = 0;
        for (int i = 0; i < length; ) {
            int end = i + 1;
            boolean blank = Character.isWhitespace(text.charAt(i));
            while (blank && end < length && Character.isWhitespace(text.charAt(end))) {
                end++;
            }
            chars[n] = end > i + 1 ? ' ' : text.charAt(i);
            at[n++] = i;
            i = end;
        }
        at[n] = length;
        for (int from = 0; from < n; from++) {
            long key = 0;
            for (int end = from; end < Math.min(n, from + MAX_CHARACTERS); end++) {
                key = longer(key, chars[end]);
                sink.term(key, at[from], at[end + 1]);
            }
        }
    }

    private void words(String text, boolean learn, Sink sink) {
        int last = -1;
        int lastStart = 0;
        int at = 0;
        while (at < text.length()) {
            int end = at;
            while (end < text.length() && isWordCharacter(text.charAt(end))) {
                end++;
            }
            if (end > at + 1) {
                last = word(text, at, end, last, lastStart, learn, sink);
                lastStart = at;
            }
            at = Math.max(end, at + 1);
        }
    }

    private static boolean isWordCharacter(char c) {
        if (c < 0x80) {
            return (c >= 'a' && c <= 'z')
                    || (c >= '0' && c <= '9')
                    || (c >= 'A' && c <= 'Z')
                    || c == '_';
        }
        int type = Character.getType(c);
        return Character.isLetterOrDigit(c)
                || type == Character.LETTER_NUMBER
                || type == Character.OTHER_NUMBER;
    }

    static boolean isLatin(char c) {
        return (c >= 'a' && c <= 'z') || c == '\'';
    }

    static boolean isIdeograph(char c) {
        return c >= 0x4E00 && c <= 0x9FFF;
    }
}
