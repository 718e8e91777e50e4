// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.imaging.dicom;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The names and numbers that identify the people of one file. Technicians write them into elements
 * that the table of the profile lets pass; there they are found by these words.
 */
final class IdentifyingWords {
    private static final int INSTITUTION_NAME = 0x00080080;
    private static final int INSTITUTION_ADDRESS = 0x00080081;
    private static final int PATIENT_ADDRESS = 0x00101040;
    private static final int PATIENT_TELEPHONE = 0x00102154;

    /** Searched for as a whole: words of an institution are in many a harmless text. */
    private static final Set<Integer> WHOLE =
            Set.of(
                    Tag.PATIENT_ID,
                    Tag.OTHER_PATIENT_IDS,
                    Tag.ACCESSION_NUMBER,
                    Tag.PATIENT_BIRTH_DATE,
                    INSTITUTION_NAME,
                    INSTITUTION_ADDRESS,
                    PATIENT_ADDRESS,
                    PATIENT_TELEPHONE);

    private static final Pattern BETWEEN_NAMES = Pattern.compile("[\\^=\\\\\\s,;]+");
    private static final Pattern BETWEEN_WORDS = Pattern.compile("[^\\p{L}\\p{N}]+");
    private static final Pattern ASCII = Pattern.compile("\\p{ASCII}+");

    /** A shorter one is found in many a harmless text. */
    private static final int SHORTEST_WHOLE = 4;

    private static final int SHORTEST_NAME = 2;

    private final Set<String> words = new HashSet<>();
    private final Set<String> parts = new HashSet<>();

    private IdentifyingWords() {}

    static IdentifyingWords of(DataSet data) {
        IdentifyingWords found = new IdentifyingWords();
        found.collect(data);
        return found;
    }

    private void collect(DataSet data) {
        for (Element element : data.elements()) {
            for (DataSet item : element.items()) {
                collect(item);
            }
            boolean name =
                    element.vr().equals("PN")
                            || DataDictionary.representation(element.tag())
                                    .filter("PN"::equals)
                                    .isPresent();
            if (name) {
                String text = data.text(element.tag()).orElse("");
                for (String word : BETWEEN_NAMES.split(text.toLowerCase(Locale.ROOT))) {
                    addName(word);
                }
            } else if (WHOLE.contains(element.tag())) {
                for (String whole : data.texts(element.tag())) {
                    if (whole.length() >= SHORTEST_WHOLE) {
                        parts.add(whole.toLowerCase(Locale.ROOT));
                    }
                }
            }
        }
    }

    private void addName(String word) {
        if (word.length() < SHORTEST_NAME) {
            return;
        }
        // scripts without blanks: anywhere in the text
        (ASCII.matcher(word).matches() ? words : parts).add(word);
    }

    /**
     * Whether a text holds a name as a word, or a number, an address or a Chinese name anywhere.
     */
    boolean in(String text) {
        return holds(text, SHORTEST_NAME);
    }

    /** The same for a code, in which MR and CT are no names. */
    boolean inCode(String code) {
        return holds(code, SHORTEST_NAME + 1);
    }

    private boolean holds(String text, int shortest) {
        String lower = text.toLowerCase(Locale.ROOT);
        return parts.stream().anyMatch(lower::contains)
                || List.of(BETWEEN_WORDS.split(lower)).stream()
                        .anyMatch(w -> w.length() >= shortest && words.contains(w));
    }

    /** Whether one of several values is such a number or address as a whole. */
    boolean are(String values) {
        return List.of(values.toLowerCase(Locale.ROOT).split("\\\\")).stream()
                .anyMatch(v -> parts.contains(v.strip()));
    }
}
