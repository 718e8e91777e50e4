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

    private CountScanner() {}

    static @Nullable Integer count(String sentence) {
        Integer chinese = chinese(sentence);
        return chinese != null ? chinese : english(sentence);
    }

    private static @Nullable Integer chinese(String sentence) {
        for (int i = 1; i < sentence.length(); i++) {
            if (COUNTERS.indexOf(sentence.charAt(i)) < 0) {
                continue;
            }
            char before = sentence.charAt(i - 1);
            int number = before == '两' || before == '俩' ? 2 : CHINESE.indexOf(before);
            if (number > 0) {
                return number;
            }
            if (Character.isDigit(before)) {
                return number(sentence, i);
            }
        }
        return null;
    }

    private static @Nullable Integer number(String sentence, int end) {
        int start = end;
        while (start > 0 && end - start < 4 && isDigit(sentence.charAt(start - 1))) {
            start--;
        }
        int number = start == end ? 0 : Integer.parseInt(sentence.substring(start, end));
        return number > 0 && number <= MAX_COUNT ? number : null;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static @Nullable Integer english(String sentence) {
        for (String noun : NOUNS) {
            int at = sentence.indexOf(noun);
            if (at < 0 || Hits.insideWord(sentence, at)) {
                continue;
            }
            String[] words = sentence.substring(Math.max(0, at - 40), at).strip().split(" ", -1);
            for (int i = words.length - 1; i >= Math.max(0, words.length - 4); i--) {
                Integer number = ENGLISH.get(words[i]);
                if (number != null) {
                    return number;
                }
            }
        }
        return null;
    }
}
