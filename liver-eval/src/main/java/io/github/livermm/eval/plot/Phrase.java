// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.eval.plot;

import java.util.List;

/** A line of text that becomes words when the language is known. */
record Phrase(String english, List<Object> parts) {
    static Phrase of(String english, Object... parts) {
        return new Phrase(english, List.of(parts));
    }

    String in(Language words) {
        return words.text(english, parts.toArray());
    }

    static List<String> in(Language words, List<Phrase> phrases) {
        return phrases.stream().map(phrase -> phrase.in(words)).toList();
    }
}
