// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.text.concept;

import io.github.livermm.text.report.NormalizedText;
import java.util.Set;

/**
 * Divides a normalised text into sentences, clauses that a Chinese comma ends, and clauses that any
 * comma ends. Cost O(n).
 */
final class Clauses {
    private static final Set<String> ABBREVIATIONS =
            Set.of(
                    "vs", "approx", "e.g", "i.e", "dr", "fig", "cf", "ca", "max", "min", "no",
                    "seg");

    private final int[] sentences;
    private final int[] clauses;
    private final int[] commas;

    Clauses(NormalizedText normalized) {
        String text = normalized.value();
        sentences = new int[text.length() + 1];
        clauses = new int[text.length() + 1];
        commas = new int[text.length() + 1];
        int sentence = 0;
        int clause = 0;
        int comma = 0;
        for (int i = 0; i < text.length(); i++) {
            sentences[i] = sentence;
            clauses[i] = clause;
            commas[i] = comma;
            if (endsSentence(normalized, i)) {
                sentence++;
                clause++;
                comma++;
            } else if (isChineseComma(text, i)) {
                clause++;
                comma++;
            } else if (text.charAt(i) == ',' && !betweenDigits(text, i)) {
                comma++;
            }
        }
        sentences[text.length()] = sentence;
        clauses[text.length()] = clause;
        commas[text.length()] = comma;
    }

    int sentence(int at) {
        return sentences[at];
    }

    /** Whether no sentence ends between two places. */
    boolean sameSentence(int a, int b) {
        return sentences[a] == sentences[b];
    }

    /** Whether neither a sentence nor a Chinese comma ends between two places. */
    boolean sameClause(int a, int b) {
        return clauses[a] == clauses[b];
    }

    /** Whether nothing ends between two places, not even a Latin comma. */
    boolean sameComma(int a, int b) {
        return commas[a] == commas[b];
    }

    static boolean isCjk(char c) {
        return (c >= 0x2E80 && c <= 0x9FFF) || (c >= 0xF900 && c <= 0xFAFF);
    }

    private static boolean isChineseComma(String text, int i) {
        char c = text.charAt(i);
        if (c != ',') {
            return c == '，';
        }
        boolean cjkBefore = i > 0 && isCjk(text.charAt(i - 1));
        boolean cjkAfter = i + 1 < text.length() && isCjk(text.charAt(i + 1));
        return !betweenDigits(text, i) && (cjkBefore || cjkAfter);
    }

    private static boolean betweenDigits(String text, int i) {
        return i > 0
                && i + 1 < text.length()
                && Character.isDigit(text.charAt(i - 1))
                && Character.isDigit(text.charAt(i + 1));
    }

    private static boolean endsSentence(NormalizedText normalized, int i) {
        String text = normalized.value();
        return switch (text.charAt(i)) {
            case '。', '；', ';', '!', '?' -> true;
            case '\n' -> !isSoftLineEnd(normalized, i);
            case '.' -> endsWithStop(text, i);
            default -> false;
        };
    }

    private static boolean endsWithStop(String text, int i) {
        if (i + 1 == text.length()) {
            return true;
        }
        char next = text.charAt(i + 1);
        if (next != ' ' && next != '\n' && !isCjk(next)) {
            return false;
        }
        int start = i;
        while (start > 0 && i - start < 8 && isLatinOrStop(text.charAt(start - 1))) {
            start--;
        }
        return !ABBREVIATIONS.contains(text.substring(start, i));
    }

    private static boolean isLatinOrStop(char c) {
        return (c >= 'a' && c <= 'z') || c == '.';
    }

    /** A line end inside an English sentence: a word or comma before it, a small letter after. */
    private static boolean isSoftLineEnd(NormalizedText normalized, int i) {
        String text = normalized.value();
        if (i == 0 || i + 1 == text.length()) {
            return false;
        }
        char before = text.charAt(i - 1);
        char after = normalized.originalCharAt(i + 1);
        boolean wordBefore = before < 0x80 && (Character.isLetterOrDigit(before) || before == ',');
        return wordBefore && after >= 'a' && after <= 'z';
    }
}
