// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.eval.plot;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Phrases of one language by their English: one line each, English, a tab, the translation. A line
 * that starts with {@code ~} is a whole sentence, recognised after its places were filled in.
 */
final class Dictionary {
    private static final Dictionary NONE = new Dictionary();
    private static final Dictionary CHINESE = new Dictionary("zh.tsv");

    private final Map<String, String> phrases = new HashMap<>();
    private final Map<Pattern, String> sentences = new LinkedHashMap<>();

    private Dictionary() {}

    private Dictionary(String file) {
        try (InputStream in =
                Objects.requireNonNull(Dictionary.class.getResourceAsStream(file), file)) {
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            for (String line : text.split("\\R", -1)) {
                int tab = line.indexOf('\t');
                if (line.startsWith("~") && tab > 0) {
                    sentences.put(pattern(line.substring(1, tab)), line.substring(tab + 1));
                } else if (tab > 0) {
                    phrases.put(line.substring(0, tab), line.substring(tab + 1));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Pattern pattern(String template) {
        return Pattern.compile(Pattern.quote(template).replaceAll("\\{[0-9]}", "\\\\E(.+?)\\\\Q"));
    }

    static Dictionary of(Language language) {
        return language == Language.CHINESE ? CHINESE : NONE;
    }

    String phrase(String english) {
        return phrases.getOrDefault(english, english);
    }

    String sentence(String english) {
        for (Map.Entry<Pattern, String> entry : sentences.entrySet()) {
            Matcher match = entry.getKey().matcher(english);
            if (match.matches()) {
                String text = entry.getValue();
                for (int i = 0; i < match.groupCount(); i++) {
                    text = text.replace("{" + i + "}", match.group(i + 1));
                }
                return text;
            }
        }
        return english;
    }
}
