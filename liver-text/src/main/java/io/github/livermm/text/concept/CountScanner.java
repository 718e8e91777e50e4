// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.text.concept;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads how many lesions a sentence speaks of: a numeral before 枚, 个 or 处, or an English numeral a
 * few words before a plural lesion noun.
 */
final class CountScanner {
    private static final String CHINESE = "零一二三四五六七八九十";
    private static final String COUNTERS = "枚个处";
    private static final int MAX_COUNT = 50;
    private static final Map<String, Integer> ENGLISH =
            Map.of("two", 2, "three", 3, "four", 4, "five", 5, "six", 6, "seven", 7, "eight", 8);
    private static final String[] NOUNS = {
        "nodules", "lesions", "masses", "observations", "tumours", "tumors", "foci", "cysts"
    };
    private static final String FIRST_LETTERS = "nlmotfc";

    private CountScanner() {}

    /**
     * How many lesions the sentence from one place to another speaks of, null when it is silent.
     */
    static @Nullable Integer count(String text, int from, int to) {
        Integer chinese = chinese(text, from, to);
        return chinese != null ? chinese : english(text, from, to);
    }

    private static @Nullable Integer chinese(String text, int from, int to) {
        for (int i = from + 1; i < to; i++) {
            if (COUNTERS.indexOf(text.charAt(i)) < 0) {
                continue;
            }
            char before = text.charAt(i - 1);
            int number = before == '两' || before == '俩' ? 2 : CHINESE.indexOf(before);
            if (number > 0) {
                return number;
            }
            if (isDigit(before)) {
                return number(text, from, i);
            }
        }
        return null;
    }

    private static @Nullable Integer number(String text, int from, int end) {
        int start = end;
        while (start > from && end - start < 4 && isDigit(text.charAt(start - 1))) {
            start--;
        }
        int number = Integer.parseInt(text, start, end, 10);
        return number > 0 && number <= MAX_COUNT ? number : null;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static @Nullable Integer english(String text, int from, int to) {
        for (int at = from; at < to; at++) {
            if (!startsNoun(text, at)) {
                continue;
            }
            String[] words = text.substring(Math.max(from, at - 40), at).strip().split(" ", -1);
            for (int i = words.length - 1; i >= Math.max(0, words.length - 4); i--) {
                Integer number = ENGLISH.get(words[i]);
                if (number != null) {
                    return number;
                }
            }
        }
        return null;
    }

    private static boolean startsNoun(String text, int at) {
        if (FIRST_LETTERS.indexOf(text.charAt(at)) < 0 || Hits.insideWord(text, at)) {
            return false;
        }
        for (String noun : NOUNS) {
            if (text.startsWith(noun, at)) {
                return true;
            }
        }
        return false;
    }
}
