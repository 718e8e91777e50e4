// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.text.encoder;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Counts the n-grams of a normalised text: one to three ideographs in a row, and one or two Latin
 * words in a row. Masked squares, punctuation and digits end a row, so that sizes and dates make no
 * terms.
 */
final class Ngrams {
    private static final int MAX_IDEOGRAPHS = 3;

    private Ngrams() {}

    static Map<String, Integer> count(List<String> texts) {
        Map<String, Integer> counts = new HashMap<>();
        texts.forEach(text -> count(text, counts));
        return counts;
    }

    private static void count(String text, Map<String, Integer> counts) {
        List<String> words = new ArrayList<>();
        int at = 0;
        while (at < text.length()) {
            char c = text.charAt(at);
            if (isLatin(c)) {
                int end = at;
                while (end < text.length() && isLatin(text.charAt(end))) {
                    end++;
                }
                words.add(text.substring(at, end));
                at = end;
            } else if (isIdeograph(c)) {
                flush(words, counts);
                int end = at;
                while (end < text.length() && isIdeograph(text.charAt(end))) {
                    end++;
                }
                ideographs(text, at, end, counts);
                at = end;
            } else {
                if (c != ' ' && c != '-') {
                    flush(words, counts);
                }
                at++;
            }
        }
        flush(words, counts);
    }

    private static void flush(List<String> words, Map<String, Integer> counts) {
        for (int i = 0; i < words.size(); i++) {
            counts.merge(words.get(i), 1, Integer::sum);
            if (i + 1 < words.size()) {
                counts.merge(words.get(i) + " " + words.get(i + 1), 1, Integer::sum);
            }
        }
        words.clear();
    }

    private static void ideographs(String text, int from, int to, Map<String, Integer> counts) {
        for (int i = from; i < to; i++) {
            for (int n = 1; n <= MAX_IDEOGRAPHS && i + n <= to; n++) {
                counts.merge(text.substring(i, i + n), 1, Integer::sum);
            }
        }
    }

    private static boolean isLatin(char c) {
        return (c >= 'a' && c <= 'z') || c == '\'';
    }

    private static boolean isIdeograph(char c) {
        return c >= 0x4E00 && c <= 0x9FFF;
    }
}
