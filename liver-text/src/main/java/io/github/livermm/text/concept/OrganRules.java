// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.text.concept;

import io.github.livermm.text.concept.Hits.Hit;
import io.github.livermm.text.concept.Vocabulary.Role;
import java.util.List;
import java.util.Set;

/**
 * Tells which organ a place in the text is about: the one named behind it after a preposition
 * ("cyst in the left kidney"), else the last one named before it in its clause, else the subject of
 * the sentence so far, else the liver.
 */
final class OrganRules {
    static final String LIVER = "liver";

    private static final int PREPOSITION_REACH = 30;
    private static final int LABEL_REACH = 20;
    private static final Set<String> PREPOSITIONS = Set.of("in", "of", "within", "involving", "at");

    private final Vocabulary vocabulary;
    private final String text;
    private final Clauses clauses;
    private final List<Hit> organs;
    private final int[] labels;

    OrganRules(Vocabulary vocabulary, String text, Clauses clauses, Hits hits) {
        this.vocabulary = vocabulary;
        this.text = text;
        this.clauses = clauses;
        this.organs = hits.longest(Role.ORGAN);
        this.labels = labels();
    }

    String organ(int start, int end) {
        int next = firstFrom(start);
        int after = next;
        while (after < organs.size() && organs.get(after).start() < end) {
            after++;
        }
        if (after < organs.size() && isAfterPreposition(end, organs.get(after))) {
            return name(after);
        }
        if (after > next) {
            return name(next);
        }
        if (next > 0 && clauses.sameComma(organs.get(next - 1).start(), start)) {
            return name(next - 1);
        }
        return subject(next, start);
    }

    /**
     * For each number of organs read, the last one that stood alone on a line before a colon
     * ("Thorax:"), -1 before the first: what follows is about it until the next such line.
     */
    private int[] labels() {
        int[] last = new int[organs.size() + 1];
        last[0] = -1;
        for (int i = 0; i < organs.size(); i++) {
            last[i + 1] = isLineLabel(organs.get(i)) ? i : last[i];
        }
        return last;
    }

    private boolean isLineLabel(Hit organ) {
        int end = organ.end();
        boolean colon = end < text.length() && text.charAt(end) == ':';
        boolean ends = end + 1 >= text.length() || text.charAt(end + 1) == '\n';
        int start = organ.start();
        while (start > 0
                && organ.start() - start <= LABEL_REACH
                && text.charAt(start - 1) != '\n') {
            start--;
        }
        return colon && ends && organ.start() - start <= LABEL_REACH;
    }

    /** The organ that the nearest earlier clause of the sentence names first. */
    private String subject(int next, int start) {
        int i = next - 1;
        if (i < 0 || !clauses.sameSentence(organs.get(i).start(), start)) {
            return labels[next] < 0 ? LIVER : name(labels[next]);
        }
        while (i > 0
                && next - i < 8
                && clauses.sameComma(organs.get(i - 1).start(), organs.get(i).start())) {
            i--;
        }
        return name(i);
    }

    private boolean isAfterPreposition(int end, Hit organ) {
        if (organ.start() - end > PREPOSITION_REACH || !clauses.sameComma(end, organ.start())) {
            return false;
        }
        String[] words = text.substring(end, organ.start()).strip().split(" ", -1);
        for (int i = 0; i < Math.min(3, words.length); i++) {
            if (PREPOSITIONS.contains(words[i])) {
                return true;
            }
        }
        return false;
    }

    private String name(int organ) {
        return vocabulary.organ(organs.get(organ).index());
    }

    private int firstFrom(int at) {
        int low = 0;
        int high = organs.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (organs.get(middle).start() < at) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
